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

    init(_ context: RunContext, _ ledger: LedgerWriter) throws {
        self.context = context
        self.ledger = ledger
        assignments = try ledger.reader.assignments()
        understanding = try ledger.reader.setting("understanding") ?? ""
    }

    // MARK: What decides

    /// What a month is made of, other counties' claims apart.
    private func inputs(_ month: CountyMonth, _ work: WorkTable) -> Inputs {
        MonthStep.inputs(month, assignments[month] ?? [], understanding, context, work)
    }

    private static func inputs(
        _ month: CountyMonth, _ blocks: [BlockAssignment], _ understanding: String, _ context: RunContext,
        _ work: WorkTable
    ) -> Inputs {
        var inputs = Inputs()
        inputs.add("program", ProgramVersion.computing)
        inputs.add("understanding", understanding)
        inputs.add("as of", context.asOfMark(month.period))
        let payable = context.policy.statuses(.payableStatuses, on: month.period.lastDay)?.value ?? []
        inputs.add("payable", Set(payable).map(\.rawValue).sorted().joined(separator: ","))
        let accepts = context.policy.flag(.acceptTotalsOnly, on: month.period.lastDay)?.value ?? false
        inputs.add("accepts totals", "\(accepts)")
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
        return try ledger.matchedMonths().union(assignments.keys).filter { month in
            if let county = context.options.county, month.county != county { return false }
            guard let blocks = assignments[month] else { return true }
            return !work.holds(.month(month), inputs(month, blocks, understanding, context, work))
        }.sorted()
    }

    // MARK: Making

    /// Builds the months that are stale, and those that share people with them; returns how many were stale.
    func make(_ work: inout WorkTable, _ progress: ProgressBar) throws -> Int {
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
        let builder = try MonthJobs(context, ledger, assignments, months)
        try builder.each(months, foreign: [:]) { month, built in
            progress.advance()
            try ledger.set(.units(month), built.units, &work)
            try ledger.set(.claims(month), nil, &work)
            try store(month, built, &work)
            try ledger.setPeople(built.people, month)
        }
        if !stale.isEmpty { try rebuildShared(stale, sharedBefore, builder, &work) }
        return stale.count
    }

    private func store(_ month: CountyMonth, _ built: MonthJobs.Built, _ work: inout WorkTable) throws {
        context.made("month/\(month.county.text)/\(month.period)")
        let entry = WorkEntry(inputs: inputs(month, work).digest, output: built.output)
        try ledger.upsert(
            month, payload: built.payload, standing: built.standing, summary: built.summary, forYear: built.forYear)
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
                guard let mine = claims[county] else { continue }
                let own = Set(mine.map(\.personID))
                foreign[CountyMonth(county: county, period: period)] = claims.sorted { $0.key < $1.key }.flatMap {
                    $0.key == county ? [] : $0.value.filter { own.contains($0.personID) }
                }
            }
        }
        // A month that was just built without claims, or stands as these claims left it, is not built again.
        let months = foreign.keys.sorted().filter { month in
            work.output(.claims(month)) != MonthStep.digest(foreign[month] ?? [])
        }
        try builder.each(months, foreign: foreign) { month, built in
            let digest = MonthStep.digest(foreign[month] ?? [])
            try ledger.set(
                .claims(month), digest.isEmpty ? nil : WorkEntry(inputs: "", output: digest), &work)
            try store(month, built, &work)
        }
    }

    /// Empty for no claim.
    private static func digest(_ claims: [PresenceClaim]) -> String {
        if claims.isEmpty { return "" }
        var print = Fingerprint()
        for claim in claims {
            let halves = "\(claim.morning) \(claim.afternoon) \(claim.isUnnamedHalf)"
            let total = claim.total.map { " \($0.count)" } ?? ""
            print.add("\(claim.personID) \(claim.date.iso) \(halves) \(claim.place)\(total)")
        }
        return print.value
    }
}
