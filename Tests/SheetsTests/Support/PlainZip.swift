/// Writes ZIP containers without compression: what no well-behaved program writes can be made with it too.
struct PlainZip {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, _ data: [UInt8], checksum: UInt32? = nil, flags: Int = 0) {
        let sum = checksum ?? PlainZip.crc(data)
        let offset = body.count
        var common: [UInt8] = []
        common += u16(20) + u16(flags) + u16(0) + u16(0) + u16(0x21)
        common += u32(Int(sum)) + u32(data.count) + u32(data.count)
        common += u16(name.utf8.count) + u16(0)
        body += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + data
        directory += [0x50, 0x4B, 1, 2] + u16(20) + common + u16(0) + u16(0) + u16(0) + u32(0) + u32(offset)
        directory += Array(name.utf8)
        count += 1
    }

    /// A second directory entry for the bytes of the first.
    mutating func repeatDirectory() {
        directory += directory
        count *= 2
    }

    var bytes: [UInt8] {
        body + directory + [0x50, 0x4B, 5, 6] + u16(0) + u16(0) + u16(count) + u16(count) + u32(directory.count)
            + u32(body.count) + u16(0)
    }

    private func u16(_ number: Int) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8 & 255)] }
    private func u32(_ number: Int) -> [UInt8] { u16(number & 0xFFFF) + u16(number >> 16) }

    static func crc(_ data: [UInt8]) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in data {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 != 0 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}

/// The parts of a small .xlsx, each replaceable.
struct BookParts {
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    /// In order; names can repeat.
    var parts: [(name: String, data: [UInt8])] = []

    /// A workbook of one sheet `S` with that content between `<worksheet>` and its end.
    init(sheet: String, strings: String? = nil, styles: String? = nil, properties: String = "") {
        self.init(
            worksheet: "<worksheet xmlns=\"\(BookParts.main)\">\(sheet)</worksheet>", strings: strings, styles: styles,
            properties: properties)
    }

    init(worksheet: String, strings: String? = nil, styles: String? = nil, properties: String = "") {
        set("_rels/.rels", BookParts.relationships([("rId1", "officeDocument", "xl/workbook.xml")]))
        set(
            "xl/workbook.xml",
            """
            <workbook xmlns="\(BookParts.main)" xmlns:r="\(BookParts.office)">\(properties)<sheets>\
            <sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>
            """)
        var targets = [("rId1", "worksheet", "worksheets/sheet1.xml")]
        if let strings {
            targets.append(("rId2", "sharedStrings", "/xl/sharedStrings.xml"))
            set("xl/sharedStrings.xml", "<sst xmlns=\"\(BookParts.main)\">\(strings)</sst>")
        }
        if let styles {
            targets.append(("rId3", "styles", "../xl/./styles.xml"))
            set("xl/styles.xml", "<styleSheet xmlns=\"\(BookParts.main)\">\(styles)</styleSheet>")
        }
        set("xl/_rels/workbook.xml.rels", BookParts.relationships(targets))
        set("xl/worksheets/sheet1.xml", worksheet)
    }

    mutating func set(_ name: String, _ text: String) { set(name, Array(text.utf8)) }

    mutating func set(_ name: String, _ data: [UInt8]) {
        parts.removeAll { $0.name == name }
        parts.append((name, data))
    }

    mutating func remove(_ name: String) { parts.removeAll { $0.name == name } }

    static func relationships(_ all: [(id: String, kind: String, target: String)], base: String = office) -> String {
        let items = all.map { "<Relationship Id=\"\($0.id)\" Type=\"\(base)/\($0.kind)\" Target=\"\($0.target)\"/>" }
        return "<Relationships xmlns=\"\(package)\">\(items.joined())</Relationships>"
    }

    var bytes: [UInt8] {
        var zip = PlainZip()
        for part in parts { zip.add(part.name, part.data) }
        return zip.bytes
    }
}
