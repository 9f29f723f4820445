import Domain

/// Addresses as .xlsx writes them.
enum XLSXAddress {
    static let rowsMax = 1_048_576
    static let columnsMax = 16_384

    /// `AK12`; nil for anything else or beyond the format's bounds.
    static func parse(_ bytes: some Collection<UInt8>) -> CellAddress? {
        var column = 0
        var row = 0
        var letters = 0
        var digits = 0
        for byte in bytes {
            switch byte {
            case 0x41...0x5A where digits == 0 && letters < 3, 0x61...0x7A where digits == 0 && letters < 3:
                column = column * 26 + Int(byte & 0x1F)
                letters += 1
            case 0x30...0x39 where letters > 0 && digits < 7:
                row = row * 10 + Int(byte - 0x30)
                digits += 1
            default: return nil
            }
        }
        guard letters > 0, digits > 0, row >= 1, row <= rowsMax, column <= columnsMax else { return nil }
        return CellAddress(row: row - 1, column: column - 1)
    }

    /// `A1:C4` or `A1`, with or without `$`.
    static func parseRange(_ bytes: XMLBytes) -> (CellAddress, CellAddress)? {
        let plain = bytes.filter { $0 != 0x24 }
        let corners = plain.split(separator: 0x3A, omittingEmptySubsequences: false)
        guard let first = corners.first.flatMap(parse), let last = corners.last.flatMap(parse), corners.count <= 2
        else {
            return nil
        }
        return (first, last)
    }
}
