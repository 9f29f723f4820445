import Domain

/// What a county's month pays through a bank, and what no bank can pay. Pure.
///
/// Source: spec §9: «one positive net line a person and account, adjustments and villages netted»; bank + unpayable =
/// payments, to the fen.
public struct BankLines: Hashable, Sendable {
    /// A person's net amount on one account.
    public struct Line: Hashable, Sendable {
        public var person: ResidentID
        public var name: String
        public var sendingUnit: String
        public var bank: String?
        public var account: String?
        public var amount: Fen
        /// Nil where the bank can pay.
        public var obstacle: UnpayableReason?
        /// The line that the rest of an export's columns are taken from: the first in statement order.
        public var model: PaymentLine
    }

    /// Amounts above zero, in statement order.
    public let payable: [Line]
    /// Amounts from zero, in statement order.
    public let unpayable: [Line]

    /// Nets payment lines; what is taken back on one account is taken from the person's others.
    public init(_ lines: [PaymentLine], standing: AccountStanding) {
        var people: [ResidentID: [Line]] = [:]
        var order: [ResidentID] = []
        for line in lines.filter({ $0.total != .zero }).sorted(by: PaymentLine.inStatementOrder) {
            let account = line.bankAccount.flatMap { $0.isEmpty ? nil : $0 }
            if people[line.person] == nil { order.append(line.person) }
            var own = people[line.person] ?? []
            if let place = own.firstIndex(where: { $0.account == account }) {
                own[place].amount += line.total
            } else {
                own.append(
                    Line(
                        person: line.person, name: line.name, sendingUnit: line.sendingUnit, bank: line.bank,
                        account: account, amount: line.total,
                        obstacle: standing.obstacle(line.person, account), model: line))
            }
            people[line.person] = own
        }
        let netted = order.flatMap { BankLines.netted(people[$0] ?? []) }
        payable = netted.filter { $0.obstacle == nil }
        unpayable = netted.filter { $0.obstacle != nil }
    }

    /// One person's accounts, none of them below zero. A person's sum never is (spec §8).
    private static func netted(_ lines: [Line]) -> [Line] {
        var lines = lines
        var debt = Fen.zero
        for index in lines.indices where lines[index].amount < .zero {
            debt += -lines[index].amount
            lines[index].amount = .zero
        }
        // From what a bank can pay first: nothing is then paid out that the county must ask back.
        for index in lines.indices.sorted(by: { rank(lines[$0], $0) < rank(lines[$1], $1) }) where debt > .zero {
            let taken = min(debt, lines[index].amount)
            lines[index].amount = lines[index].amount - taken
            debt = debt - taken
        }
        let left = lines.filter { $0.amount > .zero }
        guard left.isEmpty, var first = lines.first else { return left }
        first.obstacle = .nothingLeft
        return [first]
    }

    private static func rank(_ line: Line, _ index: Int) -> (Int, Int, Int) {
        (line.obstacle == nil ? 0 : 1, -line.amount.amount, index)
    }

    /// The lines as a bank can answer them, for a batch that is closed.
    public func lines(batch: String) -> [BankLine] {
        (payable + unpayable).map { line in
            BankLine(
                batch: batch, period: line.model.period, person: line.person, name: line.name,
                unitCode: line.model.unitCode, sendingUnit: line.sendingUnit, township: line.model.township,
                village: line.model.village, bank: line.bank, account: line.account ?? "", amount: line.amount,
                obstacle: line.obstacle)
        }
    }

    /// The same, where only some of what a bank could pay stands in a bank's file: the rest no bank is told to pay.
    public func confined(to isInFile: (Line) -> Bool) -> BankLines {
        let left = payable.filter { !isInFile($0) }.map { line in
            var line = line
            line.obstacle = .noFile
            return line
        }
        guard !left.isEmpty else { return self }
        return BankLines(
            payable: payable.filter(isInFile),
            unpayable: (unpayable + left).sorted { PaymentLine.inStatementOrder($0.model, $1.model) })
    }

    private init(payable: [Line], unpayable: [Line]) {
        self.payable = payable
        self.unpayable = unpayable
    }

    /// Sums in fen.
    public var payableTotal: Fen { payable.reduce(.zero) { $0 + $1.amount } }
    public var unpayableTotal: Fen { unpayable.reduce(.zero) { $0 + $1.amount } }
}
