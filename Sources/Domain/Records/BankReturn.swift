/// What a bank says of a line (结果). Source: spec §8.
public enum BankResult: String, Hashable, Sendable, Codable {
    /// 成功, 已付, 代发成功
    case paid
    /// 退回, 退票, 失败, 未付
    case returned

    /// Of a line that no bank was asked to pay: nobody paid it.
    public static let unpaidWord = "未付"

    /// What a canonical word of the form says; nil for any other.
    public init?(word: String) {
        switch word {
        case "成功": self = .paid
        case "退回", Self.unpaidWord: self = .returned
        default: return nil
        }
    }
}

/// A row of 银行回盘, in the order of receipt.
public struct BankReturn: Hashable, Sendable, Codable {
    /// As sent, folded.
    public var batch: String
    /// Nil where the row has none that is valid.
    public var person: ResidentID?
    /// Digits; nil where the row has none.
    public var account: String?
    public var amount: Fen
    public var result: BankResult
    public var reason: String
    public var name: String
    public var source: SourceCell
    /// The number of its file in the order of arrival; nil in what an earlier version kept.
    public var arrival: Int?

    public init(
        batch: String, person: ResidentID?, account: String?, amount: Fen, result: BankResult, reason: String,
        name: String, source: SourceCell, arrival: Int? = nil
    ) {
        self.arrival = arrival
        self.batch = batch
        self.person = person
        self.account = account
        self.amount = amount
        self.result = result
        self.reason = reason
        self.name = name
        self.source = source
    }

    /// The county that a batch number names; nil for none.
    public var county: CountyCode? { BankReturn.county(ofBatch: batch) }

    /// `ZC-630202-201811`; nil for what is no batch.
    public static func county(ofBatch batch: String) -> CountyCode? {
        let parts = TextFolding.key(batch).uppercased().split(separator: "-")
        return parts.count == 3 && parts[0] == "ZC" ? CountyCode(String(parts[1])) : nil
    }
}

/// A line of a closed batch's bank file, or of its `unpayable`: what a bank can answer.
public struct BankLine: Hashable, Sendable, Codable {
    public var batch: String
    public var period: Period
    public var person: ResidentID
    public var name: String
    public var unitCode: String?
    public var sendingUnit: String
    public var township: String
    public var village: String
    public var bank: String?
    /// Empty where none was known.
    public var account: String
    public var amount: Fen
    /// Why no bank could pay; nil for a line of the bank's file.
    public var obstacle: UnpayableReason?
    /// The last file that had arrived when the batch was closed: what it says answers nothing of the batch. Nil for
    /// batches of earlier programs.
    public var closedAfter: Int?

    public init(
        batch: String, period: Period, person: ResidentID, name: String, unitCode: String? = nil, sendingUnit: String,
        township: String, village: String, bank: String? = nil, account: String, amount: Fen,
        obstacle: UnpayableReason? = nil
    ) {
        self.batch = batch
        self.period = period
        self.person = person
        self.name = name
        self.unitCode = unitCode
        self.sendingUnit = sendingUnit
        self.township = township
        self.village = village
        self.bank = bank
        self.account = account
        self.amount = amount
        self.obstacle = obstacle
    }
}

/// A bank line and what became of it.
public struct BankAnswer: Hashable, Sendable, Codable {
    public var line: BankLine
    /// Nil while nobody answered.
    public var result: BankResult?
    public var reason: String
    /// The row of the form.
    public var source: SourceCell?
    /// The number of its file in the order of arrival; nil in what an earlier version kept.
    public var arrival: Int?

    public init(
        line: BankLine, result: BankResult? = nil, reason: String = "", source: SourceCell? = nil, arrival: Int? = nil
    ) {
        self.arrival = arrival
        self.line = line
        self.result = result
        self.reason = reason
        self.source = source
    }
}
