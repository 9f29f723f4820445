import Domain
import Rules
import Tables

/// What was paid in a month, for the ledger's sheet on measure 5.
public struct MonthPaid: Hashable, Sendable {
    public var period: Period
    /// Nil while the month is open.
    public var batch: String?
    public var people: Int
    public var days: HalfDays
    public var total: Fen
    public var heldRows: Int

    public init(period: Period, batch: String?, people: Int, days: HalfDays, total: Fen, heldRows: Int) {
        self.period = period
        self.batch = batch
        self.people = people
        self.days = days
        self.total = total
        self.heldRows = heldRows
    }
}

/// 年度台账-<yyyy>.xlsx: a cover with a row per measure, then a sheet per measure; each row says why and what next.
///
/// A form that nobody sent makes its sheet say 未报送, never «no problems». Personal numbers are masked.
public struct AnnualLedger: Sendable {
    public var county: CountyRecord
    public var year: Int
    public var asOf: CivilDate
    /// Cadres in post on as-of.
    public var cadresInPost: Int
    public var staffing: RuleResult<Staffing.Row>
    /// The county's row of the coverage; nil where nothing was reported.
    public var coverage: TrainingCoverage.Row?
    public var nominations: RuleResult<Nominations.Row>
    public var visits: RuleResult<LinkedVillages.Row>
    public var discipline: RuleResult<Discipline.Row>
    public var payments: [MonthPaid]
    public var workFunds: RuleResult<WorkFunds.Row>
    public var insurance: RuleResult<InsuranceCover.Row>
    public var medicalGaps: RuleResult<UnreimbursedGap.Row>
    public var assessment: RuleResult<AssessmentEffects.Row>
    public var promotion: RuleResult<PromotionShare.Row>
    public var eligible: RuleResult<PromotionShare.EligibleRow>
    public var accountability: RuleResult<Accountability.Row>
    public var careVisits: RuleResult<CareVisits.Row>
    public var awards: RuleResult<AwardCandidates.Row>

    public init(
        county: CountyRecord, year: Int, asOf: CivilDate, cadresInPost: Int, staffing: RuleResult<Staffing.Row>,
        coverage: TrainingCoverage.Row?, nominations: RuleResult<Nominations.Row>,
        visits: RuleResult<LinkedVillages.Row>, discipline: RuleResult<Discipline.Row>, payments: [MonthPaid] = [],
        workFunds: RuleResult<WorkFunds.Row>, insurance: RuleResult<InsuranceCover.Row>,
        medicalGaps: RuleResult<UnreimbursedGap.Row>, assessment: RuleResult<AssessmentEffects.Row>,
        promotion: RuleResult<PromotionShare.Row>, eligible: RuleResult<PromotionShare.EligibleRow>,
        accountability: RuleResult<Accountability.Row>, careVisits: RuleResult<CareVisits.Row>,
        awards: RuleResult<AwardCandidates.Row>
    ) {
        self.county = county
        self.year = year
        self.asOf = asOf
        self.cadresInPost = cadresInPost
        self.staffing = staffing
        self.coverage = coverage
        self.nominations = nominations
        self.visits = visits
        self.discipline = discipline
        self.payments = payments
        self.workFunds = workFunds
        self.insurance = insurance
        self.medicalGaps = medicalGaps
        self.assessment = assessment
        self.promotion = promotion
        self.eligible = eligible
        self.accountability = accountability
        self.careVisits = careVisits
        self.awards = awards
    }

    /// `年度台账-2019.xlsx`.
    public static func fileName(_ year: Int) -> String { "年度台账-\(year).xlsx" }

    /// The workbook.
    public func workbook() -> ReportWorkbook {
        let sections = [
            staffingSection, trainingSection, visitsSection, disciplineSection, paymentsSection, workFundsSection,
            insuranceSection, medicalSection, assessmentSection, promotionSection, eligibleSection,
            accountabilitySection, careSection, awardsSection,
        ]
        return ReportWorkbook(
            title: "\(county.name)\(year)年驻村工作年度台账", subject: "截至 \(asOf.iso)", author: "\(county.name)驻村干部管理",
            created: asOf, sheets: [cover(sections)] + sections.map(sheet), isReport: true)
    }

    // MARK: Sections

    /// One sheet of the ledger and its row on the cover.
    struct Section {
        /// 1…10.
        var measure: Int
        /// Of the sheet: `1 选派`.
        var name: String
        var title: String
        /// What the text asks, in short.
        var asks: String
        /// Where the county stands, as figures.
        var stands: String
        var openCases: Int
        var unreported: [FormID]
        var columns: [ReportFrame.Column]
        /// Without 证据 and 下一步, which every row ends in.
        var rows: [Row]

        struct Row {
            var values: [ReportValue]
            var evidence: [SourceCell]
            var next: String
        }

        /// Nothing can be said: what it rests on was not sent, and nothing else shows a case.
        var isSilent: Bool { !unreported.isEmpty && rows.isEmpty }
        /// Where the county stands; never «no problems» where nobody has reported.
        var statusText: String { isSilent ? "未报送" : stands }
        /// What the cover says of what was sent.
        var reportedText: String {
            unreported.isEmpty ? "已报送" : "未报送：" + unreported.map(\.chinese).joined(separator: "、")
        }
    }

    private static let coverName = "总览"

    private var facts: String { "县区：\(county.name)（\(county.code.text)）　　年度：\(year)　　截至：\(asOf.iso)" }

    private func cover(_ sections: [Section]) -> ReportSheet {
        typealias Column = ReportFrame.Column
        var frame = ReportFrame(
            name: Self.coverName, title: "\(county.name)\(year)年驻村工作年度台账", left: facts,
            right: "在岗驻村干部 \(cadresInPost) 人",
            columns: [
                Column("条款", .centered, min: 8, max: 10), Column("措施", .text, min: 14, max: 22),
                Column("文件要求（摘要）", .text, min: 30, max: 44), Column("本县情况", .text, min: 30, max: 46),
                Column("未结事项", .count, min: 9, max: 9), Column("报送情况", .text, min: 14, max: 24),
            ])
        for section in sections {
            frame.add([
                .text("第\(Self.numeral(section.measure))条"),
                .link(text: section.title, sheet: section.name, cell: CellAddress(row: 0, column: 0)),
                .text(section.asks),
                .text(section.statusText), section.isSilent ? .empty : .count(section.openCases),
                .text(section.reportedText),
            ])
            if !section.unreported.isEmpty { frame.markLast(column: 5) }
        }
        frame.addLine(
            "依据：\(LegalSource.document)。点击“措施”可到明细。文件留由组织裁量的事项只列数字，不作结论。", ReportLook.note)
        return frame.sheet
    }

    private func sheet(_ section: Section) -> ReportSheet {
        typealias Column = ReportFrame.Column
        let columns =
            section.columns + [
                Column("证据（文件 工作表!单元格）", .text, min: 22, max: 32), Column("下一步", .text, min: 14, max: 22),
            ]
        var frame = ReportFrame(
            name: section.name, title: "第\(Self.numeral(section.measure))条　\(section.title)", left: facts,
            right: section.isSilent ? "未报送" : "未结事项 \(section.openCases)", columns: columns)
        for row in section.rows {
            frame.add(row.values + [.text(row.evidence.evidenceText), .text(row.next)])
        }
        if !section.unreported.isEmpty {
            let forms = section.unreported.map(\.chinese).joined(separator: "、")
            frame.addLine("未报送：\(forms)。没有数据不等于没有问题，请先报送。", ReportLook.warning)
        } else if section.rows.isEmpty {
            frame.addLine("已报送，没有需要列出的事项。", ReportLook.centered)
        }
        frame.addLine("要求：\(section.asks)", ReportLook.note)
        frame.addLine("情况：\(section.statusText)", ReportLook.note)
        return frame.sheet
    }

    static func numeral(_ measure: Int) -> String {
        let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
        return numerals.indices.contains(measure - 1) ? numerals[measure - 1] : String(measure)
    }

    /// 姓名, 身份证号, 派出单位, 乡镇, 村; where a sheet has many columns of its own, only the first three.
    static let personColumns = [
        ReportFrame.Column("姓名", .centered, min: 9, max: 16), ReportFrame.Column("身份证号", .number, min: 20, max: 20),
        ReportFrame.Column("派出单位", .text, min: 12, max: 24), ReportFrame.Column("乡镇", .text, min: 9, max: 14),
        ReportFrame.Column("村", .text, min: 9, max: 16),
    ]

    static func person(_ person: PersonColumns) -> [ReportValue] {
        [
            .text(person.name), .text(person.id.masked), .text(person.sendingUnit), .text(person.township),
            .text(person.village),
        ]
    }
}
