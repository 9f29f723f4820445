/// One line of a payment statement: a person, a village and an origin month.
public struct PaymentLine: Hashable, Sendable, Codable {
    public var county: CountyCode
    /// The month in which it is paid (所属期).
    public var period: Period
    /// The month worked (原所属期): earlier than `period` on an adjustment.
    public var originPeriod: Period
    /// `ZC-630202-201811`; nil while the period is open.
    public var batch: String?
    public var person: ResidentID
    public var name: String
    public var unitCode: String?
    public var sendingUnit: String
    public var township: String
    public var village: String
    public var bank: String?
    public var bankAccount: String?
    /// 出勤天数 paid; negative where an adjustment takes back.
    public var halfDays: HalfDays
    /// 日标准.
    public var dailyRate: Fen
    public var livingStipend: Fen
    /// Nil where no rate exists: an empty column, never 0.
    public var hardshipAllowance: Fen?
    public var qinghaiAllowance: Fen?
    public var townshipSubsidy: Fen?
    /// 说明.
    public var note: String
    /// What a bank returned and is paid again (重发): the line has the amount alone, no days and no parts.
    public var reissue: Reissue?

    /// A bank line of a closed batch that is paid again.
    public struct Reissue: Hashable, Sendable, Codable {
        public var batch: String
        /// The account that the bank could not pay to; empty where none was known.
        public var account: String

        public init(batch: String, account: String) {
            self.batch = batch
            self.account = account
        }
    }

    public init(
        county: CountyCode, period: Period, originPeriod: Period, batch: String? = nil, person: ResidentID,
        name: String, unitCode: String? = nil, sendingUnit: String, township: String, village: String,
        bank: String? = nil, bankAccount: String? = nil, halfDays: HalfDays, dailyRate: Fen, livingStipend: Fen,
        hardshipAllowance: Fen? = nil, qinghaiAllowance: Fen? = nil, townshipSubsidy: Fen? = nil, note: String = "",
        reissue: Reissue? = nil
    ) {
        self.county = county
        self.period = period
        self.originPeriod = originPeriod
        self.batch = batch
        self.person = person
        self.name = name
        self.unitCode = unitCode
        self.sendingUnit = sendingUnit
        self.township = township
        self.village = village
        self.bank = bank
        self.bankAccount = bankAccount
        self.halfDays = halfDays
        self.dailyRate = dailyRate
        self.livingStipend = livingStipend
        self.hardshipAllowance = hardshipAllowance
        self.qinghaiAllowance = qinghaiAllowance
        self.townshipSubsidy = townshipSubsidy
        self.note = note
        self.reissue = reissue
    }

    /// 合计.
    public var total: Fen {
        livingStipend + (hardshipAllowance ?? .zero) + (qinghaiAllowance ?? .zero) + (townshipSubsidy ?? .zero)
    }

    public var isAdjustment: Bool { originPeriod != period }

    /// What of a stipend taken back in part is less than half a day's: a row of its own, without days, so that the days
    /// of the other one times the rate are its stipend.
    public var isRemainder: Bool {
        reissue == nil && halfDays == .zero && dailyRate == .zero && livingStipend != .zero
    }

    /// Whether days and a rate stand on it.
    public var hasDays: Bool { reissue == nil && !isRemainder }

    /// Order of every statement: unit, name, ID, village, origin month (Unicode code points).
    public static func inStatementOrder(_ left: PaymentLine, _ right: PaymentLine) -> Bool {
        if left.sendingUnit != right.sendingUnit { return left.sendingUnit < right.sendingUnit }
        if left.name != right.name { return left.name < right.name }
        if left.person != right.person { return left.person < right.person }
        if left.village != right.village { return left.village < right.village }
        if left.township != right.township { return left.township < right.township }
        if left.originPeriod != right.originPeriod { return left.originPeriod < right.originPeriod }
        return !left.isRemainder && right.isRemainder
    }
}

/// A row that is not paid until it is mended (暂缓发放).
public struct HeldLine: Hashable, Sendable, Codable {
    public var county: CountyCode
    public var period: Period
    /// The ID of the roster, else as sent if it is valid; empty else.
    public var personID: String
    public var name: String
    public var unitCode: String?
    public var sendingUnit: String
    public var township: String
    public var village: String
    public var bank: String?
    public var bankAccount: String?
    /// 原因, by catalogue order of the codes.
    public var codes: [FindingCode]
    /// 待核金额: what the marks would pay if confirmed; nil where nothing can be said.
    public var pendingAmount: Fen?
    public var note: String

    public init(
        county: CountyCode, period: Period, personID: String, name: String, unitCode: String? = nil,
        sendingUnit: String, township: String, village: String, bank: String? = nil, bankAccount: String? = nil,
        codes: [FindingCode], pendingAmount: Fen? = nil, note: String = ""
    ) {
        self.county = county
        self.period = period
        self.personID = personID
        self.name = name
        self.unitCode = unitCode
        self.sendingUnit = sendingUnit
        self.township = township
        self.village = village
        self.bank = bank
        self.bankAccount = bankAccount
        self.codes = codes
        self.pendingAmount = pendingAmount
        self.note = note
    }
}
