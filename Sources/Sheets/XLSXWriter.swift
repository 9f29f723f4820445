import CXlsxWriter
import Domain
import Glibc
import Tables

/// Workbooks in .xlsx, over libxlsxwriter.
///
/// The same workbook gives the same bytes: the creation date is the report's, the container's times are fixed.
public enum XLSXWriter {
    /// Writes a workbook; the same content leaves the file alone.
    ///
    /// - Throws: `ReportWriteError`; the file is then as it was.
    @discardableResult
    public static func write(
        _ workbook: ReportWorkbook, to path: String, isDurable: Bool = false
    ) throws(ReportWriteError) -> AtomicFile.Outcome {
        try AtomicFile.makeFolder(AtomicFile.parent(of: path))
        let part = AtomicFile.partPath(of: path)
        if isDurable { return try AtomicFile.write(bytes(of: workbook, at: part), to: path, isDurable: true) }
        try create(workbook, at: part)
        return try AtomicFile.replace(path, with: part)
    }

    /// The bytes of a workbook. `folder` holds it for a moment, as the library writes to files only.
    public static func bytes(
        of workbook: ReportWorkbook, temporaryFolder folder: String
    ) throws(ReportWriteError) -> [UInt8] {
        try bytes(of: workbook, at: folder + "/.\(getpid())-\(pthread_self()).part")
    }

    private static func bytes(of workbook: ReportWorkbook, at part: String) throws(ReportWriteError) -> [UInt8] {
        try create(workbook, at: part)
        defer { unlink(part) }
        guard let bytes = AtomicFile.contents(part) else { throw AtomicFile.failure(part, "read") }
        return bytes
    }

    private static func create(_ workbook: ReportWorkbook, at path: String) throws(ReportWriteError) {
        // The library only says that it failed; trying the file first says why.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, AtomicFile.fileMode)
        guard descriptor >= 0 else { throw AtomicFile.failure(path, "open") }
        close(descriptor)
        _ = keepsFreedMemory
        guard let file = newWorkbook(path) else {
            unlink(path)
            throw .file(path: path, call: "workbook_new", errno: 0, reason: "out of memory")
        }
        var formats = XLSXFormats(file)
        do throws(ReportWriteError) {
            setProperties(of: workbook, in: file)
            var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
            var names = Set<String>()
            for sheet in workbook.sheets {
                guard SheetName.unique([sheet.name]) == [sheet.name], names.insert(sheet.name.lowercased()).inserted
                else { throw .workbook(sheet: sheet.name, part: "name", reason: "not legal, or used twice") }
                guard let handle = workbook_add_worksheet(file, sheet.name) else {
                    throw .workbook(sheet: sheet.name, part: "name", reason: "refused")
                }
                sheets.append(handle)
            }
            for (sheet, handle) in zip(workbook.sheets, sheets) {
                var writer = XLSXSheetWriter(file: file, handle: handle, sheet: sheet)
                try writer.write(&formats)
            }
            if let first = sheets.first { worksheet_activate(first) }
        } catch {
            lxw_workbook_free(file)
            unlink(path)
            throw error
        }
        errno = 0
        let result = workbook_close(file)
        guard result == LXW_NO_ERROR else {
            let code = errno
            unlink(path)
            throw .file(path: path, call: "workbook_close", errno: code, reason: String(cString: lxw_strerror(result)))
        }
    }

    /// The library frees a workbook's thousands of small blocks at once; handing their pages back to the system and
    /// asking for them again for the next workbook took a sixth of the time of writing one.
    private static let keepsFreedMemory: Void = {
        mallopt(M_TRIM_THRESHOLD, 256 << 20)
        mallopt(M_TOP_PAD, 1 << 20)
    }()

    /// The library keeps every sheet in a temporary file of its own while it writes: in memory where the system offers
    /// a place for that, as a province's statements have ten thousand sheets.
    private static func newWorkbook(_ path: String) -> UnsafeMutablePointer<lxw_workbook>? {
        guard let folder = memoryFolder else { return workbook_new(path) }
        return folder.withCString { folder in
            var options = lxw_workbook_options()
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(path, &options)
        }
    }

    /// Shared memory with room for the largest workbook; nil where there is none.
    private static let memoryFolder: String? = {
        let folder = "/dev/shm"
        var room = statvfs()
        guard access(folder, W_OK) == 0, statvfs(folder, &room) == 0 else { return nil }
        return UInt64(room.f_bavail) * UInt64(room.f_frsize) >= 256 << 20 ? folder : nil
    }()

    private static func setProperties(of workbook: ReportWorkbook, in file: UnsafeMutablePointer<lxw_workbook>) {
        var properties = lxw_doc_properties()
        let texts = CTexts()
        properties.title = texts.copy(workbook.title)
        properties.subject = texts.copy(workbook.subject)
        properties.author = texts.copy(workbook.author)
        properties.created = time_t(workbook.created.dayNumber) * 86_400
        workbook_set_properties(file, &properties)
        if workbook.isReport {
            // By this a report is known when it comes back, whatever program saved it since.
            workbook_set_custom_property_string(file, Workbook.ownProperty, Workbook.reportKind)
        }
    }
}

/// C copies of texts, freed together; the library copies what it keeps.
final class CTexts {
    private var copies: [UnsafeMutablePointer<CChar>] = []

    /// Nil for an empty text.
    func copy(_ text: String) -> UnsafeMutablePointer<CChar>? {
        guard !text.isEmpty, let copy = strdup(text) else { return nil }
        copies.append(copy)
        return copy
    }

    deinit { for copy in copies { free(copy) } }
}
