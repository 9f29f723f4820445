import Domain

/// What a county's attendance of one month says after matching: every row in force, every day with what became of it.
///
/// Pay is not computed here. Rows in = rows in force or left out + rows superseded; a test holds that sum.
public struct MonthAttendance: Hashable, Sendable {
    public var county: CountyCode
    public var period: Period
    /// Rows in force, and the days of replaced rows that are left out, by file, sheet and cell.
    public var rows: [RowOutcome]
    /// Rows that a newer file replaced.
    public var supersededRowCount: Int
    /// Townships that sent anything for the month, sorted.
    public var sentTownships: [String]
    /// In report order.
    public var findings: [Finding]
    /// What a person may settle, and what was settled.
    public var decisions = MonthDecisions()

    public init(
        county: CountyCode, period: Period, rows: [RowOutcome] = [], supersededRowCount: Int = 0,
        sentTownships: [String] = [], findings: [Finding] = []
    ) {
        self.county = county
        self.period = period
        self.rows = rows
        self.supersededRowCount = supersededRowCount
        self.sentTownships = sentTownships
        self.findings = findings
    }
}

extension MonthAttendance {
    /// Whether all that was sent of the month was taken back: its files, mended in place, speak of other months.
    public var isWithdrawn: Bool {
        supersededRowCount > 0 && sentTownships.isEmpty && rows.allSatisfy(\.isVisitor)
    }
}

/// A row in force: whose it is, whether it is held, its days.
public struct RowOutcome: Hashable, Sendable {
    public var file: String
    public var sheet: String
    public var layout: AttendanceLayoutID
    public var nameCell: CellAddress
    public var nameAsSent: String
    /// The cadre it belongs to; nil for nobody and for strangers.
    public var cadre: ResidentID?
    /// The roster's ID, else the one sent if it is valid; empty else.
    public var personID: String
    /// Sending unit as the sheet names it, in full where the unit register knows it; empty where it names none.
    public var sendingUnit: String
    /// Where its pay goes, as far as one place can be told: the roster's posting, else what the sheet names.
    public var township: String
    public var village: String
    /// Codes that hold the row; empty where it is paid.
    public var heldCodes: [FindingCode]
    /// What a held row would pay. Layouts H, J: the stated total; nil where nothing can be said.
    public var pendingHalfDays: HalfDays?
    /// Rows of one person that contradict each other carry the same number; the smallest of them is 待核.
    public var contradictionGroup: Int?
    /// Stated total of a totals-only row that policy accepts as evidence.
    public var acceptedHalfDays: HalfDays?
    /// The halves of days that it stands for; nil without such a total, and in months of programs that laid totals on
    /// the first posted days.
    public var acceptedHalves: IssuedHalves?
    /// By date.
    public var days: [DayOutcome]

    public var isHeld: Bool { !heldCodes.isEmpty }
    /// Its days stand on another county's sheet: `file` is empty, `sheet` that county and place, its cells none.
    public var isVisitor: Bool { file.isEmpty }
    /// Its days stood in a file that a newer one replaced, which leaves the person out: held, and no evidence of
    /// anything. Source: spec §5.2.
    public var isLeftOut: Bool { heldCodes.contains(.leftOut) }

    public init(
        file: String, sheet: String, layout: AttendanceLayoutID, nameCell: CellAddress, nameAsSent: String,
        cadre: ResidentID?, personID: String,
        sendingUnit: String, township: String, village: String, heldCodes: [FindingCode],
        pendingHalfDays: HalfDays?, contradictionGroup: Int?, acceptedHalfDays: HalfDays?, days: [DayOutcome]
    ) {
        self.file = file
        self.sheet = sheet
        self.layout = layout
        self.nameCell = nameCell
        self.nameAsSent = nameAsSent
        self.cadre = cadre
        self.personID = personID
        self.sendingUnit = sendingUnit
        self.township = township
        self.village = village
        self.heldCodes = heldCodes
        self.pendingHalfDays = pendingHalfDays
        self.contradictionGroup = contradictionGroup
        self.acceptedHalfDays = acceptedHalfDays
        self.days = days
    }
}

/// A day of a row: its mark and what became of it.
public struct DayOutcome: Hashable, Sendable {
    public var date: CivilDate
    public var morning: AttendanceStatus
    public var afternoon: AttendanceStatus
    /// The mark as sent.
    public var text: String
    public var cell: CellAddress
    public var afternoonCell: CellAddress?
    /// Half-days of this mark that count for pay (0…2) once the row is not held.
    public var counted: HalfDays
    /// Where a counted day is paid: the roster's posting in force that day.
    public var township: String
    public var village: String
    /// Why it does not count although it says presence; nil else.
    public var exclusion: FindingCode?

    public init(
        date: CivilDate, morning: AttendanceStatus, afternoon: AttendanceStatus, text: String, cell: CellAddress,
        afternoonCell: CellAddress?, counted: HalfDays, township: String, village: String, exclusion: FindingCode? = nil
    ) {
        self.date = date
        self.morning = morning
        self.afternoon = afternoon
        self.text = text
        self.cell = cell
        self.afternoonCell = afternoonCell
        self.counted = counted
        self.township = township
        self.village = village
        self.exclusion = exclusion
    }
}

/// Presence of a person on a date at a place, as evidence for double presence.
///
/// No name, no mark: an extract may hold it.
public struct PresenceClaim: Hashable, Sendable, Codable {
    public var personID: String
    public var date: CivilDate
    public var morning: Bool
    public var afternoon: Bool
    /// Half a day without saying which.
    public var isUnnamedHalf: Bool
    /// The place the sheet names, else the posting's: county, township, village.
    public var place: String
    /// The county's name; nil in what an earlier version kept.
    public var countyName: String?
    /// Of a stated total that counts: how much it says of all its dates together, of which it claims no half by name.
    public var total: HalfDays?
    /// Of a day that only the want of a posting in the sheet's county keeps from being paid there: county, township and
    /// village in words.
    /// Where another county posts the person that day, it pays it. No half is claimed where the sheet says that the
    /// person was not there.
    public var unpostedIn: String?
    /// Of such a day: nil where the row counts as it was sent.
    public var standing: UnpostedStanding?

    /// What the county of the sheet makes of a row with days on which it posts the person nowhere.
    public enum UnpostedStanding: String, Hashable, Sendable, Codable, CaseIterable {
        /// The row counts by somebody's decision.
        case decided
        /// The row is held there.
        case waits
        /// A newer sheet leaves the person out: no evidence of anything before somebody decides.
        case leftOut
    }

    public init(
        personID: String, date: CivilDate, morning: Bool, afternoon: Bool, isUnnamedHalf: Bool, place: String,
        total: HalfDays? = nil, countyName: String? = nil
    ) {
        self.countyName = countyName
        self.total = total
        self.personID = personID
        self.date = date
        self.morning = morning
        self.afternoon = afternoon
        self.isUnnamedHalf = isUnnamedHalf
        self.place = place
    }

    /// By person, date, place, then what is claimed: the same order whoever gathered them.
    public static func inOrder(_ left: PresenceClaim, _ right: PresenceClaim) -> Bool {
        if left.personID != right.personID { return left.personID < right.personID }
        if left.date != right.date { return left.date < right.date }
        return left.rank < right.rank
    }

    private var rank: (String, Int, Int, String, String) {
        let halves = (morning ? 0 : 4) + (afternoon ? 0 : 2) + (isUnnamedHalf ? 1 : 0)
        return (place, halves, total?.count ?? -1, unpostedIn ?? "", standing?.rawValue ?? "")
    }

    /// Half-days claimed.
    public var halfDays: Int { (morning ? 1 : 0) + (afternoon ? 1 : 0) }

    /// Whether both may mean one village: a place without a village is any village of its township.
    func isSamePlace(as other: PresenceClaim) -> Bool {
        if place == other.place { return true }
        return other.place.hasSuffix("/") && place.hasPrefix(other.place)
            || place.hasSuffix("/") && other.place.hasPrefix(place)
    }

    /// Half-days that claims of one date add up to, each place counted once by its largest claim.
    static func halfDays(of claims: [PresenceClaim]) -> Int {
        var largest: [PresenceClaim] = []
        for claim in claims {
            if let place = largest.firstIndex(where: { $0.isSamePlace(as: claim) }) {
                if claim.halfDays > largest[place].halfDays { largest[place] = claim }
            } else {
                largest.append(claim)
            }
        }
        return largest.count < 2 ? 0 : largest.reduce(0) { $0 + $1.halfDays }
    }

    /// Whether two claims of one date cannot both be true: more than a day together, or the same half named twice.
    public func clashes(with other: PresenceClaim) -> Bool {
        if isSamePlace(as: other) { return false }
        if halfDays + other.halfDays > 2 { return true }
        if isUnnamedHalf || other.isUnnamedHalf { return false }
        return morning && other.morning || afternoon && other.afternoon
    }
}
