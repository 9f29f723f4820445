import Domain
import Tables

/// Reads .xls and WPS .et: BIFF8 in a compound file. Source: [MS-XLS].
public enum XLSReader: SheetReading {
    public static let format = WorkbookFormat.xls

    public static func read(
        _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits = ReadingLimits()
    ) throws(WorkbookRefusal) -> Workbook {
        guard bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else {
            return try XLSWorkbook.read(LittleEndian(bytes: bytes), limits: limits)
        }
        let container = try CompoundFile(bytes)
        // A password makes a compound file of an .xlsx too.
        if container.has("EncryptedPackage") { throw WorkbookRefusal(.fileEncrypted) }
        guard let stream = try container.stream("Workbook") else {
            if container.has("Book") { throw WorkbookRefusal(.fileOldBinary, "Excel 5.0/95") }
            if container.has("WordDocument") { throw .unsupported("Word 文档") }
            if container.has("PowerPoint Document") { throw .unsupported("PowerPoint 文档") }
            throw .unsupported("复合文档")
        }
        let workbook = try stream.withUnsafeBufferPointer { buffer throws(WorkbookRefusal) in
            try XLSWorkbook.read(LittleEndian(bytes: UnsafeRawBufferPointer(buffer)), limits: limits)
        }
        return Workbook(format: workbook.format, sheets: workbook.sheets, properties: properties(container))
    }

    /// The one custom property that is looked for: name and value stand in the summary stream as bytes or UTF-16.
    ///
    /// No cell hangs on it: a stream that cannot be read says nothing.
    private static func properties(_ container: CompoundFile) -> [String: String] {
        let summary: [UInt8]?
        do { summary = try container.stream("\u{5}DocumentSummaryInformation") } catch { return [:] }
        guard let summary, holds(summary, Workbook.ownProperty), holds(summary, Workbook.reportKind) else { return [:] }
        return [Workbook.ownProperty: Workbook.reportKind]
    }

    private static func holds(_ bytes: [UInt8], _ word: String) -> Bool {
        let narrow = Array(word.utf8)
        let wide = word.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        return [narrow, wide].contains { needle in
            bytes.count >= needle.count
                && (0...(bytes.count - needle.count)).contains { bytes[$0..<($0 + needle.count)].elementsEqual(needle) }
        }
    }
}
