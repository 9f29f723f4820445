import Domain
import Tables

/// What goes back to a township: a list of all findings, then its own sheets as they were sent, wrong cells marked.
///
/// Corrected in just the marked cells and sent in again it is read like the files it was made from; the list is passed
/// over (`pipelines/forms/guidance.yaml`). Source: spec §9.
public struct ReturnWorkbook: Sendable {
    private let county: String
    private let township: String
    private let period: Period
    private let sheets: [ReturnSheet]
    private let findings: [Finding]
    /// Findings of one cause are one, in the order of the list.
    private let problems: [Problem]
    private let blanks: [Blank]

    /// Days of a person that have no mark and may have been forgotten.
    public struct Blank: Hashable, Sendable {
        public var person: String
        public var file: String
        public var sheet: String
        /// Ascending, none twice; never empty.
        public var cells: [CellAddress]
        /// `3–5日、8日`
        public var days: String
        /// No day of the person has a mark.
        public var isWhole: Bool

        public init(
            person: String, file: String, sheet: String, cells: [CellAddress], days: String, isWhole: Bool
        ) {
            self.person = person
            self.file = file
            self.sheet = sheet
            self.cells = cells
            self.days = days
            self.isWhole = isWhole
        }
    }

    /// - Parameters:
    ///   - sheets: names unique and none of them `ReturnWorkbook.listName`.
    ///   - findings: all of the township and month, with or without a cell.
    ///   - blanks: told below the findings; they are none.
    public init(
        county: String, township: String, period: Period, sheets: [ReturnSheet], findings: [Finding],
        blanks: [Blank] = []
    ) {
        self.blanks = blanks
        self.county = county
        self.township = township
        self.period = period
        self.sheets = sheets
        var unique: [Finding] = []
        for finding in findings.sorted(by: ReturnText.inListOrder) where unique.last != finding {
            unique.append(finding)
        }
        self.findings = unique
        problems = Problem.grouped(unique)
    }

    /// The name of the first sheet.
    public static let listName = "问题清单"

    /// `碾伯镇-问题反馈-2018-11.xlsx`
    public static func fileName(township: String, period: Period) -> String { "\(township)-问题反馈-\(period).xlsx" }

    public func workbook() -> ReportWorkbook {
        var sheetOf: [SentSheet: Int] = [:]
        for (index, sheet) in sheets.enumerated() {
            sheetOf[SentSheet(file: sheet.file, sheet: sheet.sheetAsSent)] = index
        }
        var bySheet: [[Finding]] = Array(repeating: [], count: sheets.count)
        for finding in findings {
            if let index = sheetOf[SentSheet(file: finding.file, sheet: finding.sheet)] {
                bySheet[index].append(finding)
            }
        }
        let copies = zip(sheets, bySheet).map { sheet, found in sheet.reportSheet(found) }
        return ReportWorkbook(
            title: "\(county)\(township)\(period.chinese)问题反馈", subject: "退回修改", author: county,
            created: period.firstDay, sheets: [list(sheetOf)] + copies)
    }

    private struct SentSheet: Hashable {
        let file: String
        let sheet: String
    }

    // MARK: The list

    private func list(_ sheetOf: [SentSheet: Int]) -> ReportSheet {
        var frame = ReportFrame(
            name: ReturnWorkbook.listName, title: "问题清单（退回修改）\(county)\(township) \(period.chinese)",
            left: summary, right: "点击“位置”可跳到要改的单元格",
            columns: [
                .init("序号", .centered, min: 5, max: 6),
                .init("级别", .centered, min: 6, max: 8),
                .init("影响", .centered, min: 9, max: 10),
                .init("位置", .text, min: Double(ReturnWorkbook.placeWidth) + 2, max: 30),
                .init("姓名", .text, min: 9, max: 14),
                .init("原表内容", .text, min: 10, max: 20),
                .init("问题", .text, min: 32, max: 46),
                .init("怎么改", .text, min: 32, max: 46),
            ], frozenColumns: 0)
        for (index, problem) in problems.enumerated() {
            let finding = problem.first
            let masked = FindingMasking.masked(finding)
            frame.add([
                .count(index + 1), .text(finding.severity.chinese),
                .text(finding.effect == .none ? "" : finding.effect.chinese), place(problem, sheetOf),
                .text(people(problem)), .text(masked.value), .text(masked.message(.zh)),
                .text(advice(masked, sheetOf)),
            ])
            color(&frame, finding.severity)
        }
        for (index, blank) in blanks.enumerated() { add(blank, number: problems.count + index + 1, sheetOf, &frame) }
        frame.row += 1
        for line in instructions { frame.addLine(line, ReportLook.note) }
        if !sheets.isEmpty {
            frame.row += 1
            frame.addLine("本文件中的工作表（按原样退回）：", ReportLook.note.with { $0.isBold = true })
            for sheet in sheets { source(sheet, &frame) }
        }
        frame.sheet.tabColor = ReturnText.strongColor(ReturnText.worst(findings))
        frame.squeeze(percent: 90)
        return frame.sheet
    }

    private func add(_ blank: Blank, number: Int, _ sheetOf: [SentSheet: Int], _ frame: inout ReportFrame) {
        let ranges = CellRangeText.ranges(blank.cells)
        let cells = ranges.joined(separator: "、")
        let index = sheetOf[SentSheet(file: blank.file, sheet: blank.sheet)]
        let place: ReportValue =
            if let index {
                .link(
                    text: ReturnWorkbook.place(ranges, sheets[index].name), sheet: sheets[index].name,
                    cell: blank.cells[0])
            } else {
                .text([blank.file, blank.sheet, cells].filter { !$0.isEmpty }.joined(separator: " "))
            }
        frame.add([
            .count(number), .text("核对"), .text(""), place, .text(IDMasking.masked(blank.person)), .text(""),
            .text(blank.isWhole ? "全月没有填写，按未出勤计。" : "\(blank.days)没有填写，按未出勤计。"),
            .text("有出勤、请假的请补填；确实没有出勤的不用改。"),
        ])
        frame.restyleLast(column: 1, ReportLook.centered.with { $0.fill = ReturnText.blankColor })
    }

    private var summary: String {
        let counts = [FindingSeverity.error, .warning, .info].compactMap { severity -> String? in
            let count = problems.count { $0.first.severity == severity }
            return count == 0 ? nil : "\(severity.chinese) \(count) 条"
        }
        let asked = blanks.isEmpty ? [] : ["核对 \(blanks.count) 条"]
        return "共 \(problems.count + blanks.count) 条：" + (counts + asked).joined(separator: "，")
    }

    private var instructions: [String] {
        var lines = [
            "颜色：红色为错误（改正前暂缓发放或不计当日），黄色为警告（请核对），蓝色为提示（可以不改）。鼠标停在有颜色的单元格上，可看到问题和改法。"
        ]
        if sheets.contains(where: { !$0.blanks.isEmpty }) {
            lines.append("淡紫色格是没有填的日子（同表其他人当日有记录），按未出勤计；有出勤、请假的请补填。")
        }
        if sheets.contains(where: { !$0.askedCells.isEmpty }) {
            lines.append("表下写有“注：…表示”的黄色格，请填写该符号的含义（可从下拉列表中选择）：填了含义，这个符号就不用逐格改。")
        }
        if sheets.isEmpty {
            lines.append("本文件没有可以退回的原表：请按上面的“怎么改”处理后报送。")
        } else {
            lines.append("请只在有颜色的单元格里改正，改好后把本文件直接报送回来（文件名可以改，本清单不用删除），系统会用它替换原来的内容。")
        }
        if sheets.contains(where: { !$0.cleared.isEmpty }) {
            lines.append("灰色的行没有退回：后来报送的表已经替代了它们，或者不属于本乡镇。请不要在那里填写。")
        }
        if sheets.contains(where: \.grid.isHidden) {
            lines.append("原表中有隐藏的工作表，仍按隐藏退回：在任一工作表标签上点右键，选“取消隐藏”可以看到。")
        }
        return lines
    }

    /// What to do: of marks that nothing explains, in which cells their meaning can be written.
    private func advice(_ finding: Finding, _ sheetOf: [SentSheet: Int]) -> String {
        let places = askedPlaces(finding, sheetOf)
        if places.isEmpty { return finding.advice(.zh) }
        return "请在" + places.joined(separator: "、") + "里填写它们的含义（可从下拉列表中选择），不必逐格改；写错的符号请逐格改正。"
    }

    /// Below the finding's sheet; on the legend sheet that rules it; of a legend sheet that does not go back, below the
    /// sheets that it rules.
    private func askedPlaces(_ finding: Finding, _ sheetOf: [SentSheet: Int]) -> [String] {
        func asks(_ sheet: ReturnSheet) -> Bool {
            switch finding.reason {
            case .unknownMark: !sheet.askedCells.isEmpty
            case .legendUnknown, .legendConflict, .legendConflictMark:
                sheet.legend.contains { $0.isAsked && $0.label.contains("“\(finding.arguments.first ?? "")”") }
            default: false
            }
        }
        func named(_ sheet: ReturnSheet) -> String { "工作表“\(sheet.name)”的黄色格 \(sheet.askedCells) " }
        guard let index = sheetOf[SentSheet(file: finding.file, sheet: finding.sheet)] else {
            return sheets.filter { $0.file == finding.file && $0.legendSheet == finding.sheet && asks($0) }.map(named)
        }
        let own = sheets[index]
        if asks(own) { return ["表下的黄色格 \(own.askedCells) "] }
        guard let ruling = own.legendSheet, let index = sheetOf[SentSheet(file: own.file, sheet: ruling)],
            asks(sheets[index])
        else { return [] }
        return [named(sheets[index])]
    }

    /// Who is concerned: of many the first, and how many there are.
    private func people(_ problem: Problem) -> String {
        let names = problem.people.map { IDMasking.masked($0) }
        guard names.count > 4 else { return names.joined(separator: "、") }
        return names.prefix(3).joined(separator: "、") + "等\(names.count)人"
    }

    /// The first of its cells, as a link, with all of them in words.
    private func place(_ problem: Problem, _ sheetOf: [SentSheet: Int]) -> ReportValue {
        let finding = problem.first
        guard !finding.file.isEmpty else { return .text("（没有报送）") }
        if let index = sheetOf[SentSheet(file: finding.file, sheet: finding.sheet)] {
            let sheet = sheets[index]
            let cell = finding.cell.map(sheet.shownCell)
            let cells = problem.cells.count > 1 ? CellRangeText.ranges(problem.cells) : cell.map { [$0.a1] } ?? []
            return .link(
                text: ReturnWorkbook.place(cells, sheet.name), sheet: sheet.name,
                cell: cell ?? CellAddress(row: 0, column: 0))
        }
        let masked = FindingMasking.masked(finding)
        let parts = [masked.file, masked.sheet, problem.cellText].filter { !$0.isEmpty }
        return .text(parts.joined(separator: " "))
    }

    /// What a link shows at most: LibreOffice does not wrap one, and what is longer would be cut off.
    private static let placeWidth = 22

    /// `H6、M6等5处  考勤表`: as many of the cells as there is room for; all of them are marked on the sheet.
    static func place(_ ranges: [String], _ sheet: String) -> String {
        func text(_ count: Int) -> String {
            let shown = ranges.prefix(count).joined(separator: "、")
            let cells = count < ranges.count ? "\(shown)等\(ranges.count)处" : shown
            let isBeside = TextWidth.of(cells) + 2 + TextWidth.of(sheet) <= placeWidth
            return cells.isEmpty ? sheet : isBeside || count == ranges.count ? "\(cells)  \(sheet)" : cells
        }
        guard TextWidth.of(text(ranges.count)) > placeWidth else { return text(ranges.count) }
        // The sheet's name goes where not even one cell has room beside it.
        let fitting = (1..<max(2, ranges.count)).reversed().map(text).filter { TextWidth.of($0) <= placeWidth }
        return fitting.first { $0.hasSuffix(sheet) } ?? fitting.first ?? ranges.first ?? sheet
    }

    private func color(_ frame: inout ReportFrame, _ severity: FindingSeverity) {
        guard let index = frame.sheet.cells.lastIndex(where: { $0.row == frame.row - 1 && $0.column == 1 }) else {
            return
        }
        let cell = frame.sheet.cells[index]
        frame.sheet.cells[index] = ReportCell(
            row: cell.row, column: cell.column, value: cell.value,
            style: cell.style.with { $0.fill = ReturnText.color(severity) })
    }

    private func source(_ sheet: ReturnSheet, _ frame: inout ReportFrame) {
        let origin = sheet.file + (sheet.sheetAsSent.isEmpty ? "" : " → \(sheet.sheetAsSent)")
        let style = ReportLook.note.with {
            $0.isUnderlined = true
            $0.color = 0x0563C1
        }
        frame.sheet.putMerged(
            frame.row, 0...3, .link(text: sheet.name, sheet: sheet.name, cell: CellAddress(row: 0, column: 0)), style)
        frame.sheet.putMerged(frame.row, 4...7, .text("来自 " + origin), ReportLook.note)
        frame.row += 1
    }
}
