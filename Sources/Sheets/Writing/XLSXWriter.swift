import CXlsxWriter
import Domain
import Glibc
import Tables

/// Workbooks in .xlsx.
///
/// The same workbook gives the same bytes: the creation date is the report's, the container's times are fixed.
public enum XLSXWriter {
    /// Who makes the bytes.
    public enum Maker: Sendable {
        /// This program: all but charts and data bars.
        case own
        /// libxlsxwriter.
        case library
    }

    /// Writes a workbook; the same content leaves the file alone.
    ///
    /// - Throws: `ReportWriteError`; the file is then as it was.
    @discardableResult
    public static func write(
        _ workbook: ReportWorkbook, to path: String, isDurable: Bool = false
    ) throws(ReportWriteError) -> AtomicFile.Outcome {
        try AtomicFile.write(bytes(of: workbook), to: path, isDurable: isDurable)
    }

    /// The bytes of a workbook, made in memory and read back: nothing of it lies on a disk before it has its name.
    ///
    /// - Parameter maker: nil for whoever can.
    /// - Throws: `ReportWriteError` where memory is out, a part is refused, or what was written does not read back.
    public static func bytes(of workbook: ReportWorkbook, by maker: Maker? = nil) throws(ReportWriteError) -> [UInt8] {
        _ = keepsFreedMemory
        try checkNames(workbook)
        switch maker ?? (OwnWorkbook.canWrite(workbook) ? .own : .library) {
        case .own:
            let bytes = try OwnWorkbook.bytes(of: workbook)
            if let fault = ReadBack.fault(in: bytes, sheets: workbook.sheets.count) {
                throw WrittenWorkbook.failure(workbook, "does not read back: \(fault)")
            }
            return bytes
        case .library:
            let bytes = try LibraryWorkbook.bytes(of: workbook)
            try WrittenWorkbook.check(bytes, of: workbook)
            return bytes
        }
    }

    private static func checkNames(_ workbook: ReportWorkbook) throws(ReportWriteError) {
        var names = Set<String>()
        for sheet in workbook.sheets {
            guard SheetName.unique([sheet.name]) == [sheet.name], names.insert(sheet.name.lowercased()).inserted else {
                throw .workbook(sheet: sheet.name, part: "name", reason: "not legal, or used twice")
            }
        }
    }

    /// A workbook's thousands of small blocks are freed at once; handing their pages back to the system and asking for
    /// them again for the next workbook took a sixth of the time of writing one.
    private static let keepsFreedMemory: Void = {
        mallopt(M_TRIM_THRESHOLD, 256 << 20)
        mallopt(M_TOP_PAD, 1 << 20)
    }()
}
