import Domain
import Tables

/// The pre-filled attendance workbook of a township and month. Source: spec §4 (`zhucun template attendance`).
///
/// Empty as it stands, and filled in, it reads back without a finding.
public struct AttendanceTemplate: Sendable {
    /// A person in a village, with the days posted there.
    public struct Person: Hashable, Sendable {
        public var name: String
        public var id: String
        public var sendingUnit: String
        public var village: String
        /// Days of the month on which the posting is in force.
        public var days: Set<Int>

        public init(name: String, id: String, sendingUnit: String, village: String, days: Set<Int>) {
            self.name = name
            self.id = id
            self.sendingUnit = sendingUnit
            self.village = village
            self.days = days
        }
    }

    /// A mark of the drop-down and what it says.
    public struct Mark: Hashable, Sendable {
        public let mark: String
        public let words: String
        public let status: AttendanceStatus
    }

    /// The template's own legend; it rules the sheet (spec §5.5).
    public static let marks: [Mark] = [
        Mark(mark: "√", words: "出勤", status: .present),
        Mark(mark: "△", words: "请假", status: .leave),
        Mark(mark: "□", words: "病假", status: .sick),
        Mark(mark: "○", words: "因公外出", status: .official),
        Mark(mark: "☆", words: "培训", status: .training),
        Mark(mark: "×", words: "旷工", status: .absent),
        Mark(mark: "▽", words: "抽调", status: .withdrawn),
        Mark(mark: "－", words: "休息", status: .rest),
    ]

    /// Half days offered: morning, then afternoon.
    public static let halves = ["√/△", "△/√", "√/□", "□/√", "√/○", "○/√"]

    private let county: String
    private let township: String
    private let period: Period
    private let people: [Person]

    /// People in the order of the sheet.
    public init(county: String, township: String, period: Period, people: [Person]) {
        self.county = county
        self.township = township
        self.period = period
        self.people = people
    }

    /// `碾伯镇-考勤表-2018-11.xlsx`
    public static func fileName(township: String, period: Period) -> String { "\(township)-考勤表-\(period).xlsx" }

    private static let headingRow = 2
    private static let firstRow = 4
    /// Columns before the first day.
    private static let heads = ["序号", "姓名", "身份证号", "派出单位", "村"]
    private static let dayCountMax = 31
    private static var totalColumn: Int { heads.count + dayCountMax }

    private var title: String { "\(county)\(township)\(period.chinese)驻村干部考勤表" }

    /// The sheet to fill in, and a sheet of instructions.
    public func workbook() -> ReportWorkbook {
        ReportWorkbook(
            title: title, subject: "驻村干部考勤", author: county, created: period.firstDay,
            sheets: [attendanceSheet(), instructions()])
    }

    // MARK: The sheet to fill in

    private static let grey = 0xBFBFBF
    private static let mark = ReportStyle(
        size: 12, border: .thin, horizontal: .center, shrinks: true, numberFormat: .text, isUnlocked: true)
    private static let closed = ReportStyle(fill: grey, border: .thin, horizontal: .center)
    private static let fact = ReportStyle(border: .thin, horizontal: .left, shrinks: true, numberFormat: .text)
    private static let legendStyle = ReportStyle(size: 12, horizontal: .left, wraps: true)

    private func attendanceSheet() -> ReportSheet {
        var sheet = ReportSheet(name: "\(period.chinese)")
        let last = AttendanceTemplate.totalColumn
        let firstDay = AttendanceTemplate.heads.count
        sheet.columns = [
            ReportColumn(.fixed(5)), ReportColumn(.fit(min: 9, max: 14)), ReportColumn(.fixed(20)),
            ReportColumn(.fit(min: 12, max: 20)), ReportColumn(.fit(min: 8, max: 12)),
        ]
        sheet.columns += Array(repeating: ReportColumn(.fixed(3.8)), count: AttendanceTemplate.dayCountMax)
        sheet.columns.append(ReportColumn(.fixed(6)))
        sheet.putMerged(0, 0...last, .text(title), ReportLook.title)
        sheet.rowHeights[0] = 32
        let legend = AttendanceTemplate.marks.map { $0.mark + $0.words }.joined(separator: "  ")
        sheet.putMerged(1, 0...last, .text("注：" + legend), AttendanceTemplate.legendStyle)
        sheet.rowHeights[1] = 22
        writeHeadings(&sheet)
        for (index, person) in people.enumerated() {
            write(person, number: index + 1, row: AttendanceTemplate.firstRow + index, &sheet)
        }
        writeSignatures(&sheet, row: AttendanceTemplate.firstRow + people.count + 1)
        sheet.frozenAt = CellAddress(row: AttendanceTemplate.firstRow, column: 2)
        fitPaper(&sheet)
        sheet.isProtected = true
        sheet.validations = validations(firstDay: firstDay)
        return sheet
    }

    /// A row a person and 31 days: nine points and more, on A3 where A4 is too small for that.
    private func fitPaper(_ sheet: inout ReportSheet) {
        var page = ReportPage(isLandscape: true, repeatedRows: 0...3)
        page.sideMarginMillimetres = 8
        // Units and villages shrink into their cells.
        let least: [Int: Double] = [1: 9, 3: 12, 4: 8]
        let fitted = ReportPaper.fitted(page, ReportLayout(of: sheet).columnWidths, percent: 90) { index, width in
            least[index] ?? (index >= AttendanceTemplate.heads.count ? 3.4 : width)
        }
        sheet.page = fitted.page
        sheet.columns = fitted.widths.map { ReportColumn(.fixed($0)) }
    }

    private func writeHeadings(_ sheet: inout ReportSheet) {
        let row = AttendanceTemplate.headingRow
        func putDown(_ column: Int, _ text: String) {
            sheet.put(row, column, .text(text), ReportLook.heading)
            sheet.put(row + 1, column, .empty, ReportLook.heading)
            sheet.merges.append(CellRange(top: row, left: column, bottom: row + 1, right: column))
        }
        for (column, head) in AttendanceTemplate.heads.enumerated() { putDown(column, head) }
        putDown(AttendanceTemplate.totalColumn, "出勤天数")
        for day in 1...AttendanceTemplate.dayCountMax {
            let column = AttendanceTemplate.heads.count + day - 1
            guard let date = period.date(day: day) else {
                let style = ReportLook.heading.with { $0.fill = AttendanceTemplate.grey }
                sheet.put(row, column, .count(day), style)
                sheet.put(row + 1, column, .empty, style)
                continue
            }
            let weekday = date.isoWeekday
            let style = ReportLook.heading.with { if weekday > 5 { $0.color = 0xC00000 } }
            sheet.put(row, column, .count(day), style)
            sheet.put(row + 1, column, .text(["一", "二", "三", "四", "五", "六", "日"][weekday - 1]), style)
        }
        sheet.rowHeights[row] = 20
        sheet.rowHeights[row + 1] = 18
    }

    private func write(_ person: Person, number: Int, row: Int, _ sheet: inout ReportSheet) {
        sheet.put(row, 0, .count(number), ReportLook.centered)
        let texts = [person.name, person.id, person.sendingUnit, person.village]
        for (index, text) in texts.enumerated() { sheet.put(row, index + 1, .text(text), AttendanceTemplate.fact) }
        let first = AttendanceTemplate.heads.count
        for day in 1...AttendanceTemplate.dayCountMax {
            let isOpen = person.days.contains(day) && day <= period.dayCount
            sheet.put(row, first + day - 1, .empty, isOpen ? AttendanceTemplate.mark : AttendanceTemplate.closed)
        }
        let from = CellAddress(row: row, column: first).a1
        let to = CellAddress(row: row, column: AttendanceTemplate.totalColumn - 1).a1
        // Text of a condition is a pattern: only these three marks count, √/√ as two halves.
        let formula =
            "COUNTIF(\(from):\(to),\"√\")+0.5*(COUNTIF(\(from):\(to),\"√/*\")+COUNTIF(\(from):\(to),\"*/√\"))"
        sheet.put(
            row, AttendanceTemplate.totalColumn, .formula(formula, stored: .number(ReportDecimal(digits: 0))),
            ReportLook.days.with { $0.horizontal = .center })
        sheet.rowHeights[row] = 25
    }

    private func writeSignatures(_ sheet: inout ReportSheet, row: Int) {
        let style = ReportLook.signature.with { $0.isUnlocked = true }
        let last = AttendanceTemplate.totalColumn
        let labels = ["填表人：", "审核人：", "负责人（签字盖章）：", "填表日期："]
        for (index, label) in labels.enumerated() {
            let first = (last + 1) * index / labels.count
            sheet.putMerged(row, first...((last + 1) * (index + 1) / labels.count - 1), .text(label), style)
        }
        sheet.rowHeights[row] = 30
    }

    /// One drop-down a run of open days: what is closed has none.
    private func validations(firstDay: Int) -> [ReportValidation] {
        let values = AttendanceTemplate.marks.map(\.mark) + AttendanceTemplate.halves
        var result: [ReportValidation] = []
        for (index, person) in people.enumerated() {
            let row = AttendanceTemplate.firstRow + index
            var start: Int?
            for day in 1...(period.dayCount + 1) {
                let isOpen = day <= period.dayCount && person.days.contains(day)
                if isOpen, start == nil { start = day }
                guard !isOpen, let first = start else { continue }
                start = nil
                result.append(
                    ReportValidation(
                        range: CellRange(
                            top: row, left: firstDay + first - 1, bottom: row, right: firstDay + day - 2),
                        source: .values(values), errorTitle: "请从下拉列表中选择",
                        errorMessage: "只能填写图例中的符号；半天用“上午/下午”，如 √/△ 表示上午出勤、下午请假。"))
            }
        }
        return result
    }

    // MARK: Instructions

    private func instructions() -> ReportSheet {
        let halves = AttendanceTemplate.halves.joined(separator: "  ")
        return InstructionSheet.sheet(
            for: "考勤表",
            [
                "本表已按花名册填好 \(township) \(period.chinese) 在岗的驻村干部，请只填写每人每天的考勤符号。",
                "点击日期格，从下拉列表中选择符号。没有填写的日期不算出勤，也不发放生活补助。",
                "半天按“上午/下午”填写：\(halves)。例如 √/△ 表示上午出勤、下午请假，计 0.5 天。",
                "灰色格子不用填写：不在该干部驻村期内的日期，或本月没有的日期。",
                "“出勤天数”由公式自动计算，√ 计 1 天，半天计 0.5 天，请不要改动。",
                "表格已设保护（没有密码），以免误改姓名和身份证号。人员、单位、村或起止日期有误，请告知县委组织部修改花名册，然后重新下发模板。",
                "同一干部在两个村驻村的，每村一行，只填在该村的日期。",
                "填好后直接保存，按规定报送本文件即可；文件名可以改，表名、表头和图例请不要改。",
            ],
            table: ("符号", "含义", AttendanceTemplate.marks.map { ($0.mark, $0.words) }))
    }
}
