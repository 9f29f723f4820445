import Domain
import Tables

/// A line of the form: what may be settled, with what each answer would pay.
public struct DecisionLine: Hashable, Sendable {
    public var finding: DecidableFinding
    /// What the person gets for what the finding concerns if it is confirmed; nil where that cannot be said.
    public var ifAccepted: Fen?
    /// The same if it is refused.
    public var ifRefused: Fen?

    public init(_ finding: DecidableFinding, ifAccepted: Fen?, ifRefused: Fen?) {
        self.finding = finding
        self.ifAccepted = ifAccepted
        self.ifRefused = ifRefused
    }
}

/// `裁定表-<yyyy-mm>.xlsx`: what only a person can decide, pre-filled; put into the inbox it takes effect in the next run.
///
/// Source: spec §5.8.
public struct DecisionForm: Sendable {
    private let county: CountyRecord
    private let period: Period
    private let open: [DecisionLine]
    private let settled: [DecisionLine]

    /// `lines`: in any order.
    public init(county: CountyRecord, period: Period, lines: [DecisionLine]) {
        self.county = county
        self.period = period
        let ordered = lines.sorted {
            if Finding.inReportOrder($0.finding.finding, $1.finding.finding) { return true }
            if Finding.inReportOrder($1.finding.finding, $0.finding.finding) { return false }
            return $0.finding.evidence < $1.finding.evidence
        }
        open = ordered.filter { $0.finding.decision == nil }
        settled = ordered.filter { $0.finding.decision != nil }
    }

    public static func fileName(_ period: Period) -> String { "裁定表-\(period).xlsx" }

    /// Open findings, settled ones, how to fill it in.
    public func workbook() -> ReportWorkbook {
        let names = SheetName.unique(["裁定表", "已裁定"], taken: [InstructionSheet.name])
        let tables = [
            sheet(names[0], "\(county.name)\(period.chinese)裁定表", open),
            sheet(names[1], "\(county.name)\(period.chinese)裁定表（已裁定）", settled),
        ]
        // Nothing to decide is no first page of a document that is filed.
        let isDone = open.isEmpty && !settled.isEmpty
        return ReportWorkbook(
            title: "\(county.name)\(period.chinese)裁定表", subject: "裁定表", author: "驻村", created: period.firstDay,
            sheets: (isDone ? tables.reversed() : tables) + [instructions()])
    }

    // MARK: The table

    private struct Column {
        let heading: String
        let width: Double
        /// What it takes where the page is narrow; text wraps.
        var least: Double?
        let style: ReportStyle
        let value: @Sendable (DecisionLine) -> ReportValue
        var isFilledIn = false
    }

    private static let filledIn = ReportLook.text.with {
        $0.fill = 0xFFF9E5
        $0.isUnlocked = true
    }

    private static let columns: [Column] = [
        Column(heading: "所属期", width: 9, style: ReportLook.number) {
            .text($0.finding.finding.period?.description ?? "")
        },
        Column(heading: "代码", width: 16, least: 13, style: ReportLook.text) { .text($0.finding.finding.code.rawValue) },
        Column(heading: "文件", width: 22, least: 15, style: ReportLook.text) { .text($0.finding.finding.file) },
        Column(heading: "工作表", width: 10, least: 8, style: ReportLook.text) { .text($0.finding.finding.sheet) },
        Column(heading: "单元格", width: 8, style: ReportLook.centered) { .text($0.finding.finding.cell?.a1 ?? "") },
        Column(heading: "姓名", width: 10, style: ReportLook.centered) { .text($0.finding.finding.person) },
        Column(heading: "身份证号", width: 21, style: ReportLook.number) { .text($0.finding.finding.personID) },
        Column(heading: "发现值", width: 12, least: 9, style: ReportLook.text) { .text($0.finding.finding.value) },
        Column(heading: "认可将付", width: 11, style: ReportLook.amount) { .amount($0.ifAccepted) },
        Column(heading: "不认可将付", width: 11, style: ReportLook.amount) { .amount($0.ifRefused) },
        Column(
            heading: "处理", width: 9, style: filledIn, value: { .text($0.finding.decision?.action.chinese ?? "") },
            isFilledIn: true),
        Column(
            heading: "改为", width: 14, least: 11, style: filledIn,
            value: { if case .change(let text)? = $0.finding.decision?.action { .text(text) } else { .text("") } },
            isFilledIn: true),
        Column(
            heading: "裁定人", width: 9, style: filledIn, value: { .text($0.finding.decision?.decider ?? "") },
            isFilledIn: true),
        Column(
            heading: "裁定日期", width: 11, style: filledIn, value: { .text($0.finding.decision?.date.iso ?? "") },
            isFilledIn: true
        ),
        Column(
            heading: "依据", width: 22, least: 14, style: filledIn, value: { .text($0.finding.decision?.ground ?? "") },
            isFilledIn: true),
        Column(heading: "证据", width: 27, style: ReportLook.number) { .text($0.finding.evidence) },
        // The code in words: a note on a cell is lost on paper.
        Column(heading: "问题", width: 44, least: 26, style: ReportLook.text) {
            .text("\($0.finding.finding.code.chinese)：\($0.finding.finding.message(.zh))")
        },
    ]

    private func sheet(_ name: String, _ title: String, _ lines: [DecisionLine]) -> ReportSheet {
        var sheet = ReportSheet(name: name)
        let columns = DecisionForm.columns
        let fitted = ReportPaper.fitted(
            ReportPage(isLandscape: true, repeatedRows: 0...1), columns.map(\.width), percent: 90
        ) { index, width in columns[index].least ?? width }
        sheet.page = fitted.page
        sheet.columns = fitted.widths.map { ReportColumn(.fixed($0)) }
        sheet.putMerged(0, 0...(columns.count - 1), .text(title), ReportLook.title)
        sheet.rowHeights[0] = 32
        for (index, column) in columns.enumerated() {
            sheet.put(1, index, .text(column.heading), ReportLook.heading)
        }
        for (place, line) in lines.enumerated() {
            let row = place + 2
            for (index, column) in columns.enumerated() {
                let value = column.value(line)
                sheet.put(row, index, value == .text("") ? .empty : value, column.style)
            }
            // What is settled can only be taken back.
            let choices = (line.finding.decision.map { [$0.action.chinese] } ?? line.finding.choices) + ["撤销"]
            sheet.comments.append(
                ReportComment(cell: CellAddress(row: row, column: 1), text: DecisionForm.comment(line)))
            sheet.validations.append(
                ReportValidation(
                    range: CellRange(top: row, left: 10, bottom: row, right: 10),
                    source: .values(choices), errorTitle: "请从下拉列表中选择",
                    errorMessage: "此项只能是：\(choices.joined(separator: "、"))。"))
        }
        if lines.isEmpty { sheet.putMerged(2, 0...(columns.count - 1), .text("（无）"), ReportLook.centered) }
        sheet.frozenAt = CellAddress(row: 2, column: 2)
        return sheet
    }

    /// What was found; of an account also what the answers mean, for no line of payments hangs on them.
    private static func comment(_ line: DecisionLine) -> String {
        let message = line.finding.finding.message(.zh)
        guard line.finding.finding.code == .bankAccountShared else { return message }
        return message + "\n认可：照常代发到此账号。不认可：本月不代发，列入“银行无法代发明细”，更正账号后再发。以后各月同此。"
    }

    private func instructions() -> ReportSheet {
        InstructionSheet.sheet(
            for: "“裁定表”",
            [
                "只填写浅黄色的“处理、改为、裁定人、裁定日期、依据”五栏；没有填“处理”的行不起作用。",
                "认可：按表上的记录计发，如同没有这个问题。不认可：这个问题涉及的部分不发；已关账的月份予以扣回。",
                "认可将付、不认可将付：这个问题涉及的生活补助，加上因此暂缓的津补贴（津补贴随派驻计发，两种处理都发）。",
                "改为：在“改为”栏写明花名册上的身份证号、出勤状态（出勤、因公、培训、请假、病假、脱岗、抽调、休息）、村名或天数。",
                "撤销：在“已裁定”表上把该行的“处理”改为撤销，即收回该裁定；该表其余内容只是记录，改动不起作用。",
                "裁定日期写作 2018-12-06；依据写明会议纪要、请示批复等。",
                "请不要改动其他各栏，尤其是“证据”：考勤表的内容变动后证据随之变动，旧裁定自动失效。",
                "填好后把本文件放入收件目录中指定的文件夹，下次运行即采用；任何裁定都不会超出表上的记录发放。",
            ], table: ("", "", []))
    }
}
