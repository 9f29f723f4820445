import Codec
import Domain
import Foundation
import Ledger
import Registers
import Rules
import Settings
import Work

/// Registers: rows of all register files merged field by field, kept by county; what came out the same stays as it was.
struct RegisterStep {
    let context: RunContext
    let ledger: LedgerReader
    private let rules: RegisterRules

    init(_ context: RunContext, _ ledger: LedgerReader) {
        self.context = context
        self.ledger = ledger
        rules = RegisterRules(context.policy, context.options.authority, asOf: context.options.asOf)
    }

    /// The register files, what is current of them, how they are read. A new day counts where somebody comes of age.
    func inputs(_ work: WorkTable) throws -> Inputs {
        var inputs = Inputs()
        inputs.add("program", ProgramVersion.computing)
        inputs.add("regions", Fingerprint.of(try context.text(context.options.regions)))
        inputs.add("decisive fields", rules.decisiveFields.map(\.name).sorted().joined(separator: ","))
        if let county = context.handsOver { inputs.add("hands over", county.text) }
        inputs.add("authorised folders", rules.authorisedFolders.joined(separator: ","))
        inputs.add("decision folders", rules.decisionFolders.joined(separator: ","))
        inputs.add("deciders", rules.deciders.joined(separator: ","))
        inputs.add("return folders", rules.returnFolders.joined(separator: ","))
        let ages = work[.registers]?.uses.first.flatMap(RegisterAges.init(text:))
        inputs.add("ages", ages?.contains(context.options.asOf) == true ? ages?.text ?? "" : context.options.asOf.iso)
        // What a submission says changes with the forms; its id does not.
        inputs.add("understanding", try ledger.setting("understanding") ?? "")
        let current = try currentSubmissions()
        inputs.add("given", try ledger.handedBackDigest(HandBackHeader.Kind.records.rawValue))
        let ids = try ledger.registerSubmissionIDs().map { "\($0)\(current.contains($0) ? "+" : "")" }
        inputs.add("files", Fingerprint.of(ids.joined(separator: ",")))
        return inputs
    }

    private func currentSubmissions() throws -> Set<Int> {
        Set(try ledger.inboxFiles().values.filter(\.isPresent).compactMap(\.submission))
    }

    /// The register files of the ledger, of all counties or of those that a test of paths lets through.
    func sources(where isWanted: (String) -> Bool = { _ in true }) throws -> [RegisterSource] {
        let submissions = try ledger.submissions()
        let current = try currentSubmissions()
        let withBlocks = Set(try ledger.blockHeaders().map(\.submission))
        return try ledger.registerSubmissionIDs().compactMap { id -> RegisterSource? in
            guard let submission = submissions[id], isWanted(submission.path) else { return nil }
            return RegisterSource(
                order: submission.order, isCurrent: current.contains(id), isBesideAttendance: withBlocks.contains(id),
                rows: try ledger.formRows(submission: id))
        }
    }

    private func build(_ sources: [RegisterSource]) throws -> Registers {
        let region = try context.region()
        var rules = RegisterRules(
            context.policy, context.options.authority, asOf: context.options.asOf,
            forms: try FormFiles.load(folder: context.options.forms))
        rules.handsOver = context.handsOver
        let merge = RegisterMerge(region: region, rules: rules)
        guard let guests = try GuestRegisters(context, ledger, own: sources) else {
            return merge.registers(sources, guests: [], of: nil)
        }
        return guests.settle(
            merge.registers(sources, guests: guests.files, of: guests.county, isShared: guests.isShared))
    }

    /// The registers as they stand, nothing kept.
    func read() throws -> Registers { try build(try sources()) }

    /// Merges and keeps what came out otherwise than before.
    ///
    /// - Returns: the registers, and how many counties' came out otherwise.
    func make(_ ledger: LedgerWriter, _ work: inout WorkTable) throws -> (registers: Registers, counties: Int) {
        let sources = try sources()
        let registers = try build(sources)
        let submissions = try self.ledger.submissions()
        let sent = try self.ledger.registerSubmissionIDs().compactMap { submissions[$0] }
        var made = 0
        for (county, records) in registers.counties.sorted(by: { $0.key < $1.key }) {
            let entry = CountyRecordEntry(
                records: records, heldRosterRows: registers.heldRosterRows[county] ?? [],
                decisions: registers.decisions.inForce(in: county),
                bankReturns: registers.bankReturns.filter { $0.county == county })
            if try keep(entry, county, sent, ledger, &work) { made += 1 }
            try keep(registers.entries[county] ?? [], county, ledger, &work)
            try keepAccounts(records.cadres, county, ledger, &work)
        }
        for county in try self.ledger.recordedCounties() where registers.counties[county] == nil {
            try ledger.deleteCountyRecord(county)
            try forget(county, ledger, &work)
            made += 1
        }
        try keepUnits(registers.units, ledger, &work)
        try ledger.setGeneralFindings("registers", registers.findings)
        try DecisionsLeftOver.keep(registers, sources, ledger)
        try ledger.setSetting(RegisteredCounties.setting, try text(registers.registeredCounties))
        let ages = RegisterAges(sources, around: context.options.asOf)
        // Its own days first: the inputs name them.
        try ledger.set(.registers, WorkEntry(inputs: "", uses: [ages.text], output: ""), &work)
        let inputs = try inputs(work).digest
        try ledger.set(.registers, WorkEntry(inputs: inputs, uses: [ages.text], output: inputs), &work)
        return (registers, made)
    }

    /// Digest of a record.
    private func print(_ record: some Encodable) throws -> String {
        Fingerprint.sha256(try RecordCoder.bytes(of: record))
    }

    private func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Keeps a county's registers; false where they are as they were.
    private func keep(
        _ entry: CountyRecordEntry, _ county: CountyCode, _ sent: [SubmissionRecord], _ ledger: LedgerWriter,
        _ work: inout WorkTable
    ) throws -> Bool {
        let payload = try RecordCoder.bytes(of: entry)
        let output = Fingerprint.sha256(payload)
        try ledger.set(
            .register(county, for: .files), WorkEntry(inputs: "", output: files(entry.records, sent)), &work)
        guard work.output(.register(county)) != output else { return false }
        context.made("register/\(county.text)")
        try ledger.upsert(entry, county: county, payload: payload)
        let months = Fingerprint.of(
            try print(entry.records.forMonths), try print(entry.heldRosterRows),
            try print(entry.decisions.filter { $0.isOfMonths && $0.period == nil }))
        let pay = Fingerprint.of(months, try print(entry.records.units))
        try ledger.set(.register(county), WorkEntry(inputs: "", output: output), &work)
        try ledger.set(.register(county, for: .months), WorkEntry(inputs: "", output: months), &work)
        try ledger.set(.register(county, for: .pay), WorkEntry(inputs: "", output: pay), &work)
        let papers = Fingerprint.of(
            pay, try print(entry.records.sharedAccounts), try print(entry.decisions.filter { !$0.isOfMonths }))
        try ledger.set(.register(county, for: .papers), WorkEntry(inputs: "", output: papers), &work)
        try ledger.set(
            .register(county, for: .returns),
            WorkEntry(inputs: "", output: try print(entry.bankReturns)), &work)
        try ledger.set(
            .register(county, for: .years), WorkEntry(inputs: "", output: RecordedYears(entry.records).text), &work)
        try keepChecks(entry, ledger, &work)
        return true
    }

    private func keep(
        _ entries: [RegisterEntry], _ county: CountyCode, _ ledger: LedgerWriter, _ work: inout WorkTable
    ) throws {
        let payload = entries.packed
        let output = Fingerprint.sha256(payload)
        guard work.output(.register(county, for: .entries)) != output else { return }
        try ledger.setRegisterEntries(payload, county: county)
        try ledger.set(.register(county, for: .entries), WorkEntry(inputs: "", output: output), &work)
    }

    private func keepAccounts(
        _ cadres: [Cadre], _ county: CountyCode, _ ledger: LedgerWriter, _ work: inout WorkTable
    ) throws {
        var print = Fingerprint()
        for cadre in cadres {
            for account in Set(cadre.postings.compactMap(\.bankAccount)).sorted() {
                print.add("\(account) \(cadre.id.text) \(cadre.name.asSent)")
            }
        }
        guard work.output(.register(county, for: .accounts)) != print.value else { return }
        try ledger.setAccounts(of: cadres, county: county)
        try ledger.set(.register(county, for: .accounts), WorkEntry(inputs: "", output: print.value), &work)
    }

    /// The spot checks and decisions of each month apart: one of them is one month's matter.
    private func keepChecks(_ entry: CountyRecordEntry, _ ledger: LedgerWriter, _ work: inout WorkTable) throws {
        let checks = Dictionary(grouping: entry.records.spotChecks, by: \.date.period)
        let decisions = Dictionary(grouping: entry.decisions.filter(\.isOfMonths), by: \.period)
        let county = entry.records.county.code
        var now: Set<Node> = []
        for period in Set(checks.keys).union(decisions.keys.compactMap { $0 }).sorted() {
            let node = Node.checks(CountyMonth(county: county, period: period))
            now.insert(node)
            let output = Fingerprint.of(try print(checks[period] ?? []), try print(decisions[period] ?? []))
            try ledger.set(node, WorkEntry(inputs: "", output: output), &work)
        }
        for node in work.entries.keys.filter({ $0.name.hasPrefix("checks/\(county.text)/") }).sorted()
        where !now.contains(node) { try ledger.set(node, nil, &work) }
    }

    /// The workbooks that a county's registers were read from, as they were sent.
    private func files(_ records: CountyRecords, _ sent: [SubmissionRecord]) -> String {
        let paths = records.sourceFiles
        var print = Fingerprint()
        for file in sent where paths.contains(file.path) { print.add("\(file.id) \(file.sha256)") }
        return print.value
    }

    private func forget(_ county: CountyCode, _ ledger: LedgerWriter, _ work: inout WorkTable) throws {
        for use in RegisterUse.allCases { try ledger.set(.register(county, for: use), nil, &work) }
        try ledger.set(.register(county), nil, &work)
        for node in work.entries.keys.filter({ $0.name.hasPrefix("checks/\(county.text)/") }).sorted() {
            try ledger.set(node, nil, &work)
        }
    }

    /// Keeps the units, and asks again for every month what they say to the names its sheets send.
    private func keepUnits(_ units: [UnitRecord], _ ledger: LedgerWriter, _ work: inout WorkTable) throws {
        try ledger.setUnits(units)
        let index = UnitIndex(units)
        for (node, entry) in work.entries.sorted(by: { $0.key < $1.key }) where node.name.hasPrefix("units/") {
            try ledger.set(node, UnitAnswers(entry.uses, index).entry, &work)
        }
    }
}

/// What the unit registers say to the names that a month's sheets send.
struct UnitAnswers {
    /// Keys of the names as sent, sorted.
    let keys: [String]
    /// The units that decide what they mean, by name.
    let units: [UnitRecord]

    init(_ texts: some Sequence<String>, _ index: UnitIndex) {
        keys = Set(texts.map(TextFolding.key)).subtracting([""]).sorted()
        units = index.units(deciding: keys)
    }

    /// Matching reads the names of units alone.
    var entry: WorkEntry {
        WorkEntry(inputs: "", uses: keys, output: Fingerprint.of(units.map(\.name).joined(separator: "\n")))
    }
}
