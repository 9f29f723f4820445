import Domain

/// What a file is, told by its first bytes and never by its name.
enum FileContent {
    case zip
    case compound
    /// A workbook stream without the container that Excel 97 and later put it in.
    case bareStream
    case text

    /// Throws: the refusal of a format that is known and not read.
    init(_ bytes: UnsafeRawBufferPointer) throws(WorkbookRefusal) {
        func begins(_ magic: [UInt8]) -> Bool { bytes.count >= magic.count && bytes.starts(with: magic) }
        guard !bytes.isEmpty else { throw WorkbookRefusal(.fileEmpty) }
        if begins([0x50, 0x4B, 0x03, 0x04]) || begins([0x50, 0x4B, 0x05, 0x06]) || begins([0x50, 0x4B, 0x07, 0x08]) {
            self = .zip
            return
        }
        if begins([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            self = .compound
            return
        }
        if begins([0x09, 0x00, 0x04, 0x00]) { throw WorkbookRefusal(.fileOldBinary, "BIFF2") }
        if begins([0x09, 0x02, 0x06, 0x00]) { throw WorkbookRefusal(.fileOldBinary, "BIFF3") }
        if begins([0x09, 0x04, 0x06, 0x00]) { throw WorkbookRefusal(.fileOldBinary, "BIFF4") }
        if begins([0x09, 0x08]), bytes.count >= 8, bytes[3] == 0 {
            self = .bareStream
            return
        }
        for (magic, name) in FileContent.foreign where begins(magic) { throw .unsupported(name) }
        self = .text
    }

    private static let foreign: [([UInt8], String)] = [
        (Array("%PDF".utf8), "PDF"),
        (Array("{\\rtf".utf8), "RTF"),
        (Array("Rar!".utf8), "rar 压缩包"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z 压缩包"),
        ([0x1F, 0x8B], "gzip 压缩包"),
        ([0x89, 0x50, 0x4E, 0x47], "PNG 图片"),
        ([0xFF, 0xD8, 0xFF], "JPEG 图片"),
        (Array("GIF8".utf8), "GIF 图片"),
        (Array("SQLite format 3".utf8), "SQLite"),
    ]

    /// Refuses markup that spreadsheet programs save or export under the names of workbooks.
    ///
    /// `text` is UTF-8 or an encoding that agrees with ASCII.
    static func refuseMarkup(_ text: some Collection<UInt8>) throws(WorkbookRefusal) {
        var head = text.prefix(8192).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }[...]
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { head = head.dropFirst(3) }
        head = head.drop { $0 <= 0x20 }
        // A page saved as one file is a mail message: «From: <Saved by …>» comes first in some.
        if head.starts(with: "from:".utf8), firstRange(of: "mime-version:", in: head) != nil {
            throw WorkbookRefusal(.fileHTML)
        }
        if head.starts(with: "mime-version:".utf8) || head.starts(with: "content-type: multipart/".utf8) {
            throw WorkbookRefusal(.fileHTML)
        }
        guard head.first == 0x3C else { return }
        // Comments may stand before the first element.
        while head.starts(with: "<!--".utf8) {
            guard let end = firstRange(of: "-->", in: head) else { break }
            head = head[end...].drop { $0 <= 0x20 }
        }
        for tag in htmlTags where head.starts(with: tag.utf8) { throw WorkbookRefusal(.fileHTML) }
        if head.starts(with: "<?xml".utf8) || head.starts(with: "<workbook".utf8)
            || head.starts(with: "<ss:workbook".utf8)
        {
            if firstRange(of: "<html", in: head) != nil { throw WorkbookRefusal(.fileHTML) }
            if firstRange(of: "urn:schemas-microsoft-com:office:spreadsheet", in: head) != nil
                || firstRange(of: "excel.sheet", in: head) != nil
            {
                throw .unsupported("Excel 2003 XML 表格")
            }
            throw .unsupported("XML")
        }
    }

    private static let htmlTags = [
        "<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<style", "<title", "<div", "<script", "<tr",
        "<center", "<font", "<p>", "<br",
    ]

    /// The position behind the first occurrence.
    private static func firstRange(of needle: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
        let pattern = UnsafeBufferPointer(start: needle.utf8Start, count: needle.utf8CodeUnitCount)
        guard bytes.count >= pattern.count else { return nil }
        for start in bytes.startIndex...(bytes.endIndex - pattern.count)
        where bytes[start] == pattern[0] && bytes[start...].starts(with: pattern) {
            return start + pattern.count
        }
        return nil
    }
}
