import Domain
import Ledger
import Matching
import Reports
import Rules

extension NightNotice {
    /// Of the ledger as the last run left it: open months, and files that lie in the inbox and could not be read.
    ///
    /// What changed is told of the last run alone: a night with nothing new has nothing to tell.
    public init(_ ledger: LedgerReader) throws {
        let isFresh = try ledger.setting("reported.fresh") == "1"
        let changes = isFresh ? try ledger.setting("reported.lines") ?? "" : ""
        let status = try StatusReport(ledger, county: nil, period: nil)
        let months = try status.months.compactMap { month -> Month? in
            // A month of which nothing came is told where the calendar expects it.
            let isSilent = !month.rows.contains { $0.state == "received" || $0.state == "withFindings" }
            let missing = isSilent ? [] : month.rows.filter { $0.state == "missing" }.map(\.township)
            guard month.page.batch == nil || !missing.isEmpty else { return nil }
            let isOpen = month.page.batch == nil
            let toMend = isOpen ? month.rows.filter { $0.standing + $0.heldRows > 0 } : []
            let key = CountyMonth(county: month.county, period: month.period)
            let unpayable = isOpen ? try NightNotice.unpayable(key, ledger) : []
            return Month(
                period: month.period, county: month.countyName, people: month.page.people, paid: month.page.paid,
                heldRows: isOpen ? month.page.heldRows : 0, pending: isOpen ? month.page.pending : .zero,
                missing: missing,
                toMend: toMend.map {
                    Township(name: $0.township, standing: $0.standing, heldRows: $0.heldRows)
                },
                toCheck: try NightNotice.asked(key, ledger).subtracting(missing + toMend.map(\.township)).sorted(),
                unpayable: unpayable.map(\.name), unpayableTotal: unpayable.reduce(.zero) { $0 + $1.amount })
        }
        let open = status.months.filter { $0.page.batch == nil }
        self.init(
            months: months, money: NightNotice.money(status),
            // They stand with the closed month until a batch has issued them.
            corrections: try status.months.filter { $0.tells(NightNotice.corrected) }.flatMap { month in
                try NightNotice.corrections(of: CountyMonth(county: month.county, period: month.period), ledger)
            },
            refused: try NightNotice.refused(ledger), notAuthorised: try NightNotice.notAuthorised(open, ledger),
            expected: try ledger.generalFindings(ExpectedArrivals.scope),
            changes: changes.split(separator: "\n").map(String.init),
            restored: try ledger.setting(WholeRun.restored)?.split(separator: "\n").map(String.init) ?? [])
    }

    /// Whom no bank can pay as the county's registers stand, of an open month.
    private static func unpayable(_ month: CountyMonth, _ ledger: LedgerReader) throws -> [BankLines.Line] {
        guard let lines = try ledger.pay(month)?.lines, !lines.isEmpty else { return [] }
        let standing = try ledger.countyRecord(month.county).map(SharedAccounts.standing) ?? AccountStanding()
        return BankLines(lines, standing: standing).unpayable.filter { $0.amount > .zero }
    }

    /// Townships that have a digest (通知) of an open month.
    private static func asked(_ month: CountyMonth, _ ledger: LedgerReader) throws -> Set<String> {
        let files = try ledger.outputFiles(of: NoticeReports.key(month)).map { $0.split(separator: "/").last ?? "" }
        return Set(files.compactMap { TownshipDigest.township(ofFile: String($0), period: month.period) })
    }

    private static let corrected: Set<FindingCode> = [.closedLineChanged, .closedLineHeld]

    /// Corrections with the sheets of their month that speak of the person now: one of them caused each. Their own
    /// findings name no file, for what changed may be a register.
    private static func corrections(of month: CountyMonth, _ ledger: LedgerReader) throws -> [Finding] {
        let found = try ledger.payFindings(month).filter { corrected.contains($0.code) }
        // Each month's rows once, however many people were corrected.
        var months: [CountyMonth: MonthAttendance?] = [:]
        return try found.map { finding in
            guard finding.file.isEmpty, !finding.personID.isEmpty, let county = finding.county,
                let period = finding.period
            else { return finding }
            let worked = CountyMonth(county: county, period: period)
            let attendance = try months[worked] ?? ledger.month(worked)
            months[worked] = .some(attendance)
            guard let attendance else { return finding }
            let rows = attendance.rows.filter { $0.personID == finding.personID && !$0.isVisitor }
            var told = finding
            told.file = Set(rows.map(\.file)).sorted().joined(separator: "、")
            return told
        }
    }

    /// By county, in the order of their first month.
    private static func money(_ status: StatusReport) -> [Money] {
        var counties: [CountyCode] = []
        var byCounty: [CountyCode: Money] = [:]
        for month in status.months {
            if byCounty[month.county] == nil { counties.append(month.county) }
            var money = byCounty[month.county] ?? Money(county: month.countyName)
            // Each month tells what is outstanding once it is over: the newest one counts.
            money.outstanding = month.page.outstanding
            if let bank = month.page.bank {
                if bank.dueAgain != .zero { money.batchesAgain.append(bank.batch) }
                if bank.unanswered != .zero { money.batchesUnanswered.append(bank.batch) }
                if bank.unpayable != .zero { money.batchesUnpayable.append(bank.batch) }
                money.unpayable += bank.unpayable
                money.dueAgain += bank.dueAgain
                money.unanswered += bank.unanswered
            }
            byCounty[month.county] = money
        }
        return counties.compactMap { byCounty[$0] }
    }

    /// Of registers, bank answers and decisions.
    private static func notAuthorised(_ open: [StatusReport.Month], _ ledger: LedgerReader) throws -> [Finding] {
        var findings = try ledger.generalFindingScopes().flatMap { try ledger.generalFindings($0) }
        for month in open where month.tells([.notAuthorised]) {
            findings += try ledger.monthFindings(CountyMonth(county: month.county, period: month.period))
        }
        return findings.filter { $0.code == .notAuthorised }
    }

    /// What holds a file or a sheet of it, not a person's row.
    private static func refused(_ ledger: LedgerReader) throws -> [Finding] {
        var findings: [Finding] = []
        for (path, submission) in try ledger.currentSubmissionsWithFindings(isStanding: true) {
            for var finding in try ledger.fileFindings(submission: submission)
            where finding.effect == .held && finding.person.isEmpty && finding.personID.isEmpty {
                finding.file = path
                findings.append(finding)
            }
        }
        return findings
    }
}

extension StatusReport.Month {
    /// Whether findings of these codes were counted when the month was read: only then are the findings themselves
    /// read, so that months of which nothing is told cost nothing, however many there are.
    fileprivate func tells(_ codes: Set<FindingCode>) -> Bool { page.findings.contains { codes.contains($0.code) } }
}
