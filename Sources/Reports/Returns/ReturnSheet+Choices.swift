import Domain
import Tables

// Spec §5.7, §9: a legend that is missing has a cell to fill in, and days keep their drop-downs.

extension ReturnSheetWriter {
    /// The cells of each line of the legend, from the second row below the sheet on: its label in the first column that
    /// shows, the meaning where there is room beside it.
    var legendCells: [(label: CellAddress, words: CellAddress)] {
        guard !source.legend.isEmpty else { return [] }
        let hidden = Set(source.grid.hiddenColumns)
        var label = 0
        while hidden.contains(label) { label += 1 }
        var words = label + 1
        var room = shownWidth(label)
        while hidden.contains(words) || room < ReturnSheetWriter.labelWidth {
            if !hidden.contains(words) { room += shownWidth(words) }
            words += 1
        }
        let first = (source.grid.rows.last?.index ?? -1) + 2
        return source.legend.indices.map {
            (CellAddress(row: first + $0, column: label), CellAddress(row: first + $0, column: words))
        }
    }

    /// What the label of a line takes. Unit: widths of the digit 0.
    private static let labelWidth = 14.0

    /// Unit: widths of the digit 0.
    func shownWidth(_ column: Int) -> Double {
        if column <= lastColumn, case .fixed(let width) = width(column) { return width }
        return 8.43
    }

    func writeLegend(_ sheet: inout ReportSheet) {
        for (line, cells) in zip(source.legend, legendCells) {
            sheet.put(
                cells.label.row, cells.label.column, .text(line.label), ReportStyle(isBold: true, horizontal: .left))
            let style = ReportStyle(
                fill: line.isAsked ? ReturnText.color(.warning) : nil, border: .thin, horizontal: .center,
                shrinks: true)
            sheet.put(cells.words.row, cells.words.column, line.words.isEmpty ? .empty : .text(line.words), style)
            guard line.isAsked else { continue }
            sheet.comments.append(
                ReportComment(
                    cell: cells.words,
                    text: "请填写左边符号在本表中的含义，可从下拉列表中选择。填写后报回，本表中所有这个符号都按它计，不必逐格改。"))
            sheet.validations.append(
                ReportValidation(
                    range: CellRange(
                        top: cells.words.row, left: cells.words.column, bottom: cells.words.row,
                        right: cells.words.column),
                    source: .values(source.meanings), isStrict: false, errorTitle: "不是常用的含义",
                    errorMessage: "含义用“出勤、请假、病假、公差、培训、旷工、抽调、休息”等常用词写，系统才能识别。"))
        }
    }

    /// Drop-downs of the days, where there is something to choose from.
    var choices: [ReportValidation] {
        let values = ReturnSheetWriter.fitting(source.choices)
        guard values.count > 1 else { return [] }
        let cells = source.days.subtracting(source.cleared).sorted()
        return CellRectangles.covering(cells).map { cells in
            ReportValidation(
                range: CellRange(
                    top: cells.from.row, left: cells.from.column, bottom: cells.to.row, right: cells.to.column),
                source: .values(values), isStrict: false, errorTitle: "不在列表中的符号",
                errorMessage: "本表用的符号：\(values.joined(separator: " "))。确要填写别的符号，请在表下注明含义。")
        }
    }

    /// What the file format holds of a list.
    private static func fitting(_ values: [String]) -> [String] {
        var length = -1
        return Array(
            values.prefix { value in
                length += value.unicodeScalars.count + 1
                return length <= 255
            })
    }
}
