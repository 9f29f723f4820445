/// Which bank accounts of a county no bank can pay to, as its registers tell. Source: spec §9.
public struct AccountStanding: Hashable, Sendable {
    /// Accounts read from a number cell of more than 15 digits: their last digits are lost.
    public var rounded: Set<String>
    /// Accounts that two IDs have, in whichever county, by person who may not be paid to it.
    public var shared: Set<PersonAccount>
    /// Those of them that somebody decided are not to be paid to.
    public var refused: Set<PersonAccount> = []

    public init(rounded: Set<String> = [], shared: Set<PersonAccount> = []) {
        self.rounded = rounded
        self.shared = shared
    }

    /// A person and one of the accounts he is paid to.
    public struct PersonAccount: Hashable, Comparable, Sendable, Codable {
        public var person: ResidentID
        public var account: String

        public init(person: ResidentID, account: String) {
            self.person = person
            self.account = account
        }

        public static func < (left: PersonAccount, right: PersonAccount) -> Bool {
            (left.person, left.account) < (right.person, right.account)
        }
    }

    /// Why the account cannot be paid to; nil where it can.
    public func obstacle(_ person: ResidentID, _ account: String?) -> UnpayableReason? {
        guard let account, !account.isEmpty else { return .missing }
        if rounded.contains(account) { return .rounded }
        if !BankAccount.isValid(account) { return .invalid }
        let own = PersonAccount(person: person, account: account)
        if refused.contains(own) { return .refused }
        return shared.contains(own) ? .shared : nil
    }
}

/// Why no bank can pay an amount (原因 of `unpayable`). Source: spec §9.
public enum UnpayableReason: String, Hashable, Sendable, Codable, CaseIterable {
    case missing, invalid, rounded, shared, refused, nothingLeft, noFile

    public var chinese: String {
        switch self {
        case .missing: "缺银行账号"
        case .invalid: "银行账号有误"
        case .rounded: "银行账号取自数字单元格，末位已失真"
        case .shared: "银行账号与他人相同，尚未裁定"
        case .refused: "银行账号与他人相同，裁定不予认可"
        case .nothingLeft: "抵扣后净额为零"
        case .noFile: "各银行代发文件的筛选条件都不包括此行"
        }
    }
}
