import Domain

/// A parameter of the policy: its values by date, with title, unit and clause.
public struct Parameter: Hashable, Sendable, Codable {
    public let id: ParameterID
    /// Ascending by `from`, never overlapping.
    public let values: [DatedValue<ParameterValue>]

    /// `values` ascending by `from` and not overlapping.
    public init(id: ParameterID, values: [DatedValue<ParameterValue>]) {
        self.id = id
        self.values = values
    }

    /// The value in force on a day, nil where none covers it.
    public func value(on date: CivilDate) -> DatedValue<ParameterValue>? { values.last { $0.covers(date) } }
}

/// A dated policy: everything that has a number in it.
///
/// A date that no value of a parameter covers has none (`rate-missing`): there are no defaults. A parameter that the
/// file leaves out altogether has the value of its clause, where the text gives one (`ClauseValues`).
public struct Policy: Hashable, Sendable {
    /// 青组字〔2018〕231号.
    public let name: String
    public let parameters: [ParameterID: Parameter]
    public let rateTables: [RateTableID: RateTable]
    /// The parameters that stand in the file; the others of `parameters` have their clause's value.
    public let statedParameters: Set<ParameterID>
    /// Marks that mean a status where a sheet has no legend, in the file's order.
    public let marks: [AttendanceStatus: [String]]

    /// A policy of these parameters; those left out get their clause's value, `marks` of nil the spec's table.
    public init(
        name: String, parameters: [Parameter], rateTables: [RateTable] = [],
        marks: [AttendanceStatus: [String]]? = nil
    ) {
        self.name = name
        statedParameters = Set(parameters.map(\.id))
        var all = ClauseValues.parameters
        for parameter in parameters { all[parameter.id] = parameter }
        self.parameters = all
        self.rateTables = Dictionary(rateTables.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        self.marks = marks ?? ClauseValues.marks
    }

    /// The days on which a parameter gets another value, or none.
    var changes: [CivilDate] { parameters.values.flatMap { $0.values.flatMap(\.changes) } }

    /// The value of a parameter on a day; nil where none covers it.
    public func value(_ id: ParameterID, on date: CivilDate) -> DatedValue<ParameterValue>? {
        parameters[id]?.value(on: date)
    }

    /// Whether the policy has the parameter at all: without it, what depends on it is not asked for.
    public func has(_ id: ParameterID) -> Bool { parameters[id] != nil }

    /// Unit: fen.
    public func money(_ id: ParameterID, on date: CivilDate) -> DatedValue<Fen>? {
        value(id, on: date) { if case .money(let value) = $0 { value } else { nil } }
    }
    /// Half-days that a half day present counts.
    public func halfDays(_ id: ParameterID, on date: CivilDate) -> DatedValue<HalfDays>? {
        value(id, on: date) { if case .halfDays(let value) = $0 { value } else { nil } }
    }
    public func count(_ id: ParameterID, on date: CivilDate) -> DatedValue<Int>? {
        value(id, on: date) { if case .count(let value) = $0 { value } else { nil } }
    }
    public func flag(_ id: ParameterID, on date: CivilDate) -> DatedValue<Bool>? {
        value(id, on: date) { if case .flag(let value) = $0 { value } else { nil } }
    }
    public func date(_ id: ParameterID, on date: CivilDate) -> DatedValue<CivilDate>? {
        value(id, on: date) { if case .date(let value) = $0 { value } else { nil } }
    }
    public func statuses(_ id: ParameterID, on date: CivilDate) -> DatedValue<[AttendanceStatus]>? {
        value(id, on: date) { if case .statuses(let value) = $0 { value } else { nil } }
    }
    public func basis(on date: CivilDate) -> DatedValue<LocationAllowanceBasis>? {
        value(.locationAllowanceBasis, on: date) { if case .basis(let value) = $0 { value } else { nil } }
    }
    /// Percent for province, prefecture, county.
    public func shares(_ id: ParameterID, on date: CivilDate) -> DatedValue<[Int]>? {
        value(id, on: date) { if case .shares(let value) = $0 { value } else { nil } }
    }

    private func value<Value>(
        _ id: ParameterID, on date: CivilDate, _ typed: (ParameterValue) -> Value?
    ) -> DatedValue<Value>? {
        guard let found = value(id, on: date) else { return nil }
        guard let value = typed(found.value) else {
            preconditionFailure("\(id.rawValue) is asked for as another kind than \(id.kind.rawValue)")
        }
        return found.with(value)
    }
}
