import CLibDeflate
import Tables

/// Reads a workbook of this program's own making back before it gets its name: every part is in the directory and where
/// the directory says, inflates to what its sum says, and is XML; every sheet is there. Source: spec §9.
struct ReadBack {
    private let file: UnsafeRawBufferPointer
    private var names: Set<String> = []

    /// What is wrong; nil where nothing is.
    static func fault(in bytes: [UInt8], sheets: Int) -> String? {
        bytes.withUnsafeBytes { raw in
            var reading = ReadBack(file: raw)
            return reading.fault(sheets: sheets)
        }
    }

    private init(file: UnsafeRawBufferPointer) { self.file = file }

    private func number(_ place: Int, _ bytes: Int) -> Int {
        guard place >= 0, place + bytes <= file.count else { return -1 }
        return (0..<bytes).reduce(0) { $0 | Int(file[place + $1]) << (8 * $1) }
    }

    private mutating func fault(sheets: Int) -> String? {
        let end = file.count - 22
        guard end >= 0, number(end, 4) == 0x0605_4B50 else { return "no end of the directory" }
        guard let decompressor = libdeflate_alloc_decompressor() else { return "out of memory" }
        defer { libdeflate_free_decompressor(decompressor) }
        var entry = number(end + 16, 4)
        let (parts, size) = (number(end + 10, 2), end - entry)
        guard number(end + 4, 4) == 0, number(end + 8, 2) == parts, number(end + 12, 4) == size,
            number(end + 20, 2) == 0
        else { return "the end of the directory is damaged" }
        for _ in 0..<parts {
            let length = number(entry + 28, 2)
            guard number(entry, 4) == 0x0201_4B50, number(entry + 4, 2) == 20, number(entry + 30, 6) == 0,
                number(entry + 36, 6) == 0, entry + 46 + length <= end
            else { return "the directory is damaged" }
            let name = String(decoding: file[(entry + 46)..<(entry + 46 + length)], as: UTF8.self)
            guard names.insert(name).inserted else { return "\(name) stands twice" }
            guard isGood(entry, nameLength: length, decompressor) else { return "\(name) is damaged" }
            entry += 46 + length
        }
        guard entry == end else { return "the directory is damaged" }
        var needed = ["[Content_Types].xml", "xl/workbook.xml"]
        for number in 0..<sheets { needed.append("xl/worksheets/sheet\(number + 1).xml") }
        return needed.first { !names.contains($0) }.map { "\($0) is missing" }
    }

    private func isGood(_ entry: Int, nameLength: Int, _ decompressor: OpaquePointer) -> Bool {
        let (packed, size, place) = (number(entry + 20, 4), number(entry + 24, 4), number(entry + 42, 4))
        guard number(place, 4) == 0x0403_4B50, number(place + 26, 2) == nameLength, number(place + 28, 2) == 0 else {
            return false
        }
        // What stands before the part says what the directory says.
        for offset in 0..<24 where file[place + 4 + offset] != file[entry + 6 + offset] { return false }
        let start = place + 30 + nameLength
        guard packed > 0, start + packed <= file.count, let base = file.baseAddress else { return false }
        return withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { part in
            let result = libdeflate_deflate_decompress(
                decompressor, base + start, packed, part.baseAddress, size, nil)
            guard result == LIBDEFLATE_SUCCESS else { return false }
            let whole = UnsafeRawBufferPointer(rebasing: part[..<size])
            return Int(libdeflate_crc32(0, whole.baseAddress, size)) == number(entry + 16, 4) && XMLForm.isGood(whole)
        }
    }
}
