import Domain
import Ledger
import Matching
import Registers
import Reports
import Synchronization

/// Everything that a month's finance files are made of, as the ledger holds it: the same for an open month and for one
/// that is just closed.
struct MonthPapers: Sendable {
    var pay: MonthPay
    /// The workbooks that the lines rest on: attendance, and the registers of the county.
    var sources: [FileDigest] = []
    var standing = AccountStanding()
    /// What people may settle, and what was settled: of the month, of closed months whose turn it is, of accounts.
    var decisions: [DecidableFinding] = []
    /// Of months with open questions about held rows: what the allowances are worked out from.
    var asked: [Period: MonthAttendance] = [:]
    var records: CountyRecords?
    /// Names of the counties whose batches issued days that this one would owe.
    var issuers: [CountyCode: String] = [:]
    /// Policy files that closed months are read with by decision of a person.
    var adoptions: [PolicyAdoption] = []

    /// What `县际结算` says: of the month, and of closed ones since their files were frozen.
    var settlements: [SettlementLine] { pay.detail.settlements + pay.detail.laterSettlements }

    /// Gathers what people may settle.
    ///
    /// - Parameters:
    ///   - own: of the month.
    ///   - closed: of closed months whose turn it is, each with its closed lines.
    ///   - frozen: evidence that a closed month's form told as settled.
    ///   - accounts: of accounts that others have too; asked where somebody is paid to one.
    mutating func ask(
        _ own: MonthDecisions, closed: [MonthDecisions], frozen: Set<String>, accounts: [DecidableFinding]
    ) {
        decisions = own.open + own.settled
        for closed in closed { decisions += closed.open + closed.settled.filter { !frozen.contains($0.evidence) } }
        let paid = Set(pay.lines.map { $0.person.text })
        decisions += accounts.filter { paid.contains($0.finding.personID) }
    }

    /// Files, by arrival, with the answers by which lines come again.
    static func answered(_ again: [PaymentLine], _ answers: [BankAnswer]) -> Set<Int> {
        let returned = Set(again.compactMap { line in line.reissue.map { [line.person.text, $0.batch, $0.account] } })
        return Set(
            answers.filter { returned.contains([$0.line.person.text, $0.line.batch, $0.line.account]) }
                .compactMap(\.arrival))
    }

    /// Months with questions about rows, or answers to them.
    var askedPeriods: [Period] { Set(decisions.filter { !$0.rows.isEmpty }.compactMap(\.finding.period)).sorted() }

    /// Reads papers; what a county's registers say is read once for all its months.
    final class Reader: Sendable {
        private struct County {
            /// Its registers as they were sent.
            var files: [SubmissionRecord]
            var standing: AccountStanding
            /// Shared accounts, decided or not.
            var accounts: [DecidableFinding]
            var notes: [AccountStanding.PersonAccount: String]
        }

        private let batches: [CountyMonth: BatchRecord]
        private let known = Mutex<[CountyCode: County]>([:])
        private let registers = Mutex<[SubmissionRecord]?>(nil)

        init(_ batches: [CountyMonth: BatchRecord]) { self.batches = batches }

        /// Nil for a month that was not computed.
        func read(_ month: CountyMonth, _ ledger: LedgerReader) throws -> MonthPapers? {
            guard let pay = try ledger.pay(month) else { return nil }
            let county = try self.county(month.county, ledger)
            var papers = MonthPapers(pay: pay, standing: county.standing)
            papers.pay.lines = SharedAccounts.noted(pay.lines, county.notes)
            papers.sources = try sources(month, ledger, pay.lines)
            if !papers.settlements.isEmpty {
                papers.issuers = try GuestClaims.countyNames(ledger).merging(
                    try ledger.countyNames().mapValues(\.name)
                ) { _, own in own }
            }
            if !carried(month).isEmpty { papers.adoptions = try ledger.adoptions() }
            papers.ask(
                try ledger.decisions(month),
                closed: try carried(month).flatMap {
                    [try ledger.decisions($0), try ledger.payDetail($0).decisions]
                },
                frozen: try carried(month).isEmpty ? [] : ledger.settledAtClosing(county: month.county),
                accounts: county.accounts)
            for period in papers.askedPeriods {
                papers.asked[period] = try ledger.month(CountyMonth(county: month.county, period: period))
            }
            if !papers.asked.isEmpty { papers.records = try ledger.countyRecord(month.county)?.records.forPay }
            return papers
        }

        /// The workbooks that a month's lines rest on, by path.
        ///
        /// - Parameter lines: corrections rest on the sheets of the months worked, what comes again on the bank's
        ///   answer.
        func sources(
            _ month: CountyMonth, _ ledger: LedgerReader, _ lines: [PaymentLine] = []
        ) throws -> [FileDigest] {
            var found = try ledger.sources(of: month, registers: try county(month.county, ledger).files)
            for origin in Set(lines.filter { $0.isAdjustment && $0.reissue == nil }.map(\.originPeriod)).sorted() {
                found += try ledger.attendanceSubmissions(of: CountyMonth(county: month.county, period: origin))
            }
            let again = lines.filter { $0.reissue != nil }
            if !again.isEmpty {
                let files = MonthPapers.answered(again, try ledger.bankAnswers(county: month.county))
                found += try ledger.submissions().values.filter { files.contains($0.id) }
            }
            return Set(found.map { FileDigest(path: $0.path, sha256: $0.sha256, sizeBytes: $0.size) }).sorted()
        }

        /// The workbooks by which a month's sum is what it is: those that its lines rest on, and the decisions.
        func causes(_ month: CountyMonth, _ ledger: LedgerReader) throws -> [FileDigest] {
            let accounts = try county(month.county, ledger).accounts
            let decided = try ([month] + carried(month)).flatMap { try ledger.decisions($0).settled } + accounts
            let forms = Set(decided.compactMap(\.decision?.source.file))
            let files = forms.isEmpty ? [] : try registers(ledger).filter { forms.contains($0.path) }
            return try sources(month, ledger, ledger.laterLines(month))
                + files.map { FileDigest(path: $0.path, sha256: $0.sha256, sizeBytes: $0.size) }
        }

        /// Closed months of which the month's form speaks: it is the first open one after them.
        func carried(_ month: CountyMonth) -> [CountyMonth] {
            let closed = batches.keys.filter { $0.county == month.county }.sorted()
            return closed.last?.period.next == month.period ? closed : []
        }

        private func county(_ code: CountyCode, _ ledger: LedgerReader) throws -> County {
            if let county = known.withLock({ $0[code] }) { return county }
            let entry = try ledger.countyRecord(code)
            let paths = entry?.records.sourceFiles ?? []
            let county = County(
                files: try registers(ledger).filter { paths.contains($0.path) },
                standing: entry.map(SharedAccounts.standing) ?? AccountStanding(),
                accounts: entry.map(SharedAccounts.questions)?.map(\.finding) ?? [],
                notes: entry.map(SharedAccounts.notes) ?? [:])
            known.withLock { $0[code] = county }
            return county
        }

        private func registers(_ ledger: LedgerReader) throws -> [SubmissionRecord] {
            if let files = registers.withLock({ $0 }) { return files }
            let files = try ledger.registerSubmissions()
            registers.withLock { $0 = files }
            return files
        }
    }
}

/// Accounts that two IDs have: who may be paid to one is decided by people. Source: spec §5.8, §9.
enum SharedAccounts {
    struct Question {
        var finding: DecidableFinding
        var account: AccountStanding.PersonAccount
    }

    /// Which accounts no bank can pay to, after what was decided.
    static func standing(_ entry: CountyRecordEntry) -> AccountStanding {
        var standing = entry.records.accountStanding
        for question in questions(entry) {
            switch question.finding.decision?.action {
            case .accept: standing.shared.remove(question.account)
            case .refuse: standing.refused.insert(question.account)
            default: break
            }
        }
        return standing
    }

    /// What was decided about accounts that are paid to, as 说明 says it. Source: spec §5.8 «Payments that rest on one
    /// say so».
    static func notes(_ entry: CountyRecordEntry) -> [AccountStanding.PersonAccount: String] {
        var notes: [AccountStanding.PersonAccount: String] = [:]
        for question in questions(entry) {
            guard let decision = question.finding.decision, decision.action == .accept else { continue }
            notes[question.account] = decision.chinese
        }
        return notes
    }

    /// Lines to such accounts, each with what it rests on.
    static func noted(_ lines: [PaymentLine], _ notes: [AccountStanding.PersonAccount: String]) -> [PaymentLine] {
        guard !notes.isEmpty else { return lines }
        return lines.map { line in
            let account = AccountStanding.PersonAccount(person: line.person, account: line.bankAccount ?? "")
            guard line.total > .zero, let note = notes[account] else { return line }
            var line = line
            line.note = [line.note, note].filter { !$0.isEmpty }.joined(separator: "；")
            return line
        }
    }

    /// One question a person and account, with the decision in force.
    static func questions(_ entry: CountyRecordEntry) -> [Question] {
        let cadres = Dictionary(entry.records.cadres.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return entry.records.sharedAccounts.compactMap { account in
            guard let cadre = cadres[account.person], let posting = cadre.postings.last else { return nil }
            let evidence = AccountDecisions.evidence(account)
            let finding = Finding(
                .bankAccountShared, county: entry.records.county.code, township: posting.township,
                file: posting.accountSource?.file ?? "", sheet: posting.accountSource?.sheet ?? "",
                cell: posting.accountSource?.address, person: cadre.name.display, personID: cadre.id.text,
                value: account.account, arguments: [ResidentID.masked(account.account), "他人"])
            let decision = entry.decisions.first { $0.evidence == evidence && $0.code == .bankAccountShared }
            return Question(
                finding: DecidableFinding(
                    finding: finding, evidence: evidence, choices: ["认可", "不认可"], concern: .unknown,
                    decision: decision),
                account: account)
        }
    }
}
