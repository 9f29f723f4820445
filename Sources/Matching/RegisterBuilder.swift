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
    /// In report order.
    public var findings: [Finding]
}

/// Builds `Registers` from form rows: upserts, places, persons. Pure; order of the sources does not matter.
public struct RegisterBuilder {
    var findings: [Finding] = []
    var index: CountyIndex
    var records: [CountyCode: CountyRecords] = [:]
    var heldRosterRows: [CountyCode: [HeldRosterRow]] = [:]
    var units: [UnitRecord] = []
    private var upserts: [FormID: RegisterUpserts] = [:]
    private var registered: Set<CountyCode> = []
    private var received: [CountyCode: Set<FormID>] = [:]
    private var receivedAnywhere: Set<FormID> = []

    /// - Parameters:
    ///   - regions: the counties shipped with the program; county registers override them.
    ///   - shortNames: usual short names of counties.
    public static func build(
        _ sources: [RegisterSource], regions: [CountyRecord], shortNames: [CountyCode: [String]] = [:]
    ) -> Registers {
        var builder = RegisterBuilder(index: CountyIndex(regions, shortNames: shortNames))
        builder.collect(sources.sorted { $0.order < $1.order })
        builder.buildCounties()
        builder.buildVillages()
        builder.buildUnits()
        builder.buildRoster()
        builder.buildPersonRecords()
        builder.buildPlaceRecords()
        builder.buildUnitRecords()
        builder.buildMeetings()
        Elsewhere.add(to: &builder.records)
        return Registers(
            index: builder.index, counties: builder.records, heldRosterRows: builder.heldRosterRows,
            units: builder.units,
            registeredCounties: builder.registered.sorted().compactMap { builder.index.counties[$0] },
            findings: builder.findings.sorted(by: Finding.inReportOrder))
    }

    private init(index: CountyIndex) { self.index = index }

    // MARK: Collecting

    private mutating func collect(_ sources: [RegisterSource]) {
        let registers: Set<FormID> = [.countyRegister, .villageRegister, .unitRegister, .roster]
        for source in sources {
            for row in source.rows {
                let sourced = SourcedRow(row: row, file: source.order.path, isCurrent: source.isCurrent)
                receivedAnywhere.insert(row.form)
                if source.isCurrent {
                    findings += row.findings.map { located($0, sourced) }
                    if row.isHeld, row.form == .roster { hold(sourced) }
                }
                if row.isHeld { continue }
                upserts[row.form, default: RegisterUpserts(keepsAll: !registers.contains(row.form))]
                    .upsert(naturalKey(sourced), sourced, source.order)
            }
        }
    }

    func rows(_ form: FormID) -> [SourcedRow] { upserts[form]?.rows ?? [] }

    /// The bold fields of spec §5.3, as they identify a row whoever wrote it.
    private func naturalKey(_ sourced: SourcedRow) -> String {
        let row = sourced.row
        func text(_ field: FieldID) -> String { row.text(field).map(TextFolding.key) ?? "" }
        func date(_ field: FieldID) -> String { row.date(field)?.iso ?? "" }
        func year() -> String { row.count(.year).map { String($0) } ?? "" }
        func id() -> String {
            switch ResidentID.read(row.text(.residentID) ?? "") {
            case .valid(let id), .upgraded(let id): id.text
            default: text(.residentID) + text(.name)
            }
        }
        let county = row.text(.county).map(TextFolding.key) ?? ""
        let township = PlaceKey.townshipStem(row.text(.township) ?? "")
        let village = PlaceKey.village(row.text(.village) ?? "")
        let parts: [String] =
            switch row.form {
            case .countyRegister: [text(.code)]
            case .villageRegister: [county, text(.township), village]
            case .unitRegister: [text(.sendingUnit)]
            case .roster: [id(), township, village, date(.startDate)]
            case .attendance: []
            case .training: [text(.trainingClass), date(.startDate), id()]
            case .insurance: [id(), text(.policyNumber)]
            case .incidents: [id(), date(.date)]
            case .spotChecks: [date(.date), id()]
            case .assessment: [year(), id()]
            case .leaderVisits: [date(.date), text(.leader), township, village]
            case .careEvents: [date(.date), id(), text(.situation)]
            case .workFunds: [year(), county, township, village, text(.fundSource), date(.date)]
            case .honours: [date(.date), id(), text(.honour)]
            case .promotions: [date(.date), id()]
            case .promotionTotals: [year(), county]
            case .expertTours: [date(.date), township, village]
            case .pairing: [township, village]
            case .unitAssessment: [year(), text(.sendingUnit)]
            case .accountabilityTalks: [date(.date), text(.sendingUnit)]
            case .meetings: [date(.date), text(.meeting), text(.kind), placeKey(sourced), township, id()]
            case .unitSupport:
                [text(.sendingUnit), text(.kind), placeKey(sourced), township, village, date(.date)]
            case .commendations: [year(), text(.commended), text(.residentID), text(.level), text(.category)]
            }
        return parts.joined(separator: "\u{1F}")
    }

    /// What tells the county of a row apart before the registers are read: its code, else what column or folder say.
    ///
    /// Two counties hold a meeting of one name on one day, and have villages of one name.
    private func placeKey(_ sourced: SourcedRow) -> String {
        let row = sourced.row
        if let code = county(sourced) { return code.text }
        if let name = row.text(.county), !TextFolding.key(name).isEmpty { return TextFolding.key(name) }
        let folder = row.context.first { $0.kind == .folder }
        return folder.map { TextFolding.key($0.text) } ?? ""
    }

    // MARK: Places

    /// The county of a row: its column, else the title, else the folder. Source: spec §5.3.
    func county(_ sourced: SourcedRow) -> CountyCode? {
        let row = sourced.row
        if let name = row.text(.county), !TextFolding.key(name).isEmpty { return index.code(named: name) }
        if let code = row.text(.code).flatMap({ CountyCode(prefixOf: TextFolding.key($0)) }),
            index.counties[code] != nil
        {
            return code
        }
        for context in row.context.sorted(by: { $0.kind < $1.kind }) where context.kind != .fileName {
            if let code = index.code(in: context.text) { return code }
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

    private mutating func hold(_ sourced: SourcedRow) {
        guard let county = county(sourced) else { return }
        heldRosterRows[county, default: []].append(
            HeldRosterRow(
                name: PersonName(sourced.row.text(.name) ?? ""), residentID: sourced.row.text(.residentID) ?? "",
                source: sourced.source))
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
        for sourced in rows(.villageRegister) {
            guard let code = CountyCode(prefixOf: TextFolding.key(sourced.row.text(.code) ?? "")),
                let name = sourced.row.text(.county), index.counties[code] == nil, index.code(named: name) == nil
            else { continue }
            index.insert(
                CountyRecord(code: code, name: TextFolding.trimmed(name), prefecture: "", isDeepPoverty: false))
        }
    }

    private mutating func buildVillages() {
        var newest: [CountyCode: [VillageKey: VillageRecord]] = [:]
        for sourced in rows(.villageRegister) {
            let row = sourced.row
            guard let county = county(sourced) else {
                raiseUnknownCounty(sourced)
                continue
            }
            let record = VillageRecord(
                township: TextFolding.trimmed(row.text(.township) ?? ""),
                village: TextFolding.trimmed(row.text(.village) ?? ""), isPoor: row.flag(.poorVillage) ?? false,
                isDeepPoverty: row.flag(.deepPovertyVillage) ?? false, isWeak: row.flag(.weakVillage) ?? false,
                hardshipCategory: row.text(.hardshipCategory).map(TextFolding.key),
                subsidyClass: row.text(.subsidyClass).map(TextFolding.key),
                linkedLeader: row.text(.linkedLeader).map(TextFolding.trimmed), source: sourced.source)
            newest[county, default: [:]][record.key] = record
            note(.villageRegister, county)
        }
        for (county, villages) in newest {
            withRecords(county) { $0.villages = villages.sorted { $0.key < $1.key }.map(\.value) }
        }
    }

    private mutating func buildUnits() {
        units = rows(.unitRegister).map { sourced in
            let row = sourced.row
            return UnitRecord(
                code: row.text(.unitCode).map(TextFolding.key),
                name: TextFolding.trimmed(row.text(.sendingUnit) ?? ""),
                level: row.text(.unitLevel).flatMap(AdministrativeLevel.init(chinese:)),
                hardshipCategory: row.text(.hardshipCategory).map(TextFolding.key),
                head: row.text(.unitHead).map(TextFolding.trimmed), source: sourced.source)
        }.sorted { $0.name < $1.name }
    }

    private mutating func buildRoster() {
        let unitIndex = UnitIndex(units)
        var cadres: [CountyCode: [ResidentID: Cadre]] = [:]
        let places = records.mapValues { records in
            PlaceIndex(records.villages.map { PlaceIndex.Village(township: $0.township, village: $0.village) })
        }
        for sourced in rows(.roster) {
            let row = sourced.row
            guard let county = county(sourced) else {
                raiseUnknownCounty(sourced)
                continue
            }
            note(.roster, county)
            guard let id = rosterID(sourced, county), let start = row.date(.startDate) else { continue }
            if let end = row.date(.endDate), end < start {
                if sourced.isCurrent {
                    var finding = Finding(
                        .dateRangeReversed, value: end.iso,
                        arguments: ["驻村结束日期", end.iso, "驻村开始日期", start.iso])
                    finding.cell = row.fields[.endDate]?.cell
                    findings.append(located(finding, sourced, county: county))
                    hold(sourced)
                }
                continue
            }
            let posting = posting(sourced, county, places[county], unitIndex, start: start)
            raiseAccount(sourced, county, posting)
            let name = PersonName(row.text(.name) ?? "")
            var cadre =
                cadres[county]?[id]
                ?? Cadre(id: id, name: name, postings: [])
            // What is said of the person stands in the row of the latest posting.
            if cadre.postings.allSatisfy({ $0.start <= start }) {
                cadre.name = name
                cadre.sex = row.text(.sex) ?? cadre.sex
                cadre.ethnicity = row.text(.ethnicity) ?? cadre.ethnicity
                cadre.isSelectedGraduate = row.flag(.selectedGraduate) ?? cadre.isSelectedGraduate
                cadre.workStart = row.date(.workStartDate) ?? cadre.workStart
                cadre.prePostingTraining = row.date(.prePostingTrainingDate) ?? cadre.prePostingTraining
            }
            cadre.postings.append(posting)
            cadre.postings.sort {
                ($0.start.dayNumber, $0.township, $0.village) < ($1.start.dayNumber, $1.township, $1.village)
            }
            cadres[county, default: [:]][id] = cadre
        }
        for (county, people) in cadres {
            let list = people.values.sorted { $0.id < $1.id }
            let unitNames = Set(list.flatMap { $0.postings.map(\.sendingUnit) })
            let used = units.filter { unitNames.contains($0.name) }
            withRecords(county) {
                $0.cadres = list
                $0.units = used
            }
        }
    }

    /// The row's ID, or nil after saying why the row cannot be used.
    private mutating func rosterID(_ sourced: SourcedRow, _ county: CountyCode) -> ResidentID? {
        let field = sourced.row.fields[.residentID]
        let text = field?.asSent ?? ""
        let problem: FindingReason
        var arguments = [ResidentID.masked(text)]
        if field?.isNumber == true {
            problem = .idPrecisionLostRegister
        } else {
            switch ResidentID.read(text) {
            case .valid(let id): return id
            case .upgraded(let id):
                raise(.idUpgraded, sourced, county, field?.cell, text, arguments + [id.masked])
                return id
            case .invalid(let reason):
                problem = .idInvalidRegister
                arguments.append(reason.chinese)
            case .blank:
                problem = .valueBlank
                arguments = ["身份证号"]
            }
        }
        raise(problem, sourced, county, field?.cell, text, arguments)
        if sourced.isCurrent { hold(sourced) }
        return nil
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

    private mutating func posting(
        _ sourced: SourcedRow, _ county: CountyCode, _ places: PlaceIndex?, _ units: UnitIndex, start: CivilDate
    ) -> Posting {
        let row = sourced.row
        var township = TextFolding.trimmed(row.text(.township) ?? "")
        var village = TextFolding.trimmed(row.text(.village) ?? "")
        if let places, !places.townships.isEmpty {
            let known = places.township(named: township).flatMap { places.village(named: village, in: $0) }
            if let known {
                township = known.township
                village = known.village
            } else {
                raise(
                    .unknownVillage, sourced, county, row.fields[.village]?.cell, township + village,
                    [township, village])
            }
        }
        let unitText = TextFolding.trimmed(row.text(.sendingUnit) ?? "")
        let account = row.fields[.bankAccount]
        return Posting(
            county: county, township: township, village: village,
            role: PostingRole(text: row.text(.postingRole) ?? ""),
            roleText: TextFolding.trimmed(row.text(.postingRole) ?? ""),
            sendingUnit: units.unit(named: unitText)?.name ?? unitText, rank: row.text(.rank).map(TextFolding.key),
            start: start, end: row.date(.endDate), bank: row.text(.bank).map(TextFolding.trimmed),
            bankAccount: account.map { TextFolding.key($0.asSent).filter { $0 != "'" && $0 != "-" } },
            source: sourced.source, bankAccountCell: account?.cell ?? row.blankCells[.bankAccount])
    }

    private mutating func raiseAccount(_ sourced: SourcedRow, _ county: CountyCode, _ posting: Posting) {
        let cell = posting.bankAccountCell
        let account = posting.bankAccount ?? ""
        if account.isEmpty {
            raise(.bankAccountMissing, sourced, county, cell, "", [])
        } else if sourced.row.fields[.bankAccount]?.isNumber == true, account.count > 15 {
            raise(.bankAccountPrecisionLost, sourced, county, cell, account, [ResidentID.masked(account)])
        } else if !(12...21).contains(account.utf8.count) || !account.utf8.allSatisfy({ (48...57).contains($0) }) {
            raise(.bankAccountInvalid, sourced, county, cell, account, [ResidentID.masked(account)])
        }
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
                guard let (county, person) = person(sourced, rosters, places) else { continue }
                note(form, county)
                add(form, sourced, person, county)
            }
        }
    }

    /// County and cadre of a person's row; nil after raising why there is none.
    mutating func person(
        _ sourced: SourcedRow, _ rosters: [CountyCode: RosterIndex], _ places: [CountyCode: PlaceIndex]
    ) -> (county: CountyCode, person: ResidentID)? {
        let row = sourced.row
        let name = PersonName(row.personText)
        let field = row.fields[.residentID]
        let id = field.map { SubmittedText(text: $0.asSent, cell: $0.cell, isNumber: $0.isNumber) }
        var counties = [county(sourced)].compactMap { $0 }
        if counties.isEmpty { counties = rosters.keys.sorted() }
        let day = row.date(.date) ?? row.date(.startDate)
        let range =
            day.map { CivilDateRange($0, $0)! } ?? CivilDateRange(CivilDate(1990, 1, 1)!, CivilDate(2100, 1, 1)!)!
        var failure: (PersonMatch, CountyCode)?
        for county in counties {
            guard let roster = rosters[county] else { continue }
            let place = places[county]
            var township = row.text(.township).flatMap { place?.township(named: $0) }
            let village = row.text(.village).flatMap { place?.village(named: $0, in: township) }
            township = village?.township ?? township
            let match = PersonMatcher(roster).match(
                name: name, id: id, township: township, village: village?.village, in: range)
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

    private mutating func raise(_ match: PersonMatch, _ sourced: SourcedRow, _ county: CountyCode?) {
        guard sourced.isCurrent else { return }
        for finding in match.findings {
            var finding = finding
            if finding.code == .idInvalid || finding.code == .idPrecisionLost || finding.code == .idUpgraded {
                finding.cell = sourced.row.fields[.residentID]?.cell
            }
            findings.append(located(finding, sourced, county: county))
        }
    }

    private mutating func add(_ form: FormID, _ sourced: SourcedRow, _ person: ResidentID, _ county: CountyCode) {
        let record = PersonRecordReading(row: sourced.row, person: person, source: sourced.source)
        if let problem = record.rangeProblem(form) {
            raise(.dateRangeReversed, sourced, county, problem.cell, problem.value, problem.arguments)
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
                note(form, county)
                let place = village(sourced, county, places[county])
                let record = PlaceRecordReading(row: sourced.row, place: place, source: sourced.source)
                withRecords(county) { records in
                    switch form {
                    case .leaderVisits: records.leaderVisits += record.leaderVisit.map { [$0] } ?? []
                    case .workFunds: records.workFunds += record.workFunds.map { [$0] } ?? []
                    case .expertTours: records.expertTours += record.expertTour.map { [$0] } ?? []
                    case .pairing: records.pairings += record.pairing.map { [$0] } ?? []
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

    // MARK: Bookkeeping

    mutating func withRecords(_ county: CountyCode, _ change: (inout CountyRecords) -> Void) {
        var entry =
            records[county]
            ?? CountyRecords(
                county: index.counties[county]
                    ?? CountyRecord(code: county, name: county.text, prefecture: "", isDeepPoverty: false))
        change(&entry)
        records[county] = entry
    }

    mutating func note(_ form: FormID, _ county: CountyCode) {
        withRecords(county) { $0.receivedForms.insert(form) }
    }
}

extension FormRow {
    /// The person a row names: its name, or whom a commendation with an ID is about.
    fileprivate var personText: String {
        text(.name) ?? (fields[.residentID] == nil ? nil : text(.commended)) ?? ""
    }
}

extension PlaceIndex {
    /// The places of a county's village register and of its postings.
    public init(records: CountyRecords) {
        self.init(
            records.villages.map { Village(township: $0.township, village: $0.village) }
                + records.cadres.flatMap { $0.postings.map { Village(township: $0.township, village: $0.village) } })
    }
}
