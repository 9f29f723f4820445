import Domain
import Rules
import Tables

/// 培训覆盖汇总-<yyyy>.xlsx: M2 for the province; one sheet to be read in a minute, one with every county; what each
/// tier's organisers held; M7's shares of prefectures and province; M8's units over all counties; definitions.
///
/// No personal data.
public struct ProvinceSummary: Sendable {
    /// The clause on training, or the document where it is another one than the program's own.
    public var clause = TrainingCoverage.clause
    public var year: Int
    public var asOf: CivilDate
    /// Province, then each prefecture followed by its counties, as `TrainingCoverage.rows` gives them.
    public var rows: [TrainingCoverage.Row]
    /// M2: of the province, then of each prefecture that reported.
    public var organisers: [(name: String, rows: [TrainingOrganisers.Row])]
    /// M7: in the order of `rows`.
    public var promotion: [PromotionShare.NodeRow]
    /// M8: units of every county together, by level from the province down.
    public var units: [UnitStanding]

    public init(
        year: Int, asOf: CivilDate, rows: [TrainingCoverage.Row],
        organisers: [(name: String, rows: [TrainingOrganisers.Row])] = [], promotion: [PromotionShare.NodeRow] = [],
        units: [UnitStanding] = []
    ) {
        self.year = year
        self.asOf = asOf
        self.rows = rows
        self.organisers = organisers
        self.promotion = promotion
        self.units = units
    }

    /// `培训覆盖汇总-2019.xlsx`.
    public static func fileName(_ year: Int) -> String { "培训覆盖汇总-\(year).xlsx" }

    /// The workbook.
    public func workbook() -> ReportWorkbook {
        ReportWorkbook(
            title: title, subject: "截至 \(asOf.iso)", author: "驻村干部管理", created: asOf,
            sheets: [overview(), counties(), organisersSheet(), promotionSheet(), unitsSheet(), definitions()],
            isReport: true)
    }

    static let overviewName = "总览"
    static let countiesName = "县区明细"
    static let organisersName = "主办部门"
    static let promotionName = "提拔占比"
    static let unitsName = "派出单位"
    static let definitionsName = "口径说明"

    private var provinces: [TrainingCoverage.Row] { rows.filter { $0.level == .province } }
    /// What the whole is made of: a country's provinces, a province's prefectures.
    private var prefectures: [TrainingCoverage.Row] {
        provinces.count > 1 ? provinces : rows.filter { $0.level == .prefecture }
    }

    private var title: String { "\(rows.first?.name ?? "")\(year)年驻村干部培训覆盖汇总" }

    // MARK: Overview

    private func overview() -> ReportSheet {
        typealias Column = ReportFrame.Column
        let counties = rows.filter { $0.level == .county }
        let missing = counties.filter { $0.counts == nil }.count
        var frame = ReportFrame(
            name: Self.overviewName, title: title, left: headline,
            right: "报送 \(counties.count - missing)/\(counties.count) 个县(区)　截至 \(asOf.iso)",
            columns: [
                Column(provinces.count > 1 ? "省(区、市)" : "市(州)", .text, min: 16, max: 26),
                Column("驻村\n干部数", .count, min: 9, max: 10),
                Column("计划", .count, min: 9, max: 10), Column("已训", .count, min: 9, max: 10),
                Column("覆盖率", .percent, min: 16, max: 16), Column("未训", .count, min: 9, max: 10),
                Column("省级\n尚缺", .count, min: 8, max: 8), Column("市级\n尚缺", .count, min: 8, max: 8),
                Column("县级\n尚缺", .count, min: 8, max: 8), Column("未报\n县(区)", .count, min: 8, max: 8),
            ], isLandscape: false)
        let first = frame.row
        for prefecture in prefectures { frame.add(overviewRow(prefecture, row: frame.row)) }
        if let last = prefectures.isEmpty ? nil : frame.row - 1 {
            frame.addTotal("合计", labelled: 1, totals(first...last, row: frame.row))
            frame.sheet.dataBars.append(
                ReportDataBar(
                    range: CellRange(top: first, left: 4, bottom: last, right: 4), color: 0x8FB4DC, bounds: 0...1))
            addChart(to: &frame, first...last)
        } else {
            frame.addLine("未报：还没有任何县(区)报送花名册。", ReportLook.warning)
        }
        addMissing(to: &frame)
        return frame.sheet
    }

    private var headline: String {
        let counts = provinces.compactMap(\.counts)
        guard !counts.isEmpty else { return "未报" }
        let people = counts.reduce(0) { $0 + $1.headcount }
        let told = provinces.compactMap(\.told)
        guard !told.isEmpty else { return "驻村干部 \(people) 人，培训未报" }
        let trained = counts.reduce(0) { $0 + $1.trainedOverall }
        let of = told.reduce(0) { $0 + $1.trainedOverall }
        let share = Ratio(of, of: told.reduce(0) { $0 + $1.headcount }).map { "（\($0.percentText)）" } ?? ""
        return "驻村干部 \(people) 人，已训 \(trained) 人\(share)，未训 \(told.reduce(0) { $0 + $1.untrained }) 人"
    }

    private func overviewRow(_ node: TrainingCoverage.Row, row: Int) -> [ReportValue] {
        guard let counts = node.counts else {
            let empty: [ReportValue] = [.empty, .empty, .empty, .text("未报"), .empty, .empty, .empty, .empty]
            return [.text(node.name)] + empty + [.count(node.countiesMissing)]
        }
        let left = node.left ?? []
        func count(_ number: Int?) -> ReportValue { number.map { .count($0) } ?? .empty }
        return [
            .text(node.name), .count(counts.headcount), .count((node.plan ?? []).reduce(0, +)),
            count(node.known(\.trainedOverall)),
            share(node.coverage, row: row, part: 3, whole: 1, isLive: node.countiesWithoutTraining == 0),
            count(node.untrained),
        ] + (0..<3).map { left.indices.contains($0) ? .count(left[$0]) : .empty } + [.count(node.countiesMissing)]
    }

    /// A share as a live formula of two cells of its row; where it is of less than the whole there, a figure.
    func share(_ ratio: Ratio?, row: Int, part: Int, whole: Int, isLive: Bool = true) -> ReportValue {
        guard let ratio else { return .empty }
        let formula = "ROUND(\(ReportFrame.cell(row, part))/\(ReportFrame.cell(row, whole)),4)"
        let rounded = (ratio.part * 20_000 + ratio.whole) / (2 * ratio.whole)
        if !isLive { return .number(ReportDecimal(digits: rounded, scale: 4)) }
        return .formula(formula, stored: .number(ReportDecimal(digits: rounded, scale: 4)))
    }

    private func totals(_ range: ClosedRange<Int>, row: Int) -> [ReportValue] {
        let counts = provinces.compactMap(\.counts)
        func sum(_ column: Int, _ total: Int, _ parts: [Int]) -> ReportValue {
            // What does not add up from the rows above (a node's own quota) stands as a figure.
            guard parts.reduce(0, +) == total else { return .count(total) }
            let cells =
                "\(ReportFrame.cell(range.lowerBound, column)):\(ReportFrame.cell(range.upperBound, column))"
            return .formula("SUM(\(cells))", stored: .number(ReportDecimal(digits: total)))
        }
        let parts = prefectures.map(\.counts)
        let people = counts.reduce(0) { $0 + $1.headcount }
        let told = provinces.compactMap(\.told)
        let trained = counts.reduce(0) { $0 + $1.trainedOverall }
        let plan = provinces.reduce(0) { $0 + ($1.plan ?? []).reduce(0, +) }
        var values: [ReportValue] = [
            sum(1, people, parts.map { $0?.headcount ?? 0 }),
            sum(2, plan, prefectures.map { ($0.plan ?? []).reduce(0, +) }),
        ]
        guard !told.isEmpty else {
            let missing = provinces.reduce(0) { $0 + $1.countiesMissing }
            return values + [ReportValue](repeating: .empty, count: 6) + [
                sum(9, missing, prefectures.map(\.countiesMissing))
            ]
        }
        values += [
            sum(3, trained, parts.map { $0?.trainedOverall ?? 0 }),
            share(
                Ratio(told.reduce(0) { $0 + $1.trainedOverall }, of: told.reduce(0) { $0 + $1.headcount }), row: row,
                part: 3, whole: 1,
                isLive: provinces.allSatisfy { $0.countiesWithoutTraining == 0 }),
            sum(5, told.reduce(0) { $0 + $1.untrained }, prefectures.map { $0.untrained ?? 0 }),
        ]
        for tier in 0..<3 {
            func left(_ row: TrainingCoverage.Row) -> Int {
                let left = row.left ?? []
                return left.indices.contains(tier) ? left[tier] : 0
            }
            values.append(sum(6 + tier, provinces.reduce(0) { $0 + left($1) }, prefectures.map(left)))
        }
        let missing = provinces.reduce(0) { $0 + $1.countiesMissing }
        return values + [sum(9, missing, prefectures.map(\.countiesMissing))]
    }

    private func addChart(to frame: inout ReportFrame, _ range: ClosedRange<Int>) {
        func column(_ column: Int) -> CellRange {
            CellRange(top: range.lowerBound, left: column, bottom: range.upperBound, right: column)
        }
        frame.row += 1
        // Two bars and some air a prefecture; a row of 20 points is 26.7 pixels high.
        let height = 110 + 42 * range.count
        frame.sheet.charts.append(
            ReportChart(
                kind: .bars,
                title: "各市(州)培训计划与完成（人）", sheet: Self.overviewName, categories: column(0),
                series: [
                    ReportChart.Series(name: "计划", values: column(2), color: 0xBFC9D9),
                    ReportChart.Series(name: "已训", values: column(3), color: 0x2F6DB5),
                ], at: CellAddress(row: frame.row, column: 0), width: 760, height: height,
                description: "各市(州)的培训计划人数和已训人数，数字见上表"))
        frame.row += (height * 3 + 79) / 80 + 1
    }

    /// What is missing and from whom.
    private func addMissing(to frame: inout ReportFrame) {
        var lines: [(name: String, roster: [String], training: [String])] = []
        for row in rows {
            switch row.level {
            case .prefecture: lines.append((row.name, [], []))
            case .county where lines.isEmpty == false:
                if row.counts == nil {
                    lines[lines.count - 1].roster.append(row.name)
                } else if row.countiesWithoutTraining > 0 {
                    lines[lines.count - 1].training.append(row.name)
                }
            default: break
            }
        }
        let last = frame.columns.count - 1
        let heading = ReportLook.heading
        frame.sheet.put(frame.row, 0, .text("缺什么"), heading)
        frame.sheet.putMerged(frame.row, 1...5, .text("未报送花名册的县(区)"), heading)
        frame.sheet.putMerged(frame.row, 6...last, .text("未报送培训情况的县(区)"), heading)
        frame.row += 1
        let open = lines.filter { !$0.roster.isEmpty || !$0.training.isEmpty }
        for line in open {
            frame.sheet.put(frame.row, 0, .text(line.name), ReportLook.text)
            frame.sheet.putMerged(frame.row, 1...5, .text(line.roster.joined(separator: "、")), ReportLook.text)
            frame.sheet.putMerged(frame.row, 6...last, .text(line.training.joined(separator: "、")), ReportLook.text)
            frame.row += 1
        }
        if open.isEmpty { frame.addLine("各县(区)均已报送。", ReportLook.centered) }
        frame.addLine("未报的县(区)不计入任何一栏，不等于零。口径见“\(Self.definitionsName)”。", ReportLook.note)
    }

    // MARK: Every county

    private func counties() -> ReportSheet {
        typealias Column = ReportFrame.Column
        let people = ["驻村\n干部数", "省级\n计划", "市级\n计划", "县级\n计划", "省级\n已训", "市级\n已训", "县级\n已训", "已训\n人数"]
        var frame = ReportFrame(
            name: Self.countiesName, title: "\(title)（县区明细）", left: "截至 \(asOf.iso)", right: "单位：人",
            columns: [
                Column("层级", .centered, min: 8, max: 8), Column("代码", .number, min: 9, max: 9),
                Column("名称", .text, min: 18, max: 30),
            ] + people.map { Column($0, .count, min: 8, max: 9) } + [
                Column("覆盖率", .percent, min: 14, max: 14), Column("未训\n人数", .count, min: 8, max: 9),
                Column("薄弱村\n干部数", .count, min: 8, max: 9), Column("薄弱村\n已训", .count, min: 8, max: 9),
                Column("薄弱村业\n务培训", .count, min: 9, max: 9), Column("任前培训\n人数", .count, min: 9, max: 9),
                Column("状态", .text, min: 12, max: 22),
            ], frozenColumns: 3)
        let first = frame.row
        for row in rows { addCounty(row, to: &frame) }
        if frame.row > first {
            let table = CellRange(top: ReportFrame.headingRow, left: 0, bottom: frame.row - 1, right: 17)
            frame.sheet.filter = table
            frame.sheet.dataBars.append(
                ReportDataBar(
                    range: CellRange(top: first, left: 11, bottom: frame.row - 1, right: 11), color: 0x8FB4DC,
                    bounds: 0...1))
        }
        return frame.sheet
    }

    private func addCounty(_ row: TrainingCoverage.Row, to frame: inout ReportFrame) {
        func tiers(_ numbers: [Int]?) -> [ReportValue] {
            (0..<3).map { index in
                numbers.flatMap { $0.indices.contains(index) ? .count($0[index]) : nil } ?? .empty
            }
        }
        func count(_ number: Int?) -> ReportValue { number.map { .count($0) } ?? .empty }
        let counts = row.counts
        let trained = (0..<3).map { tier in count(row.known { $0.trained[tier] }) }
        var values: [ReportValue] = [.text(row.levelText), .text(row.code), .text(row.name), count(counts?.headcount)]
        values += tiers(row.plan) + trained
        values += [
            count(row.known(\.trainedOverall)),
            share(
                row.coverage, row: frame.row, part: 10, whole: 3,
                isLive: row.countiesWithoutTraining == 0),
            count(row.untrained), count(counts?.weakVillageHeadcount), count(row.known(\.weakVillageTrained)),
            count(row.known(\.weakVillageProfessional)), count(row.known(\.prePosting)), .text(row.status),
        ]
        frame.add(values)
        guard row.level != .county || counts == nil else { return }
        // Province and prefectures stand out; counties without data are grey.
        for index in frame.sheet.cells.indices.suffix(values.count) {
            let cell = frame.sheet.cells[index]
            let style = cell.style.with {
                $0.fill = row.level == .county ? 0xEDEDED : 0xF2F6FB
                $0.isBold = row.level != .county
            }
            frame.sheet.cells[index] = ReportCell(
                row: cell.row, column: cell.column, value: cell.value, style: style)
        }
    }

    // MARK: Definitions

    private func definitions() -> ReportSheet {
        typealias Column = ReportFrame.Column
        var frame = ReportFrame(
            name: Self.definitionsName, title: "口径说明", left: "依据：\(clause.text)", right: "",
            columns: [Column("项目", .centered, min: 16, max: 18), Column("口径", .text, min: 90, max: 90)])
        let terms = [
            ("驻村干部数", "截至日仍在驻村的人数，每人只计一次。"),
            ("计划", "省、市(州)、县(区)分别承担10%、30%、60%。各级取整后逐级相加一致：每个县(区)三级之和等于其驻村干部数，每级之和等于上级的数。"),
            ("已训", "年内参加该级培训且未被评为不合格的人数；同一人在同级只计一次。"),
            ("已训人数", "在任何一级受训的人数；在几级受训也只计一次。"),
            ("覆盖率", "已训人数 ÷ 驻村干部数，四舍五入到万分位；只计报送了培训情况的县(区)。"),
            ("尚缺", "计划减该级已训，不低于零。"),
            ("任前培训", "单列，不计入省、市、县三级（政策参数另有规定的除外）。"),
            ("薄弱村业务培训", "薄弱村驻村干部中年内参加过业务类培训且未被评为不合格的人数，单列。"),
            ("主办部门", "按培训情况表“主办单位”一栏归入组织部门、扶贫部门；两个以上县(区)的人参加同一期的，期数只计一次。"),
            ("提拔占比", "只汇总总人数和提拔晋升登记都报送的县(区)；没有报全的、驻村干部多于总人数的县(区)另列，不计入占比。当年没有驻村的不计。多县任职的人只在最近一次任职的县计一次。"),
            ("派出单位", "同一单位在各县(区)的干部合计；负责人走访为到各县(区)有本单位干部的村的次数合计。"),
            ("薄弱村", "村名录中标为薄弱村的村；推荐培训时优先。"),
            ("未报", "没有收到花名册；不等于零，不计入合计。"),
            ("培训未报", "收到花名册而没有收到培训情况表；不等于零，不计入已训、未训和覆盖率。"),
        ]
        for (term, meaning) in terms { frame.add([.text(term), .text(meaning)]) }
        frame.addLine("本表不含个人信息。", ReportLook.note)
        return frame.sheet
    }
}
