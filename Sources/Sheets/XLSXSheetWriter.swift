import CXlsxWriter
import Domain
import Tables

/// Writes one sheet of a report.
struct XLSXSheetWriter {
    let file: UnsafeMutablePointer<lxw_workbook>
    let handle: UnsafeMutablePointer<lxw_worksheet>
    let sheet: ReportSheet

    /// The most UTF-16 units a cell of the file format holds.
    private static let cellLengthMax = 32_767

    mutating func write(_ formats: inout XLSXFormats) throws(ReportWriteError) {
        writeGeometry()
        for merge in sheet.merges { try writeMerge(merge) }
        for cell in sheet.cells { try write(cell, formats.format(style(of: cell))) }
        writePage()
        for comment in sheet.comments { try write(comment) }
        for validation in sheet.validations { try write(validation) }
        for bar in sheet.dataBars { try write(bar) }
        for chart in sheet.charts { try write(chart) }
        if let filter = sheet.filter {
            try check("autofilter") {
                worksheet_autofilter(
                    handle, lxw_row_t(filter.top), lxw_col_t(filter.left), lxw_row_t(filter.bottom),
                    lxw_col_t(filter.right))
            }
        }
        if sheet.isProtected {
            var options = lxw_protection()
            options.format_columns = 1
            options.format_rows = 1
            worksheet_protect(handle, nil, &options)
        }
        if let color = sheet.tabColor { worksheet_set_tab_color(handle, lxw_color_t(color)) }
        if sheet.isHidden { worksheet_hide(handle) }
    }

    private func check(_ part: String, _ call: () -> lxw_error) throws(ReportWriteError) {
        let result = call()
        guard result == LXW_NO_ERROR else {
            throw .workbook(sheet: sheet.name, part: part, reason: String(cString: lxw_strerror(result)))
        }
    }

    // MARK: Cells

    /// Text that begins like a formula gets the text format: it stays text when its reader edits the cell. A date
    /// without a format would show as a number.
    private func style(of cell: ReportCell) -> ReportStyle {
        guard cell.style.numberFormat == .general else { return cell.style }
        switch cell.value {
        case .text(let text) where FormulaGuard.needsGuard(text):
            return cell.style.with { $0.numberFormat = .text }
        case .date: return cell.style.with { $0.numberFormat = .date }
        case .dateTime: return cell.style.with { $0.numberFormat = .code("yyyy-mm-dd hh:mm:ss") }
        default: return cell.style
        }
    }

    private func write(_ cell: ReportCell, _ format: UnsafeMutablePointer<lxw_format>?) throws(ReportWriteError) {
        let row = lxw_row_t(cell.row)
        let column = lxw_col_t(cell.column)
        let part = CellAddress(row: cell.row, column: cell.column).a1
        switch cell.value {
        case .empty:
            try check(part) { worksheet_write_blank(handle, row, column, format) }
        case .text(let text):
            try check(part) { worksheet_write_string(handle, row, column, Self.cellText(text), format) }
        case .number(let number):
            try check(part) { worksheet_write_number(handle, row, column, number.double, format) }
        case .double(let number):
            // The file format has neither infinities nor NaN.
            guard number.isFinite else {
                try check(part) { worksheet_write_string(handle, row, column, "#NUM!", format) }
                return
            }
            try check(part) { worksheet_write_number(handle, row, column, number, format) }
        case .boolean(let flag):
            try check(part) { worksheet_write_boolean(handle, row, column, flag ? 1 : 0, format) }
        case .date(let date):
            try check(part) { worksheet_write_number(handle, row, column, Self.serial(date), format) }
        case .dateTime(let date, let seconds):
            let serial = Self.serial(date) + Double(seconds) / 86_400
            try check(part) { worksheet_write_number(handle, row, column, serial, format) }
        case .formula(let formula, .number(let number)):
            try check(part) {
                worksheet_write_formula_num(handle, row, column, LegalText.legal("=" + formula), format, number.double)
            }
        case .formula(let formula, .text(let text)):
            try check(part) {
                worksheet_write_formula_str(
                    handle, row, column, LegalText.legal("=" + formula), format, Self.cellText(text))
            }
        case .link(let text, let target, let cell):
            let url = LegalText.legal("internal:\(SheetName.quoted(target))!\(cell.a1)")
            try check(part) { worksheet_write_url_opt(handle, row, column, url, format, Self.cellText(text), nil) }
        }
    }

    /// The day's number in the 1900 date system, whose 1900 wrongly has a 29 February.
    private static func serial(_ date: CivilDate) -> Double {
        let days = Int(date.dayNumber) + 25_569
        return Double(days > 60 ? days : days - 1)
    }

    /// The text as the file format can hold it: at most 32,767 units, `_x0041_` kept from being read as an escape.
    private static func cellText(_ text: String) -> String {
        let text = LegalText.legal(text)
        var result = text
        if text.utf8.count > cellLengthMax, text.utf16.count > cellLengthMax {
            result = ""
            var units = 1
            for character in text {
                units += character.utf16.count
                if units > cellLengthMax { break }
                result.append(character)
            }
            result += "…"
        }
        return result.utf8.contains(0x5F) && result.contains("_x") ? escapingEscapes(result) : result
    }

    private static func escapingEscapes(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            result.append(scalar)
            if scalar == "_", index + 6 < scalars.count, scalars[index + 1] == "x", scalars[index + 6] == "_",
                scalars[(index + 2)...(index + 5)].allSatisfy({ $0.properties.isASCIIHexDigit })
            {
                result.append(contentsOf: "x005F_".unicodeScalars)
            }
        }
        return String(result)
    }

    // MARK: Shape

    private func writeGeometry() {
        let layout = ReportLayout(of: sheet)
        for (index, column) in sheet.columns.enumerated() {
            var options = lxw_row_col_options()
            options.hidden = column.isHidden ? 1 : 0
            worksheet_set_column_opt(
                handle, lxw_col_t(index), lxw_col_t(index), layout.columnWidths[index], nil, &options)
        }
        let hidden = Set(sheet.hiddenRows)
        for row in Set(layout.rowHeights.keys).union(hidden).sorted() {
            var options = lxw_row_col_options()
            options.hidden = hidden.contains(row) ? 1 : 0
            worksheet_set_row_opt(handle, lxw_row_t(row), layout.rowHeights[row] ?? 15, nil, &options)
        }
        if let height = sheet.defaultRowHeight { worksheet_set_default_row(handle, height, 0) }
        if let frozen = sheet.frozenAt {
            worksheet_freeze_panes(handle, lxw_row_t(frozen.row), lxw_col_t(frozen.column))
        }
        if !sheet.showsGridlines { worksheet_gridlines(handle, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue)) }
    }

    private func writeMerge(_ merge: CellRange) throws(ReportWriteError) {
        guard merge.top != merge.bottom || merge.left != merge.right else { return }
        let part = "merge at \(CellAddress(row: merge.top, column: merge.left).a1)"
        // Cells and their styles follow and overwrite the blanks that merging writes.
        try check(part) {
            worksheet_merge_range(
                handle, lxw_row_t(merge.top), lxw_col_t(merge.left), lxw_row_t(merge.bottom), lxw_col_t(merge.right),
                "", nil)
        }
    }

    private func writePage() {
        let page = sheet.page
        if page.isLandscape { worksheet_set_landscape(handle) }
        let a4: UInt8 = 9
        worksheet_set_paper(handle, a4)
        if page.fitsWidth { worksheet_fit_to_pages(handle, 1, 0) }
        let inch = 25.4
        let side = Double(page.sideMarginMillimetres) / inch
        worksheet_set_margins(
            handle, side, side, Double(page.topMarginMillimetres) / inch, Double(page.bottomMarginMillimetres) / inch)
        worksheet_center_horizontally(handle)
        if !page.header.isEmpty { worksheet_set_header(handle, "&C&10" + Self.headerText(page.header)) }
        if page.numbersPages { worksheet_set_footer(handle, "&C&9第 &P 页，共 &N 页") }
        if let rows = page.repeatedRows {
            worksheet_repeat_rows(handle, lxw_row_t(rows.lowerBound), lxw_row_t(rows.upperBound))
        }
        if let area = page.printArea {
            worksheet_print_area(
                handle, lxw_row_t(area.top), lxw_col_t(area.left), lxw_row_t(area.bottom), lxw_col_t(area.right))
        }
    }

    /// `&` begins a code there, and a header has at most 255 characters.
    private static func headerText(_ text: String) -> String {
        var result = " "
        for character in LegalText.legal(text).prefix(100) { result += character == "&" ? "&&" : String(character) }
        return result
    }
}
