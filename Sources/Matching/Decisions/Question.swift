import Domain

/// A finding that a person may settle, and what a decision about it would touch. Source: spec §5.8.
struct Question {
    /// What is asked about.
    enum Subject {
        /// A row as a whole; `together`: every row that the finding sets against each other, itself among them.
        case row(Int, together: [Int])
        /// A day of a row, by its place among the row's days, at a cell.
        case day(row: Int, day: Int, cell: CellAddress)
        /// A mark of a block's legend.
        case mark(block: Int, mark: String)
    }

    let finding: Finding
    var evidence: String
    let subject: Subject
    var concern: DecisionConcern
    /// A statement or a list of leave without a figure: `concern` holds the days that are posted.
    var isWithoutFigure = false

    /// Whether 不认可 takes the days of `concern` alone: those issued under the other ID, those in another village than
    /// the sheet's.
    var isOfSomeDays: Bool {
        guard case .days = concern else { return false }
        return finding.code == .issuedUnderOtherID || finding.reason == .villageMismatch
    }

    /// Which answers the finding leaves open.
    var actions: [String] {
        // Where neither figure nor posting stand there is nothing to confirm.
        if finding.code == .noDailyEvidence, concern == .unknown { return ["不认可"] }
        let all = Question.actions(finding.code)
        // What names none of several villages, or no number of days, says nothing that could be confirmed.
        return finding.reason == .villageMismatchHeld || isWithoutFigure ? all.filter { $0 != "认可" } : all
    }

    static func actions(_ code: FindingCode) -> [String] {
        switch code {
        case .nameMismatch, .totalMismatch, .noDailyEvidence, .villageMismatch: ["认可", "不认可", "改为"]
        case .duplicateRow, .spotCheckConflict, .leftOut, .issuedUnderOtherID: ["认可", "不认可"]
        case .ambiguousPerson, .unknownMark, .unknownLegend, .legendConflict, .unreadCell: ["不认可", "改为"]
        default: []
        }
    }

    /// Codes that a decision about a month's rows can settle; what concerns accounts and closed lines is asked where
    /// they are computed.
    static let codes: Set<FindingCode> = Set(FindingCode.allCases.filter { !actions($0).isEmpty })
}

extension MonthBuilder {
    /// Everything that a person may settle about these rows, each with its evidence.
    func questions(_ rows: [ResolvedRow], _ outcomes: [RowOutcome]) -> [Question] {
        var questions: [Question] = []
        for index in rows.indices {
            let row = rows[index]
            if row.isRefused { continue }
            if row.isHeldByTwin { questions.append(duplicate(index, rows, outcomes)) }
            for finding in row.findings where isOpen(finding) {
                switch finding.code {
                case .duplicateRow: questions.append(duplicate(index, rows, outcomes))
                case .issuedUnderOtherID: questions.append(otherID(finding, index, rows))
                case .unknownMark, .legendConflict, .spotCheckConflict:
                    if let question = day(finding, index, row) { questions.append(question) }
                default: questions.append(wholeRow(finding, index, rows, outcomes))
                }
            }
        }
        return questions + legendQuestions(rows)
    }

    /// What stands against pay, and the village that a sheet names against the roster's.
    private func isOpen(_ finding: Finding) -> Bool {
        guard Question.codes.contains(finding.code) else { return false }
        // What waits in another county is decided there, once.
        if finding.reason == .waitsElsewhere || finding.reason == .leftOutElsewhere { return false }
        return finding.effect == .held || finding.effect == .excluded || finding.code == .villageMismatch
    }

    // MARK: Subjects

    private func wholeRow(
        _ finding: Finding, _ index: Int, _ rows: [ResolvedRow], _ outcomes: [RowOutcome]
    ) -> Question {
        let row = rows[index]
        let together = finding.reason == .totalsSheetMismatch ? besides(index, rows) : []
        var question = Question(
            finding: located(finding, row),
            evidence: evidence(finding.code, [row] + together.map { rows[$0] }, cells: nil),
            subject: .row(index, together: [index] + together),
            concern: concern(together.isEmpty ? [index] : together, rows, outcomes))
        if finding.reason == .villageMismatch, let cadre = row.cadre, case .days(let days) = question.concern {
            question.concern = .days(days.filter { isElsewhere(row, cadre, on: $0.date) })
        }
        if finding.code == .noDailyEvidence {
            // Words in place of marks count by the figure beside them; without one, by days that somebody names.
            let posted = postedHalfDays(row)
            question.isWithoutFigure = row.row.total?.halfDays == nil
            let stated = row.row.total?.halfDays ?? posted
            question.concern = stated.map { .total(min($0, posted ?? $0)) } ?? .unknown
        }
        return question
    }

    /// The rows with daily marks that a totals row was checked against.
    private func besides(_ index: Int, _ rows: [ResolvedRow]) -> [Int] {
        rows.indices.filter { rows[$0].isHeldByTotals && rows[$0].identity == rows[index].identity }
    }

    /// Each of the rows that contradict each other is a question of its own: one of them alone can be right.
    private func duplicate(_ index: Int, _ rows: [ResolvedRow], _ outcomes: [RowOutcome]) -> Question {
        let row = rows[index]
        let together = rows.indices.filter { rows[$0].contradictionGroup == row.contradictionGroup }
        let others = together.filter { $0 != index }
        var finding = Finding(
            .duplicateRowConflict,
            arguments: [others.map { place(rows[$0], seenFrom: row) }.joined(separator: "、")])
        finding = located(finding, row)
        return Question(
            finding: finding, evidence: evidence(.duplicateRow, [row] + others.map { rows[$0] }, cells: nil),
            subject: .row(index, together: together), concern: concern([index], rows, outcomes))
    }

    /// About the days that were issued under the other ID alone.
    private func otherID(_ finding: Finding, _ index: Int, _ rows: [ResolvedRow]) -> Question {
        let row = rows[index]
        let issued = otherIDHalves(row, among: rows)
        if isOfTotal(row) {
            return Question(
                finding: located(finding, row),
                evidence: evidence(
                    finding.code, [row], cells: [finding.value, row.row.total?.text ?? ""] + issued.map(\.date.iso)),
                subject: .row(index, together: [index]), concern: .days(issued))
        }
        let dates = Set(issued.map(\.date))
        let days = row.row.days.filter { dates.contains($0.date) }
        return Question(
            finding: located(finding, row),
            evidence: evidence(
                finding.code, [row], cells: [finding.value] + days.map { "\($0.date.iso) \($0.text)" }),
            subject: .row(index, together: [index]),
            concern: .days(days.map { CountedDay(date: $0.date, halfDays: HalfDays(paidHalves($0))) }))
    }

    private func day(_ finding: Finding, _ index: Int, _ row: ResolvedRow) -> Question? {
        guard let cell = finding.cell,
            let position = row.row.days.firstIndex(where: { $0.cell == cell || $0.afternoonCell == cell })
        else { return nil }
        let day = row.row.days[position]
        var concern = DecisionConcern.unknown
        if finding.code == .spotCheckConflict {
            // Where nobody posts him here that day no answer would pay it: it is asked where it would be paid.
            guard isPosted(row.cadre, day.date) else { return nil }
            concern = .days([CountedDay(date: day.date, halfDays: HalfDays(paidHalves(day)))])
        }
        let half = day.afternoonCell == cell && day.cell != cell ? "下午" : ""
        // A check that is corrected is another check.
        let check = finding.code == .spotCheckConflict ? finding.arguments[1] : ""
        return Question(
            finding: located(finding, row),
            evidence: evidence(finding.code, [row], cells: [day.date.iso, half, day.text, check]),
            subject: .day(row: index, day: position, cell: cell), concern: concern)
    }

    /// `unknown-legend` and `legend-conflict` of a block: one answer for all its cells.
    private func legendQuestions(_ rows: [ResolvedRow]) -> [Question] {
        let inForce = Dictionary(rows.map { ($0.blockNumber, $0) }, uniquingKeysWith: { first, _ in first })
        return inForce.sorted { $0.key < $1.key }.flatMap { number, row in
            row.block.findings.compactMap { finding -> Question? in
                guard finding.reason == .legendUnknown || finding.reason == .legendConflict,
                    let mark = finding.arguments.first
                else { return nil }
                var placed = finding
                placed.period = input.period
                placed.county = county
                placed.township = row.township
                placed.file = row.order.path
                // Of a legend sheet the finding names that sheet; it is asked once for each sheet that it rules.
                if placed.sheet.isEmpty { placed.sheet = row.block.sheet }
                return Question(
                    finding: placed,
                    evidence: DecisionEvidence.digest(
                        code: finding.code, period: input.period, person: "", village: nil,
                        cells: [row.township, row.block.sheet, finding.value] + finding.arguments),
                    subject: .mark(block: number, mark: TextFolding.key(mark)), concern: .unknown)
            }
        }
    }

    // MARK: Evidence

    /// The digest over a row and those it is set against; `cells` alone where the finding is about one of its days.
    private func evidence(_ code: FindingCode, _ rows: [ResolvedRow], cells: [String]?) -> String {
        let first = rows[0]
        let person = first.personID.isEmpty ? first.row.residentID?.text ?? first.name.key : first.personID
        return DecisionEvidence.digest(
            code: code, period: input.period, person: person, village: first.versionKey,
            cells: cells.map { identity(first) + $0 } ?? rows.flatMap { identity($0) + marks($0) })
    }

    /// Who and where, as sent.
    private func identity(_ row: ResolvedRow) -> [String] {
        let sent = row.row
        return [sent.name, sent.residentID, sent.county, sent.township, sent.village, sent.sendingUnit].map {
            $0?.text ?? ""
        }
    }

    private func marks(_ row: ResolvedRow) -> [String] {
        row.row.days.map { "\($0.date.iso) \($0.text)" } + [row.row.total?.text ?? ""]
            + (row.row.leave.isEmpty ? [] : [row.row.leave])
    }

    // MARK: What is at stake

    /// What the rows would pay together if the finding were not.
    private func concern(_ indexes: [Int], _ rows: [ResolvedRow], _ outcomes: [RowOutcome]) -> DecisionConcern {
        guard rows[indexes[0]].hasDailyMarks else {
            let row = rows[indexes[0]]
            return row.row.total?.halfDays.map { .total(min($0, postedHalfDays(row) ?? $0)) } ?? .unknown
        }
        var days: [CivilDate: Int] = [:]
        for index in indexes {
            for (position, day) in rows[index].row.days.enumerated()
            where outcomes[index].days[position].exclusion == nil {
                days[day.date] = min(2, (days[day.date] ?? 0) + paidHalves(day))
            }
        }
        return .days(
            days.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map {
                CountedDay(date: $0.key, halfDays: HalfDays($0.value))
            })
    }
}
