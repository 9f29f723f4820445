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

/// 年度台账-<yyyy>.xlsx: a cover that says how the county stands on every measure, then a sheet per matter; each row says
/// why and what next.
///
/// A form that nobody sent makes its sheet say 未报送, never «no problems». Personal numbers are masked.
public struct AnnualLedger: Sendable {
    /// How the county stood on an earlier day of the year, by the dates of what is known today.
    public struct Before: Sendable {
        public var day: CivilDate
        public var standings: [Standing]

        public init(day: CivilDate, standings: [Standing]) {
            self.day = day
            self.standings = standings
        }
    }

    public var county: CountyRecord
    public var year: Int
    public var asOf: CivilDate
    /// Cadres in post on as-of whom the county counts.
    public var cadresInPost: Int
    public var results: YearResults
    /// Every matter but pay, in the order of the measures.
    public var standings: [Standing]
    /// Nil in January: the month before belongs to another year's ledger.
    public var before: Before?
    /// The county's row of the coverage; nil where nothing was reported.
    public var coverage: TrainingCoverage.Row?
    public var nominations: RuleResult<Nominations.Row>
    public var payments: [MonthPaid]

    public init(
        county: CountyRecord, year: Int, asOf: CivilDate, cadresInPost: Int, results: YearResults,
        standings: [Standing], before: Before? = nil, coverage: TrainingCoverage.Row?,
        nominations: RuleResult<Nominations.Row>, payments: [MonthPaid] = []
    ) {
        self.county = county
        self.year = year
        self.asOf = asOf
        self.cadresInPost = cadresInPost
        self.results = results
        self.standings = standings
        self.before = before
        self.coverage = coverage
        self.nominations = nominations
        self.payments = payments
    }

    /// `年度台账-2019.xlsx`.
    public static func fileName(_ year: Int) -> String { "年度台账-\(year).xlsx" }

    /// The workbook.
    public func workbook() -> ReportWorkbook {
        let sections = Matter.allCases.map(section)
        return ReportWorkbook(
            title: "\(county.name)\(year)年驻村工作年度台账", subject: "截至 \(asOf.iso)", author: "\(county.name)驻村干部管理",
            created: asOf, sheets: [cover(sections)] + sections.map(sheet), isReport: true)
    }

    // MARK: Sections

    /// One sheet of the ledger and its row on the cover.
    struct Section {
        /// Of the sheet: `1-1 选派`.
        var name: String
        var title: String
        /// What the text asks, in short.
        var asks: String
        /// Who has to act.
        var acts: String
        /// Where the county stands, as figures.
        var stands: String
        var columns: [ReportFrame.Column]
        /// Without 证据 and 下一步, which every row ends in.
        var rows: [Row]
        /// Filled in by `section`.
        var standing = Standing(.staffing, unreported: [], hasRows: false)

        struct Row {
            var values: [ReportValue]
            var evidence: [SourceCell]
            var next: String
        }

        var measure: Int { standing.matter.measure }
        var unreported: [FormID] { standing.unreported }
        /// Nothing can be said: what it rests on was not sent, and nothing else shows a case.
        var isSilent: Bool { standing.isSilent || (!unreported.isEmpty && rows.isEmpty) }
        /// Where the county stands; never «no problems» where nobody has reported.
        var statusText: String { isSilent ? "未报送" : stands }
        /// What the cover says of what was sent.
        var reportedText: String {
            unreported.isEmpty ? "已报送" : "未报送：" + unreported.map(\.chinese).joined(separator: "、")
        }
    }

    /// The section of a matter, with how it stands.
    private func section(_ matter: Matter) -> Section {
        var section = content(matter)
        section.standing =
            matter == .payments
            ? paymentsStanding
            : standings.first { $0.matter == matter } ?? Standing(matter, unreported: [], hasRows: false)
        return section
    }

    private func content(_ matter: Matter) -> Section {
        switch matter {
        case .staffing: staffingSection
        case .deputies: deputiesSection
        case .training: trainingSection
        case .organisers: organisersSection
        case .weakVillages: weakVillagesSection
        case .replacements: replacementsSection
        case .visits: visitsSection
        case .discipline: disciplineSection
        case .unitDiscipline: unitDisciplineSection
        case .checks: checksSection
        case .uncheckedVillages: uncheckedVillagesSection
        case .uncheckedCadres: uncheckedCadresSection
        case .payments: paymentsSection
        case .workFunds: workFundsSection
        case .insurance: insuranceSection
        case .medicalGaps: medicalSection
        case .renewals: renewalsSection
        case .assessment: assessmentSection
        case .unassessed: unassessedSection
        case .recalls: recallsSection
        case .excellence: excellenceSection
        case .promotion: promotionSection
        case .eligible: eligibleSection
        case .accountability: accountabilitySection
        case .unitTalks: unitTalksSection
        case .unitSupport: unitSupportSection
        case .careVisits: careSection
        case .meetings: meetingsSection
        case .workingMeetings: workingMeetingsSection
        case .cadreTalks: cadreTalksSection
        case .commendations: commendationsSection
        case .unitCandidates: unitCandidatesSection
        case .awards: awardsSection
        }
    }

    // MARK: Cover

    private static let coverName = "总览"
    private static let measureNames = [
        "选派与在岗", "教育培训", "联点帮扶", "纪律约束", "经费保障", "考核激励", "提拔使用", "责任追究", "关心关爱", "表彰宣传",
    ]

    private var facts: String { "县区：\(county.name)（\(county.code.text)）　　年度：\(year)　　截至：\(asOf.iso)" }

    private func cover(_ sections: [Section]) -> ReportSheet {
        typealias Column = ReportFrame.Column
        let lastMonth = before.map { "上月底\n\($0.day.iso.dropFirst(5))" } ?? "上月底"
        var frame = ReportFrame(
            name: Self.coverName, title: "\(county.name)\(year)年驻村工作年度台账", left: facts,
            right: "在岗驻村干部 \(cadresInPost) 人",
            columns: [
                Column("措施", .text, min: 16, max: 20), Column("文件要求（摘要）", .text, min: 28, max: 34),
                Column("本县情况", .text, min: 28, max: 36), Column("未结", .count, min: 6, max: 6),
                Column(lastMonth, .count, min: 7, max: 7), Column("责任单位", .text, min: 12, max: 16),
                Column("时限", .centered, min: 11, max: 11), Column("报送情况", .text, min: 12, max: 20),
            ])
        for measure in 1...10 {
            let members = sections.filter { $0.measure == measure }
            addBand(measure, members, to: &frame)
            for section in members { addCoverRow(section, to: &frame) }
        }
        frame.addLine(
            "依据：\(LegalSource.document)。点击“措施”可到明细。文件留由组织裁量的事项只列数字，不作结论；未报送不等于没有问题。", ReportLook.note)
        if let before {
            frame.addLine(
                "“上月底”一栏：按现有记录中的日期推算 \(before.day.iso) 的未结数；“时限”为最早到期的一项，文件没有规定的不写。", ReportLook.note)
        }
        return frame.sheet
    }

    /// A line that sums up a measure above its matters.
    private func addBand(_ measure: Int, _ members: [Section], to frame: inout ReportFrame) {
        let told = members.filter { !$0.isSilent }
        let open = told.reduce(0) { $0 + $1.standing.open }
        let missing = Set(members.flatMap(\.unreported)).count
        frame.sheet.put(frame.row, 0, .text("第\(Self.numeral(measure))条"), ReportLook.band)
        frame.sheet.putMerged(frame.row, 1...2, .text(Self.measureNames[measure - 1]), ReportLook.band)
        frame.sheet.put(frame.row, 3, told.isEmpty ? .empty : .count(open), ReportLook.bandCount)
        frame.sheet.put(frame.row, 4, told.isEmpty ? .empty : earlier(told), ReportLook.bandCount)
        frame.sheet.putMerged(
            frame.row, 5...7, .text(missing > 0 ? "缺 \(missing) 种表" : "已报送"), ReportLook.band)
        frame.row += 1
    }

    private func addCoverRow(_ section: Section, to frame: inout ReportFrame) {
        let standing = section.standing
        frame.add([
            .link(text: section.title, sheet: section.name, cell: CellAddress(row: 0, column: 0)),
            .text(section.asks), .text(section.statusText), section.isSilent ? .empty : .count(standing.open),
            section.isSilent ? .empty : earlier([section]), .text(section.acts), .text(standing.due?.iso ?? ""),
            .text(section.reportedText),
        ])
        if standing.open > 0, !section.isSilent { frame.markLast(column: 3) }
        if !section.unreported.isEmpty { frame.markLast(column: 7) }
    }

    /// What was open at the end of the month before; nothing where it is not known.
    private func earlier(_ sections: [Section]) -> ReportValue {
        guard let before else { return .empty }
        let matters = Set(sections.map(\.standing.matter))
        let open = before.standings.reduce(0) { matters.contains($1.matter) ? $0 + $1.open : $0 }
        let months = payments.filter { $0.period.lastDay <= before.day }
        let held = matters.contains(.payments) ? months.reduce(0) { $0 + $1.heldRows } : 0
        return .count(open + held)
    }

    // MARK: A matter's sheet

    private func sheet(_ section: Section) -> ReportSheet {
        typealias Column = ReportFrame.Column
        // A narrow table still has room for the line of facts above it.
        let narrow = section.columns.reduce(0) { $0 + $1.least }
        let columns =
            section.columns + [
                Column("证据（文件 工作表!单元格）", .text, min: max(22, 80 - narrow), max: max(28, 80 - narrow)),
                Column("下一步", .text, min: 14, max: 20),
            ]
        var frame = ReportFrame(
            name: section.name, title: "第\(Self.numeral(section.measure))条　\(section.title)", left: facts,
            right: section.isSilent ? "未报送" : "未结事项 \(section.standing.open)", columns: columns)
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
        frame.addLine(
            "责任单位：\(section.acts)" + (section.standing.due.map { "；时限：\($0.iso)" } ?? ""), ReportLook.note)
        return frame.sheet
    }

    static func numeral(_ measure: Int) -> String {
        let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
        return numerals.indices.contains(measure - 1) ? numerals[measure - 1] : String(measure)
    }

    /// 姓名, 身份证号, 派出单位, 乡镇, 村; where a sheet has many columns of its own, only the first three.
    static let personColumns = [
        ReportFrame.Column("姓名", .centered, min: 8, max: 14), ReportFrame.Column("身份证号", .number, min: 20, max: 20),
        ReportFrame.Column("派出单位", .text, min: 12, max: 20), ReportFrame.Column("乡镇", .text, min: 8, max: 12),
        ReportFrame.Column("村", .text, min: 8, max: 13),
    ]

    static func person(_ person: PersonColumns) -> [ReportValue] {
        [
            .text(person.name), .text(person.id.masked), .text(person.sendingUnit), .text(person.township),
            .text(person.village),
        ]
    }
}
