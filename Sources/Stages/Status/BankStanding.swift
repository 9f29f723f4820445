import Domain

/// What became of a batch at the bank: issued, paid, returned, unpayable, nobody answered yet. Source: spec §8.
struct BankStanding: Hashable, Sendable, Codable {
    var batch: String
    /// Yuan with two decimals.
    var issued: String
    var paid: String
    var returned: String
    var unpayable: String
    var unanswered: String

    init(batch: String, _ answers: [BankAnswer]) {
        let lines = answers.filter { $0.line.batch == batch }
        func sum(_ isCounted: (BankAnswer) -> Bool) -> String {
            lines.filter(isCounted).reduce(Fen.zero) { $0 + $1.line.amount }.yuanText
        }
        self.batch = batch
        issued = sum { _ in true }
        paid = sum { $0.result == .paid }
        returned = sum { $0.result == .returned }
        unpayable = sum { $0.result == nil && $0.line.obstacle != nil }
        unanswered = sum { $0.result == nil && $0.line.obstacle == nil }
    }

    func text(_ language: Language) -> String {
        language == .zh
            ? "银行：发放 \(issued) 元，已付 \(paid)，退回 \(returned)，无法代发 \(unpayable)，未回盘 \(unanswered)"
            : "bank: issued \(issued) yuan, paid \(paid), returned \(returned), unpayable \(unpayable), unanswered \(unanswered)"
    }
}
