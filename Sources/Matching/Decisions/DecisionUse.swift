import Domain
import Registers

/// Carries decisions out, a pass over the month at a time, and remembers what became of each. Source: spec §5.8.
struct DecisionUse {
    let decisions: [String: Decision]
    private(set) var plan = DecisionPlan()
    /// Questions that a decision settled, with it.
    private(set) var settled: [DecidableFinding] = []
    /// About decisions that fit their evidence and yet cannot be carried out.
    private(set) var findings: [Finding] = []
    private var used: Set<String> = []

    init(_ decisions: some Sequence<Decision>) {
        self.decisions = Dictionary(decisions.map { ($0.evidence, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Evidence that was found in the month, whether or not its decision could be carried out.
    var evidence: [String] { used.sorted() }

    /// Takes up the decisions about these questions.
    ///
    /// - Returns: whether the month must be gone through once more.
    mutating func take(_ questions: [Question], _ rows: [ResolvedRow], roster: RosterIndex) -> Bool {
        var isNew = false
        let conflicting = contradicting(questions)
        for question in questions {
            guard let decision = decisions[question.evidence], decision.code == question.finding.code,
                !used.contains(question.evidence)
            else { continue }
            // Equal marks of one day have one evidence: the decision is about all of them.
            let same = questions.filter { $0.evidence == question.evidence }
            used.insert(question.evidence)
            if let refusal = refusal(question, decision, rows, roster, conflicting) {
                findings.append(refusal)
                continue
            }
            var problem: String?
            for question in same { problem = problem ?? apply(decision, question, rows, roster) }
            if let problem {
                findings.append(
                    placed(Finding(.decisionUnfit, arguments: [decision.shown, problem]), decision, question))
                continue
            }
            isNew = true
            settled += same.map { settle($0, decision, rows) }
        }
        return isNew
    }

    private func settle(_ question: Question, _ decision: Decision, _ rows: [ResolvedRow]) -> DecidableFinding {
        DecidableFinding(
            finding: question.finding, evidence: question.evidence, choices: question.actions,
            concern: question.concern, decision: decision,
            rows: touched(question, rows).map { rows[$0].source })
    }

    /// Rows whose pay a decision about the question changes.
    func touched(_ question: Question, _ rows: [ResolvedRow]) -> [Int] {
        switch question.subject {
        case .row(_, let together): together
        case .day(let row, _, _): [row]
        case .mark(let block, _): rows.indices.filter { rows[$0].blockNumber == block }
        }
    }

    // MARK: What counts for nothing

    /// Evidence of rows that contradict each other of which more than one is 认可.
    private func contradicting(_ questions: [Question]) -> Set<String> {
        var accepted: [[Int]: [String]] = [:]
        for question in questions where question.finding.code == .duplicateRow {
            guard case .row(_, let together) = question.subject, decisions[question.evidence]?.action == .accept else {
                continue
            }
            accepted[together, default: []].append(question.evidence)
        }
        return Set(accepted.values.filter { $0.count > 1 }.flatMap { $0 })
    }

    /// `not-authorised` of who decides about himself, `decision-stale` of a row that names somebody else than its
    /// evidence, or of two rows that cannot both be right.
    private func refusal(
        _ question: Question, _ decision: Decision, _ rows: [ResolvedRow], _ roster: RosterIndex,
        _ contradicting: Set<String>
    ) -> Finding? {
        var isOfNobody = false
        if case .mark = question.subject { isOfNobody = true }
        let finding = question.finding
        guard decision.fits(person: finding.person, personID: finding.personID, isOfNobody: isOfNobody) else {
            return placed(
                Finding(.decisionUnfit, arguments: [decision.shown, "该行的姓名、身份证号与证据所指的人不符"]), decision, question)
        }
        if !isOfNobody, isOfDecider(question, decision, rows, roster) {
            return placed(
                Finding(
                    .notAuthorisedDecider, value: decision.decider,
                    arguments: [IDMasking.masked(decision.decider)]), decision, question)
        }
        guard contradicting.contains(question.evidence) else { return nil }
        return placed(
            Finding(.decisionUnfit, arguments: [decision.shown, "互相矛盾的几行只能认可一行"]), decision, question)
    }

    /// Whether a decider's own pay hangs on the answer: his row, or one that he says is his.
    private func isOfDecider(
        _ question: Question, _ decision: Decision, _ rows: [ResolvedRow], _ roster: RosterIndex
    ) -> Bool {
        let decider = DeciderText(decision.decider)
        if case .change(let text) = decision.action, let id = ResidentID.whole(text) {
            if decider.names(roster.cadre(id)?.name.key ?? "", id) { return true }
        }
        return touched(question, rows).contains { index in
            let row = rows[index]
            let sent = row.row.residentID.flatMap { ResidentID.whole($0.text) }
            return decider.names(row.name.key, sent)
                || decider.names(row.cadre?.name.key ?? "", ResidentID.whole(row.personID))
        }
    }

    private func placed(_ finding: Finding, _ decision: Decision, _ question: Question) -> Finding {
        var finding = finding
        finding.period = question.finding.period
        finding.county = question.finding.county
        finding.township = question.finding.township
        finding.file = decision.source.file
        finding.sheet = decision.source.sheet
        finding.cell = decision.source.address
        finding.person = question.finding.person
        finding.personID = question.finding.personID
        return finding
    }

    // MARK: Carrying out

    /// Nil where it was carried out; else why it cannot be.
    private mutating func apply(
        _ decision: Decision, _ question: Question, _ rows: [ResolvedRow], _ roster: RosterIndex
    ) -> String? {
        guard question.actions.contains(decision.action.chinese) else {
            return "此类问题只能\(question.actions.joined(separator: "、"))"
        }
        switch (decision.action, question.subject) {
        case (.accept, .row(let row, let together)): accept(question, row, together, rows)
        case (.accept, .day(let row, _, let cell)): plan.acceptedCells[rows[row].number, default: []].insert(cell)
        case (.refuse, .row(let row, _)) where question.isOfSomeDays:
            guard case .days(let days) = question.concern else { break }
            for day in days { plan.refusedDays[rows[row].number, default: [:]][day.date] = day.halfDays }
            plan.accepted[rows[row].number, default: []].insert(question.finding.code)
        case (.refuse, .row(let row, let together)):
            // Of rows that contradict each other only this one is out.
            let out = question.finding.code == .duplicateRow ? [row] : together
            plan.refused.formUnion(out.map { rows[$0].number })
        case (.refuse, .day), (.refuse, .mark): break
        case (.change(let text), .row(let row, let together)):
            return change(to: text, question, row, together, rows, roster)
        case (.change(let text), .day(let row, _, let cell)):
            guard let status = DecisionUse.status(text) else { return DecisionUse.noStatus(text) }
            plan.statuses[rows[row].number, default: [:]][cell] = status
        case (.change(let text), .mark(let block, let mark)):
            guard let status = DecisionUse.status(text) else { return DecisionUse.noStatus(text) }
            plan.legends[block, default: [:]][mark] = status
        case (.accept, .mark), (.withdraw, _): return "此类问题只能\(question.actions.joined(separator: "、"))"
        }
        return nil
    }

    private mutating func accept(_ question: Question, _ row: Int, _ together: [Int], _ rows: [ResolvedRow]) {
        let code = question.finding.code
        for index in together { plan.accepted[rows[index].number, default: []].insert(code) }
        guard code == .duplicateRow else { return }
        // The row that is right takes the place of the others.
        plan.refused.formUnion(together.filter { $0 != row }.map { rows[$0].number })
    }

    private mutating func change(
        to text: String, _ question: Question, _ row: Int, _ together: [Int], _ rows: [ResolvedRow],
        _ roster: RosterIndex
    ) -> String? {
        let number = rows[row].number
        switch question.finding.code {
        case .nameMismatch, .ambiguousPerson, .unreadCell:
            guard let id = ResidentID.whole(text) else {
                return "“\(IDMasking.masked(text))”不是身份证号"
            }
            guard let cadre = roster.cadre(id) else {
                return "“\(IDMasking.masked(text))”不在本县区花名册上"
            }
            plan.persons[number] = cadre.id
            plan.accepted[number, default: []].insert(question.finding.code)
        case .villageMismatch:
            guard let posting = DecisionUse.posting(named: text, rows[row]) else {
                return "“\(text)”不是本人所驻的村"
            }
            // The roster says where he was posted each day: what he was not posted to on any of them changes nothing.
            let days = rows[row].row.days.filter(\.isMarked)
            guard days.isEmpty || days.contains(where: { posting.isInForce(on: $0.date) }) else {
                return "本人在这些天没有派驻“\(text)”"
            }
            plan.villages[number] = (posting.township, posting.village)
            plan.accepted[number, default: []].insert(.villageMismatch)
        default:
            guard let days = DecisionUse.halfDays(text) else { return "“\(text)”不是天数" }
            if case .total(let stated) = question.concern {
                guard days <= stated else {
                    let bound = question.isWithoutFigure ? "在岗的" : "可以计发的"
                    return "超出\(bound) \(stated.daysText) 天"
                }
                plan.totals[number] = days
            } else if case .days(let marked) = question.concern {
                let read = marked.reduce(HalfDays.zero) { $0 + $1.halfDays }
                guard days <= read else { return "超出按记录计的 \(read.daysText) 天" }
                plan.caps.append((together.map { rows[$0].number }, days))
            } else {
                return "表上没有可以计发的天数"
            }
            for index in together { plan.accepted[rows[index].number, default: []].insert(question.finding.code) }
        }
        return nil
    }

    // MARK: What 改为 says

    static func status(_ text: String) -> AttendanceStatus? {
        let key = TextFolding.key(text)
        return AttendanceStatus.allCases.first { status in
            ![.blank, .unknown, .uncached].contains(status) && (status.chinese == key || words[status] == key)
        }
    }

    /// Other words of the same statuses.
    private static let words: [AttendanceStatus: String] = [.official: "公差", .absent: "旷工", .rest: "休"]

    private static func noStatus(_ text: String) -> String { "“\(text)”不是出勤、因公、培训、请假、病假、脱岗、抽调、休息之一" }

    /// One of the person's villages; with its township where two have the name.
    private static func posting(named text: String, _ row: ResolvedRow) -> Posting? {
        let fits = (row.cadre?.postings ?? []).filter { posting in
            PlaceKey.village(text) == PlaceKey.village(posting.village)
                || TextFolding.key(text) == TextFolding.key(posting.township + posting.village)
        }
        return Set(fits.map(\.villageKey)).count == 1 ? fits.last : nil
    }

    /// Days in whole or half numbers, not negative.
    static func halfDays(_ text: String) -> HalfDays? {
        var key = TextFolding.key(text)
        if key.hasSuffix("天") { key.removeLast() }
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int($0) }), (0...31).contains(whole), parts.count <= 2 else {
            return nil
        }
        guard parts.count == 2 else { return .days(whole) }
        switch parts[1] {
        case "5", "50": return .days(whole) + HalfDays(1)
        case "0", "00": return .days(whole)
        default: return nil
        }
    }
}

extension Decision {
    /// The answer without a number that is nobody's to read.
    fileprivate var shown: String { IDMasking.masked(answer) }
}
