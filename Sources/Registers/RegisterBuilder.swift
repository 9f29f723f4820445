import Domain

/// What every file of registers and yearly forms says together.
public struct Registers: Sendable {
    public var index: CountyIndex
    /// By code; only counties with a village, a posting or a record.
    public var counties: [CountyCode: CountyRecords]
    /// Roster rows that could not be used, per county (under nil where even the county is unknown).
    public var heldRosterRows: [CountyCode: [HeldRosterRow]]
    /// Every unit of the unit registers, by name.
    public var units: [UnitRecord]
    /// The counties that a county register names, by code.
    public var registeredCounties: [CountyRecord] = []
    /// Decisions of people, by evidence, then county: `inForce(in:)` says which of them count where.
    public var decisions: [Decision] = []
    /// What banks answered, in the order of receipt.
    public var bankReturns: [BankReturn] = []
    /// Which cell said what stands of persons, postings, villages and units, per county.
    public var entries: [CountyCode: [RegisterEntry]] = [:]
    /// In report order.
    public var findings: [Finding]
}

/// What decides how registers are read beside the rows themselves.
public struct RegisterRules: Sendable {
    /// The day by which an ID's owner must be of age.
    public var asOf: CivilDate
    /// Fields on which pay hangs by the policy's rate tables (职级, 艰边类别 …): rows that contradict each other there hold.
    public var decisiveFields: Set<FieldID>
    /// Inbox folders from which 清空, 作废 and bank accounts are taken; empty for any.
    public var authorisedFolders: [String]
    /// Inbox folders from which 裁定表 are taken; empty for any.
    public var decisionFolders: [String] = []
    /// Names that may decide; empty for anybody.
    public var deciders: [String] = []
    /// Inbox folders from which 银行回盘 are taken; empty for any.
    public var returnFolders: [String] = []
    /// What each form calls its fields, for findings.
    public var headings: [FormID: [FieldID: String]]
    /// What each form is called, for findings.
    public var titles: [FormID: String] = [:]
    /// The county in whose folder a file lies, by path; none for files that belong to no county alone.
    public var homes: [String: CountyCode] = [:]
    /// The county whose registers they are, where files of its folder that speak of another one are handed over to that
    /// one; nil where all counties are read together, or nothing is handed over.
    public var handsOver: CountyCode?
    /// Whether somebody of a county that is not among the sources has an account; nil where all are.
    public var isSharedElsewhere: (@Sendable (String) -> Bool)?

    public init(
        asOf: CivilDate, decisiveFields: Set<FieldID> = [], authorisedFolders: [String] = [],
        headings: [FormID: [FieldID: String]] = [:]
    ) {
        self.asOf = asOf
        self.decisiveFields = decisiveFields
        self.authorisedFolders = authorisedFolders
        self.headings = headings
    }
}

/// Builds `Registers` from form rows: merging field by field, places, persons.
///
/// Pure; the order in which the sources are given does not matter.
public struct RegisterBuilder {
    let rules: RegisterRules
    var findings: [Finding] = []
    var index: CountyIndex { didSet { answers = CountyAnswers() } }
    private var answers = CountyAnswers()
    var records: [CountyCode: CountyRecords] = [:]
    var heldRosterRows: [CountyCode: [HeldRosterRow]] = [:]
    /// Rows whose account is not taken, from a folder that may not change any.
    var refusedAccounts: [SourcedRow] = []
    /// Roster rows of which not even the county is known.
    var homeless: [HeldRosterRow] = []
    var units: [UnitRecord] = []
    /// The places of the village registers.
    var places: [CountyCode: PlaceIndex] = [:]
    /// Villages on which rows of one file contradict each other in a field that decides what is due there.
    var disputedVillages: [CountyCode: [(village: PlaceIndex.Village, field: FieldID, source: SourceCell)]] = [:]
    var sources: [RegisterSource]
    /// Roster rows of present bytes that cannot be read.
    var unusable: [SourcedRow] = []
    private var merged: [FormID: [SourcedRow]] = [:]
    private var registered: Set<CountyCode> = []
    /// Units of the registers and of postings; complete once the roster is built.
    var unitIndex = UnitIndex([])
    /// Which cell said what stands.
    var entries: [CountyCode: [RegisterEntry]] = [:]
    var unitEntries: [String: RegisterEntry] = [:]
    /// Accounts that two IDs have.
    var sharedAccounts: [SharedAccount] = []
    /// How and by whom people were checked, by person and day.
    var checkManners: [String: [CheckManner]] = [:]

    /// - Parameters:
    ///   - regions: the counties shipped with the program; county registers override them.
    ///   - shortNames: usual short names of counties.
    public static func build(
        _ sources: [RegisterSource], regions: [CountyRecord], shortNames: [CountyCode: [String]] = [:],
        rules: RegisterRules
    ) -> Registers {
        let ordered = sources.sorted {
            ($0.isBesideAttendance ? 1 : 0, $0.order) < ($1.isBesideAttendance ? 1 : 0, $1.order)
        }
        var builder = RegisterBuilder(
            rules: rules, index: CountyIndex(regions, shortNames: shortNames), sources: ordered)
        builder.completeRows { $0 == .countyRegister }
        builder.buildCounties()
        builder.completeRows { $0 != .countyRegister }
        builder.raiseRowFindings()
        builder.raiseMissingColumns()
        builder.buildVillages()
        builder.buildUnits()
        builder.buildRoster()
        builder.unitIndex = builder.knownUnits
        builder.readCheckManners()
        builder.buildPersonRecords()
        builder.buildPlaceRecords()
        builder.buildUnitRecords()
        builder.buildMeetings()
        builder.noteSentForms()
        Elsewhere.add(to: &builder.records)
        let book = DecisionBook(
            sources, folders: rules.decisionFolders, deciders: rules.deciders, index: builder.index,
            asOf: rules.asOf)
        let answers = BankReturnBook(
            sources, folders: rules.returnFolders, counties: Set(builder.records.keys)
        ) { code in rules.handsOver.map { $0 != code } == true && builder.index.counties[code] != nil }
        let decisions = builder.settleAccounts(book.decisions)
        builder.findings += book.findings + answers.findings
        return Registers(
            index: builder.index, counties: builder.records, heldRosterRows: builder.heldRosterRows,
            units: builder.units,
            registeredCounties: builder.registered.sorted().compactMap { builder.index.counties[$0] },
            decisions: decisions.sorted { $0.key < $1.key }.map(\.value), bankReturns: answers.returns,
            entries: builder.entries, findings: builder.findings.sorted(by: Finding.inReportOrder))
    }

    private init(rules: RegisterRules, index: CountyIndex, sources: [RegisterSource]) {
        self.rules = rules
        self.index = index
        self.sources = sources
    }

    // MARK: Collecting

    /// Every usable row of a form, a file after the other; those beside attendance last.
    func files(_ form: FormID) -> [(rows: [SourcedRow], fillsOnly: Bool)] {
        sources.compactMap { source in
            let rows = source.rows.filter { $0.form == form && !$0.isHeld }.map { row in
                SourcedRow(row: authorised(row, source), order: source.order, isCurrent: source.isCurrent)
            }
            return rows.isEmpty ? nil : (rows, source.isBesideAttendance)
        }
    }

    /// The rows of a form in force.
    mutating func rows(_ form: FormID) -> [SourcedRow] {
        if let rows = merged[form] { return rows }
        var upserts = RegisterUpserts()
        for (rows, fillsOnly) in files(form) {
            upserts.merge(rows.map { (key($0), $0) }, fillsOnly: fillsOnly)
        }
        for (_, event) in upserts.events { raise(event, county: nil) }
        merged[form] = upserts.rows
        return upserts.rows
    }

    /// What reading found in the rows of present bytes; roster rows that cannot be used are remembered.
    private mutating func raiseRowFindings() {
        for source in sources where source.isCurrent {
            // What was found in 裁定表 and 银行回盘 their books tell.
            for row in source.rows where row.form != .decisions && row.form != .bankReturns {
                let sourced = SourcedRow(row: row, order: source.order, isCurrent: true)
                findings += row.findings.map { located($0, sourced) }
                findings += refusals(row, source).map { located($0, sourced) }
                if refusesAccount(row, source) { refusedAccounts.append(sourced) }
                if row.isHeld, row.form == .roster {
                    unusable.append(sourced)
                    hold(sourced)
                }
            }
        }
    }

    // MARK: Places

    /// The county of a row: its column, else the title, else the folder. Source: spec §5.3.
    func county(_ sourced: SourcedRow) -> CountyCode? {
        let row = sourced.row
        if let name = row.text(.county), !TextFolding.key(name).isEmpty {
            return answers.code(named: name, in: index)
        }
        if let code = row.text(.code).flatMap({ CountyCode(prefixOf: TextFolding.key($0)) }),
            index.counties[code] != nil
        {
            return code
        }
        for context in row.context.sorted(by: { $0.kind < $1.kind }) where context.kind != .fileName {
            if let code = answers.code(in: context.text, of: index) { return code }
        }
        return nil
    }

    /// `unknown-county`, with the county's name as sent.
    mutating func raiseUnknownCounty(_ sourced: SourcedRow) {
        guard sourced.isCurrent else { return }
        let name = sourced.row.text(.county) ?? ""
        var finding = Finding(name.isEmpty ? .countyNotTold : .unknownCounty, value: name, arguments: [name])
        finding.cell = sourced.row.fields[.county]?.cell
        findings.append(located(finding, sourced))
    }

    func located(_ finding: Finding, _ sourced: SourcedRow, county: CountyCode? = nil) -> Finding {
        var finding = finding
        finding.file = sourced.file
        finding.sheet = sourced.row.sheet
        if finding.cell == nil { finding.cell = sourced.row.cell }
        if finding.county == nil { finding.county = county ?? self.county(sourced) }
        if finding.township.isEmpty { finding.township = sourced.row.text(.township) ?? "" }
        if finding.person.isEmpty { finding.person = sourced.row.personText }
        if finding.personID.isEmpty, case .valid(let id) = ResidentID.read(sourced.row.text(.residentID) ?? "") {
            finding.personID = id.text
        }
        return finding
    }

    mutating func hold(_ sourced: SourcedRow) {
        guard let county = county(sourced) else { return }
        var held = RegisterBuilder.heldRow(sourced)
        held.source = shown(held.source, in: county)
        heldRosterRows[county, default: []].append(held)
    }

    static func heldRow(_ sourced: SourcedRow) -> HeldRosterRow {
        HeldRosterRow(
            name: PersonName(sourced.row.text(.name) ?? ""), residentID: sourced.row.text(.residentID) ?? "",
            source: sourced.source)
    }

    mutating func raise(
        _ reason: FindingReason, _ sourced: SourcedRow, _ county: CountyCode?, _ cell: CellAddress?, _ value: String,
        _ arguments: [String]
    ) {
        guard sourced.isCurrent else { return }
        findings.append(
            located(
                Finding(reason, county: county, cell: cell, value: value, arguments: arguments), sourced,
                county: county))
    }

    // MARK: Registers

    private mutating func buildCounties() {
        for sourced in rows(.countyRegister) {
            let row = sourced.row
            guard let code = CountyCode(TextFolding.key(row.text(.code) ?? "")), let name = row.text(.county) else {
                if sourced.isCurrent {
                    var finding = Finding(
                        .valueUnreadable, value: row.text(.code) ?? "",
                        arguments: ["代码", row.text(.code) ?? "", "六位行政区划代码"])
                    finding.cell = row.fields[.code]?.cell
                    findings.append(located(finding, sourced))
                }
                continue
            }
            registered.insert(code)
            index.insert(
                CountyRecord(
                    code: code, name: TextFolding.trimmed(name),
                    prefecture: TextFolding.trimmed(row.text(.prefecture) ?? ""),
                    isDeepPoverty: row.flag(.deepPovertyCounty) ?? index.counties[code]?.isDeepPoverty ?? false))
        }
        // A county that only a village register codes is known as well (spec §6, unknown-county).
        for sourced in files(.villageRegister).flatMap(\.rows) {
            guard let code = CountyCode(prefixOf: TextFolding.key(sourced.row.text(.code) ?? "")),
                let name = sourced.row.text(.county), index.counties[code] == nil, index.code(named: name) == nil
            else { continue }
            index.insert(
                CountyRecord(code: code, name: TextFolding.trimmed(name), prefecture: "", isDeepPoverty: false))
        }
    }

    private mutating func buildVillages() {
        var books: [CountyCode: PlaceBook] = [:]
        var places: [String: (county: CountyCode, number: Int)] = [:]
        var upserts = RegisterUpserts()
        for (rows, fillsOnly) in files(.villageRegister) {
            var byCounty: [CountyCode: [SourcedRow]] = [:]
            for row in rows {
                guard let county = county(row) else {
                    raiseUnknownCounty(row)
                    continue
                }
                byCounty[county, default: []].append(row)
                withRecords(county) { $0.receivedForms.insert(.villageRegister) }
            }
            for (county, rows) in byCounty.sorted(by: { $0.key < $1.key }) {
                let numbers = books[county, default: PlaceBook()].enter(
                    rows.map { row in
                        (
                            township: TextFolding.trimmed(row.row.text(.township) ?? ""),
                            village: TextFolding.trimmed(row.row.text(.village) ?? ""),
                            code: TextFolding.key(row.row.text(.code) ?? "")
                        )
                    })
                upserts.merge(
                    zip(rows, numbers).map { row, number in
                        let key = "\(county.text) \(number)"
                        places[key] = (county, number)
                        return (RowKey(natural: key), row)
                    }, fillsOnly: fillsOnly)
            }
        }
        for (key, event) in upserts.events {
            guard let place = places[key] else { continue }
            raise(event, county: place.county)
            if case .conflict(let field, _, let second) = event, rules.decisiveFields.contains(field),
                let village = books[place.county]?.place(place.number)
            {
                disputedVillages[place.county, default: []].append(
                    (village, field, shown(second.source, in: place.county)))
            }
        }
        var villages: [CountyCode: [VillageRecord]] = [:]
        for (key, row) in upserts.keyedRows {
            guard let place = places[key], let book = books[place.county] else { continue }
            let village = village(row, book.place(place.number), place.county)
            villages[place.county, default: []].append(village)
            note(row, .village, place: village.township + village.village, in: place.county)
        }
        for (county, book) in books.sorted(by: { $0.key < $1.key }) {
            let villages = villages[county] ?? []
            withRecords(county) {
                $0.villages = villages.sorted { $0.key < $1.key }
                $0.formerPlaces = book.formerPlaces
            }
            self.places[county] = PlaceIndex(
                villages.map { PlaceIndex.Village(township: $0.township, village: $0.village) },
                former: book.formerPlaces)
        }
    }

    private func village(
        _ sourced: SourcedRow, _ place: PlaceIndex.Village, _ county: CountyCode
    ) -> VillageRecord {
        let row = sourced.row
        return VillageRecord(
            township: place.township, village: place.village, isPoor: row.flag(.poorVillage) ?? false,
            isDeepPoverty: row.flag(.deepPovertyVillage) ?? false, isWeak: row.flag(.weakVillage) ?? false,
            hardshipCategory: row.text(.hardshipCategory).map(TextFolding.key),
            subsidyClass: row.text(.subsidyClass).map(TextFolding.key),
            linkedLeader: row.text(.linkedLeader).map(TextFolding.trimmed), source: source(sourced, in: county))
    }

    private mutating func buildUnits() {
        units = rows(.unitRegister).map { sourced in
            let row = sourced.row
            let name = TextFolding.trimmed(row.text(.sendingUnit) ?? "")
            unitEntries[name] = entry(sourced, .unit, key: name)
            return UnitRecord(
                code: row.text(.unitCode).map(TextFolding.key),
                name: name,
                level: row.text(.unitLevel).flatMap(AdministrativeLevel.init(chinese:)),
                hardshipCategory: row.text(.hardshipCategory).map(TextFolding.key),
                head: row.text(.unitHead).map(TextFolding.trimmed), source: sourced.source)
        }.sorted { $0.name < $1.name }
    }

    // MARK: Records of persons

    private mutating func buildPersonRecords() {
        var rosters: [CountyCode: RosterIndex] = [:]
        for (county, entry) in records {
            rosters[county] = RosterIndex(entry.cadres, heldRows: heldRosterRows[county] ?? [])
        }
        let places = records.mapValues(PlaceIndex.init(records:))
        let forms: [FormID] = [
            .training, .insurance, .incidents, .spotChecks, .assessment, .careEvents, .honours, .promotions,
        ]
        for form in forms {
            for sourced in rows(form) {
                guard let (counties, person) = counties(sourced, rosters, places) else { continue }
                for county in counties {
                    add(form, sourced, person, county, isFirst: county == counties.first)
                }
            }
        }
    }

    /// Every county in which the person of a row is on the roster, whatever folder the row came in; none after raising
    /// why. Source: spec §5.3, «records follow the person».
    mutating func counties(
        _ sourced: SourcedRow, _ rosters: [CountyCode: RosterIndex], _ places: [CountyCode: PlaceIndex]
    ) -> (counties: [CountyCode], person: ResidentID)? {
        let row = sourced.row
        let filedIn = county(sourced)
        var asked = [filedIn].compactMap { $0 }
        if case .valid(let id) = ResidentID.read(row.text(.residentID) ?? ""),
            row.fields[.residentID]?.isNumber == false
        {
            let posted = rosters.filter { $0.value.cadre(id) != nil }.map(\.key).sorted()
            if !posted.isEmpty, filedIn.map({ !posted.contains($0) }) ?? true { asked = posted }
        }
        if asked.isEmpty { asked = rosters.keys.sorted() }
        guard let (county, person) = match(sourced, in: asked, rosters, places) else { return nil }
        let posted = rosters.filter { $0.value.cadre(person) != nil }.map(\.key).sorted()
        return (posted.isEmpty ? [county] : posted, person)
    }

    /// County and cadre of a person's row, looked for in those counties; nil after raising why there is none.
    private mutating func match(
        _ sourced: SourcedRow, in counties: [CountyCode], _ rosters: [CountyCode: RosterIndex],
        _ places: [CountyCode: PlaceIndex]
    ) -> (CountyCode, ResidentID)? {
        let row = sourced.row
        let name = PersonName(row.personText)
        var failure: (PersonMatch, CountyCode)?
        for county in counties {
            guard let roster = rosters[county] else { continue }
            let match = PersonMatcher(roster, asOf: rules.asOf).match(row, places[county])
            let isHeld = match.findings.contains { $0.effect == .held }
            if let cadre = match.cadre, !isHeld {
                raise(match, sourced, county)
                return (county, cadre.id)
            }
            if failure == nil || match.cadre != nil { failure = (match, county) }
        }
        if let (match, county) = failure {
            raise(match, sourced, counties.count == 1 || match.cadre != nil ? county : nil)
        } else {
            raise(.notOnRoster, sourced, counties.first, nil, name.display, ["（花名册未报送）"])
        }
        return nil
    }

    mutating func raise(_ match: PersonMatch, _ sourced: SourcedRow, _ county: CountyCode?) {
        guard sourced.isCurrent else { return }
        for finding in match.findings {
            var finding = finding
            if finding.code == .idInvalid || finding.code == .idPrecisionLost || finding.code == .idUpgraded {
                finding.cell = sourced.row.fields[.residentID]?.cell
            }
            findings.append(located(finding, sourced, county: county))
        }
    }

    private mutating func add(
        _ form: FormID, _ sourced: SourcedRow, _ person: ResidentID, _ county: CountyCode, isFirst: Bool
    ) {
        let record = PersonRecordReading(row: sourced.row, person: person, source: source(sourced, in: county))
        if let problem = record.rangeProblem(form) {
            if isFirst { raise(.dateRangeReversed, sourced, county, problem.cell, problem.value, problem.arguments) }
            return
        }
        withRecords(county) { records in
            switch form {
            case .training: records.trainings += record.training.map { [$0] } ?? []
            case .insurance: records.insurance += record.insurance.map { [$0] } ?? []
            case .incidents: records.incidents += record.incident.map { [$0] } ?? []
            case .spotChecks: records.spotChecks += record.spotCheck.map { [$0] } ?? []
            case .assessment: records.assessments += record.assessment.map { [$0] } ?? []
            case .careEvents: records.careEvents += record.careEvent.map { [$0] } ?? []
            case .honours: records.honours += record.honour.map { [$0] } ?? []
            case .promotions: records.promotions += record.promotion.map { [$0] } ?? []
            default: break
            }
        }
    }

    // MARK: Records of places

    private mutating func buildPlaceRecords() {
        let places = records.mapValues(PlaceIndex.init(records:))
        for form in [FormID.leaderVisits, .workFunds, .expertTours, .pairing, .promotionTotals] {
            for sourced in rows(form) {
                guard let county = county(sourced) ?? onlyCounty(sourced, places) else {
                    raiseUnknownCounty(sourced)
                    continue
                }
                let place = village(sourced, county, places[county])
                let record = PlaceRecordReading(row: sourced.row, place: place, source: source(sourced, in: county))
                let helper = unitName(sourced.row.text(.helper) ?? "")
                withRecords(county) { records in
                    switch form {
                    case .leaderVisits: records.leaderVisits += record.leaderVisits
                    case .workFunds: records.workFunds += record.workFunds.map { [$0] } ?? []
                    case .expertTours: records.expertTours += record.expertTour.map { [$0] } ?? []
                    case .pairing: records.pairings += record.pairing(helper).map { [$0] } ?? []
                    default: records.promotionTotals += record.promotionTotal.map { [$0] } ?? []
                    }
                }
            }
        }
    }

    /// The only county that has the row's township; the last resort where neither column, title nor folder tells.
    func onlyCounty(_ sourced: SourcedRow, _ places: [CountyCode: PlaceIndex]) -> CountyCode? {
        guard let township = sourced.row.text(.township) else { return nil }
        let fits = places.filter { $0.value.township(named: township) != nil }
        return fits.count == 1 ? fits.first?.key : nil
    }

    mutating func village(
        _ sourced: SourcedRow, _ county: CountyCode, _ places: PlaceIndex?
    ) -> PlaceIndex.Village {
        let row = sourced.row
        let township = TextFolding.trimmed(row.text(.township) ?? "")
        let village = TextFolding.trimmed(row.text(.village) ?? "")
        let asSent = PlaceIndex.Village(township: township, village: village)
        guard let places, !village.isEmpty else { return asSent }
        let knownTownship =
            places.township(named: township)
            ?? row.context.sorted { $0.kind < $1.kind }.lazy.compactMap { places.township(in: $0.text) }.first
        if let known = places.village(named: village, in: knownTownship) { return known }
        raise(.unknownVillage, sourced, county, row.fields[.village]?.cell, township + village, [township, village])
        return asSent
    }

    // MARK: Other counties' files

    /// A cell as the outputs of a county may name it: of what lies in another county's folder only that county's name.
    func shown(_ cell: SourceCell, in county: CountyCode) -> SourceCell {
        guard let home = rules.homes[cell.file], home != county else { return cell }
        return SourceCell(elsewhere: index.counties[home]?.name ?? home.text)
    }

    /// The row's cell as the outputs of a county may name it.
    func source(_ sourced: SourcedRow, in county: CountyCode) -> SourceCell { shown(sourced.source, in: county) }

    /// A cell as a finding about a row may name it.
    func text(_ cell: SourceCell, beside row: SourcedRow) -> String {
        guard let home = rules.homes[cell.file], home != rules.homes[row.file] else { return cell.text }
        return SourceCell(elsewhere: index.counties[home]?.name ?? home.text).text
    }

    // MARK: Bookkeeping

    mutating func withRecords(_ county: CountyCode, _ change: (inout CountyRecords) -> Void) {
        // In its place: a copy of a county's lists for every row would make registers cost the square of their rows.
        change(
            &records[
                county,
                default: CountyRecords(
                    county: index.counties[county]
                        ?? CountyRecord(code: county, name: county.text, prefecture: "", isDeepPoverty: false))])
    }
}

extension FormRow {
    /// The person a row names: its name, or whom a commendation with an ID is about.
    var personText: String {
        text(.name) ?? (fields[.residentID] == nil ? nil : text(.commended)) ?? ""
    }
}

extension PlaceIndex {
    /// The places of a county's village register and of its postings.
    public init(records: CountyRecords) {
        self.init(
            records.villages.map { Village(township: $0.township, village: $0.village) }
                + records.cadres.flatMap { $0.postings.map { Village(township: $0.township, village: $0.village) } },
            former: records.formerPlaces)
    }
}
