import Domain

extension RegisterBuilder {
    /// The bold fields of spec §5.3, as they identify a row whoever wrote it: places by county and stem, people by ID.
    func key(_ sourced: SourcedRow) -> RowKey {
        let row = sourced.row
        func text(_ field: FieldID) -> String { row.text(field).map(TextFolding.key) ?? "" }
        func date(_ field: FieldID) -> String { row.date(field)?.iso ?? "" }
        func year() -> String { row.count(.year).map { String($0) } ?? "" }
        func name(_ field: FieldID) -> String { PersonName(row.text(field) ?? "").key }
        func unit() -> String { unitKey(row.text(.sendingUnit) ?? "") }
        var part = ""
        let natural: [String]
        switch row.form {
        case .countyRegister: natural = [text(.code)]
        case .villageRegister: natural = villageKey(sourced)
        case .unitRegister: natural = [text(.sendingUnit)]
        case .roster: natural = [personKey(row)] + villageKey(sourced) + [date(.startDate)]
        case .attendance, .decisions, .bankReturns: natural = []
        case .training: natural = [text(.trainingClass), date(.startDate), personKey(row)]
        case .insurance: natural = [personKey(row), text(.policyNumber)]
        case .incidents: natural = [personKey(row), date(.date)]
        case .spotChecks: natural = [date(.date), personKey(row), checkKey(row)]
        case .assessment: natural = [year(), personKey(row)]
        case .leaderVisits: natural = [date(.date), name(.leader)] + villageKey(sourced)
        case .careEvents: natural = [date(.date), personKey(row), text(.situation)]
        case .workFunds: natural = [year()] + villageKey(sourced) + [text(.fundSource), date(.date)]
        case .honours: natural = [date(.date), personKey(row), text(.honour)]
        case .promotions:
            natural = [date(.date), personKey(row)]
            part = text(.category)
        case .promotionTotals:
            natural = [year(), countyKey(sourced)]
            part = text(.category)
        case .expertTours:
            natural = [date(.date)] + villageKey(sourced)
            part = text(.domain)
        case .pairing:
            natural = villageKey(sourced)
            part = text(.kind) + "\u{1F}" + unitKey(row.text(.helper) ?? "")
        case .unitAssessment: natural = [year(), unit()]
        case .accountabilityTalks:
            natural = [date(.date), unit()]
            part = text(.talker)
        case .meetings:
            natural = [date(.date), text(.meeting), countyKey(sourced)]
            part = [text(.kind), PlaceKey.townshipStem(row.text(.township) ?? ""), personKey(row)]
                .joined(separator: "\u{1F}")
        case .unitSupport: natural = [unit(), text(.kind)] + villageKey(sourced) + [date(.date)]
        case .commendations:
            natural = [year(), commendedKey(row)]
            part = text(.level) + "\u{1F}" + text(.category)
        }
        return RowKey(natural: natural.joined(separator: "\u{1F}"), part: part)
    }

    /// Whom a row is about: the ID, else (an ID that is none) what was sent and the name.
    func personKey(_ row: FormRow) -> String {
        switch ResidentID.read(row.text(.residentID) ?? "") {
        case .valid(let id), .upgraded(let id): id.text
        default: TextFolding.key(row.text(.residentID) ?? "") + PersonName(row.text(.name) ?? "").key
        }
    }

    /// County, township and village of a row, each as its register knows it, else by its stem.
    private func villageKey(_ sourced: SourcedRow) -> [String] {
        let township = row(township: sourced)
        let village = sourced.row.text(.village) ?? ""
        guard let county = county(sourced) else {
            return [countyKey(sourced), PlaceKey.townshipStem(township), PlaceKey.village(village)]
        }
        guard let places = places[county] else {
            return [county.text, PlaceKey.townshipStem(township), PlaceKey.village(village)]
        }
        let known = places.township(named: township)
        if let place = places.village(named: village, in: known) {
            return [county.text, PlaceKey.township(place.township), PlaceKey.village(place.village)]
        }
        return [
            county.text, known.map(PlaceKey.township) ?? PlaceKey.townshipStem(township), PlaceKey.village(village),
        ]
    }

    private func row(township sourced: SourcedRow) -> String { sourced.row.text(.township) ?? "" }

    /// What tells the county of a row: its code, else what its column or the nearest folder says.
    private func countyKey(_ sourced: SourcedRow) -> String {
        if let code = county(sourced) { return code.text }
        if let name = sourced.row.text(.county), !TextFolding.key(name).isEmpty { return TextFolding.key(name) }
        return sourced.row.context.first { $0.kind == .folder }.map { TextFolding.key($0.text) } ?? ""
    }

    /// A unit however it is written: full name, or a suffix that only one has.
    private func unitKey(_ text: String) -> String { TextFolding.key(unitName(text)) }

    /// Whom a commendation is about: a person by ID, a unit by its full name, anybody else by the name.
    private func commendedKey(_ row: FormRow) -> String {
        row.fields[.residentID] == nil ? unitKey(row.text(.commended) ?? "") : personKey(row)
    }

    // MARK: Checks

    /// How and by whom somebody was checked: two departments, or one by phone and on the spot, are two checks of a day
    /// (§7 M4 counts them apart). A row that leaves one of them out speaks of the only check of that person and day
    /// that it fits, else of one of its own.
    private func checkKey(_ row: FormRow) -> String {
        let own = CheckManner(row)
        let fits = (checkManners[checkedKey(row)] ?? []).filter { $0 != own && $0.says(all: own) }
        return (fits.count == 1 ? fits[0] : own).text
    }

    private func checkedKey(_ row: FormRow) -> String { (row.date(.date)?.iso ?? "") + personKey(row) }

    /// The manners of every check on file, by person and day.
    mutating func readCheckManners() {
        for (rows, _) in files(.spotChecks) {
            for row in rows.map(\.row) {
                let (key, manner) = (checkedKey(row), CheckManner(row))
                if !(checkManners[key] ?? []).contains(manner) { checkManners[key, default: []].append(manner) }
            }
        }
    }
}

/// 方式 and 检查单位 of a check.
struct CheckManner: Equatable, Sendable {
    private let method, department: String

    init(_ row: FormRow) {
        method = TextFolding.key(row.text(.checkMethod) ?? "")
        department = TextFolding.key(row.text(.checkedBy) ?? "")
    }

    var text: String { method + "\u{1F}" + department }

    /// Whether it says all that the other says.
    func says(all other: CheckManner) -> Bool {
        (other.method.isEmpty || other.method == method)
            && (other.department.isEmpty || other.department == department)
    }
}
