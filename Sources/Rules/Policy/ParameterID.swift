import Domain

/// The parameters that a policy file may set. The raw value is the key in the file.
public enum ParameterID: String, Hashable, Sendable, Codable, CaseIterable {
    /// M5: yuan per payable day.
    case livingStipendPerDay
    /// M5: what a half day present counts, in days: 0, 0.5 or 1.
    case halfDayValue
    /// M5: the statuses that count as an attended day.
    case payableStatuses
    /// M5: whether a sheet of totals without daily marks is paid.
    case acceptTotalsOnly
    /// M5: what of the location allowances goes into the payment.
    case locationAllowanceBasis
    /// M5: yuan a team and year.
    case workFundsBase
    /// M5: yuan a team and year on top of the base.
    case workFundsIncrease
    /// M5: the least sum insured, yuan. Not set by the text: without it nothing is checked.
    case minimumSumInsured
    /// M5: cover that ends within so many days after as-of is expiring.
    case insuranceExpiringDays
    /// M2: percent of the headcount for province, prefecture, county.
    case trainingTierShares
    /// M2: whether pre-posting training counts in the tiers.
    case prePostingCountsForTier
    /// M1: a first secretary's term must reach this day.
    case mandatoryTermEnd
    /// M1: years of work after which a selected graduate can serve as deputy secretary.
    case minimumWorkYears
    /// M6: years of the bar after a recall.
    case barYears
    /// M2, M6: days by which a successor may come before the place is free. Not set by the text: without it, none.
    case handoverDays
    /// M9: days within which a care event must be visited.
    case careVisitDays

    /// What its values are.
    public var kind: ParameterKind {
        switch self {
        case .livingStipendPerDay, .workFundsBase, .workFundsIncrease, .minimumSumInsured: .money
        case .halfDayValue: .halfDays
        case .payableStatuses: .statuses
        case .acceptTotalsOnly, .prePostingCountsForTier: .flag
        case .locationAllowanceBasis: .basis
        case .insuranceExpiringDays, .minimumWorkYears, .barYears, .careVisitDays, .handoverDays: .count
        case .trainingTierShares: .shares
        case .mandatoryTermEnd: .date
        }
    }
}

/// What the values of a parameter are.
public enum ParameterKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Yuan with at most two decimals, not negative.
    case money
    /// 0, 0.5 or 1.
    case halfDays
    /// A whole number, not negative.
    case count
    /// true or false.
    case flag
    /// yyyy-mm-dd.
    case date
    /// Names of payable attendance statuses.
    case statuses
    /// full, topUp or statementOnly.
    case basis
    /// Three whole percentages that add up to 100.
    case shares
}

/// What of the location allowances goes into the payment.
public enum LocationAllowanceBasis: String, Hashable, Sendable, Codable, CaseIterable {
    /// The whole standard at the posting.
    case full
    /// The standard at the posting less the standard at the unit.
    case topUp
    /// Nothing: the standards are only stated.
    case statementOnly
}

/// A value of a parameter.
public enum ParameterValue: Hashable, Sendable, Codable {
    case money(Fen)
    case halfDays(HalfDays)
    case count(Int)
    case flag(Bool)
    case date(CivilDate)
    case statuses([AttendanceStatus])
    case basis(LocationAllowanceBasis)
    /// Percent for province, prefecture, county.
    case shares([Int])

    /// As `zhucun policy` shows it.
    public var text: String {
        switch self {
        case .money(let fen): fen.yuanText
        case .halfDays(let days): days.daysText
        case .count(let count): String(count)
        case .flag(let flag): flag ? "true" : "false"
        case .date(let date): date.iso
        case .statuses(let statuses): statuses.map(\.rawValue).joined(separator: ", ")
        case .basis(let basis): basis.rawValue
        case .shares(let shares): shares.map(String.init).joined(separator: "/")
        }
    }
}
