import Domain
import Tables

/// Reads one format from a file's bytes. Each format has one conforming type; `WorkbookOpener` chooses among them.
public protocol SheetReading {
    /// What the workbooks it gives call themselves.
    static var format: WorkbookFormat { get }

    /// The whole workbook, or why not one cell of it may be used.
    ///
    /// Safe to call from several threads at once; the bytes are only read during the call.
    static func read(_ bytes: UnsafeRawBufferPointer, limits: ReadingLimits) throws(WorkbookRefusal) -> Workbook
}
