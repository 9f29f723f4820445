import Domain

/// Why a person is paid what they are paid for a month. Source: spec §4 `explain`.
public struct Explanation: Sendable {
    /// A day of a row in force.
    public struct Day: Hashable, Sendable {
        public var date: CivilDate
        /// `present`, or `present/leave` where the halves differ.
        public var status: String
        /// `yes`, `half` or `no`.
        public var counted: String
        /// Why it does not count, or counts half; empty for a whole paid day.
        public var reason: String
        public var mark: String
        public var file: String
        public var sheet: String
        public var cell: String
        /// Where it is paid; empty where it is not.
        public var village: String
    }

    /// A field of a register that is in force.
    public struct Registered: Hashable, Sendable {
        /// 派出单位.
        public var title: String
        /// Of what: a village, a unit; empty for the person.
        public var subject: String
        /// As sent, masked.
        public var value: String
        public var file: String
        public var sheet: String
        public var cell: String
    }

    /// An allowance of a posting, or the stretch of one that has its own standard.
    public struct Allowance: Hashable, Sendable {
        public var title: String
        public var village: String
        public var days: CivilDateRange
        public var key: String
        public var standard: PayBasis?
        public var unitStandard: PayBasis?
        public var topUp: String?
        public var amount: String?
    }

    /// What a bank answered of a line.
    public struct BankReply: Sendable {
        public var batch: String
        /// Yuan.
        public var amount: String
        public var isPaid: Bool
        /// As the bank wrote it; empty where it said none.
        public var reason: String

        func text(_ language: Language) -> String {
            let result =
                language == .zh ? (isPaid ? "成功" : "退回") : (isPaid ? "paid" : "returned")
            return "\(batch) \(amount) \(result)" + (reason.isEmpty ? "" : "（\(reason)）")
        }
    }

    /// A line that pays (or takes back), and where it stands.
    public struct Line: Sendable {
        public var period: Period
        public var originPeriod: Period
        public var village: String
        public var days: String
        /// 日标准 of the line.
        public var rate: String
        public var livingStipend: String
        public var hardshipAllowance: String?
        public var qinghaiAllowance: String?
        public var townshipSubsidy: String?
        public var total: String
        /// Empty while the month is open.
        public var batch: String
        /// The payment file.
        public var file: String
        /// SHA-256 of the file of a closed batch.
        public var sha256: String?
        public var isAdjustment: Bool
        /// A bank returned it, and it is paid again.
        public var isReissue: Bool
        /// Less than half a day's stipend, without days.
        public var isRemainder: Bool
        /// 说明: what kind of line it is.
        public var note: String
    }

    /// What an account got in the month, from whatever months worked: the figure on the person's statement.
    public struct Paid: Sendable {
        /// Empty while the month is open.
        public var batch: String
        /// Masked; empty where none is known.
        public var account: String
        /// With their months worked.
        public var lines: [Line]
        public var total: String
    }

    /// How a moment read the month: its sheets, registers and standards.
    public struct Reading: Sendable {
        public var name: String
        /// The county as it was called.
        public var county: String
        public var sendingUnit: String
        public var days: [Day]
        /// Reasons that hold a row, with its place; empty where nothing is held.
        public var held: [String]
        /// What people decided about his rows and his account: which finding, at which cell, what, who, when, on what
        /// ground.
        public var decisions: [String]
        /// What the registers say of him, of his villages and of his unit, and which cell said it.
        public var registered: [Registered]
        public var rates: [PayBasis]
        public var allowances: [Allowance]
        /// Marks on dates that the month does not have, with their cells: they count for nothing.
        public var impossible: [String]
        /// Whether registers and standards were kept: batches of earlier programs kept neither.
        public var isWhole: Bool
    }

    /// A day whose evidence reads otherwise than before.
    public struct Change: Hashable, Sendable {
        public var date: CivilDate
        /// Nil where there was none.
        public var old: Day?
        /// Nil where there is none any more.
        public var new: Day?
    }

    /// What a later reading says otherwise than the one before it; nil is as before.
    public struct Later: Sendable {
        /// The batch that rests on it; empty for the last run's.
        public var batch: String
        public var changes: [Change]
        /// Fields that say something else, or are new.
        public var registered: [Registered]
        public var held: [String]?
        public var decisions: [String]?
        public var rates: [PayBasis]?
        public var allowances: [Allowance]?
        public var impossible: [String]?

        public var isEmpty: Bool {
            changes.isEmpty && registered.isEmpty && held == nil && decisions == nil && rates == nil
                && allowances == nil && impossible == nil
        }
    }

    /// As the first batch that paid for the month read it; as the last run did where none has.
    public var reading: Reading
    /// Masked.
    public var residentID: String
    /// Six digits.
    public var countyCode: String
    public var period: Period
    /// By whose decision the closed month is read with another policy file than it was closed with.
    public var adopted: [String]
    /// Of the month as it is paid, by account.
    public var paid: [Paid]
    /// Still to be taken back after it, yuan by month worked.
    public var outstanding: [String]
    /// Of the month worked: what is still to be taken back after the last batch, yuan; nil for nothing.
    public var owed: String?
    /// What banks answered of the month's own line, and of each line by which it came again, in their order.
    public var bank: [BankReply]
    /// Of the month worked: its own and every adjustment of it.
    public var lines: [Line]
    /// What later batches, then the last run, read otherwise.
    public var since: [Later]
    /// Sum of `lines`.
    public var total: String

    /// In the place of a status: no mark says the day, a stated total stands for it.
    static let statedTotal = "total"
}
