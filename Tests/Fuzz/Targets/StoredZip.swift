/// A workbook of one sheet, its parts stored without compression: the bytes of the sheet reach the reader as they are.
enum StoredZip {
    static func workbook(sheet: [UInt8]) -> [UInt8] {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let packages = "http://schemas.openxmlformats.org/package/2006/relationships"
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return bytes([
            (
                "_rels/.rels",
                Array(
                    (head
                        + "<Relationships xmlns=\"\(packages)\"><Relationship Id=\"a\" Type=\"\(office)/officeDocument\" "
                        + "Target=\"xl/workbook.xml\"/></Relationships>").utf8)
            ),
            (
                "xl/workbook.xml",
                Array(
                    (head + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>"
                        + "<sheet name=\"11月\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>").utf8)
            ),
            (
                "xl/_rels/workbook.xml.rels",
                Array(
                    (head + "<Relationships xmlns=\"\(packages)\"><Relationship Id=\"s\" Type=\"\(office)/worksheet\" "
                        + "Target=\"worksheets/sheet1.xml\"/></Relationships>").utf8)
            ),
            ("xl/worksheets/sheet1.xml", sheet),
        ])
    }

    private static func bytes(_ parts: [(name: String, content: [UInt8])]) -> [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        func little(_ value: Int, _ size: Int) -> [UInt8] {
            (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        for (name, content) in parts {
            let common =
                little(20, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(Int(crc32(content)), 4)
                + little(content.count, 4) + little(content.count, 4) + little(name.utf8.count, 2) + little(0, 2)
            let offset = file.count
            file += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + content
            directory +=
                [0x50, 0x4B, 1, 2] + little(20, 2) + common + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4)
                + little(offset, 4) + Array(name.utf8)
        }
        let start = file.count
        return file + directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(parts.count, 2) + little(parts.count, 2)
            + little(directory.count, 4) + little(start, 4) + little(0, 2)
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
    }
}

/// A compound file whose one stream is a BIFF workbook: the records reach the reader as they are.
enum SmallCompoundFile {
    private static let sector = 512

    static func bytes(workbook: [UInt8]) -> [UInt8] {
        // Streams under 4,096 bytes would lie in the small sectors.
        let stream = Array(workbook.prefix(60_000)) + [UInt8](repeating: 0, count: max(0, 4096 - workbook.count))
        let sectors = (stream.count + sector - 1) / sector
        func little(_ value: Int, _ size: Int) -> [UInt8] {
            (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let end = 0xFFFF_FFFE
        let free = 0xFFFF_FFFF
        var header: [UInt8] =
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16) + little(0x3E, 2)
            + little(3, 2) + little(0xFFFE, 2) + little(9, 2) + little(6, 2) + little(0, 6) + little(0, 4)
            + little(1, 4)
            + little(1, 4) + little(0, 4) + little(4096, 4) + little(end, 4) + little(0, 4) + little(end, 4)
            + little(0, 4) + little(0, 4)
        for _ in 1..<109 { header += little(free, 4) }
        // Sector 0: the table; 1: the directory; from 2 on: the stream.
        var table = little(0xFFFF_FFFD, 4) + little(end, 4)
        for index in 0..<sectors { table += little(index + 1 == sectors ? end : index + 3, 4) }
        while table.count < sector { table += little(free, 4) }
        func entry(_ name: String, _ kind: Int, child: Int, start: Int, size: Int) -> [UInt8] {
            let units = Array(name.utf16)
            var entry = units.flatMap { little(Int($0), 2) }
            entry += [UInt8](repeating: 0, count: 64 - entry.count)
            entry += little((units.count + 1) * 2, 2) + [UInt8(kind), 1] + little(free, 4) + little(free, 4)
            entry += little(child, 4) + [UInt8](repeating: 0, count: 36) + little(start, 4) + little(size, 4)
            return entry + little(0, 4)
        }
        let directory =
            entry("Root Entry", 5, child: 1, start: end, size: 0)
            + entry("Workbook", 2, child: free, start: 2, size: stream.count)
            + [UInt8](repeating: 0, count: 256)
        let padding = [UInt8](repeating: 0, count: sectors * sector - stream.count)
        return header + Array(table.prefix(sector)) + directory + stream + padding
    }
}
