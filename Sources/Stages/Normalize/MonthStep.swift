import Domain
import Ledger
import Matching
import Registers
import Rules
import Work

/// Months: persons, places and days of every county's month whose inputs are not as they were.
struct MonthStep {
    private let context: RunContext
    private let ledger: LedgerWriter
    private let assignments: [CountyMonth: [BlockAssignment]]
    private let understanding: String
    private let policies: PoliciesOfMonths
    private let guests: GuestClaims
    private var batches: IssuedBeside

    init(_ context: RunContext, _ ledger: LedgerWriter) throws {
        self.context = context
        self.ledger = ledger
        assignments = try ledger.reader.assignments()
        understanding = try ledger.reader.setting("understanding") ?? ""
        policies = try PoliciesOfMonths(context, ledger.reader)
        guests = try GuestClaims(context, ledger.reader)
        batches = try IssuedBeside(ledger.reader, guests)
    }

    // MARK: What decides

    /// What a month is made of, other counties' claims apart.
    private func inputs(_ month: CountyMonth, _ work: WorkTable) -> Inputs {
        MonthStep.inputs(month, assignments[month] ?? [], understanding, context, policies, batches, work)
    }

    private static func inputs(
        _ month: CountyMonth, _ blocks: [BlockAssignment], _ understanding: String, _ context: RunContext,
        _ policies: PoliciesOfMonths, _ batches: IssuedBeside, _ work: WorkTable
    ) -> Inputs {
        var inputs = Inputs()
        inputs.add("program", ProgramVersion.computing)
        inputs.add("understanding", understanding)
        inputs.add("as of", policies.asOfMark(month))
        let policy = policies.policy(of: month)
        inputs.add("payable", MonthInputs.payable(policy, month.period).text)
        inputs.add("total rates", "\(MonthInputs.totalRates(policy, month.period))")
        if policy.marks != context.policy.marks { inputs.add("marks of", policies.sha256(of: month)) }
        inputs.add("issued", batches.mark(month))
        if context.keepsClaims { inputs.add("claims", "kept") }
        inputs.add(.register(month.county, for: .months), work)
        inputs.add(.checks(month), work)
        inputs.add(.units(month), work)
        for assignment in blocks {
            let mended = assignment.mendedTo.map { " mended \($0)" } ?? ""
            inputs.add("block \(assignment.block)", (assignment.rows.map { "\($0)" } ?? "") + mended)
        }
        return inputs
    }

    /// Months whose inputs changed, and months of which nothing is left.
    static func stale(_ context: RunContext, _ ledger: LedgerReader, _ work: WorkTable) throws -> [CountyMonth] {
        let assignments = try ledger.assignments()
        let understanding = try ledger.setting("understanding") ?? ""
        let policies = try PoliciesOfMonths(context, ledger)
        let batches = try IssuedBeside(ledger, GuestClaims(context, ledger))
        return try ledger.matchedMonths().union(assignments.keys).filter { month in
            if let county = context.options.county, month.county != county { return false }
            guard let blocks = assignments[month] else { return true }
            return !work.holds(.month(month), inputs(month, blocks, understanding, context, policies, batches, work))
        }.sorted()
    }

    // MARK: Making

    /// Builds the months that are stale, and those that share people with them; returns how many were stale.
    mutating func make(_ work: inout WorkTable, _ progress: ProgressBar) throws -> Int {
        let stale = try MonthStep.stale(context, ledger.reader, work)
        progress.begin(stale.count)
        let sharedBefore = try stale.isEmpty ? [:] : ledger.reader.sharedPeople(in: Set(stale.map(\.period)))
        for month in stale where assignments[month] == nil {
            try ledger.deleteMonth(month)
            try ledger.setPeople([], month)
            for node in [
                Node.month(month), .units(month), .claims(month), .sources(month), .pay(month), .correction(month),
            ] {
                try ledger.set(node, nil, &work)
            }
        }
        let months = stale.filter { assignments[$0] != nil }
        let isGiven = work.output(.handedBack) != guests.mark
        // What the province gave back may speak of any month.
        let known = isGiven ? assignments.keys.sorted() : months
        let builder = try MonthJobs(context, ledger, assignments, known, policies, guests)
        try builder.each(months, beside: [:]) { month, built in
            progress.advance()
            try ledger.set(.units(month), built.units, &work)
            try ledger.set(.claims(month), nil, &work)
            try store(month, built, &work)
            try ledger.setPeople(built.people, month)
        }
        // Of people whom sheets name for the first time, batches may speak.
        if !stale.isEmpty { batches = try IssuedBeside(ledger.reader, guests) }
        if !stale.isEmpty || isGiven { try rebuildShared(stale, sharedBefore, builder, &work) }
        if isGiven {
            try ledger.set(.handedBack, WorkEntry(inputs: "", output: guests.mark), &work)
            // Months that nobody shares any more were looked at with the others.
            return max(stale.count, 1)
        }
        return stale.count
    }

    private func store(_ month: CountyMonth, _ built: MonthJobs.Built, _ work: inout WorkTable) throws {
        context.made("month/\(month.county.text)/\(month.period)")
        let entry = WorkEntry(inputs: inputs(month, work).digest, output: built.output)
        try ledger.upsert(
            month, payload: built.payload, standing: built.standing, summary: built.summary, forYear: built.forYear)
        try ledger.setClaims(built.claims, month)
        try ledger.set(built.decisions, month)
        try ledger.set(.month(month), entry, &work)
        try ledger.set(.sources(month), WorkEntry(inputs: "", output: built.sources), &work)
    }

    // MARK: Double presence across counties

    /// People whom sheets of several counties name, or named until now: their months are built once more with what the
    /// other counties claim today.
    private func rebuildShared(
        _ stale: [CountyMonth], _ before: [Period: [String: [CountyCode]]], _ builder: MonthJobs,
        _ work: inout WorkTable
    ) throws {
        let shared = try ledger.reader.sharedPeople(in: Set(stale.map(\.period)))
        var foreign: [CountyMonth: [PresenceClaim]] = [:]
        for (period, months) in Dictionary(grouping: stale, by: \.period).sorted(by: { $0.key < $1.key }) {
            let people = shared[period] ?? [:]
            let changed = Set(months.map(\.county))
            func sharing(_ counties: Set<CountyCode>, _ people: [String: [CountyCode]]) -> Set<CountyCode> {
                Set(people.values.filter { !counties.isDisjoint(with: $0) }.flatMap { $0 })
            }
            // Those that share people with a county that changed, or did; and whose sheets these are set against.
            let affected = sharing(changed, people).union(sharing(changed, before[period] ?? [:]))
            var claims: [CountyCode: [PresenceClaim]] = [:]
            for county in affected.union(sharing(affected, people)).sorted() {
                let month = CountyMonth(county: county, period: period)
                guard assignments[month] != nil else { continue }
                claims[county] = people.isEmpty ? [] : try builder.claims(month).filter { people[$0.personID] != nil }
            }
            for county in affected {
                guard claims[county] != nil else { continue }
                // Whomever its sheets name, a refused row too: of them every claim counts, as a batch keeps them.
                let others = claims.filter { $0.key != county }.sorted { $0.key < $1.key }.flatMap(\.value)
                foreign[CountyMonth(county: county, period: period)] = others.filter {
                    people[$0.personID]?.contains(county) == true
                }
            }
        }
        try addGiven(to: &foreign, stale, work)
        var beside = foreign.mapValues { MonthJobs.Beside(claims: $0.sorted(by: PresenceClaim.inOrder)) }
        for (month, people) in try ledger.reader.issuedToPeopleOfOthers() {
            guard beside[month] != nil || stale.contains(month), assignments[month] != nil else { continue }
            let issued = try MonthInputs.issuedElsewhere(month, people, ledger.reader)
            if !issued.isEmpty { beside[month, default: MonthJobs.Beside()].issuedElsewhere = issued }
        }
        for month in guests.months where assignments[month] != nil {
            let issued = guests.issued(month, try ledger.reader.people(month))
            if !issued.isEmpty { beside[month, default: MonthJobs.Beside()].issuedElsewhere += issued }
        }
        // A month that was just built without claims, or stands as these claims left it, is not built again.
        let months = beside.keys.sorted().filter { month in
            work.output(.claims(month)) != MonthStep.digest(beside[month])
        }
        try builder.each(months, beside: beside) { month, built in
            let digest = MonthStep.digest(beside[month])
            try ledger.set(
                .claims(month), digest.isEmpty ? nil : WorkEntry(inputs: "", output: digest), &work)
            try store(month, built, &work)
        }
    }

    /// What the province gave back, of all months where that changed; a month that was built by claims of which none is
    /// left is built again without.
    private func addGiven(
        to foreign: inout [CountyMonth: [PresenceClaim]], _ stale: [CountyMonth], _ work: WorkTable
    ) throws {
        for month in guests.months where assignments[month] != nil && foreign[month] != nil {
            foreign[month, default: []] += guests.claims(month, try ledger.reader.people(month))
        }
        guard work.output(.handedBack) != guests.mark || !guests.isEmpty else { return }
        let others = assignments.keys.filter { foreign[$0] == nil && !work.output(.claims($0)).isEmpty }
        for month in Set(guests.months).union(others).sorted() where assignments[month] != nil && foreign[month] == nil
        {
            let claims = try MonthInputs(context: context, ledger: ledger.reader).foreignClaims(
                month, policy: policies.policy(of: month), asOf: policies.asOf(of: month), guests: guests)
            if !claims.isEmpty || !work.output(.claims(month)).isEmpty { foreign[month] = claims }
        }
    }

    /// Empty for no claim.
    private static func digest(_ beside: MonthJobs.Beside?) -> String {
        guard let beside, !beside.claims.isEmpty || !beside.issuedElsewhere.isEmpty else { return "" }
        var print = Fingerprint()
        for entry in beside.issuedElsewhere {
            print.add("\(entry.person.text) \(entry.batch) \(entry.date.iso) \(entry.halves)")
        }
        for claim in beside.claims {
            let halves = "\(claim.morning) \(claim.afternoon) \(claim.isUnnamedHalf)"
            let total = claim.total.map { " \($0.count)" } ?? ""
            let words = [claim.unpostedIn, claim.standing?.rawValue, claim.countyName].compactMap { $0 }.map {
                " \($0)"
            }.joined()
            print.add("\(claim.personID) \(claim.date.iso) \(halves) \(claim.place)\(total)\(words)")
        }
        return print.value
    }
}
