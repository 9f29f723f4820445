/// Reads numbers as files store them.
enum StoredNumber {
    /// A decimal number, white space around it allowed; nil where it is none or not finite.
    ///
    /// Short decimals are computed exactly without a conversion through text; the rest goes to the standard library.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var start = 0
        var end = bytes.count
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        guard start < end, end - start <= 400 else { return nil }
        var position = start
        let isNegative = bytes[position] == 0x2D
        if isNegative { position += 1 }
        var mantissa: UInt64 = 0
        var digits = 0
        var fraction = 0
        var sawPoint = false
        while position < end {
            let byte = bytes[position]
            if byte >= 0x30, byte <= 0x39 {
                digits += 1
                guard digits <= 15 else { return slow(bytes, start, end) }
                mantissa = mantissa * 10 + UInt64(byte - 0x30)
                if sawPoint { fraction += 1 }
            } else if byte == 0x2E, !sawPoint {
                sawPoint = true
            } else {
                return slow(bytes, start, end)
            }
            position += 1
        }
        guard digits > 0 else { return nil }
        // Both operands are exact, so the one division rounds correctly.
        let magnitude = fraction == 0 ? Double(mantissa) : Double(mantissa) / powersOfTen[fraction]
        return isNegative ? -magnitude : magnitude
    }

    /// A whole number ≥ 0 of at most nine digits; nil otherwise.
    static func parseIndex(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var number = 0
        var digits = 0
        for byte in bytes {
            if byte >= 0x30, byte <= 0x39 {
                digits += 1
                if digits > 9 { return nil }
                number = number * 10 + Int(byte - 0x30)
            } else if !isSpace(byte) {
                return nil
            }
        }
        return digits > 0 ? number : nil
    }

    private static func slow(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Double? {
        // Names such as «nan» and hexadecimal notation are no stored numbers.
        for byte in bytes[start..<end] {
            switch byte {
            case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: continue
            default: return nil
            }
        }
        guard let number = Double(String(decoding: bytes[start..<end], as: UTF8.self)), number.isFinite else {
            return nil
        }
        return number
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}
