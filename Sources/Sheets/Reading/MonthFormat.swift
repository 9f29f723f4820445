/// Whether a number format shows of a date its year and month and no day: the cell names a month. Source: spec §5.1.
enum MonthFormat {
    /// By its built-in number, those of the Chinese programs included: `mmm-yy`, `yyyy"年"m"月"`.
    static func isMonth(builtIn id: Int) -> Bool { [17, 27, 36, 50, 52, 57].contains(id) }

    /// By its code; only the first section counts.
    static func isMonth(code: some Collection<UInt8>) -> Bool {
        let bytes = Array(code)
        var hasYear = false
        var hasMonth = false
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case 0x22:  // "quoted"
                position += 1
                while position < bytes.count, bytes[position] != 0x22 { position += 1 }
            case 0x5B:  // [$-804], [DBNum1]
                while position < bytes.count, bytes[position] != 0x5D { position += 1 }
            case 0x5C, 0x5F, 0x2A: position += 1  // \x _x *x
            case 0x3B: return hasYear && hasMonth
            case 0x79, 0x59, 0x65, 0x45: hasYear = true  // y e
            case 0x6D, 0x4D: hasMonth = true  // m
            // d, h, s, a, and places of digits.
            case 0x64, 0x44, 0x68, 0x48, 0x73, 0x53, 0x61, 0x41, 0x30, 0x23, 0x3F: return false
            default: break
            }
            position += 1
        }
        return hasYear && hasMonth
    }
}
