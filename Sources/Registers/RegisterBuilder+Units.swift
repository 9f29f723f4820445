import Domain

// Forms about sending units, and meetings. A unit belongs to no county: what is on record of it counts in every county
// in which it has a cadre, whatever folder the row came in.
extension RegisterBuilder {
    /// Counties in which a unit has or had a posting, by the unit's key.
    private var countiesByUnit: [String: [CountyCode]] {
        var counties: [String: [CountyCode]] = [:]
        for (county, records) in records.sorted(by: { $0.key < $1.key }) {
            let names = Set(records.cadres.flatMap { $0.postings.map(\.sendingUnit) })
            for unit in Set(names.map(TextFolding.key)) { counties[unit, default: []].append(county) }
        }
        return counties
    }

    /// The full name of the unit a text names; as sent where no register and no posting knows it.
    func unitName(_ text: String) -> String { unitIndex.unit(named: text)?.name ?? TextFolding.trimmed(text) }

    /// Units of the register, and those that only postings name.
    var knownUnits: UnitIndex {
        let known = Set(units.map { TextFolding.key($0.name) })
        var others: [String: Posting] = [:]
        for entry in records.values {
            for posting in entry.cadres.flatMap(\.postings) { others[posting.sendingUnit] = posting }
        }
        return UnitIndex(
            units
                + others.sorted { $0.key < $1.key }.filter { !known.contains(TextFolding.key($0.key)) }.map {
                    UnitRecord(name: $0.key, source: $0.value.source)
                })
    }

    mutating func buildUnitRecords() {
        let forms: [FormID] = [.unitAssessment, .accountabilityTalks, .unitSupport, .commendations]
        guard forms.contains(where: { !rows($0).isEmpty }) else { return }
        let counties = countiesByUnit
        for form in [FormID.unitAssessment, .accountabilityTalks] {
            for sourced in rows(form) {
                let unit = unitName(sourced.row.text(.sendingUnit) ?? "")
                addUnitRecord(form, sourced, unit, counties[TextFolding.key(unit)] ?? [])
            }
        }
        buildUnitSupport(counties)
        buildCommendations(counties)
    }

    private mutating func addUnitRecord(
        _ form: FormID, _ sourced: SourcedRow, _ unit: String, _ using: [CountyCode]
    ) {
        let told = county(sourced)
        // A list of all units' grades names many that send nobody; a talk is about somebody's cadre.
        if using.isEmpty, form == .accountabilityTalks { raiseNobodyFrom(unit, sourced, told) }
        for county in Set(using + (told.map { [$0] } ?? [])).sorted() {
            let record = UnitRecordReading(row: sourced.row, unit: unit, source: source(sourced, in: county))
            withRecords(county) { records in
                if form == .unitAssessment {
                    records.unitAssessments += record.assessment.map { [$0] } ?? []
                } else {
                    records.talks += record.talk.map { [$0] } ?? []
                }
            }
        }
    }

    private mutating func raiseNobodyFrom(_ unit: String, _ sourced: SourcedRow, _ county: CountyCode?) {
        raise(.unitWithoutCadres, sourced, county, unitCell(sourced), unit, [unit])
    }

    private func unitCell(_ sourced: SourcedRow) -> CellAddress? {
        (sourced.row.fields[.sendingUnit] ?? sourced.row.fields[.commended])?.cell
    }

    // MARK: Support of villages

    private mutating func buildUnitSupport(_ counties: [String: [CountyCode]]) {
        let places = records.mapValues(PlaceIndex.init(records:))
        for sourced in rows(.unitSupport) {
            let unit = unitName(sourced.row.text(.sendingUnit) ?? "")
            let using = counties[TextFolding.key(unit)] ?? []
            let posted = village(of: unit, in: county(sourced).map { [$0] } ?? using, sourced)
            guard let county = county(sourced) ?? posted?.county ?? onlyCounty(sourced, places) else {
                // The unit is known, and has a village of that name in several counties.
                if using.isEmpty { raiseNobodyFrom(unit, sourced, nil) } else { raiseUnknownCounty(sourced) }
                continue
            }
            let place = posted?.place ?? village(sourced, county, places[county])
            let record = PlaceRecordReading(row: sourced.row, place: place, source: source(sourced, in: county))
                .unitSupport(unit)
            withRecords(county) { $0.unitSupport += record.map { [$0] } ?? [] }
        }
    }

    /// Where a row names no township: the one village of that name in which the unit has a cadre.
    private func village(
        of unit: String, in counties: [CountyCode], _ sourced: SourcedRow
    ) -> (county: CountyCode, place: PlaceIndex.Village)? {
        let row = sourced.row
        guard TextFolding.key(row.text(.township) ?? "").isEmpty else { return nil }
        let unitKey = TextFolding.key(unit)
        let villageKey = PlaceKey.village(row.text(.village) ?? "")
        var found: Set<PlaceIndex.Village> = []
        var county: CountyCode?
        for code in counties {
            for posting in (records[code]?.cadres ?? []).flatMap(\.postings)
            where TextFolding.key(posting.sendingUnit) == unitKey && posting.villageKey.village == villageKey {
                found.insert(PlaceIndex.Village(township: posting.township, village: posting.village))
                if let other = county, other != code { return nil }
                county = code
            }
        }
        guard Set(found.map(\.key)).count == 1, let county, let place = found.min() else { return nil }
        return (county, place)
    }

    // MARK: Commendations

    private mutating func buildCommendations(_ counties: [String: [CountyCode]]) {
        guard !rows(.commendations).isEmpty else { return }
        let matching = PersonMatching(records, heldRosterRows)
        for sourced in rows(.commendations) {
            let name = TextFolding.trimmed(sourced.row.text(.commended) ?? "")
            if sourced.row.fields[.residentID] != nil {
                if let (counties, person) = self.counties(sourced, matching.rosters, matching.places) {
                    add(sourced, .person, name, person, to: counties)
                }
                continue
            }
            let unit = unitName(name)
            let using = counties[TextFolding.key(unit)] ?? []
            let told = county(sourced)
            if using.isEmpty, told == nil {
                raiseNobodyFrom(unit, sourced, nil)
                continue
            }
            let isPerson = using.isEmpty && unitIndex.unit(named: name) == nil && PersonName(name).looksLikeAPerson
            let places = using.isEmpty ? told.map { [$0] } ?? [] : using
            add(sourced, isPerson ? .person : .unit, isPerson ? name : unit, nil, to: places)
        }
    }

    private mutating func add(
        _ sourced: SourcedRow, _ subject: CommendationRecord.Subject, _ name: String, _ person: ResidentID?,
        to counties: [CountyCode]
    ) {
        let row = sourced.row
        guard let year = row.count(.year), let category = row.text(.category),
            let level = row.text(.level).flatMap(AdministrativeLevel.init(chinese:))
        else { return }
        let record = CommendationRecord(
            year: year, level: level, category: TextFolding.trimmed(category), subject: subject, name: name,
            person: person, source: sourced.source)
        for county in counties {
            var record = record
            record.source = source(sourced, in: county)
            withRecords(county) { $0.commendations.append(record) }
        }
    }

    // MARK: Meetings

    mutating func buildMeetings() {
        guard !rows(.meetings).isEmpty else { return }
        let matching = PersonMatching(records, heldRosterRows)
        for sourced in rows(.meetings) {
            let row = sourced.row
            let namesSomebody = row.fields[.residentID] != nil || row.fields[.name] != nil
            var found: (counties: [CountyCode], person: ResidentID)?
            if namesSomebody { found = counties(sourced, matching.rosters, matching.places) }
            guard let county = found?.counties.first ?? county(sourced) ?? onlyCounty(sourced, matching.places) else {
                if !namesSomebody { raiseUnknownCounty(sourced) }
                continue
            }
            // Somebody was named and is nobody of the roster: the finding says so, and the talk counts for nobody.
            if namesSomebody, found == nil, row.text(.kind) == MeetingKind.talk.chinese { continue }
            let sent = TextFolding.trimmed(row.text(.township) ?? "")
            let township =
                matching.places[county]?.township(named: sent)
                ?? row.context.sorted { $0.kind < $1.kind }.lazy.compactMap {
                    matching.places[county]?.township(in: $0.text)
                }.first ?? sent
            let reading = MeetingReading(
                row: row, person: found?.person, township: township, source: source(sourced, in: county))
            withRecords(county) { $0.meetings += reading.meeting.map { [$0] } ?? [] }
            for county in found?.counties ?? [county] {
                let reading = MeetingReading(
                    row: row, person: found?.person, township: township, source: source(sourced, in: county))
                withRecords(county) { $0.cadreTalks += reading.talk.map { [$0] } ?? [] }
            }
        }
    }
}

/// Rosters and places of every county, to find whom a row means.
struct PersonMatching {
    let rosters: [CountyCode: RosterIndex]
    let places: [CountyCode: PlaceIndex]

    init(_ records: [CountyCode: CountyRecords], _ held: [CountyCode: [HeldRosterRow]]) {
        var rosters: [CountyCode: RosterIndex] = [:]
        for (county, entry) in records { rosters[county] = RosterIndex(entry.cadres, heldRows: held[county] ?? []) }
        self.rosters = rosters
        places = records.mapValues(PlaceIndex.init(records:))
    }
}

extension PersonName {
    /// Two to four ideographs, or parts joined by dots: no unit is called so.
    fileprivate var looksLikeAPerson: Bool {
        display.contains("·") || (2...4).contains(display.unicodeScalars.count)
    }
}
