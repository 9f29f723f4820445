import Domain
import Rules
import Tables

/// 生活补助发放表: what a county's finance bureau and sending units sign and pay on. Source: spec §9.
///
/// Shape: 汇总 (totals by unit, grand total in figures and capitals), 发放明细 (everyone in blocks by unit, each unit
/// on pages of its own), then corrections, what is paid again, held rows and what is still to be taken back on sheets
/// of their own where there are any. Every total is a live formula beside the value computed here; every column adds
/// up to that of `payments`. What has nothing in it for a whole sheet has no column there.
public struct PaymentStatement: Sendable {
    public var county: CountyCode
    public var countyName: String
    public var period: Period
    /// Nil while the period is open.
    public var batch: String?
    public var lines: [PaymentLine]
    public var held: [HeldLine]
    public var outstanding: [OutstandingLine]
    /// Parts whose rates the policy file marks as samples: every sheet that uses them says so.
    public var sampleRates: Set<PayComponent>
    /// Where the living stipend of the month comes from, as the policy in force names it.
    public var clause = LegalSource("\(LegalSource.document) 第5条")
    /// Policy files that closed months are read with by decision of a person, in the order of the decisions.
    public var adoptions: [AdoptionNote] = []

    public init(
        county: CountyCode, countyName: String, period: Period, batch: String?, lines: [PaymentLine],
        held: [HeldLine] = [], outstanding: [OutstandingLine] = [], sampleRates: Set<PayComponent> = []
    ) {
        self.county = county
        self.countyName = countyName
        self.period = period
        self.batch = batch
        self.lines = PaymentsReport.paid(lines)
        self.held = held
        self.outstanding = outstanding
        self.sampleRates = sampleRates
    }

    /// `生活补助发放表-2018-11.xlsx`.
    public static func fileName(_ period: Period) -> String { "生活补助发放表-\(period).xlsx" }

    /// The workbook.
    public func workbook() -> ReportWorkbook {
        let units = Unit.groups(lines)
        let earlier = EarlierMonths(self, units)
        let blocks = StatementBlocks(self, units, earlier)
        return workbook([totalsSheet(units, blocks)] + sheets(units, blocks, earlier))
    }

    /// What each sending unit gets of its own: its block, its adjustments, held rows and what is to be taken back.
    ///
    /// In order of the units' names; people whose unit nobody knows get none.
    public func unitWorkbooks() -> [(unit: String, workbook: ReportWorkbook)] {
        let names = Set(lines.map(\.sendingUnit) + held.map(\.sendingUnit) + outstanding.map(\.sendingUnit))
        return names.sorted().filter { !$0.isEmpty }.map { name in
            var own = self
            own.lines = lines.filter { $0.sendingUnit == name }
            own.held = held.filter { $0.sendingUnit == name }
            own.outstanding = outstanding.filter { $0.sendingUnit == name }
            return (name, own.unitWorkbook())
        }
    }

    private func unitWorkbook() -> ReportWorkbook {
        let units = Unit.groups(lines)
        let earlier = EarlierMonths(self, units)
        let blocks = StatementBlocks(self, units, earlier)
        return workbook(sheets(units, blocks, earlier))
    }

    private func sheets(
        _ units: [Unit], _ blocks: StatementBlocks, _ earlier: EarlierMonths
    ) -> [ReportSheet] {
        (units.isEmpty ? [] : [blocks.sheet])
            + [earlier.corrections, earlier.reissued].compactMap { $0?.sheet }
    }

    private func workbook(_ first: [ReportSheet]) -> ReportWorkbook {
        var sheets = first
        if !held.isEmpty { sheets.append(heldSheet()) }
        if !outstanding.isEmpty { sheets.append(outstandingSheet()) }
        return ReportWorkbook(
            title: title, subject: "所属期 \(period)", author: "\(countyName)驻村干部管理", created: period.lastDay,
            sheets: sheets, isReport: true)
    }

    // MARK: Groups

    static let totalsName = "汇总"
    static let blocksName = "发放明细"
    static let adjustmentsName = "补发扣回"
    static let reissuedName = "重发"
    static let heldName = "暂缓发放"
    static let outstandingName = "待扣回"

    /// What a unit is paid for.
    struct Unit {
        let name: String
        let code: String
        let current: [PaymentLine]
        /// Differences of closed months.
        let corrections: [PaymentLine]
        /// What a bank returned and is paid again: no new money, so its totals stand apart.
        let reissued: [PaymentLine]

        /// What has days, a rate and parts.
        var worked: [PaymentLine] { current + corrections }
        var all: [PaymentLine] { worked + reissued }
        var people: Int { Set(all.map(\.person)).count }
        var shownName: String { name.isEmpty ? "未注明派出单位" : name }
        /// `派出单位：乐都区教育局（D101）`
        var band: String { "派出单位：\(shownName)" + (code.isEmpty ? "" : "（\(code)）") }

        /// Units in statement order; the lines are sorted by unit already.
        static func groups(_ lines: [PaymentLine]) -> [Unit] {
            var groups: [[PaymentLine]] = []
            for line in lines {
                if let last = groups.last?.last, last.sendingUnit == line.sendingUnit {
                    groups[groups.count - 1].append(line)
                } else {
                    groups.append([line])
                }
            }
            return groups.map { group in
                Unit(
                    name: group[0].sendingUnit, code: group.compactMap(\.unitCode).first ?? "",
                    current: group.filter { !$0.isAdjustment && $0.reissue == nil },
                    corrections: group.filter { $0.isAdjustment && $0.reissue == nil },
                    reissued: group.filter { $0.reissue != nil })
            }
        }
    }

    // MARK: Texts

    var title: String { "\(countyName)\(period.chinese)驻村干部生活补助发放表" }

    var batchText: String { "批次号：\(batch ?? "（未关账）")" }

    var place: String { "县区：\(countyName)（\(county.text)）　　所属期：\(period)　　\(batchText)" }

    /// The lines under a table: source of the money, clause, sample rates; then who makes, checks and seals it.
    func addFoot(to frame: inout ReportFrame, lines: [PaymentLine]) {
        frame.addLine(
            "资金来源：\(PaymentsReport.fundingSource)。依据：\(clause.text)，生活补助按实际出勤天数计发。",
            StatementLook.note)
        addSampleNote(to: &frame, lines: lines)
        frame.addSpread(["编制单位（盖章）：", "财政审核（盖章）："], StatementLook.seal, height: StatementLook.sealHeight)
        frame.addSpread(
            ["制表人：", "审核人：", "单位负责人：", "　　　　年　　月　　日"], ReportLook.signature,
            height: StatementLook.signatureHeight)
    }

    /// By whose decision closed months are corrected by another policy file than they were closed with.
    func addAdoptions(to frame: inout ReportFrame) {
        for adoption in adoptions {
            let text = adoption.chinese
            // A merged row does not grow by itself: some 60 characters stand on a line of the page.
            let halves = text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) }
            frame.sheet.rowHeights[frame.row] = 15 * Double((halves + 119) / 120)
            frame.addLine(text, StatementLook.note)
        }
    }

    private func samples(_ lines: [PaymentLine]) -> [PayComponent] {
        PayComponent.allCases.filter { sampleRates.contains($0) && $0.shown(lines) != nil }
    }

    func usesSamples(_ lines: [PaymentLine]) -> Bool { !samples(lines).isEmpty }

    private func addSampleNote(to frame: inout ReportFrame, lines: [PaymentLine]) {
        let used = samples(lines)
        guard !used.isEmpty else { return }
        frame.addLine(
            "样例标准：本表\(used.map(\.chinese).joined(separator: "、"))采用样例标准，文件未规定具体数额，不得据此发放。",
            StatementLook.warning)
    }

    /// A sum in figures is also one in capitals.
    func addCapitals(_ total: Fen, to frame: inout ReportFrame) {
        let style = ReportLook.capitals
        let last = frame.columns.count - 1
        frame.sheet.putMerged(frame.row, 0...2, .text("合计金额（大写）"), style.with { $0.horizontal = .center })
        frame.sheet.putMerged(frame.row, 3...last, .text("人民币\(ChineseCapitals.text(total))"), style)
        frame.sheet.rowHeights[frame.row] = StatementLook.capitalsHeight
        frame.row += 1
    }
}

/// The sheets of what earlier months brought; nil where they brought none.
struct EarlierMonths {
    let corrections: StatementAdjustments?
    let reissued: StatementAdjustments?

    init(_ statement: PaymentStatement, _ units: [PaymentStatement.Unit]) {
        corrections = StatementAdjustments(.corrections, statement, units)
        reissued = StatementAdjustments(.reissued, statement, units)
    }
}

/// What a statement looks like beyond other reports: it is signed, sealed and read on paper.
enum StatementLook {
    static let note = ReportLook.note.with { $0.size = 10 }
    static let warning = ReportLook.warning.with { $0.size = 10 }
    static let band = ReportLook.band.with { $0.size = 11 }
    /// What is written above the place of a seal.
    static let seal = ReportLook.signature.with { $0.vertical = .top }
    /// With the lines above and below it, room for a seal of 42 mm. Unit: points.
    static let sealHeight = 72.0
    static let signatureHeight = 28.0
    static let capitalsHeight = 24.0
    static let bandHeight = 22.0
    static let rowHeight = 18.0
    /// Unit: millimetres.
    static let sideMargin = 8
}
