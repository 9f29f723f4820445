/// What became of a batch at the bank, to the fen. Source: spec §8: «`status` and the run page show per batch: issued,
/// paid, returned, unpayable, due again».
public struct BankStanding: Hashable, Sendable, Codable {
    public var batch: String
    /// Bank and unpayable lines together.
    public var issued = Fen.zero
    /// Answered as paid.
    public var paid = Fen.zero
    /// Answered as returned.
    public var returned = Fen.zero
    /// No bank could pay it, and nobody answered.
    public var unpayable = Fen.zero
    /// In the bank's file, and nobody answered.
    public var unanswered = Fen.zero
    /// Of what was returned: not paid again by a later batch yet.
    public var dueAgain = Fen.zero

    public init(batch: String) { self.batch = batch }

    /// Standings of a county's batches, by batch.
    ///
    /// - Parameters:
    ///   - answers: what became of every bank line.
    ///   - again: lines that pay again what came back, of closed batches.
    public static func all(_ answers: [BankAnswer], again: [PaymentLine]) -> [BankStanding] {
        let repaid = Set(again.compactMap { line in line.reissue.map { [line.person.text, $0.batch, $0.account] } })
        var standings: [String: BankStanding] = [:]
        for answer in answers {
            let line = answer.line
            var standing = standings[line.batch] ?? BankStanding(batch: line.batch)
            standing.issued += line.amount
            switch answer.result {
            case .paid: standing.paid += line.amount
            case .returned:
                standing.returned += line.amount
                if !repaid.contains([line.person.text, line.batch, line.account]) { standing.dueAgain += line.amount }
            case nil where line.obstacle != nil: standing.unpayable += line.amount
            case nil: standing.unanswered += line.amount
            }
            standings[line.batch] = standing
        }
        return standings.sorted { $0.key < $1.key }.map(\.value)
    }
}
