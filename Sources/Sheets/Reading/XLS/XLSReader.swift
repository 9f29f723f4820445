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
        return try stream.withUnsafeBufferPointer { buffer throws(WorkbookRefusal) in
            try XLSWorkbook.read(LittleEndian(bytes: UnsafeRawBufferPointer(buffer)), limits: limits)
        }
    }
}
