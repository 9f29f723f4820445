/// What a mark says about a half day. Source: spec §5.5.
public enum AttendanceStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case present, official, training, leave, sick, absent, withdrawn, rest, blank
    /// A mark that neither the sheet's legend nor the table explains: an `unknown-mark` finding goes with it.
    case unknown
    /// A formula without a stored value: an `uncached-formula` finding goes with it.
    case uncached

    /// Whether a stated figure may count it beside presence: official and training days are days at the post.
    public var isStationed: Bool { self == .present || self == .official || self == .training }

    /// Chinese name for reports.
    public var chinese: String {
        switch self {
        case .present: "出勤"
        case .official: "因公"
        case .training: "培训"
        case .leave: "请假"
        case .sick: "病假"
        case .absent: "脱岗"
        case .withdrawn: "抽调"
        case .rest: "休息"
        case .blank: "空白"
        case .unknown: "不明"
        case .uncached: "公式无值"
        }
    }
}

/// A half of a day.
public enum DayHalf: String, Hashable, Sendable, Codable, CaseIterable {
    case morning, afternoon
}

extension AttendanceStatus {
    /// By the case: the standard library would hash the raw text, a dozen times a day of a person.
    public func hash(into hasher: inout Hasher) { withUnsafeBytes(of: self) { hasher.combine(bytes: $0) } }
}
