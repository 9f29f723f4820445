/// How bad a finding is (级别).
public enum FindingSeverity: String, Hashable, Sendable, Codable, CaseIterable {
    case error, warning, info

    /// 错误, 警告, 提示.
    public var chinese: String {
        switch self {
        case .error: "错误"
        case .warning: "警告"
        case .info: "提示"
        }
    }
}

/// What a finding does to pay (影响).
public enum FindingEffect: String, Hashable, Sendable, Codable, CaseIterable {
    /// The row is not paid until mended.
    case held
    /// Those days are not paid.
    case excluded
    /// Read after repair.
    case used
    /// Nothing.
    case none

    /// 暂缓发放, 不计当日, 已采用, 无.
    public var chinese: String {
        switch self {
        case .held: "暂缓发放"
        case .excluded: "不计当日"
        case .used: "已采用"
        case .none: "无"
        }
    }
}

/// One thing found in what was sent: what, how bad, where, about whom, what to do.
///
/// Source: spec §6. Rendered in one place (`FindingCatalogue`), never where it occurs.
public struct Finding: Hashable, Sendable, Codable {
    /// The catalogue entry: code, severity, effect and texts hang on it.
    public var reason: FindingReason
    /// The month concerned; nil for files and registers.
    public var period: Period?
    /// The county's code; nil where none could be told.
    public var county: CountyCode?
    /// Name of the township concerned; empty where none.
    public var township: String
    /// Relative to the inbox with `/`; empty where nothing was sent (a missing submission).
    public var file: String
    /// Empty for text files and for findings about a whole file.
    public var sheet: String
    /// The cell of the value that is wrong; for a row, its name cell.
    public var cell: CellAddress?
    /// Name of the person concerned; empty where none.
    public var person: String
    /// ID number of the person concerned, unmasked; empty where none. Masked on the way to every report but finance's.
    public var personID: String
    /// The value found, as sent.
    public var value: String
    /// What the catalogue's texts put for `{0}`, `{1}`, …
    public var arguments: [String]

    public init(
        _ reason: FindingReason, period: Period? = nil, county: CountyCode? = nil, township: String = "",
        file: String = "", sheet: String = "", cell: CellAddress? = nil, person: String = "", personID: String = "",
        value: String = "", arguments: [String] = []
    ) {
        self.reason = reason
        self.period = period
        self.county = county
        self.township = township
        self.file = file
        self.sheet = sheet
        self.cell = cell
        self.person = person
        self.personID = personID
        self.value = value
        self.arguments = arguments
    }

    public var code: FindingCode { reason.code }
    public var severity: FindingSeverity { reason.entry.severity }
    public var effect: FindingEffect { reason.entry.effect }

    /// The order of every report: code's place in the catalogue does not matter, the place in the files does.
    public static func inReportOrder(_ left: Finding, _ right: Finding) -> Bool {
        if left.file != right.file { return left.file < right.file }
        if left.sheet != right.sheet { return left.sheet < right.sheet }
        if left.cell != right.cell {
            guard let leftCell = left.cell else { return true }
            guard let rightCell = right.cell else { return false }
            return leftCell < rightCell
        }
        if left.township != right.township { return left.township < right.township }
        if left.personID != right.personID { return left.personID < right.personID }
        if left.person != right.person { return left.person < right.person }
        if left.reason != right.reason { return left.reason.rawValue < right.reason.rawValue }
        return left.arguments.lexicographicallyPrecedes(right.arguments)
    }
}

extension Finding {
    /// What matching and paying a month found, as people are told it.
    ///
    /// Whom a newer sheet of a closed month leaves out is told once, by what becomes of the issued line. Source: spec
    /// §5.2: «in a closed period it is closed-line-held instead».
    public static func told(_ matched: [Finding], _ paid: [Finding]) -> [Finding] {
        let issued = Set(paid.filter { $0.code == .closedLineHeld && !$0.personID.isEmpty }.map(\.personID))
        guard !issued.isEmpty else { return matched + paid }
        return matched.filter { $0.code != .leftOut || !issued.contains($0.personID) } + paid
    }
}
