import Domain

/// Typed records of a row whose person is known. Nil where the row lacks a value that its form requires.
struct PersonRecordReading {
    let row: FormRow
    let person: ResidentID
    let source: SourceCell

    var training: TrainingRecord? {
        guard let name = row.text(.trainingClass), let start = row.date(.startDate),
            let tier = row.text(.level).flatMap(AdministrativeLevel.init(chinese:))
        else { return nil }
        let kind: TrainingKind =
            switch row.text(.kind).map({ TextFolding.key($0) }) {
            case let text? where text.contains("任前"): .prePosting
            case let text? where text.contains("轮训"): .rotation
            case let text? where text.contains("业务"): .professional
            default: .unspecified
            }
        return TrainingRecord(
            person: person, trainingClass: TextFolding.trimmed(name), organiser: row.text(.organiser), tier: tier,
            kind: kind, start: start, end: row.date(.endDate),
            isFailed: row.text(.result).map { TextFolding.key($0).contains("不合格") } ?? false, source: source)
    }

    var insurance: InsuranceRecord? {
        guard let number = row.text(.policyNumber), let sum = row.amount(.sumInsured),
            let start = row.date(.startDate), let end = row.date(.endDate),
            let cover = CivilDateRange(start, end)
        else { return nil }
        return InsuranceRecord(
            person: person, insurer: row.text(.insurer), policyNumber: TextFolding.key(number), sumInsured: sum,
            cover: cover, source: source)
    }

    var incident: IncidentRecord? {
        guard let kind = row.text(.kind), let onDuty = row.flag(.onDuty), let date = row.date(.date),
            let cost = row.amount(.totalCost)
        else { return nil }
        return IncidentRecord(
            person: person, kind: kind, isOnDuty: onDuty, date: date, totalCost: cost,
            insurancePaid: row.amount(.insurancePaid) ?? .zero, otherPaid: row.amount(.otherPaid) ?? .zero,
            relief: row.amount(.relief), source: source)
    }

    var spotCheck: SpotCheckRecord? {
        guard let date = row.date(.date), let result = row.text(.result).flatMap(SpotCheckResult.init(chinese:)) else {
            return nil
        }
        return SpotCheckRecord(
            person: person, date: date, method: row.text(.checkMethod), village: row.text(.village), result: result,
            checkedBy: row.text(.checkedBy), source: source)
    }

    var assessment: AssessmentRecord? {
        guard let year = row.count(.year), let grade = row.text(.grade).flatMap(AssessmentGrade.init(chinese:)) else {
            return nil
        }
        return AssessmentRecord(
            person: person, year: year, grade: grade, recallDate: row.date(.recallDate), source: source)
    }

    var careEvent: CareEventRecord? {
        guard let date = row.date(.date), let situation = row.text(.situation) else { return nil }
        return CareEventRecord(
            person: person, date: date, situation: situation, visitDate: row.date(.visitDate),
            visitor: row.text(.visitor), source: source)
    }

    var honour: HonourRecord? {
        guard let date = row.date(.date), let level = row.text(.level).flatMap(AdministrativeLevel.init(chinese:)),
            let honour = row.text(.honour)
        else { return nil }
        return HonourRecord(
            person: person, date: date, level: level, honour: TextFolding.trimmed(honour), source: source)
    }

    var promotion: PromotionRecord? {
        guard let date = row.date(.date), let category = row.text(.category).flatMap(PromotionCategory.init(chinese:))
        else { return nil }
        return PromotionRecord(
            person: person, date: date, category: category, isImportantPost: row.flag(.importantPost) ?? false,
            source: source)
    }

    /// An end before its start: the row says nothing that can be used.
    func rangeProblem(_ form: FormID) -> (cell: CellAddress?, value: String, arguments: [String])? {
        let names: (start: String, end: String)
        switch form {
        case .insurance: names = ("起保日期", "终保日期")
        case .training: names = ("开始日期", "结束日期")
        default: return nil
        }
        guard let start = row.date(.startDate), let end = row.date(.endDate), end < start else { return nil }
        return (row.fields[.endDate]?.cell, end.iso, [names.end, end.iso, names.start, start.iso])
    }
}

/// Typed records of a row about a village or a county.
struct PlaceRecordReading {
    let row: FormRow
    let place: PlaceIndex.Village
    let source: SourceCell

    /// One for each leader whom the cell names.
    var leaderVisits: [LeaderVisitRecord] {
        guard let date = row.date(.date), let leaders = row.text(.leader) else { return [] }
        return PeopleText.people(leaders).map { leader in
            LeaderVisitRecord(
                date: date, leader: leader.name, level: row.text(.level), township: place.township,
                village: place.village, matter: row.text(.coordinatedMatter), source: source)
        }
    }

    var workFunds: WorkFundsRecord? {
        guard let year = row.count(.year), let amount = row.amount(.amount), let date = row.date(.date),
            let fund = row.text(.fundSource)
        else { return nil }
        return WorkFundsRecord(
            year: year, township: place.township, village: place.village, amount: amount,
            fundSource: TextFolding.key(fund).hasPrefix("省") ? .province : .county, date: date, source: source)
    }

    var expertTour: ExpertTourRecord? {
        guard let date = row.date(.date), let domain = row.text(.domain) else { return nil }
        return ExpertTourRecord(
            date: date, domain: domain, township: place.township, village: place.village,
            peopleCount: row.count(.peopleCount), source: source)
    }

    /// `helper`: the full name of a unit that is known, else as sent.
    func pairing(_ helper: String) -> PairingRecord? {
        guard let kind = row.text(.kind), !helper.isEmpty else { return nil }
        return PairingRecord(
            kind: kind, helper: helper, township: place.township, village: place.village,
            start: row.date(.startDate), source: source)
    }

    var promotionTotal: PromotionTotalRecord? {
        guard let year = row.count(.year), let total = row.count(.totalPeople),
            let category = row.text(.category).flatMap(PromotionCategory.init(chinese:))
        else { return nil }
        return PromotionTotalRecord(year: year, category: category, totalPeople: total, source: source)
    }

    /// `unit`: its full name where it is known.
    func unitSupport(_ unit: String) -> UnitSupportRecord? {
        guard let date = row.date(.date), let kind = row.text(.kind).flatMap(UnitSupportKind.init(chinese:)) else {
            return nil
        }
        return UnitSupportRecord(
            unit: unit, kind: kind, township: place.township, village: place.village, date: date,
            households: row.count(.households), people: row.count(.peopleCount), source: source)
    }
}

/// Typed records of a row about a sending unit, known by its full name.
struct UnitRecordReading {
    let row: FormRow
    let unit: String
    let source: SourceCell

    var assessment: UnitAssessmentRecord? {
        guard let year = row.count(.year), let grade = row.text(.grade) else { return nil }
        return UnitAssessmentRecord(unit: unit, year: year, grade: TextFolding.trimmed(grade), source: source)
    }

    var talk: AccountabilityTalkRecord? {
        guard let date = row.date(.date), let talker = row.text(.talker) else { return nil }
        return AccountabilityTalkRecord(
            unit: unit, date: date, talker: TextFolding.trimmed(talker), cause: row.text(.cause), source: source)
    }
}

/// Typed records of a row of the form of meetings and talks.
struct MeetingReading {
    let row: FormRow
    /// The cadre the row names; nil where it names none.
    let person: ResidentID?
    let township: String
    let source: SourceCell

    var kind: MeetingKind? { row.text(.kind).flatMap(MeetingKind.init(chinese:)) }

    /// A talk with a cadre; nil for a meeting, and for a talk that names nobody.
    var talk: CadreTalkRecord? {
        guard kind == .talk, let person, let date = row.date(.date) else { return nil }
        return CadreTalkRecord(person: person, date: date, source: source)
    }

    var meeting: MeetingRecord? {
        guard talk == nil, let kind, let date = row.date(.date), let name = row.text(.meeting) else { return nil }
        return MeetingRecord(
            kind: kind, date: date, township: kind == .county ? "" : township, meeting: TextFolding.trimmed(name),
            attendees: row.count(.attendees), cadres: row.count(.cadreCount), person: person, source: source)
    }
}

extension MeetingKind {
    /// Reads 县级会议, 乡镇会议, 工作例会, 谈心谈话.
    public init?(chinese text: String) {
        let key = TextFolding.key(text)
        guard let kind = Self.allCases.first(where: { $0.chinese == key }) else { return nil }
        self = kind
    }
}

extension UnitSupportKind {
    /// Reads 党组织共建, 党员认亲, 服务队.
    public init?(chinese text: String) {
        let key = TextFolding.key(text)
        guard let kind = Self.allCases.first(where: { $0.chinese == key }) else { return nil }
        self = kind
    }
}

extension SpotCheckResult {
    /// Reads 在岗, 脱岗, 请假, 抽调, 因公.
    public init?(chinese text: String) {
        let key = TextFolding.key(text)
        guard let result = [Self.onPost, .absent, .leave, .withdrawn, .official].first(where: { $0.chinese == key })
        else { return nil }
        self = result
    }
}

extension AssessmentGrade {
    /// Reads 优秀, 称职, 基本称职, 不称职.
    public init?(chinese text: String) {
        let key = TextFolding.key(text)
        guard
            let grade = [Self.excellent, .competent, .basicallyCompetent, .incompetent].first(where: {
                $0.chinese == key
            })
        else { return nil }
        self = grade
    }
}

extension PromotionCategory {
    /// Reads 提拔任用, 专业技术职称, 晋级涨薪, 平级转任.
    public init?(chinese text: String) {
        let key = TextFolding.key(text)
        guard let category = Self.allCases.first(where: { $0.chinese == key }) else { return nil }
        self = category
    }
}
