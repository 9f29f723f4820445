import Domain
import Tables

/// 生活补助发放表: what a county's finance bureau and sending units sign and pay on. Source: spec §9.
///
/// Shape: 汇总 (totals by unit, grand total in figures and capitals), a sheet per unit with 小计, then adjustments,
/// held rows and what is still to be taken back on sheets of their own where there are any. Every total is a live
/// formula beside the value computed here; every column adds up to that of `payments`.
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
        let units = unitGroups()
        var parts: [UnitPart] = []
        var sheets: [ReportSheet] = []
        let adjustments = adjustmentSheet(units)
        for unit in units {
            var part = UnitPart(unit: unit, subtotal: nil, adjustmentRows: adjustments.rows[unit.name])
            if !unit.current.isEmpty {
                let made = unitSheet(unit)
                part.subtotal = (made.sheet.name, made.subtotalRow)
                sheets.append(made.sheet)
            }
            parts.append(part)
        }
        sheets.insert(totalsSheet(parts), at: 0)
        if let sheet = adjustments.sheet { sheets.append(sheet) }
        if !held.isEmpty { sheets.append(heldSheet()) }
        if !outstanding.isEmpty { sheets.append(outstandingSheet()) }
        return ReportWorkbook(
            title: title, subject: "所属期 \(period)", author: "\(countyName)驻村干部管理", created: period.lastDay,
            sheets: sheets, isReport: true)
    }

    // MARK: Groups

    static let totalsName = "汇总"
    static let adjustmentsName = "补发扣回"
    static let heldName = "暂缓发放"
    static let outstandingName = "待扣回"

    /// What a unit is paid for.
    struct Unit {
        let name: String
        let code: String
        let sheetName: String
        let current: [PaymentLine]
        let adjustments: [PaymentLine]

        var all: [PaymentLine] { current + adjustments }
    }

    /// A unit and where its figures stand.
    struct UnitPart {
        let unit: Unit
        /// Sheet and row of its 小计.
        var subtotal: (sheet: String, row: Int)?
        /// Its rows on the sheet of adjustments.
        let adjustmentRows: ClosedRange<Int>?
    }

    /// Units in statement order; the lines are sorted by unit already.
    private func unitGroups() -> [Unit] {
        var groups: [[PaymentLine]] = []
        for line in lines {
            if let last = groups.last?.last, last.sendingUnit == line.sendingUnit {
                groups[groups.count - 1].append(line)
            } else {
                groups.append([line])
            }
        }
        let shown = groups.map { $0[0].sendingUnit.isEmpty ? "未注明派出单位" : $0[0].sendingUnit }
        let reserved = [Self.totalsName, Self.adjustmentsName, Self.heldName, Self.outstandingName]
        let names = SheetName.unique(shown, taken: reserved)
        return groups.indices.map { index in
            Unit(
                name: groups[index][0].sendingUnit, code: groups[index].compactMap(\.unitCode).first ?? "",
                sheetName: names[index], current: groups[index].filter { !$0.isAdjustment },
                adjustments: groups[index].filter(\.isAdjustment))
        }
    }

    // MARK: Texts

    var title: String { "\(countyName)\(period.chinese)驻村干部生活补助发放表" }

    var batchText: String { "批次号：\(batch ?? "（未关账）")" }

    var place: String { "县区：\(countyName)（\(county.text)）　　所属期：\(period)　　\(batchText)" }

    /// The lines under a table: source of the money, clause, sample rates; then who signs.
    func addFoot(
        to frame: inout ReportFrame, lines: some Sequence<PaymentLine>, head: String = "单位负责人"
    ) {
        frame.addLine(
            "资金来源：\(PaymentsReport.fundingSource)。依据：青组字〔2018〕231号 第5条，生活补助按实际出勤天数计发。", ReportLook.note)
        addSampleNote(to: &frame, lines: lines)
        frame.row += 1
        frame.addSignatures(["制表人：", "审核人：", "\(head)：", "　　　　年　　月　　日"])
    }

    func addSampleNote(to frame: inout ReportFrame, lines: some Sequence<PaymentLine>) {
        let used = PayComponent.allCases.filter { sampleRates.contains($0) && $0.sum(lines) != nil }
        guard !used.isEmpty else { return }
        frame.addLine(
            "样例标准：本表\(used.map(\.chinese).joined(separator: "、"))采用样例标准，文件未规定具体数额，不得据此发放。",
            ReportLook.warning)
    }
}
