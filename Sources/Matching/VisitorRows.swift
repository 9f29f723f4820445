import Domain
import Registers

// Spec §5.6: «Pay goes to the village of the roster's posting in force that day; a sheet that says another is
// village-mismatch.» Where that posting is another county's, its month reads those days; of the sheet it knows the
// county and the place, as it would on another machine (§11), never the file.

extension MonthBuilder {
    // MARK: The county of the sheet

    /// The claims of rows. Of days on which nobody posts the person here they say what the row makes of them, also
    /// that the person was not there: who took those days for another county's must hear it.
    ///
    /// - Parameter decided: rows that count by a decision.
    func claims(of rows: [ResolvedRow], decided: Set<SourceCell>) -> [PresenceClaim] {
        rows.flatMap { row -> [PresenceClaim] in
            // Nearly every row is posted on all its days: what became of it is asked of the others alone.
            let isPosted = !hasUnposted(row)
            if isPosted {
                // A newer sheet's silence, and what somebody refused, are no evidence of presence elsewhere.
                return row.isRefused || row.isLeftOut ? [] : row.row.days.compactMap { claim(row, $0) }
            }
            return row.row.days.flatMap { claims(row, $0, isDecided: decided.contains(row.source)) }
        }
    }

    private func claims(_ row: ResolvedRow, _ day: DayMark, isDecided: Bool) -> [PresenceClaim] {
        let own = row.isRefused || row.isLeftOut ? nil : claim(row, day)
        guard !isPosted(row.cadre, day.date), var said = claim(row, day, ofAbsence: true) else {
            return own.map { [$0] } ?? []
        }
        said.unpostedIn = placeInWords(row)
        said.standing = row.isLeftOut ? .leftOut : !row.counts && !row.isRefused ? .waits : isDecided ? .decided : nil
        let isDue = !row.isRefused && !isExcludedHere(row, day)
        if isDue { return [said] }
        // Presence that the sheet's own county does not take for true is evidence, and pays nothing anywhere.
        (said.morning, said.afternoon, said.isUnnamedHalf) = (false, false, false)
        return [own, said].compactMap { $0 }
    }

    /// County, township and village of a row's sheet, as the county calls them.
    private func placeInWords(_ row: ResolvedRow) -> String {
        let village = row.statedVillage.map { $0.township + $0.village }
        let posting = row.posting.map { $0.township + $0.village }
        return input.records.county.name + (village ?? row.foreignTownship ?? posting ?? row.township)
    }

    /// Whether any row speaks of a day on which nobody posts its person here.
    func hasUnposted(_ rows: [ResolvedRow]) -> Bool { rows.contains { hasUnposted($0) } }

    private func hasUnposted(_ row: ResolvedRow) -> Bool {
        guard row.hasDailyMarks, let cadre = row.cadre else { return false }
        return row.row.days.contains { !isPosted(cadre, $0.date) }
    }

    /// Presence on a day on which nobody posts the person here: another county's, if anybody's.
    func isAway(_ day: DayMark, _ cadre: Cadre) -> Bool { isPresence(day) && !isPosted(cadre, day.date) }

    /// Strangers are posted nowhere and nobody's guests.
    func isPosted(_ cadre: Cadre?, _ date: CivilDate) -> Bool {
        guard let cadre else { return true }
        return cadre.postings.contains { $0.isInForce(on: date) }
    }

    private func isExcludedHere(_ row: ResolvedRow, _ day: DayMark) -> Bool {
        let cell = presenceCell(day)
        // What other counties or their lists say is asked where it would be paid: a claim is the sheet's alone (§11).
        let asked: Set<FindingCode> = [.outsidePosting, .doublePresence, .spotCheckConflict]
        return row.findings.contains { $0.cell == cell && $0.effect == .excluded && !asked.contains($0.code) }
    }

    // MARK: The county of the posting

    /// What other counties' sheets say of a person at one place, on days without a posting there and with one here.
    private struct Visit: Hashable {
        let person: ResidentID
        let place: String
        let standing: PresenceClaim.UnpostedStanding?

        var rank: (ResidentID, String, String) { (person, place, standing?.rawValue ?? "") }
    }

    /// Rows of the days that other counties' sheets claim for people without a posting there and with one here.
    ///
    /// - Parameters:
    ///   - rows: the county's own.
    ///   - number: number of the first of them.
    func visitorRows(beside rows: [ResolvedRow], from number: Int) -> [ResolvedRow] {
        let marked = markedDays(rows)
        var visits: [Visit: [CivilDate: PresenceClaim]] = [:]
        for claim in input.foreignClaims where claim.unpostedIn != nil && claim.date.period == input.period {
            guard let id = ResidentID(claim.personID), let cadre = roster.cadre(id), claim.date <= input.asOf,
                !cadre.postings(on: claim.date).isEmpty
            else { continue }
            // A sheet in force that marks the day answers for whoever left it out.
            if claim.standing == .leftOut, marked[claim.personID]?.contains(claim.date) == true { continue }
            let visit = Visit(person: id, place: claim.place, standing: claim.standing)
            // Rows of one place that repeat each other claim a half once.
            if let known = visits[visit]?[claim.date], known.halfDays >= claim.halfDays { continue }
            visits[visit, default: [:]][claim.date] = claim
        }
        var found: [ResolvedRow] = []
        for (visit, claims) in visits.sorted(by: { $0.key.rank < $1.key.rank }) {
            guard let cadre = roster.cadre(visit.person) else { continue }
            found.append(visitorRow(cadre, visit, claims, number: number + found.count))
        }
        return found
    }

    /// Takes out what waits in another county and would pay nothing here however it is settled there.
    func dropIdleVisits(_ rows: inout [ResolvedRow], _ outcomes: inout [RowOutcome]) {
        let idle = rows.indices.filter { index in
            rows[index].isVisitor && !rows[index].heldCodes.isEmpty
                && outcomes[index].days.allSatisfy { $0.counted == .zero }
        }
        for index in idle.reversed() {
            rows.remove(at: index)
            outcomes.remove(at: index)
        }
    }

    /// Dates that a county's own rows mark, of people whom another county's sheets leave out.
    private func markedDays(_ rows: [ResolvedRow]) -> [String: Set<CivilDate>] {
        let people = Set(input.foreignClaims.filter { $0.standing == .leftOut }.map(\.personID))
        var marked: [String: Set<CivilDate>] = [:]
        for row in rows where people.contains(row.personID) {
            let days = row.row.days.filter(\.isMarked)
            marked[row.personID, default: []].formUnion(days.map(\.date))
        }
        return marked
    }

    private func visitorRow(
        _ cadre: Cadre, _ visit: Visit, _ claims: [CivilDate: PresenceClaim], number: Int
    ) -> ResolvedRow {
        let first = claims.min { $0.key < $1.key }?.value
        let text = first?.unpostedIn ?? ""
        let cell = CellAddress(row: 0, column: 0)
        let days = claims.sorted { $0.key < $1.key }.map { date, claim -> DayMark in
            DayMark(
                date: date, morning: claim.morning ? .present : .blank, afternoon: claim.afternoon ? .present : .blank,
                text: VisitorMark.text(claim), cell: cell, isUnnamedHalf: claim.isUnnamedHalf)
        }
        let row = AttendanceRow(name: SubmittedText(text: cadre.name.display, cell: cell), days: days)
        var resolved = ResolvedRow(
            number: number, order: FileOrder(modified: 0, path: "", arrival: 0),
            block: AttendanceBlock(
                sheet: text, index: number, layout: .grid, period: input.period, context: [], rows: [row]),
            row: row, blockNumber: -1, name: cadre.name, statedTownship: nil, statedVillage: nil,
            match: PersonMatch(outcome: .cadre(cadre), findings: []), postingKeys: roster.postingKeys(cadre.id),
            period: input.period)
        resolved.visitorPlace = visit.place
        resolved.findings = rowFindings(resolved)
        resolved.findings += visitFindings(visit, first?.countyName ?? "", text, cadre, days)
        return resolved
    }

    /// That the days are another village's, and what the county of the sheet made of them.
    private func visitFindings(
        _ visit: Visit, _ county: String, _ place: String, _ cadre: Cadre, _ days: [DayMark]
    ) -> [Finding] {
        // A sheet that says he was not there mismatches nothing.
        guard let date = days.first(where: isPresence)?.date else { return [] }
        switch visit.standing {
        case .waits: return [Finding(.waitsElsewhere, value: place, arguments: [place, county])]
        case .leftOut: return [Finding(.leftOutElsewhere, value: place, arguments: [place, county])]
        case .decided, nil:
            guard let posting = cadre.postings(on: date).first else { return [] }
            let mismatch = Finding(
                .villageMismatch, value: place, arguments: [place, posting.township + posting.village])
            guard visit.standing == .decided else { return [mismatch] }
            return [mismatch, Finding(.decidedElsewhere, value: place, arguments: [place, county])]
        }
    }
}

/// A mark in the words of this program: of other counties' sheets only the halves are known.
private enum VisitorMark {
    static func text(_ claim: PresenceClaim) -> String {
        if claim.isUnnamedHalf { return "半" }
        switch (claim.morning, claim.afternoon) {
        case (true, true): return "√"
        case (true, false): return "√/"
        case (false, true): return "/√"
        case (false, false): return ""
        }
    }
}
