import Domain

/// One value in force: a line of `zhucun policy`.
public struct PolicyLine: Hashable, Sendable, Codable {
    /// The key in the policy file: `livingStipendPerDay`, `rateTables.hardshipAllowance`.
    public var key: String
    public var title: String
    /// The key of a rate, `三类 × 科员`; empty for a parameter.
    public var rateKey: String
    public var value: String
    public var unit: String
    public var from: CivilDate
    public var to: CivilDate?
    public var source: LegalSource
    /// Whether it stands in the file; else it is the clause's own value.
    public var isStated: Bool
}

extension Policy {
    /// Everything in force on a day: parameters in the order of `ParameterID`, then rates in the file's order.
    public func lines(on date: CivilDate) -> [PolicyLine] {
        let parameterLines = ParameterID.allCases.compactMap { id in
            value(id, on: date).map {
                PolicyLine(
                    key: id.rawValue, title: $0.title, rateKey: "", value: $0.value.text, unit: $0.unit, from: $0.from,
                    to: $0.to, source: $0.source, isStated: statedParameters.contains(id))
            }
        }
        let rateLines = RateTableID.allCases.compactMap { rateTables[$0] }.flatMap { table in
            table.rows.filter { $0.rate.covers(date) }.map {
                PolicyLine(
                    key: "rateTables.\(table.id.rawValue)", title: table.title,
                    rateKey: $0.key.joined(separator: " × "), value: $0.rate.value.yuanText, unit: table.unit,
                    from: $0.rate.from, to: $0.rate.to, source: table.source, isStated: true)
            }
        }
        return parameterLines + rateLines
    }

    /// What the policy has but not on that day: a parameter or a rate table without any value in force.
    public func gaps(on date: CivilDate) -> [String] {
        let parameterGaps = ParameterID.allCases.filter { has($0) && value($0, on: date) == nil }.map(\.rawValue)
        let tableGaps = RateTableID.allCases.filter { id in
            rateTables[id].map { !$0.rows.contains { $0.rate.covers(date) } } ?? false
        }
        return parameterGaps + tableGaps.map { "rateTables.\($0.rawValue)" }
    }
}
