import CStorage
import CXlsxWriter
import Domain
import Glibc
import Tables

/// A workbook made by libxlsxwriter: it draws charts and data bars.
enum LibraryWorkbook {
    /// - Throws: `ReportWriteError` where memory is out or the library refuses.
    static func bytes(of workbook: ReportWorkbook) throws(ReportWriteError) -> [UInt8] {
        let place = try WorkbookPlace()
        try create(workbook, at: place.path)
        return try place.bytes()
    }

    private static func create(_ workbook: ReportWorkbook, at path: String) throws(ReportWriteError) {
        workbook_memory_begin()
        guard let file = workbook_new(path) else { throw WrittenWorkbook.failure(workbook, "out of memory") }
        var formats = XLSXFormats(file)
        do throws(ReportWriteError) {
            setProperties(of: workbook, in: file)
            var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
            for sheet in workbook.sheets {
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
            throw error
        }
        let result = workbook_close(file)
        guard result == LXW_NO_ERROR else {
            throw WrittenWorkbook.failure(workbook, String(cString: lxw_strerror(result)))
        }
        // The library does not ask whether its writes succeeded.
        guard workbook_memory_failed() == 0 else { throw WrittenWorkbook.failure(workbook, "out of memory") }
    }

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

    /// With nothing in it that the file format cannot hold. Nil for an empty text.
    func copy(_ text: String) -> UnsafeMutablePointer<CChar>? {
        guard !text.isEmpty, let copy = strdup(LegalText.legal(text)) else { return nil }
        copies.append(copy)
        return copy
    }

    deinit { for copy in copies { free(copy) } }
}
