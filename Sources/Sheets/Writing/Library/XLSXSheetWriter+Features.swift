import CXlsxWriter
import Domain
import Glibc
import Tables

extension XLSXSheetWriter {
    private func must(_ part: String, _ result: lxw_error) throws(ReportWriteError) {
        guard result == LXW_NO_ERROR else {
            throw .workbook(sheet: sheet.name, part: part, reason: String(cString: lxw_strerror(result)))
        }
    }

    func write(_ comment: ReportComment) throws(ReportWriteError) {
        let texts = CTexts()
        var options = lxw_comment_options()
        options.visible = UInt8((comment.isVisible ? LXW_COMMENT_DISPLAY_VISIBLE : LXW_COMMENT_DISPLAY_HIDDEN).rawValue)
        options.font_name = texts.copy(ReportStyle.Font.song.rawValue)
        options.font_size = 9
        options.width = UInt16(CommentBox.width)
        options.height = UInt16(CommentBox(comment).height)
        let result = worksheet_write_comment_opt(
            handle, lxw_row_t(comment.cell.row), lxw_col_t(comment.cell.column),
            LegalText.legal(comment.text), &options)
        try must("comment at \(comment.cell.a1)", result)
    }

    func write(_ validation: ReportValidation) throws(ReportWriteError) {
        let texts = CTexts()
        var rule = lxw_data_validation()
        var values: [UnsafeMutablePointer<CChar>?] = []
        switch validation.source {
        case .values(let list):
            rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
            values = list.filter { !$0.isEmpty }.map { texts.copy($0) }
            values.append(nil)
        case .range(let range):
            rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            rule.value_formula = texts.copy("=" + range)
        }
        rule.error_type = UInt8(
            (validation.isStrict ? LXW_VALIDATION_ERROR_TYPE_STOP : LXW_VALIDATION_ERROR_TYPE_WARNING).rawValue)
        // The file format's limits: titles 32, messages 255 characters.
        rule.input_title = texts.copy(String(validation.inputTitle.prefix(32)))
        rule.input_message = texts.copy(String(validation.inputMessage.prefix(255)))
        rule.error_title = texts.copy(String(validation.errorTitle.prefix(32)))
        rule.error_message = texts.copy(String(validation.errorMessage.prefix(255)))
        let range = validation.range
        let result = values.withUnsafeMutableBufferPointer { buffer in
            if !buffer.isEmpty { rule.value_list = buffer.baseAddress }
            return worksheet_data_validation_range(
                handle, lxw_row_t(range.top), lxw_col_t(range.left), lxw_row_t(range.bottom), lxw_col_t(range.right),
                &rule)
        }
        try must("validation at \(CellAddress(row: range.top, column: range.left).a1)", result)
    }

    func write(_ bar: ReportDataBar) throws(ReportWriteError) {
        var format = lxw_conditional_format()
        format.type = UInt8(LXW_CONDITIONAL_DATA_BAR.rawValue)
        format.bar_color = lxw_color_t(bar.color)
        format.bar_solid = 1
        format.data_bar_2010 = 1
        if let bounds = bar.bounds {
            format.min_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
            format.max_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
            format.min_value = Double(bounds.lowerBound)
            format.max_value = Double(bounds.upperBound)
        }
        let range = bar.range
        let result = worksheet_conditional_format_range(
            handle, lxw_row_t(range.top), lxw_col_t(range.left), lxw_row_t(range.bottom), lxw_col_t(range.right),
            &format)
        try must("data bar at \(CellAddress(row: range.top, column: range.left).a1)", result)
    }

    func write(_ chart: ReportChart) throws(ReportWriteError) {
        let kind = chart.kind == .columns ? LXW_CHART_COLUMN : LXW_CHART_BAR
        guard let handle = workbook_add_chart(file, UInt8(kind.rawValue)) else {
            throw .workbook(sheet: sheet.name, part: "chart", reason: "out of memory")
        }
        for one in chart.series {
            guard let series = chart_add_series(handle, nil, nil) else {
                throw .workbook(sheet: sheet.name, part: "chart", reason: "out of memory")
            }
            chart_series_set_name(series, LegalText.legal(one.name))
            let categories = chart.categories
            chart_series_set_categories(
                series, chart.sheet, lxw_row_t(categories.top), lxw_col_t(categories.left),
                lxw_row_t(categories.bottom), lxw_col_t(categories.right))
            chart_series_set_values(
                series, chart.sheet, lxw_row_t(one.values.top), lxw_col_t(one.values.left),
                lxw_row_t(one.values.bottom), lxw_col_t(one.values.right))
            var fill = lxw_chart_fill()
            fill.color = lxw_color_t(one.color)
            chart_series_set_fill(series, &fill)
            chart_series_set_labels(series)
        }
        let texts = CTexts()
        var font = lxw_chart_font()
        font.name = texts.copy(ReportStyle.Font.hei.rawValue)
        font.size = 12
        font.bold = 1
        chart_title_set_name(handle, LegalText.legal(chart.title))
        chart_title_set_name_font(handle, &font)
        chart_legend_set_position(handle, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
        // Of lying bars the library calls the axis of values, which lies too, X.
        let isLying = chart.kind == .bars
        let values = chart_axis_get(handle, isLying ? LXW_CHART_AXIS_TYPE_X : LXW_CHART_AXIS_TYPE_Y)
        if !chart.valueAxisTitle.isEmpty { chart_axis_set_name(values, LegalText.legal(chart.valueAxisTitle)) }
        // Bars that do not begin at nothing exaggerate.
        chart_axis_set_min(values, 0)
        if isLying {
            // The first category at the top, as in the table; every bar has its figure, the axis would repeat them.
            chart_axis_set_reverse(chart_axis_get(handle, LXW_CHART_AXIS_TYPE_Y))
            chart_axis_off(values)
            chart_axis_major_gridlines_set_visible(values, 0)
        }
        var options = lxw_chart_options()
        // The library's chart measures 480 by 288 pixels.
        options.x_scale = Double(chart.width) / 480
        options.y_scale = Double(chart.height) / 288
        options.description = texts.copy(chart.description)
        let result = worksheet_insert_chart_opt(
            self.handle, lxw_row_t(chart.at.row), lxw_col_t(chart.at.column), handle, &options)
        try must("chart at \(chart.at.a1)", result)
    }
}
