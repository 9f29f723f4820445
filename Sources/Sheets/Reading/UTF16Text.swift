/// Strict UTF-16.
enum UTF16Text {
    enum Order { case little, big }

    /// UTF-8 of UTF-16 bytes; the order by the byte order mark, else by where the first `<` has its zero byte.
    static func utf8(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= 2 else { return nil }
        switch (bytes[0], bytes[1]) {
        case (0xFF, 0xFE): return utf8(bytes[2...], .little)
        case (0xFE, 0xFF): return utf8(bytes[2...], .big)
        case (_, 0): return utf8(bytes[...], .little)
        default: return utf8(bytes[...], .big)
        }
    }

    /// UTF-8 of UTF-16 bytes without a mark; nil where a surrogate stands alone or a byte is left over.
    static func utf8(_ bytes: ArraySlice<UInt8>, _ order: Order) -> [UInt8]? {
        guard bytes.count % 2 == 0 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 2 * 3)
        var high: UInt32?
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let first = UInt32(bytes[position])
            let second = UInt32(bytes[position + 1])
            let unit = order == .little ? second << 8 | first : first << 8 | second
            position += 2
            switch (high, unit) {
            case (let lead?, 0xDC00...0xDFFF):
                append(0x10000 + (lead - 0xD800) << 10 + (unit - 0xDC00), to: &result)
                high = nil
            case (nil, 0xD800...0xDBFF): high = unit
            case (nil, 0xDC00...0xDFFF), (.some, _): return nil
            default: append(unit, to: &result)
            }
        }
        return high == nil ? result : nil
    }

    /// The UTF-8 of one scalar value.
    @inline(__always)
    static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        switch scalar {
        case ..<0x80: bytes.append(UInt8(scalar))
        case ..<0x800:
            bytes.append(UInt8(0xC0 | scalar >> 6))
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        case ..<0x10000:
            bytes.append(UInt8(0xE0 | scalar >> 12))
            bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        default:
            bytes.append(UInt8(0xF0 | scalar >> 18))
            bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        }
    }
}
