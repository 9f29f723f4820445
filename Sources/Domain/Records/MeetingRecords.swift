// Records of the form of meetings and talks (spec §5.3).

/// Kind of a meeting (类型).
public enum MeetingKind: Int, Hashable, Comparable, Sendable, Codable, CaseIterable {
    case county, township, working
    /// 谈心谈话 without the name of the cadre: who was talked with is not known.
    case talk

    public var chinese: String {
        switch self {
        case .county: "县级会议"
        case .township: "乡镇会议"
        case .working: "工作例会"
        case .talk: "谈心谈话"
        }
    }

    public static func < (left: MeetingKind, right: MeetingKind) -> Bool { left.rawValue < right.rawValue }
}

/// A row about a meeting; with a person where the sheet lists who came.
public struct MeetingRecord: Hashable, Sendable, Codable {
    public var kind: MeetingKind
    public var date: CivilDate
    /// Empty for a county's meeting.
    public var township: String
    /// 会议: its name.
    public var meeting: String
    /// 参会人数.
    public var attendees: Int?
    /// 驻村干部人数.
    public var cadres: Int?
    /// The cadre the row names, where it names one.
    public var person: ResidentID?
    public var source: SourceCell

    public init(
        kind: MeetingKind, date: CivilDate, township: String = "", meeting: String, attendees: Int? = nil,
        cadres: Int? = nil, person: ResidentID? = nil, source: SourceCell
    ) {
        self.kind = kind
        self.date = date
        self.township = township
        self.meeting = meeting
        self.attendees = attendees
        self.cadres = cadres
        self.person = person
        self.source = source
    }
}

/// A talk (谈心谈话) with one cadre.
public struct CadreTalkRecord: Hashable, Sendable, Codable {
    public var person: ResidentID
    public var date: CivilDate
    public var source: SourceCell

    public init(person: ResidentID, date: CivilDate, source: SourceCell) {
        self.person = person
        self.date = date
        self.source = source
    }
}
