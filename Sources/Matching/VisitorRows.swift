import Domain
import Registers

// Spec §5.6: «Pay goes to the village of the roster's posting in force that day; a sheet that says another is
// village-mismatch.» Where that posting is another county's, its month reads those days; of the sheet it knows the
// county and the place, as it would on another machine (§11), never the file.

extension MonthBuilder {
    // MARK: The county of the sheet

    /// The claims of rows; of rows that count, days that only the want of a posting here keeps from being paid say so.
    func claims(of rows: [ResolvedRow]) -> [PresenceClaim] {
        rows.flatMap { row -> [PresenceClaim] in
            // Nearly every row is posted on all its days: whether it is held is asked of the others alone.
            let mayBeUnposted = row.row.days.contains { isUnposted(row.cadre, $0) } && row.counts
            return row.row.days.compactMap { day in
                guard var claim = claim(row, day) else { return nil }
                if mayBeUnposted, isUnposted(row, day) { claim.unpostedIn = placeInWords(row) }
                return claim
            }
        }
    }

    /// County, township and village of a row's sheet, as the county calls them.
    private func placeInWords(_ row: ResolvedRow) -> String {
        let village = row.statedVillage.map { $0.township + $0.village }
        let posting = row.posting.map { $0.township + $0.village }
        return input.records.county.name + (village ?? row.foreignTownship ?? posting ?? row.township)
    }

    /// Whether any day of presence has no posting of its person here.
    func hasUnposted(_ rows: [ResolvedRow]) -> Bool {
        rows.contains { row in row.hasDailyMarks && row.row.days.contains { isUnposted(row.cadre, $0) } }
    }

    private func isUnposted(_ cadre: Cadre?, _ day: DayMark) -> Bool {
        guard let cadre, isPresence(day) else { return false }
        return !cadre.postings.contains { $0.isInForce(on: day.date) }
    }

    private func isUnposted(_ row: ResolvedRow, _ day: DayMark) -> Bool {
        guard isUnposted(row.cadre, day) else { return false }
        let cell = presenceCell(day)
        // What other counties or their lists say is asked where it would be paid: a claim is the sheet's alone (§11).
        let asked: Set<FindingCode> = [.outsidePosting, .doublePresence, .spotCheckConflict]
        return !row.findings.contains { $0.cell == cell && $0.effect == .excluded && !asked.contains($0.code) }
    }

    // MARK: The county of the posting

    /// Rows of the days that other counties' sheets claim for people without a posting there and with one here.
    ///
    /// - Parameter number: number of the first of them.
    func visitorRows(from number: Int) -> [ResolvedRow] {
        var days: [ResidentID: [String: [CivilDate: PresenceClaim]]] = [:]
        for claim in input.foreignClaims where claim.unpostedIn != nil && claim.date.period == input.period {
            guard let id = ResidentID(claim.personID), let cadre = roster.cadre(id), claim.date <= input.asOf,
                !cadre.postings(on: claim.date).isEmpty
            else { continue }
            // Rows of one place that repeat each other claim a half once.
            if let known = days[id]?[claim.place]?[claim.date], known.halfDays >= claim.halfDays { continue }
            days[id, default: [:]][claim.place, default: [:]][claim.date] = claim
        }
        var rows: [ResolvedRow] = []
        for (id, places) in days.sorted(by: { $0.key < $1.key }) {
            guard let cadre = roster.cadre(id) else { continue }
            for (place, claims) in places.sorted(by: { $0.key < $1.key }) {
                rows.append(visitorRow(cadre, place, claims, number: number + rows.count))
            }
        }
        return rows
    }

    private func visitorRow(
        _ cadre: Cadre, _ place: String, _ claims: [CivilDate: PresenceClaim], number: Int
    ) -> ResolvedRow {
        let text = claims.min { $0.key < $1.key }?.value.unpostedIn ?? ""
        let cell = CellAddress(row: 0, column: 0)
        let days = claims.sorted { $0.key < $1.key }.map { date, claim -> DayMark in
            let text = claim.isUnnamedHalf ? "半" : claim.halfDays == 2 ? "√" : claim.morning ? "√/" : "/√"
            return DayMark(
                date: date, morning: claim.morning ? .present : .blank, afternoon: claim.afternoon ? .present : .blank,
                text: text, cell: cell, isUnnamedHalf: claim.isUnnamedHalf)
        }
        let row = AttendanceRow(name: SubmittedText(text: cadre.name.display, cell: cell), days: days)
        var resolved = ResolvedRow(
            number: number, order: FileOrder(modified: 0, path: "", arrival: 0),
            block: AttendanceBlock(
                sheet: text, index: number, layout: .grid, period: input.period, context: [], rows: [row]),
            row: row, blockNumber: -1, name: cadre.name, statedTownship: nil, statedVillage: nil,
            match: PersonMatch(outcome: .cadre(cadre), findings: []), postingKeys: roster.postingKeys(cadre.id),
            period: input.period)
        resolved.visitorPlace = place
        resolved.findings = rowFindings(resolved)
        if !resolved.findings.contains(where: { $0.code == .villageMismatch }),
            let posting = days.first.flatMap({ cadre.postings(on: $0.date).first })
        {
            resolved.findings.append(
                Finding(.villageMismatch, value: text, arguments: [text, posting.township + posting.village]))
        }
        return resolved
    }
}
