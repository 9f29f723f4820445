import Domain

/// Tells questions apart that have one evidence and are about different rows of nobody knows whom.
///
/// Two rows of one name with the same marks may be two people: each is decided on its own. Their evidence holds which
/// of how many equal rows it is, in reading order; where one of them goes, the others' answers fall with it. A row
/// that stands alone keeps the evidence of its cells. Source: spec §5.8.
struct EvidenceTwins {
    /// Rows of an evidence when it was first asked about: an answer to one of them must not rename the others.
    private var rows: [String: [Int]] = [:]

    /// - Parameter resolved: the rows that the questions speak of.
    mutating func tellApart(_ questions: inout [Question], _ resolved: [ResolvedRow]) {
        var found: [String: [Int]] = [:]
        for question in questions {
            guard let number = number(question, resolved) else { continue }
            if found[question.evidence]?.contains(number) == true { continue }
            found[question.evidence, default: []].append(number)
        }
        for (evidence, numbers) in found where rows[evidence] == nil { rows[evidence] = numbers.sorted() }
        for index in questions.indices {
            let evidence = questions[index].evidence
            guard let number = number(questions[index], resolved), let twins = rows[evidence], twins.count > 1,
                let place = twins.firstIndex(of: number)
            else { continue }
            questions[index].evidence = DecisionEvidence.digest(
                code: questions[index].finding.code, period: questions[index].finding.period, person: evidence,
                village: nil, cells: ["\(place + 1)/\(twins.count)"])
        }
    }

    /// The row, where the question is whose it is, or nobody knows that; nil for all others.
    private func number(_ question: Question, _ resolved: [ResolvedRow]) -> Int? {
        let index: Int
        switch question.subject {
        case .row(let row, _): index = row
        case .day(let row, _, _): index = row
        case .mark: return nil
        }
        let row = resolved[index]
        let asksWho = [.nameMismatch, .ambiguousPerson, .unreadCell].contains(question.finding.code)
        return asksWho || row.identity == nil ? row.number : nil
    }
}
