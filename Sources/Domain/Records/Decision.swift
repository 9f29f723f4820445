/// What a person decided about a finding (处理). Source: spec §5.8.
public enum DecisionAction: Hashable, Sendable, Codable {
    /// 认可: the row or day counts as its marks read, as if the finding were not.
    case accept
    /// 不认可: what the finding concerns pays nothing.
    case refuse
    /// 改为: a rostered ID, a status, a village or days, as written.
    case change(String)
    /// 撤销: the decision before is taken back.
    case withdraw

    /// The word of the form.
    public var chinese: String {
        switch self {
        case .accept: "认可"
        case .refuse: "不认可"
        case .change: "改为"
        case .withdraw: "撤销"
        }
    }
}

/// A decision in force: about what evidence, what, by whom, when, on what ground. Source: spec §5.8.
public struct Decision: Hashable, Sendable, Codable {
    /// The digest of what was decided about; see `DecisionEvidence`.
    public var evidence: String
    public var code: FindingCode
    /// Nil where the form's 所属期 is blank or no month.
    public var period: Period?
    /// The county that the form's title or folder names; nil where neither does.
    public var county: CountyCode?
    public var action: DecisionAction
    public var decider: String
    public var date: CivilDate
    /// 依据.
    public var ground: String
    /// The row of the form.
    public var source: SourceCell
    /// 姓名 and 身份证号 of the row, as sent: about whom the decider read it to be. Nil where blank.
    public var person: String?
    public var personID: String?

    public init(
        evidence: String, code: FindingCode, period: Period?, county: CountyCode? = nil, action: DecisionAction,
        decider: String, date: CivilDate, ground: String, source: SourceCell, person: String? = nil,
        personID: String? = nil
    ) {
        self.person = person
        self.personID = personID
        self.evidence = evidence
        self.code = code
        self.period = period
        self.county = county
        self.action = action
        self.decider = decider
        self.date = date
        self.ground = ground
        self.source = source
    }

    /// 处理 with what it is changed to.
    public var answer: String { if case .change(let text) = action { "改为\(text)" } else { action.chinese } }

    /// `裁定：认可，张局长 2018-12-06，依据 会议纪要`: for 说明, explain and the manifest.
    ///
    /// A decider who wrote his ID is masked here already: masked with the date behind it, the date would be lost.
    public var chinese: String {
        "裁定：\(answer)，\(IDMasking.masked(decider)) \(date.iso)，依据 \(ground)"
    }

    /// Whether what the row says of its person fits whom the evidence is about; what is blank on either side fits.
    ///
    /// - Parameter isOfNobody: the evidence is about no person at all.
    public func fits(person: String, personID: String, isOfNobody: Bool) -> Bool {
        let name = PersonName(self.person ?? "")
        if isOfNobody { return name.isBlank && (self.personID ?? "").isEmpty }
        if let stated = ResidentID.whole(self.personID ?? ""), let own = ResidentID.whole(personID) {
            return stated == own && (name.isBlank || person.isEmpty || name.key == PersonName(person).key)
        }
        return name.isBlank || person.isEmpty || name.key == PersonName(person).key
    }
}

/// The digest that ties a decision to what was decided about.
///
/// Code, period, person, village and the cells read for them; not the file: saving a workbook again changes nothing, a
/// cell of the person that changes makes the decision stale.
public enum DecisionEvidence {
    /// Twenty-four hexadecimal digits.
    ///
    /// - Parameters:
    ///   - person: the ID of the roster, else the ID or name as sent.
    ///   - cells: what the cells say, in reading order.
    public static func digest(
        code: FindingCode, period: Period?, person: String, village: VillageKey?, cells: [String]
    ) -> String {
        var hash = SHA256()
        // A township that is called 乡 instead of 镇 since is the same one: nothing of what was decided changed.
        let township = village.map { PlaceKey.townshipStem($0.township) } ?? ""
        let frame = [code.rawValue, period?.description ?? "", person, township, village?.village ?? ""]
        for part in frame + cells {
            hash.update("\(part.utf8.count):".utf8)
            hash.update(part.utf8)
        }
        return String(hash.hex().prefix(24))
    }
}
