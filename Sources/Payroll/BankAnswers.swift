import Domain

// Spec §8: «A row that matches none, or a second answer for a line that contradicts the first, is record-conflict and
// changes nothing. A returned line is payment-returned and due again in the next batch, once … Nothing is paid again
// without such an answer.»

/// What banks answered about the lines of closed batches, and what is due again by it. Pure.
public enum BankAnswers {
    /// - Parameters:
    ///   - returns: in the order of receipt.
    ///   - lines: of all closed batches of the county.
    ///   - period: the open month in which answers that fit nothing are told.
    ///   - again: lines of closed batches that paid again what came back: that is told no more.
    ///   - cadres: to whose accounts of today the rest comes again.
    public static func match(
        _ returns: [BankReturn], to lines: [BankLine], in period: Period, _ county: CountyCode,
        again: [PaymentLine] = [], cadres: [Cadre]
    ) -> (answers: [BankAnswer], findings: [Finding]) {
        var answers = lines.map { BankAnswer(line: $0) }
        let places = Dictionary(grouping: answers.indices) { Spoken(answers[$0].line.batch, answers[$0].line.amount) }
        var findings: [Finding] = []
        var early: [(place: Int, finding: Finding)] = []
        for answer in returns {
            func finding(_ reason: FindingReason, _ arguments: [String]) -> Finding {
                Finding(
                    reason, period: period, county: county, file: answer.source.file, sheet: answer.source.sheet,
                    cell: answer.source.address, person: answer.name, personID: answer.person?.text ?? "",
                    value: answer.amount.yuanText, arguments: arguments)
            }
            let fits = (places[Spoken(answer.batch, answer.amount)] ?? []).filter { fit(answer, answers[$0].line) }
            // Two accounts of one person with one amount: the row must name the account.
            guard let place = fits.first(where: { answers[$0].source == answer.source }) ?? fits.first, fits.count == 1
            else {
                findings.append(finding(.bankReturnUnmatched, [answer.batch, answer.amount.yuanText]))
                continue
            }
            // It came when there was no such batch, and was refused: that a batch was closed since answers nothing.
            if let arrival = answer.arrival, let closed = answers[place].line.closedAfter, arrival <= closed {
                early.append((place, finding(.bankReturnBeforeClosing, [answer.batch, answer.amount.yuanText])))
                continue
            }
            switch answers[place].result {
            case nil:
                answers[place].result = answer.result
                answers[place].reason = answer.reason
                answers[place].source = answer.source
                answers[place].arrival = answer.arrival
            case answer.result: break
            case let known?:
                findings.append(
                    finding(.bankReturnContradicts, [answer.batch, known == .paid ? "成功" : "退回"]))
            }
        }
        findings += early.filter { answers[$0.place].result == nil }.map(\.finding)
        let repaid = Set(again.compactMap { line in line.reissue.map { [line.person.text, $0.batch, $0.account] } })
        let accounts = AccountsOfToday(cadres, asOf: period.lastDay)
        for answer in answers where answer.result == .returned && answer.line.amount > .zero {
            let line = answer.line
            if repaid.contains([line.person.text, line.batch, line.account]) { continue }
            findings.append(returned(answer, county, isUnchanged: accounts.isUnchanged(line)))
        }
        return (answers, findings.sorted(by: Finding.inReportOrder))
    }

    /// What every row of an answer names: a county has a line a person and month, and an answer for each.
    private struct Spoken: Hashable {
        let batch: String
        let amount: Fen

        init(_ batch: String, _ amount: Fen) {
            self.batch = batch
            self.amount = amount
        }
    }

    /// Whether a row of an answer speaks of a line of its batch and amount.
    private static func fit(_ answer: BankReturn, _ line: BankLine) -> Bool {
        answer.person.map { $0 == line.person } ?? true && answer.account.map { $0 == line.account } ?? true
    }

    private static func returned(_ answer: BankAnswer, _ county: CountyCode, isUnchanged: Bool) -> Finding {
        Finding(
            isUnchanged ? .paymentReturnedSameAccount : .paymentReturned, period: answer.line.period, county: county,
            township: answer.line.township,
            file: answer.source?.file ?? "", sheet: answer.source?.sheet ?? "", cell: answer.source?.address,
            person: answer.line.name, personID: answer.line.person.text, value: answer.line.amount.yuanText,
            arguments: [
                answer.line.batch, answer.line.amount.yuanText, answer.reason.isEmpty ? "未说明原因" : answer.reason,
            ])
    }

    /// Lines of the open month that pay again what came back and was not paid again before.
    ///
    /// - Parameters:
    ///   - issued: reissued lines of closed batches.
    ///   - cadres: whose accounts of today are paid to.
    ///   - reckoning: batches of before `Reckoning.totals` do not say that an account is the one that refused.
    public static func reissues(
        _ answers: [BankAnswer], issued: [PaymentLine], cadres: [Cadre], county: CountyCode, target: Period,
        reckoning: Int = Reckoning.current
    ) -> [PaymentLine] {
        let again = Set(issued.compactMap { line in line.reissue.map { [line.person.text, $0.batch, $0.account] } })
        let accounts = AccountsOfToday(cadres, asOf: target.lastDay)
        return answers.filter { $0.result == .returned && $0.line.amount > .zero }.compactMap { answer in
            let line = answer.line
            guard !again.contains([line.person.text, line.batch, line.account]) else { return nil }
            let posting = accounts.posting(line.person)
            let isUnchanged = reckoning >= Reckoning.totals && accounts.isUnchanged(line)
            return PaymentLine(
                county: county, period: target, originPeriod: line.period, person: line.person, name: line.name,
                unitCode: line.unitCode, sendingUnit: line.sendingUnit, township: line.township,
                village: line.village, bank: posting == nil ? line.bank : posting?.bank,
                bankAccount: posting == nil ? line.account : posting?.bankAccount, halfDays: .zero, dailyRate: .zero,
                livingStipend: line.amount,
                note: "重发 \(line.batch)" + (answer.reason.isEmpty ? "" : "，\(answer.reason)")
                    + (isUnchanged ? "；账号未变" : ""),
                reissue: PaymentLine.Reissue(batch: line.batch, account: line.account))
        }
    }
}

/// The accounts of the roster of today.
private struct AccountsOfToday {
    private let postings: [ResidentID: Posting?]

    init(_ cadres: [Cadre], asOf date: CivilDate) {
        postings = Dictionary(
            cadres.map { ($0.id, $0.posting(asOf: date) ?? $0.postings.last) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The posting whose account is paid to; nil for somebody without any.
    func posting(_ person: ResidentID) -> Posting? { postings[person] ?? nil }

    /// Whether what a bank refused would go to the very account that it refused; what no bank was asked to pay is
    /// another matter.
    func isUnchanged(_ line: BankLine) -> Bool {
        guard line.obstacle == nil else { return false }
        // Who stands on no roster any more goes to the account that he had.
        guard let posting = posting(line.person) else { return true }
        return BankAccount.digits(posting.bankAccount ?? "") == BankAccount.digits(line.account)
    }
}
