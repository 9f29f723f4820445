import Domain
import Tables

/// An empty form with headings, drop-downs and formats. Source: spec §4, §5.3.
///
/// It holds no example row, which would be read as data: examples stand in notes on the headings.
public struct FormTemplate: Sendable {
    /// What a column takes.
    public enum Kind: Hashable, Sendable {
        case text
        /// Text format, so that no digit is lost.
        case id, account
        case date
        case monthOrDate
        case amount
        case count
        case year
        case flag
        /// The words that may stand there.
        case choice([String])
    }

    public struct Column: Hashable, Sendable {
        public var heading: String
        public var kind: Kind
        public var isRequired: Bool
        /// Part of what tells two rows apart.
        public var isKey: Bool
        /// What to fill in, with an example; empty where the kind says it.
        public var note: String
        /// Words to choose from; empty for those of the kind. Of a text others may stand there too.
        public var offers: [String]
        /// Other words that are understood, behind each that is meant.
        public var accepts: [String]

        public init(
            heading: String, kind: Kind, isRequired: Bool, isKey: Bool, note: String = "", offers: [String] = [],
            accepts: [String] = []
        ) {
            self.note = note
            self.offers = offers
            self.accepts = accepts
            self.heading = heading
            self.kind = kind
            self.isRequired = isRequired
            self.isKey = isKey
        }
    }

    private let title: String
    private let columns: [Column]
    private let created: CivilDate

    /// `created`: a day of the form's own, so that bytes repeat.
    public init(title: String, columns: [Column], created: CivilDate) {
        self.title = title
        self.columns = columns
        self.created = created
    }

    /// Rows that are ready to be filled in; more can be copied from them.
    static let rowCount = 300

    /// The sheet to fill in, and a sheet of instructions.
    public func workbook() -> ReportWorkbook {
        ReportWorkbook(
            title: title, subject: "空白表", author: "驻村", created: created, sheets: [formSheet(), instructions()])
    }

    private func formSheet() -> ReportSheet {
        var sheet = ReportSheet(name: SheetName.unique([title], taken: [InstructionSheet.name])[0])
        let last = max(0, columns.count - 1)
        sheet.putMerged(0, 0...last, .text(title), ReportLook.title)
        sheet.rowHeights[0] = 32
        for (index, column) in columns.enumerated() {
            // The reader drops the star; to the clerk it says «required».
            let style = ReportLook.heading.with { if column.isRequired { $0.color = 0xC00000 } }
            sheet.put(1, index, .text(column.isRequired ? "*" + column.heading : column.heading), style)
            sheet.comments.append(
                ReportComment(cell: CellAddress(row: 1, column: index), text: note(column)))
            let cell = cellStyle(column.kind)
            for row in 2..<(2 + FormTemplate.rowCount) { sheet.put(row, index, .empty, cell) }
            if let validation = validation(column, index) { sheet.validations.append(validation) }
        }
        sheet.frozenAt = CellAddress(row: 2, column: 0)
        let fitted = ReportPaper.fitted(
            ReportPage(isLandscape: true, repeatedRows: 0...1), columns.map(width), percent: 90
        ) { index, _ in least(columns[index]) }
        sheet.page = fitted.page
        sheet.columns = fitted.widths.map { ReportColumn(.fixed($0)) }
        // Room to write by hand, where the paper has it.
        if fitted.page.paper == .a3 { sheet.defaultRowHeight = 26 }
        let lines = zip(columns, fitted.widths).map { TextWidth.lines("*" + $0.heading, in: $1 - 1) }.max() ?? 1
        sheet.rowHeights[1] = max(30, Double(lines) * 13.5 + 5)
        // What is not filled in need not be printed.
        sheet.page.printArea = CellRange(top: 0, left: 0, bottom: 31, right: last)
        return sheet
    }

    private func width(_ column: Column) -> Double {
        let heading = Double(TextWidth.of(column.heading)) + 4
        let content: Double =
            switch column.kind {
            case .id, .account: 21
            case .date, .monthOrDate: 12
            case .amount: 14
            case .count, .year, .flag: 8
            case .choice(let words): Double((words.map { TextWidth.of($0) }.max() ?? 4) + 4)
            case .text: 12
            }
        return max(heading, content)
    }

    /// How narrow a column may become so that the form is read on paper; its heading wraps.
    private func least(_ column: Column) -> Double {
        switch column.kind {
        case .id, .account: 20
        case .date, .monthOrDate: 11
        case .amount: 11
        case .count, .year, .flag: 6
        case .choice(let words): Double((words.map { TextWidth.of($0) }.max() ?? 4) + 2)
        case .text: column.offers.isEmpty ? 9 : 8
        }
    }

    private func cellStyle(_ kind: Kind) -> ReportStyle {
        switch kind {
        case .id, .account, .text: ReportLook.text.with { $0.numberFormat = .text }
        case .date, .monthOrDate: ReportLook.date
        case .amount: ReportLook.amount
        case .count, .year: ReportLook.count
        case .flag, .choice: ReportLook.centered
        }
    }

    /// A drop-down; of a text it only offers.
    private func validation(_ column: Column, _ index: Int) -> ReportValidation? {
        var words = column.offers
        var isStrict = true
        switch column.kind {
        case .flag: words = ["是", "否"]
        case .choice(let choices): if words.isEmpty { words = choices }
        default: isStrict = false
        }
        // What the file format holds of a list.
        guard !words.isEmpty, words.joined(separator: ",").utf16.count <= 255,
            !words.contains(where: { $0.contains(",") })
        else { return nil }
        let list = words.joined(separator: "、")
        return ReportValidation(
            range: CellRange(top: 2, left: index, bottom: 1 + FormTemplate.rowCount, right: index),
            source: .values(words), isStrict: isStrict, errorTitle: isStrict ? "请从下拉列表中选择" : "不在列表中",
            errorMessage: isStrict
                ? "\(column.heading)只能是：\(list)。" : "常用的是：\(list)。确要填写别的内容，请选“是”。")
    }

    private func note(_ column: Column) -> String {
        var text = column.isRequired ? "必填。" : "选填。"
        text += what(column)
        if column.isKey { text += "\n用来区分各行，同一条记录再报时请保持一致。" }
        return text
    }

    private func what(_ column: Column) -> String {
        let kind = form(column.kind)
        // Of a text the note says it all.
        if case .text = column.kind, !column.note.isEmpty { return column.note }
        let words = column.accepts.isEmpty ? "" : "也认：\(column.accepts.joined(separator: "；"))。"
        return kind + column.note + words
    }

    private func form(_ kind: Kind) -> String {
        switch kind {
        case .text: "文字。"
        case .id: "18 位身份证号，按文本填写，一位不少，不要用数字格式，例如 630202199001019013。"
        case .account: "12 至 21 位银行账号，按文本填写，一位不少，不要用数字格式。"
        case .date: "日期，例如 2018-11-05。"
        case .monthOrDate: "日期或月份，例如 2018-11-05 或 2018年11月。"
        case .amount: "金额，单位元，例如 12000.00；以万元填写的，在表头或单元格写明“万元”。"
        case .count: "整数，例如 12。"
        case .year: "年份，例如 2018。"
        case .flag: "是或否；√、有 也算是，空着算否。"
        case .choice(let words): "从下拉列表选择：\(words.joined(separator: "、"))。"
        }
    }

    private func instructions() -> ReportSheet {
        InstructionSheet.sheet(
            for: "“\(title)”",
            [
                "每条记录一行，从表头下第一行填起，不要留空行，不要合并单元格。",
                "红色带 * 的栏必须填写；没有内容的选填栏留空。",
                "身份证号、银行账号已设为文本格式；从别处粘贴时请选“只粘贴值/文本”，以免末位变成 0。",
                "鼠标停在表头上，可看到这一栏怎么填和例子。",
                "请不要改动表名和表头；可以增加行，文件名可以改。",
                "再次报送同一条记录时以新的内容为准；没有再报的记录不会被删除。",
            ],
            table: ("栏目", "填写要求", columns.map { ($0.heading, ($0.isRequired ? "必填。" : "选填。") + what($0)) }))
    }
}
