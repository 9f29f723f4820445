/// Whom money went to as a bank tells people apart: a name and an account. Source: spec §8, `issued-under-other-id`:
/// «The same name with the same account … under another ID».
public struct Payee: Hashable, Sendable, Comparable {
    /// The key by which names are compared.
    public let name: String
    public let account: String

    /// Nil where no account is known.
    ///
    /// - Parameter name: as sent.
    public init?(name: String, account: String) {
        guard !account.isEmpty else { return nil }
        self.name = PersonName(name).key
        self.account = account
    }

    public static func < (left: Payee, right: Payee) -> Bool {
        (left.account, left.name) < (right.account, right.name)
    }

    /// Every name and account of people on a roster, with the IDs they stand under.
    public static func all(_ cadres: [Cadre]) -> [Payee: Set<ResidentID>] {
        var payees: [Payee: Set<ResidentID>] = [:]
        for cadre in cadres {
            for account in cadre.postings.compactMap(\.bankAccount) {
                guard let payee = Payee(name: cadre.name.asSent, account: account) else { continue }
                payees[payee, default: []].insert(cadre.id)
            }
        }
        return payees
    }
}

extension IssuedDays {
    /// Nil where no account was known.
    public var payee: Payee? { Payee(name: name, account: account) }
}
