import CXlsxWriter
import Domain
import Tables

/// Writes one sheet of a report.
struct XLSXSheetWriter {
    let file: UnsafeMutablePointer<lxw_workbook>
    let handle: UnsafeMutablePointer<lxw_worksheet>
    let sheet: ReportSheet

    mutating func write(_ formats: inout XLSXFormats) throws(ReportWriteError) {
        writeGeometry()
        for merge in sheet.merges { try writeMerge(merge) }
        for cell in sheet.cells { try write(cell, formats.format(CellContent.style(of: cell))) }
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

    private func legal(_ text: String) -> String { LegalText.legal(CellContent.text(text)) }

    private func write(_ cell: ReportCell, _ format: UnsafeMutablePointer<lxw_format>?) throws(ReportWriteError) {
        let row = lxw_row_t(cell.row)
        let column = lxw_col_t(cell.column)
        let part = CellAddress(row: cell.row, column: cell.column).a1
        switch cell.value {
        case .empty:
            try check(part) { worksheet_write_blank(handle, row, column, format) }
        case .text(let text):
            try check(part) { worksheet_write_string(handle, row, column, legal(text), format) }
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
            try check(part) { worksheet_write_number(handle, row, column, Double(CellContent.serial(date)), format) }
        case .dateTime(let date, let seconds):
            let serial = Double(CellContent.serial(date)) + Double(seconds) / 86_400
            try check(part) { worksheet_write_number(handle, row, column, serial, format) }
        case .formula(let formula, .number(let number)):
            try check(part) {
                worksheet_write_formula_num(handle, row, column, LegalText.legal("=" + formula), format, number.double)
            }
        case .formula(let formula, .text(let text)):
            try check(part) {
                worksheet_write_formula_str(
                    handle, row, column, LegalText.legal("=" + formula), format, legal(text))
            }
        case .link(let text, let target, let cell):
            let url = LegalText.legal("internal:\(SheetName.quoted(target))!\(cell.a1)")
            try check(part) { worksheet_write_url_opt(handle, row, column, url, format, legal(text), nil) }
        }
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
        if let frozen = sheet.frozenAt, frozen.row > 0 || frozen.column > 0 {
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
        worksheet_set_paper(handle, page.paper == .a3 ? 8 : 9)
        if page.fitsWidth { worksheet_fit_to_pages(handle, 1, UInt16(page.pagesDownMost)) }
        if !page.breaks.isEmpty {
            var rows = page.breaks.map { lxw_row_t($0) } + [0]
            worksheet_set_h_pagebreaks(handle, &rows)
        }
        let inch = CellContent.inch
        let side = Double(page.sideMarginMillimetres) / inch
        worksheet_set_margins(
            handle, side, side, Double(page.topMarginMillimetres) / inch, Double(page.bottomMarginMillimetres) / inch)
        worksheet_center_horizontally(handle)
        if !page.header.isEmpty { worksheet_set_header(handle, CellContent.header(page.header)) }
        if page.numbersPages { worksheet_set_footer(handle, CellContent.pageNumbers) }
        if let rows = page.repeatedRows {
            worksheet_repeat_rows(handle, lxw_row_t(rows.lowerBound), lxw_row_t(rows.upperBound))
        }
        if let area = page.printArea {
            worksheet_print_area(
                handle, lxw_row_t(area.top), lxw_col_t(area.left), lxw_row_t(area.bottom), lxw_col_t(area.right))
        }
    }
}
