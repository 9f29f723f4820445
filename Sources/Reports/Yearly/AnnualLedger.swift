import Domain
import Rules
import Tables

/// What was paid in a month, for the ledger's sheet on measure 5.
public struct MonthPaid: Hashable, Sendable {
    public var period: Period
    /// Nil while the month is open.
    public var batch: String?
    /// The month that pays what this one owes, where a later one was closed before it: it is closed by itself no more.
    public var passedTo: Period?
    public var people: Int
    public var days: HalfDays
    public var total: Fen
    public var heldRows: Int

    public init(
        period: Period, batch: String?, people: Int, days: HalfDays, total: Fen, heldRows: Int
    ) {
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

    /// The document, as the policy in force names it.
    public var document = LegalSource.document
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
    /// Who had a day of posting in the year.
    public var cadres: [Cadre]
    /// What the county's registers say, and which cells said it.
    public var entries: [RegisterEntry]

    public init(
        county: CountyRecord, year: Int, asOf: CivilDate, cadresInPost: Int, results: YearResults,
        standings: [Standing], before: Before? = nil, coverage: TrainingCoverage.Row?,
        nominations: RuleResult<Nominations.Row>, payments: [MonthPaid] = [], cadres: [Cadre] = [],
        entries: [RegisterEntry] = []
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
        self.cadres = cadres
        self.entries = entries
    }

    /// `年度台账-2019.xlsx`.
    public static func fileName(_ year: Int) -> String { "年度台账-\(year).xlsx" }

    /// The workbook.
    public func workbook() -> ReportWorkbook {
        let sections = Matter.allCases.map(section)
        var places: [Matter: (sheet: String, row: Int)] = [:]
        var sheets: [ReportSheet] = []
        for measure in 1...10 {
            let members = sections.filter { $0.measure == measure }
            let long = members.filter(isLong)
            var own = LedgerSheet(
                name: "\(measure) \(Self.measureNames[measure - 1])",
                title: "第\(Self.numeral(measure))条　\(Self.measureNames[measure - 1])", left: facts,
                right: members.allSatisfy(\.isSilent)
                    ? "未报送" : "未结事项 \(members.reduce(0) { $1.isSilent ? $0 : $0 + $1.standing.open })")
            for section in members {
                let elsewhere = long.contains { $0.name == section.name } ? section.name : nil
                places[section.standing.matter] = (
                    own.sheet.name, own.add(section, of: county, elsewhere: elsewhere)
                )
            }
            own.breakPages()
            sheets.append(own.sheet)
            sheets += long.map(sheet)
        }
        if !entries.isEmpty {
            sheets.append(RegisterEntriesSheet.sheet(entries, cadres: cadres, county: county, year: year))
        }
        return ReportWorkbook(
            title: "\(county.name)\(year)年驻村工作年度台账", subject: "截至 \(asOf.iso)",
            author: "\(county.name)驻村干部管理",
            created: asOf, sheets: [cover(sections, places)] + sheets, isReport: true)
    }

    /// A longer table has a sheet of its own, whose headings are repeated on every page.
    private static let rowsMaxBesideOthers = 25

    private func isLong(_ section: Section) -> Bool {
        section.rows.count > Self.rowsMaxBesideOthers || LedgerSheet.isLong(section, of: county)
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

            /// A value a column, with 证据 and 下一步.
            func values(in county: CountyRecord) -> [ReportValue] {
                values + [.text(evidence.evidenceText(in: county)), .text(next)]
            }
        }

        var measure: Int { standing.matter.measure }
        var unreported: [FormID] { standing.unreported }
        /// Nothing can be said: what it rests on was not sent, and nothing else shows a case.
        var isSilent: Bool { standing.isSilent || (!unreported.isEmpty && rows.isEmpty) }
        /// The columns, with 证据 and 下一步.
        var allColumns: [ReportFrame.Column] {
            columns + [
                ReportFrame.Column("证据", .text, min: 12, max: 40),
                ReportFrame.Column("下一步", .text, min: 10, max: 18),
            ]
        }
        /// What nobody sent.
        var missingText: String {
            "未报送：" + unreported.map(\.chinese).joined(separator: "、") + "。没有数据不等于没有问题，请先报送。"
        }
        /// Where the county stands; never «no problems» where nobody has reported.
        var statusText: String { isSilent ? "未报送" : stands }
        /// Where the county stands, and what was not sent.
        var coverText: String {
            if unreported.isEmpty { return statusText }
            let missing = "未报送：" + unreported.map(\.chinese).joined(separator: "、")
            return isSilent ? missing : "\(statusText)\(missing)。"
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
    /// What the text asks by each measure, in short.
    private static let measureAsks = [
        "贫困村有第一书记和工作队，任期到2020年底；选调生任村党组织副书记；薄弱村、深度贫困村优先。",
        "每年轮训一遍，省、市、县分担10%、30%、60%，组织和扶贫部门办班；薄弱村优先；召回、调整的及时补派。",
        "贫困村有联点领导，每季度至少走访一次；专家巡回指导，强村带弱村、企业和党组织结对。",
        "经常抽查；脱岗、抽调的，干部当年不得评先评优，派出单位班子当年不得评优秀。",
        "按实际出勤每天60元；每队每年经费不低于2万元；办理保险并提高保额，因公医疗差额由派出单位解决。",
        "年度考核；优秀不占单位指标；不称职召回，两年内不得提拔、晋级、评优或转任重要岗位。",
        "提拔、职称、晋级中驻村干部占一定比例；受省级以上表彰的可优先使用。",
        "干部脱岗、抽调、召回、未参保，或负责人未到村走访的，约谈派出单位；结对共建、认亲帮户、组建服务队。",
        "五种情形必访；参加县乡有关会议；定期召开例会、谈心谈话。",
        "表彰先进单位和优秀驻村干部，宣传先进典型。",
    ]

    private var facts: String { "县区：\(county.name)（\(county.code.text)）　　年度：\(year)　　截至：\(asOf.iso)" }

    /// Nil: the column of the month before.
    private static let coverWidths: [(heading: String?, kind: ReportFrame.Kind, width: Double)] = [
        ("事项", .text, 22), ("本县情况", .text, 63), ("时限", .centered, 11), ("报送情况", .centered, 8),
        ("未结", .count, 5),
        (nil, .count, 7),
    ]

    private func cover(_ sections: [Section], _ places: [Matter: (sheet: String, row: Int)])
        -> ReportSheet
    {
        typealias Column = ReportFrame.Column
        let lastMonth = before.map { "上月底\n\($0.day.iso.dropFirst(5))" } ?? "上月底"
        var frame = ReportFrame(
            name: Self.coverName, title: "\(county.name)\(year)年驻村工作年度台账", left: facts,
            right: "在岗驻村干部 \(cadresInPost) 人",
            columns: Self.coverWidths.map {
                Column($0.heading ?? lastMonth, $0.kind, min: $0.width, max: $0.width)
            })
        // Two pages: on the second the headings are enough.
        frame.sheet.page.topMarginMillimetres = 9
        frame.sheet.page.bottomMarginMillimetres = 12
        frame.sheet.page.repeatedRows = ReportFrame.headingRow...ReportFrame.headingRow
        frame.sheet.rowHeights[ReportFrame.headingRow] = 30
        for measure in 1...10 {
            let members = sections.filter { $0.measure == measure }
            addBand(measure, members, to: &frame)
            for section in members { addCoverRow(section, places, to: &frame) }
        }
        let last = before == nil ? "" : "；“上月底”按现有记录的日期推算"
        frame.addLine(
            "依据：\(document)。点击“事项”可到明细；文件留由组织裁量的只列数字；未报送不等于没有问题\(last)。", LedgerLook.foot)
        Self.keepTogether(&frame.sheet)
        return frame.sheet
    }

    /// A third page with a line or two is left out, where that makes letters a tenth smaller at most.
    private static func keepTogether(_ sheet: inout ReportSheet) {
        let layout = ReportLayout(of: sheet)
        let rows = 0...(sheet.cells.map(\.row).max() ?? 0)
        let heights = rows.map { layout.rowHeights[$0] ?? sheet.defaultRowHeight ?? 15 }
        // Rows are not torn apart: a page ends with the room that the next one did not fit into.
        let needed = heights.reduce(30, +) + (heights.max() ?? 0)
        let room = 2 * ReportPaper(sheet.page).room(layout.columnWidths)
        if needed > room, needed * 0.9 <= room { sheet.page.pagesDownMost = 2 }
    }

    /// A line that says what the text asks, above the matters of a measure.
    private func addBand(_ measure: Int, _ members: [Section], to frame: inout ReportFrame) {
        let told = members.filter { !$0.isSilent }
        let open = told.reduce(0) { $0 + $1.standing.open }
        let missing = Set(members.flatMap(\.unreported)).count
        let name = "第\(Self.numeral(measure))条　\(Self.measureNames[measure - 1])"
        var acts: [String] = []
        for part in members.flatMap({ $0.acts.split(separator: "、").map(String.init) })
        where !acts.contains(part) {
            acts.append(part)
        }
        let ask =
            "\(Self.measureAsks[measure - 1])责任单位：\(acts.joined(separator: "、"))。"
            + (missing > 0 ? "（缺 \(missing) 种表）" : "")
        frame.sheet.put(frame.row, 0, .text(name), LedgerLook.band)
        frame.sheet.putMerged(frame.row, 1...3, .text(ask), LedgerLook.band)
        // A nought of what was told says nothing of what was not.
        let isTold = open > 0 || !told.isEmpty && told.count == members.count
        frame.sheet.put(frame.row, 4, isTold ? .count(open) : .empty, ReportLook.bandCount)
        frame.sheet.put(frame.row, 5, isTold ? earlier(told) : .empty, ReportLook.bandCount)
        let room = Self.coverWidths[1...3].reduce(0) { $0 + $1.width } - 3
        frame.sheet.rowHeights[frame.row] = Double(TextWidth.lines(ask, in: room)) * 13.2 + 4
        frame.row += 1
    }

    private func addCoverRow(
        _ section: Section, _ places: [Matter: (sheet: String, row: Int)], to frame: inout ReportFrame
    ) {
        let standing = section.standing
        let place = places[standing.matter]
        let target = CellAddress(row: place?.row ?? 0, column: 0)
        let missing = section.unreported.count
        frame.add([
            .link(text: section.title, sheet: place?.sheet ?? Self.coverName, cell: target),
            .text(section.coverText), .text(standing.due?.iso ?? ""),
            .text(section.isSilent ? "未报送" : missing > 0 ? "缺 \(missing) 种" : "已报送"),
            section.isSilent ? .empty : .count(standing.open),
            section.isSilent ? .empty : earlier([section]),
        ])
        frame.restyleLast(column: 1, LedgerLook.text)
        if standing.open > 0, !section.isSilent { frame.markLast(column: 4) }
        if missing > 0 { frame.markLast(column: 3) }
        fitLast([(section.title, 0, 0), (section.coverText, 1, 1)], &frame)
    }

    /// As high as the texts of the row just added need: text, column, indent.
    private func fitLast(
        _ texts: [(text: String, column: Int, indent: Double)], _ frame: inout ReportFrame
    ) {
        let lines = texts.map { text, column, indent in
            TextWidth.lines(text, in: Self.coverWidths[column].width - 1 - 2 * indent)
        }
        frame.sheet.rowHeights[frame.row - 1] = Double(lines.max() ?? 1) * 13.2 + 4
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

    // MARK: A matter's own sheet

    /// A long table on a sheet of its own.
    private func sheet(_ section: Section) -> ReportSheet {
        let isBeside = LedgerSheet.isBeside(section)
        let columns = isBeside ? section.allColumns : section.columns
        let rows = section.rows.map { isBeside ? $0.values(in: county) : $0.values }
        let widths = LedgerSheet.allocate(columns, rows).map(LedgerSheet.width)
        var frame = ReportFrame(
            name: section.name, title: "第\(Self.numeral(section.measure))条　\(section.title)", left: facts,
            right: section.isSilent ? "未报送" : "未结事项 \(section.standing.open)",
            columns: zip(columns, widths).map {
                ReportFrame.Column($0.heading, $0.kind, min: $1, max: $1)
            })
        for (values, entry) in zip(rows, section.rows) {
            frame.add(values)
            for (index, column) in columns.enumerated() where column.kind == .text {
                frame.restyleLast(column: index, LedgerLook.text)
            }
            if !isBeside { addUnder(entry, &frame) }
        }
        if !section.unreported.isEmpty { frame.addLine(section.missingText, ReportLook.warning) }
        frame.addLine("情况：\(section.statusText)", LedgerLook.foot)
        return frame.sheet
    }

    /// 证据 and 下一步 in a line under their row.
    private func addUnder(_ row: Section.Row, _ frame: inout ReportFrame) {
        let last = frame.columns.count - 1
        let middle = last * 2 / 3
        frame.sheet.putMerged(
            frame.row, 0...middle, .text("证据：\(row.evidence.evidenceText(in: county))"), LedgerLook.under)
        frame.sheet.putMerged(
            frame.row, (middle + 1)...last, .text(row.next.isEmpty ? "" : "下一步：\(row.next)"), LedgerLook.under)
        frame.row += 1
    }

    static func numeral(_ measure: Int) -> String {
        let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
        return numerals.indices.contains(measure - 1) ? numerals[measure - 1] : String(measure)
    }

    /// 姓名 over 身份证号, 派出单位, 乡镇 over 村; where a sheet has many columns of its own, only the first two.
    static let personColumns = [
        ReportFrame.Column("姓名\n身份证号", .centered, min: 20, max: 20),
        ReportFrame.Column("派出单位", .text, min: 12, max: 20),
        ReportFrame.Column("乡镇\n村", .centered, min: 8, max: 14),
    ]

    static func person(_ person: PersonColumns) -> [ReportValue] {
        [
            .text("\(person.name)\n\(person.id.masked)"), .text(person.sendingUnit),
            .text([person.township, person.village].filter { !$0.isEmpty }.joined(separator: "\n")),
        ]
    }
}
