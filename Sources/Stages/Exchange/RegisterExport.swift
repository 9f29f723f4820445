import Codec
import Domain
import Ledger
import Registers
import Rules

/// Seals what of a county's registers another county may need.
struct RegisterExport {
    private let county: CountyRecord
    private let key: ProvinceKey
    private let index: CountyIndex
    private let answers = CountyAnswers()
    private var people: [String: [GuestFile]] = [:]
    private var units: [String: [GuestFile]] = [:]
    private var counties: [CountyCode: [GuestFile]] = [:]
    private var countyRegisters: [GuestFile] = []
    private var texts: Set<String> = []
    private var registered: Set<String> = []
    /// Of the county's folder, files with decisions or bank returns of another county: its code, by path.
    private(set) var misfiled: [String: Set<CountyCode>] = [:]

    /// Who a row of the county's is about where its ID cannot be read; nil where the county has no roster.
    private var matcher: (people: PersonMatcher, places: PlaceIndex)?
    private let asOf: CivilDate

    /// - Parameters:
    ///   - index: the counties as the ledger knows them.
    ///   - asOf: the day by which an ID's owner must be of age.
    init(_ county: CountyRecord, _ key: ProvinceKey, _ index: CountyIndex, asOf: CivilDate) {
        self.county = county
        self.asOf = asOf
        self.key = key
        self.index = index
    }

    /// Label under which rows of a unit are sealed.
    static func unitLabel(_ unit: String) -> String { "unit \(unit)" }
    static let countyRegisterLabel = "county registers"
    static func countyLabel(_ code: CountyCode) -> String { "county \(code.text)" }

    /// What is handed over.
    ///
    /// - Parameters:
    ///   - sources: the files of the county's folder, and those of no county's.
    ///   - records: as they were merged.
    ///   - unitTexts: keys of the names that its sheets send.
    mutating func make(
        _ sources: [RegisterSource], _ records: CountyRecords?, unitTexts: [String]
    ) -> ExchangedRegisters {
        matcher = records.map {
            (PersonMatcher(RosterIndex($0.cadres), asOf: asOf), PlaceIndex(records: $0))
        }
        let villages = villageRows(sources)
        for source in sources { take(source, villages) }
        var made = ExchangedRegisters()
        made.people = people.map { id, files in sealed(key.person(id), files, id) }.sorted { $0.name < $1.name }
        made.units = units.map { unit, files in sealed(unit, files, RegisterExport.unitLabel(unit)) }.sorted {
            $0.name < $1.name
        }
        made.registeredUnits = registered.sorted()
        if !countyRegisters.isEmpty {
            made.countyRegisters = key.seal(
                GuestFile.joined(countyRegisters).packed, for: RegisterExport.countyRegisterLabel)
        }
        made.counties = counties.map { code, files in
            sealed(code.text, files, RegisterExport.countyLabel(code))
        }.sorted { $0.name < $1.name }
        made.payees = Payee.all(records?.cadres ?? []).flatMap { payee, owners in
            owners.map {
                ExchangedRegisters.Owner(account: key.payee(payee), person: key.person($0.text))
            }
        }.sorted { ($0.account, $0.person) < ($1.account, $1.person) }
        guard let records else {
            made.unitTexts = texts.union(unitTexts).sorted()
            return made
        }
        let names = records.cadres.flatMap { $0.postings.map { TextFolding.key($0.sendingUnit) } }
        made.unitKeys = Set(names).subtracting([""]).sorted()
        made.unitTexts = texts.union(unitTexts).union(names).subtracting([""]).sorted()
        made.headVisits = Elsewhere.headVisits(records)
        made.isVisitsSent = records.receivedForms.contains(.leaderVisits)
        made.accounts = records.cadres.compactMap { cadre in
            cadre.postings.last?.bankAccount.flatMap { account in
                account.isEmpty
                    ? nil
                    : ExchangedRegisters.Owner(account: key.account(account), person: key.person(cadre.id.text))
            }
        }.sorted { ($0.account, $0.person) < ($1.account, $1.person) }
        return made
    }

    private func sealed(_ name: String, _ files: [GuestFile], _ label: String) -> ExchangedRegisters.Sealed {
        ExchangedRegisters.Sealed(name: name, rows: key.seal(GuestFile.joined(files).packed, for: label))
    }

    // MARK: Rows

    private func villageRows(_ sources: [RegisterSource]) -> [String: [(RegisterSource, FormRow)]] {
        var rows: [String: [(RegisterSource, FormRow)]] = [:]
        for source in sources {
            for row in source.rows where row.form == .villageRegister {
                rows[place(row), default: []].append((source, row))
            }
        }
        return rows
    }

    private func place(_ row: FormRow) -> String { place(row.text(.township) ?? "", row.text(.village) ?? "") }

    private func place(_ township: String, _ village: String) -> String {
        PlaceKey.townshipStem(township) + "/" + PlaceKey.village(village)
    }

    private mutating func take(_ source: RegisterSource, _ villages: [String: [(RegisterSource, FormRow)]]) {
        for row in source.rows {
            switch row.form {
            case .attendance: continue
            case .decisions:
                note(source, DecisionBook.county(of: row, index))
                continue
            case .bankReturns:
                note(source, BankReturn.county(ofBatch: row.text(.batch) ?? ""))
                continue
            case .countyRegister:
                countyRegisters.append(GuestFile(source, of: county, rows: [row]))
                continue
            default: break
            }
            let told = told(row)
            let file = GuestFile(source, of: county, rows: [told])
            if let other = named(row), other != county.code { counties[other, default: []].append(file) }
            for field in [FieldID.sendingUnit, .commended, .helper] {
                if let text = row.text(field) { texts.insert(TextFolding.key(text)) }
            }
            let byName = person(row) == nil ? personByName(row) : nil
            if let person = person(row) ?? byName?.person {
                people[person, default: []].append(file)
                // The place where he is posted; and the one by which a name was found.
                guard row.form == .roster || byName != nil else { continue }
                for (source, village) in villages[byName?.place ?? place(row)] ?? [] {
                    people[person, default: []].append(GuestFile(source, of: county, rows: [self.told(village)]))
                }
            } else if let unit = unit(row) {
                units[unit, default: []].append(file)
                if row.form == .unitRegister { registered.insert(unit) }
            }
        }
    }

    /// Remembers a file of the county's folder that speaks of another county.
    private mutating func note(_ source: RegisterSource, _ about: CountyCode?) {
        guard let about, about != county.code else { return }
        misfiled[source.order.path, default: []].insert(about)
    }

    private func person(_ row: FormRow) -> String? {
        guard let field = row.fields[.residentID], !field.isNumber else { return nil }
        switch ResidentID.read(field.asSent) {
        case .valid(let id), .upgraded(let id): return id.text
        default: return nil
        }
    }

    /// The cadre whom the county's own roster finds by the name of a row whose ID is missing or damaged: on another
    /// county's roster too, the row counts there as well. Source: spec §5.3, §5.6.
    ///
    /// - Returns: with the key of the place that the row names.
    private func personByName(_ row: FormRow) -> (person: String, place: String)? {
        guard row.form != .roster, row.text(.name) != nil, let matcher,
            named(row) == county.code || named(row) == nil
        else { return nil }
        let match = matcher.people.match(row, matcher.places)
        guard let cadre = match.cadre, !match.findings.contains(where: { $0.effect == .held }) else { return nil }
        let (township, village) = PersonMatcher.place(row, matcher.places)
        return (cadre.id.text, place(township ?? "", village?.village ?? ""))
    }

    private func unit(_ row: FormRow) -> String? {
        let field: FieldID
        switch row.form {
        case .unitRegister, .unitAssessment, .accountabilityTalks, .unitSupport: field = .sendingUnit
        case .commendations: field = .commended
        default: return nil
        }
        let key = TextFolding.key(row.text(field) ?? "")
        return key.isEmpty ? nil : key
    }

    /// The county that a row names, as `RegisterBuilder` reads it.
    private func named(_ row: FormRow) -> CountyCode? {
        if let name = row.text(.county), !TextFolding.key(name).isEmpty { return answers.code(named: name, in: index) }
        for context in row.context.sorted(by: { $0.kind < $1.kind }) where context.kind != .fileName {
            if let code = answers.code(in: context.text, of: index) { return code }
        }
        return nil
    }

    /// The row as another county may read it: a list that names no county is this one's.
    private func told(_ row: FormRow) -> FormRow {
        guard named(row) == nil else { return row }
        var row = row
        row.context.append(ContextText(kind: .folder, text: "\(county.code.text)-\(county.name)"))
        return row
    }
}

extension ProvinceKey {
    /// An account is told from others and says nothing else.
    func account(_ number: String) -> String { String(person("account " + number).prefix(16)) }
}
