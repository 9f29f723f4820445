import Domain
import Foundation
import Ledger
import Matching
import Registers
import Rules

/// Normalize: registers are merged, blocks find their county, and every affected month its persons, places and days.
///
/// Reads what ingest committed; commits county records and months in one transaction.
public struct NormalizeStage: Sendable {
    /// What it did.
    public struct Summary: Sendable {
        public var counties = 0
        public var months = 0
        public var isChanged = false
    }

    private let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    public func run(progress: ProgressBar) throws -> Summary {
        let summary = try match(progress)
        try ExpectedArrivals(context).update()
        return summary
    }

    private func match(_ progress: ProgressBar) throws -> Summary {
        var summary = Summary()
        let plan = try context.ledger.read { ledger in
            (
                registers: try registersFingerprint(ledger), stored: try ledger.setting("registers"),
                unassigned: try ledger.unassignedBlocks(), tried: try ledger.setting("unassigned")
            )
        }
        let rebuilds = plan.registers != plan.stored
        let unassignedMark = plan.unassigned.map { String($0.id) }.joined(separator: ",")
        let assigns = rebuilds || unassignedMark != plan.tried ?? ""
        let dirty = assigns ? [] : try dirtyMonths(try context.ledger.read { try state($0) })
        guard assigns || !dirty.isEmpty else { return summary }
        try context.ledger.write { ledger in
            var isLeft = assigns
            if assigns, !rebuilds { isLeft = try assignByContext(plan.unassigned, ledger, tried: plan.tried ?? "") }
            if isLeft {
                let registers = try rebuildRegisters(ledger, fingerprint: plan.registers, stores: rebuilds)
                if rebuilds { summary.counties = registers.counties.count }
                try assignBlocks(ledger, registers, all: rebuilds)
            }
            summary.isChanged = assigns
            let state = try state(ledger.reader)
            let dirty = try dirtyMonths(state)
            progress.begin(dirty.count)
            try build(dirty, state, ledger, progress)
            summary.months = dirty.count
            summary.isChanged = summary.isChanged || !dirty.isEmpty
        }
        return summary
    }

    // MARK: Registers

    /// Changes whenever the set of register files, what is current of them, or the shipped regions change.
    private func registersFingerprint(_ ledger: LedgerReader) throws -> String {
        var print = Fingerprint()
        print.add(ProgramVersion.computing)
        print.add(try context.text(context.options.regions))
        let rules = RegisterRules(context.policy, context.options.authority, asOf: context.options.asOf)
        print.add(rules.decisiveFields.map(\.name).sorted().joined(separator: ","))
        print.add(rules.authorisedFolders.joined(separator: ","))
        // A new day matters only where somebody comes of age by it.
        let ages = try ledger.setting("registers.ages") ?? ""
        print.add(RegisterAges(text: ages)?.contains(context.options.asOf) == true ? ages : context.options.asOf.iso)
        let current = try currentSubmissions(ledger)
        for id in try ledger.registerSubmissionIDs() { print.add("\(id)\(current.contains(id) ? "+" : "")") }
        // What a submission says changes with the forms; its id does not.
        print.add(try ledger.setting("understanding") ?? "")
        return print.value
    }

    private func currentSubmissions(_ ledger: LedgerReader) throws -> Set<Int> {
        Set(try ledger.inboxFiles().values.filter(\.isPresent).compactMap(\.submission))
    }

    private func rebuildRegisters(_ ledger: LedgerWriter, fingerprint: String, stores: Bool) throws -> Registers {
        let submissions = try ledger.reader.submissions()
        let current = try currentSubmissions(ledger.reader)
        let withBlocks = Set(try ledger.reader.blockHeaders().map(\.submission))
        let sources = try ledger.reader.registerSubmissionIDs().compactMap { id -> RegisterSource? in
            guard let submission = submissions[id] else { return nil }
            return RegisterSource(
                order: submission.order, isCurrent: current.contains(id), isBesideAttendance: withBlocks.contains(id),
                rows: try ledger.reader.formRows(submission: id))
        }
        let region = try context.region()
        let registers = RegisterBuilder.build(
            sources, regions: region.countyRecords, shortNames: region.countyShortNames,
            rules: RegisterRules(context.policy, context.options.authority, asOf: context.options.asOf))
        guard stores else { return registers }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        for (county, records) in registers.counties.sorted(by: { $0.key < $1.key }) {
            let entry = CountyRecordEntry(
                records: records, heldRosterRows: registers.heldRosterRows[county] ?? [], units: registers.units)
            let payload = try encoder.encode(entry)
            context.made("register/\(county.text)")
            try ledger.upsert(
                entry, county: county, fingerprint: Fingerprint.sha256([UInt8](payload)), payload: payload)
        }
        try ledger.deleteCountyRecords(except: Set(registers.counties.keys))
        try ledger.setGeneralFindings("registers", registers.findings)
        try ledger.setSetting("registers.ages", RegisterAges(sources, around: context.options.asOf).text)
        try ledger.setSetting("registers", try registersFingerprint(ledger.reader))
        try ledger.setSetting(
            RegisteredCounties.setting,
            String(decoding: try encoder.encode(registers.registeredCounties), as: UTF8.self))
        return registers
    }

    // MARK: Assigning

    /// Gives blocks whose title or folder names the county to it, without reading any register.
    ///
    /// - Returns: whether blocks are left that only the registers can place.
    private func assignByContext(
        _ headers: [BlockHeader], _ ledger: LedgerWriter, tried: String
    ) throws -> Bool {
        var index = CountyIndex(try context.regions())
        for county in try ledger.reader.countyNames().values.sorted(by: { $0.code < $1.code }) { index.insert(county) }
        let assigner = CountyAssigner(index)
        for header in headers {
            guard let county = assigner.countyByContext(try ledger.reader.block(header.id)) else { continue }
            try ledger.assign(block: header.id, county: county, period: header.period, rows: nil)
        }
        let left = try ledger.reader.unassignedBlocks().map { String($0.id) }.joined(separator: ",")
        return left != tried
    }

    /// Gives blocks to counties; what has none is said by a finding without county.
    private func assignBlocks(_ ledger: LedgerWriter, _ registers: Registers, all: Bool) throws {
        let assigner = CountyAssigner(registers)
        let submissions = try ledger.reader.submissions()
        let headers = all ? try ledger.reader.blockHeaders() : try ledger.reader.unassignedBlocks()
        if all {
            for scope in try ledger.reader.generalFindingScopes() where scope.hasPrefix("block:") {
                try ledger.deleteGeneralFindings(scope)
            }
        }
        for header in headers {
            let block = try ledger.reader.block(header.id)
            try ledger.unassign(block: header.id)
            let assignments = assigner.assign(block)
            var rows: [CountyCode: [Int]] = [:]
            var findings: [Finding] = []
            for (index, assignment) in assignments.enumerated() {
                switch assignment {
                case .county(let code): rows[code, default: []].append(index)
                case .unknown(let name):
                    findings.append(
                        Finding(
                            .unknownCounty, period: block.period, sheet: block.sheet,
                            cell: block.rows[index].county?.cell ?? block.rows[index].name.cell,
                            person: block.rows[index].name.text, value: name, arguments: [name]))
                case .untold:
                    if findings.contains(where: { $0.reason == .countyNotTold }) { continue }
                    findings.append(
                        Finding(.countyNotTold, period: block.period, sheet: block.sheet, cell: nil))
                }
            }
            if block.rows.isEmpty, let county = assigner.county(of: block) { rows[county] = [] }
            for (county, indexes) in rows.sorted(by: { $0.key < $1.key }) {
                try ledger.assign(
                    block: header.id, county: county, period: block.period,
                    rows: indexes.count == block.rows.count ? nil : indexes)
            }
            let path = submissions[header.submission]?.path ?? ""
            if !findings.isEmpty {
                try ledger.setGeneralFindings(
                    "block:\(header.id)",
                    findings.map {
                        var finding = $0
                        finding.file = path
                        return finding
                    })
            }
        }
        let left = try ledger.reader.unassignedBlocks()
        try ledger.setSetting("unassigned", left.map { String($0.id) }.joined(separator: ","))
    }

    // MARK: Months

    /// What decides whether a month must be built again.
    private struct State {
        var assignments: [CountyMonth: [BlockAssignment]]
        var fingerprints: [CountyMonth: String]
        var records: [CountyCode: String]
        var understanding: String
    }

    private func state(_ ledger: LedgerReader) throws -> State {
        State(
            assignments: try ledger.assignments(), fingerprints: try ledger.monthFingerprints(),
            records: try ledger.countyFingerprints(), understanding: try ledger.setting("understanding") ?? "")
    }

    private func fingerprint(_ month: CountyMonth, _ state: State) -> String {
        var print = Fingerprint()
        print.add(ProgramVersion.computing)
        print.add(state.understanding)
        print.add(state.records[month.county] ?? "")
        print.add(context.asOfMark(month.period))
        print.add(payable(month.period).map(\.rawValue).sorted().joined(separator: ","))
        print.add(acceptsTotalsOnly(month.period) ? "totals" : "")
        for assignment in state.assignments[month] ?? [] {
            print.add("\(assignment.block):\(assignment.rows.map { "\($0)" } ?? "")")
        }
        return print.value
    }

    /// Parts what a month's own inputs are from what other counties claim of its people.
    private static let claimsMark: Character = "+"

    /// The fingerprint with the claims of other counties, which change what a month pays as its own inputs do.
    private func fingerprint(_ month: CountyMonth, _ state: State, foreign: [PresenceClaim]) -> String {
        let own = fingerprint(month, state)
        if foreign.isEmpty { return own }
        var print = Fingerprint()
        for claim in foreign {
            let halves = "\(claim.morning) \(claim.afternoon) \(claim.isUnnamedHalf)"
            print.add("\(claim.personID) \(claim.date.iso) \(halves) \(claim.place)")
        }
        return "\(own)\(NormalizeStage.claimsMark)\(print.value)"
    }

    private func payable(_ period: Period) -> Set<AttendanceStatus> {
        Set(context.policy.statuses(.payableStatuses, on: period.lastDay)?.value ?? [])
    }

    private func acceptsTotalsOnly(_ period: Period) -> Bool {
        context.policy.flag(.acceptTotalsOnly, on: period.lastDay)?.value ?? false
    }

    /// Months whose inputs changed, and months of which nothing is left.
    private func dirtyMonths(_ state: State) throws -> [CountyMonth] {
        let months = Set(state.assignments.keys).union(state.fingerprints.keys)
        return months.filter { month in
            if let county = context.options.county, month.county != county { return false }
            let known = state.fingerprints[month].map { $0.prefix { $0 != NormalizeStage.claimsMark } }
            return state.assignments[month] == nil || known.map(String.init) != fingerprint(month, state)
        }.sorted()
    }

    /// A month as built on a worker.
    private struct Built: Sendable {
        var payload: [UInt8]
        var standing: Int
        var people: [String]
        var summary: MonthSummary
    }

    private func build(
        _ dirty: [CountyMonth], _ state: State, _ ledger: LedgerWriter, _ progress: ProgressBar
    ) throws {
        let sharedBefore = try ledger.reader.sharedPeople()
        let gone = dirty.filter { state.assignments[$0] == nil }
        for month in gone {
            try ledger.deleteMonth(month)
            try ledger.setPeople([], month)
        }
        let months = dirty.filter { state.assignments[$0] != nil }
        let submissions = try ledger.reader.submissions()
        let entries = try records(of: months, ledger)
        try each(months, state, submissions, entries, ledger, foreign: [:]) { month, built in
            progress.advance()
            try store(month, built, fingerprint(month, state), ledger)
            try ledger.setPeople(built.people, month)
        }
        try rebuildShared(dirty, sharedBefore, state, submissions, ledger)
    }

    private func store(
        _ month: CountyMonth, _ built: Built, _ fingerprint: String, _ ledger: LedgerWriter
    ) throws {
        context.made("month/\(month.county.text)/\(month.period)")
        try ledger.upsert(
            month, fingerprint: fingerprint, payload: built.payload, standing: built.standing,
            summary: built.summary)
    }

    private func records(
        of months: [CountyMonth], _ ledger: LedgerWriter
    ) throws -> [CountyCode: CountyRecordEntry] {
        var entries: [CountyCode: CountyRecordEntry] = [:]
        for county in Set(months.map(\.county)) {
            entries[county] = try ledger.reader.countyRecord(county) ?? MonthInputs.emptyEntry(context, county)
        }
        return entries
    }

    /// A month and what its worker needs of other counties.
    private struct Job: Sendable {
        let month: CountyMonth
        let blocks: [(assignment: BlockAssignment, submission: SubmissionRecord)]
        let payloads: [[UInt8]]
        let entry: CountyRecordEntry
        let foreign: [PresenceClaim]
    }

    /// Builds months on all cores, a county after the other; blocks are read just before they are needed.
    private func each(
        _ months: [CountyMonth], _ state: State, _ submissions: [Int: SubmissionRecord],
        _ entries: [CountyCode: CountyRecordEntry], _ ledger: LedgerWriter,
        foreign: [CountyMonth: [PresenceClaim]], _ take: (CountyMonth, Built) throws -> Void
    ) throws {
        var start = 0
        // Four dozen months at a time, as sent (some 40 KB each): memory is bounded by them, never by the province.
        while start < months.count {
            let slice = months[start..<min(start + 48, months.count)]
            start += slice.count
            let headers = Dictionary(
                uniqueKeysWithValues: try ledger.reader.blockHeaders(
                    of: slice.flatMap { state.assignments[$0] ?? [] }.map(\.block)
                ).map { ($0.id, $0.submission) })
            let jobs = try slice.map { month in
                let assigned = (state.assignments[month] ?? []).compactMap {
                    assignment -> (assignment: BlockAssignment, submission: SubmissionRecord)? in
                    guard let submission = headers[assignment.block].flatMap({ submissions[$0] }) else { return nil }
                    return (assignment, submission)
                }
                return Job(
                    month: month, blocks: assigned,
                    payloads: try assigned.map { try ledger.reader.blockPayload($0.assignment.block) },
                    entry: try entries[month.county] ?? MonthInputs.emptyEntry(context, month.county),
                    foreign: foreign[month] ?? [])
            }
            try OrderedParallel.forEach(
                jobs, jobs: context.options.jobs, makeWorker: {}, work: { _, job in try self.build(job) },
                take: { try take($0.month, $1) })
        }
    }

    private func input(_ job: Job) throws -> MonthInput {
        let blocks = try zip(job.blocks, job.payloads).map { entry, payload in
            SubmittedBlock(
                order: entry.submission.order, block: try AttendanceBlock(packed: payload),
                rowIndexes: entry.assignment.rows)
        }
        return MonthInputs.input(
            job.month.period, blocks: blocks, entry: job.entry, foreign: job.foreign, policy: context.policy,
            asOf: context.options.asOf)
    }

    private func build(_ job: Job) throws -> Built {
        let month = MonthBuilder.build(try input(job))
        return Built(
            payload: month.packed, standing: month.findings.count(where: \.stands),
            people: Set(month.rows.map(\.personID)).subtracting([""]).sorted(),
            summary: MonthSummary(month, cadres: job.entry.records.cadres))
    }

    // MARK: Double presence across counties

    /// People whom sheets of several counties name, or named until now: their months are built once more with what the
    /// other counties claim today.
    private func rebuildShared(
        _ dirty: [CountyMonth], _ before: [Period: [String: [CountyCode]]], _ state: State,
        _ submissions: [Int: SubmissionRecord], _ ledger: LedgerWriter
    ) throws {
        let shared = try ledger.reader.sharedPeople()
        var claims: [CountyMonth: [PresenceClaim]] = [:]
        for period in Set(dirty.map(\.period)).sorted() {
            let people = shared[period] ?? [:]
            let counties = Set(people.values.flatMap { $0 }).union((before[period] ?? [:]).values.flatMap { $0 })
            for county in counties.sorted() {
                let month = CountyMonth(county: county, period: period)
                guard state.assignments[month] != nil else { continue }
                claims[month] =
                    people.isEmpty
                    ? [] : try self.claims(month, state, submissions, ledger).filter { people[$0.personID] != nil }
            }
        }
        guard !claims.isEmpty else { return }
        var foreign: [CountyMonth: [PresenceClaim]] = [:]
        for month in claims.keys {
            let own = Set((claims[month] ?? []).map(\.personID))
            foreign[month] = claims.keys.sorted().filter { $0.period == month.period && $0 != month }
                .flatMap { claims[$0] ?? [] }.filter { own.contains($0.personID) }
        }
        // A month that was just built without claims, or stands as these claims left it, is not built again.
        let months = foreign.keys.sorted().filter { month in
            let known = dirty.contains(month) ? fingerprint(month, state) : state.fingerprints[month]
            return known != fingerprint(month, state, foreign: foreign[month] ?? [])
        }
        try each(months, state, submissions, try records(of: months, ledger), ledger, foreign: foreign) {
            month, built in
            try store(month, built, fingerprint(month, state, foreign: foreign[month] ?? []), ledger)
        }
    }

    private func claims(
        _ month: CountyMonth, _ state: State, _ submissions: [Int: SubmissionRecord], _ ledger: LedgerWriter
    ) throws -> [PresenceClaim] {
        let assignments = state.assignments[month] ?? []
        let headers = Dictionary(
            uniqueKeysWithValues: try ledger.reader.blockHeaders(of: assignments.map(\.block)).map {
                ($0.id, $0.submission)
            })
        let blocks = assignments.compactMap {
            assignment -> (assignment: BlockAssignment, submission: SubmissionRecord)? in
            guard let submission = headers[assignment.block].flatMap({ submissions[$0] }) else { return nil }
            return (assignment, submission)
        }
        let job = Job(
            month: month, blocks: blocks,
            payloads: try blocks.map { try ledger.reader.blockPayload($0.assignment.block) },
            entry: try ledger.reader.countyRecord(month.county) ?? MonthInputs.emptyEntry(context, month.county),
            foreign: [])
        return MonthBuilder.claims(try input(job))
    }
}
