import Codec
import Domain
import Foundation
import Ledger
import Matching
import Registers
import Work

/// Building months on all cores: what each is made of is read just before it is needed.
struct MonthJobs {
    /// A month as built on a worker.
    struct Built: Sendable {
        var payload: [UInt8]
        var decisions: MonthDecisions
        var forYear: [UInt8]
        /// What its sheets claim, packed; nil where nothing is handed to a province.
        var claims: [UInt8]?
        var standing: Int
        var people: [String]
        var summary: MonthSummary
        /// What the unit registers said to the names its sheets send.
        var units: WorkEntry
        /// Digest of the month.
        var output: String
        /// Digest of the files it was sent in.
        var sources: String
    }

    /// What counties and batches beside a month's own sheets say of its people.
    struct Beside: Sendable {
        var claims: [PresenceClaim] = []
        var issuedElsewhere: [IssuedElsewhere] = []
    }

    /// A month and what its worker needs.
    private struct Job: Sendable {
        let month: CountyMonth
        let blocks: [(assignment: BlockAssignment, submission: SubmissionRecord)]
        let payloads: [[UInt8]]
        let entry: CountyRecordEntry
        let beside: Beside
        /// Of the county's own batches, and of others' to its people's accounts.
        let issued: [IssuedDays]
    }

    private let ledger: LedgerWriter
    private let assignments: [CountyMonth: [BlockAssignment]]
    private let submissions: [Int: SubmissionRecord]
    private let entries: [CountyCode: CountyRecordEntry]
    private let maker: Maker
    private let guests: GuestClaims
    private let hasIssued: Bool

    init(
        _ context: RunContext, _ ledger: LedgerWriter, _ assignments: [CountyMonth: [BlockAssignment]],
        _ months: [CountyMonth], _ policies: PoliciesOfMonths, _ guests: GuestClaims
    ) throws {
        self.ledger = ledger
        self.assignments = assignments
        submissions = try months.isEmpty ? [:] : ledger.reader.submissions()
        maker = Maker(
            context: context, units: UnitIndex(try months.isEmpty ? [] : ledger.reader.units()), policies: policies)
        self.guests = guests
        hasIssued = try ledger.reader.hasBatches() || guests.issuesToPayees
        var entries: [CountyCode: CountyRecordEntry] = [:]
        for county in Set(months.map(\.county)) { entries[county] = try ledger.reader.countyRecord(county) }
        self.entries = entries
    }

    /// Builds months in order, a county after the other.
    func each(
        _ months: [CountyMonth], beside: [CountyMonth: Beside], _ take: (CountyMonth, Built) throws -> Void
    ) throws {
        let maker = maker
        var start = 0
        // Four dozen months at a time, as sent (some 40 KB each): memory is bounded by them, never by the province.
        while start < months.count {
            let slice = months[start..<min(start + 48, months.count)]
            start += slice.count
            try OrderedParallel.forEach(
                try slice.map { try job($0, beside[$0] ?? Beside()) }, jobs: maker.context.options.jobs, makeWorker: {},
                work: { _, job in try maker.build(job) }, take: { try take($0.month, $1) })
        }
    }

    /// What a month's own sheets claim.
    func claims(_ month: CountyMonth) throws -> [PresenceClaim] {
        MonthBuilder.claims(try maker.input(job(month, Beside())))
    }

    private func job(_ month: CountyMonth, _ beside: Beside) throws -> Job {
        let own = assignments[month] ?? []
        let headers = Dictionary(
            uniqueKeysWithValues: try ledger.reader.blockHeaders(of: own.map(\.block)).map { ($0.id, $0.submission) })
        let blocks = own.compactMap {
            assignment -> (assignment: BlockAssignment, submission: SubmissionRecord)? in
            guard let submission = headers[assignment.block].flatMap({ submissions[$0] }) else { return nil }
            return (assignment, submission)
        }
        let entry =
            try entries[month.county] ?? ledger.reader.countyRecord(month.county)
            ?? MonthInputs.emptyEntry(maker.context, month.county)
        return Job(
            month: month, blocks: blocks,
            payloads: try blocks.map { try ledger.reader.blockPayload($0.assignment.block) }, entry: entry,
            beside: beside,
            issued: try hasIssued ? MonthInputs.issued(month, entry.records.cadres, guests, ledger.reader) : [])
    }

    /// What a worker does with a job.
    private struct Maker: Sendable {
        let context: RunContext
        let units: UnitIndex
        let policies: PoliciesOfMonths

        func input(_ job: Job) throws -> MonthInput {
            var blocks = try zip(job.blocks, job.payloads).map { entry, payload in
                SubmittedBlock(
                    order: entry.submission.order, block: try AttendanceBlock(packed: payload),
                    rowIndexes: entry.assignment.rows, mendedTo: entry.assignment.mendedTo)
            }
            let policy = policies.policy(of: job.month)
            if policy.marks != context.policy.marks {
                let submissions = Dictionary(
                    job.blocks.map { ($0.submission.id, $0.submission) }, uniquingKeysWith: { first, _ in first })
                blocks = try BlocksAgain(context, policy).read(blocks, submissions)
            }
            var input = MonthInputs.input(
                job.month.period, blocks: blocks, entry: job.entry, units: units, foreign: job.beside.claims,
                policy: policy, asOf: policies.asOf(of: job.month))
            input.issuedElsewhere = job.beside.issuedElsewhere
            input.issued = job.issued
            return input
        }

        func build(_ job: Job) throws -> Built {
            let input = try input(job)
            let (month, claims) = MonthBuilder.buildWithClaims(input)
            let payload = month.packed
            var sources = Fingerprint()
            let files = Dictionary(job.blocks.map { ($0.submission.id, $0.submission.sha256) }) { first, _ in first }
            for (id, sha256) in files.sorted(by: { $0.key < $1.key }) { sources.add("\(id) \(sha256)") }
            return Built(
                payload: payload, decisions: month.decisions,
                forYear: MonthForYear(month, checks: input.records.spotChecks).marked,
                claims: context.keepsClaims ? claims.packed : nil,
                standing: month.findings.count(where: \.stands),
                people: people(month, job.entry.records.cadres),
                summary: MonthSummary(month, cadres: job.entry.records.cadres),
                units: UnitAnswers(MonthInputs.unitTexts(input.blocks), units).entry,
                output: Fingerprint.of(
                    Fingerprint.sha256(payload), Fingerprint.sha256(try RecordCoder.bytes(of: month.decisions))),
                sources: sources.value)
        }

        /// Whom sheets of the month name, and whom the county posts in it: of them other counties' sheets may speak.
        private func people(_ month: MonthAttendance, _ cadres: [Cadre]) -> [String] {
            let posted = cadres.filter { cadre in
                cadre.postings.contains { $0.days(within: month.period.range) != nil }
            }
            return Set(month.rows.map(\.personID) + posted.map(\.id.text)).subtracting([""]).sorted()
        }
    }
}
