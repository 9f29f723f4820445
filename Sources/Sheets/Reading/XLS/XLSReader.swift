import Domain
import Tables

/// Reads .xls and .et.
public enum XLSReader: SheetReading {
    public static let format = WorkbookFormat.xls

    public static func read(
        _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits = ReadingLimits()
    ) throws(WorkbookRefusal) -> Workbook {
        throw .unsupported("xls")
    }
}
