import Domain
import Registers

// Spec §8: «Where only another county's reading in force claims it, it is already-issued there (excluded, naming the
// batch) … The same name with the same account, or in the same village on the same days, under another ID than a batch
// was issued to is issued-under-other-id, held until decided, unless that ID too has a posting in force and marks of
// its own on those days (two people of one name).»

extension MonthBuilder {
    // MARK: Another county

    /// Days for which another county's batch issued and did not take back: not paid again here.
    func excludeIssued(_ rows: inout [ResolvedRow], _ outcomes: inout [RowOutcome]) {
        guard !input.issuedElsewhere.isEmpty else { return }
        var issued: [ResidentID: [CivilDate: [IssuedElsewhere]]] = [:]
        for entry in input.issuedElsewhere where entry.date.period == input.period {
            issued[entry.person, default: [:]][entry.date, default: []].append(entry)
        }
        var taken: [ResidentID: [CivilDate: IssuedHalves]] = [:]
        for index in rows.indices where rows[index].hasDailyMarks && !rows[index].isRefused && !rows[index].isLeftOut {
            guard let person = rows[index].cadre?.id, let ofPerson = issued[person] else { continue }
            for position in rows[index].row.days.indices {
                let day = rows[index].row.days[position]
                let counted = outcomes[index].days[position].counted
                guard counted > .zero, let entries = ofPerson[day.date], let first = entries.first else { continue }
                let number = day.date.day
                var known =
                    taken[person]?[day.date] ?? entries.reduce(IssuedHalves()) { $0.adding($1.halves) }
                let left = known.left(of: claimed(day, counted), on: number)
                let remaining = HalfDays(left.count(on: number))
                known.add(left, on: number)
                taken[person, default: [:]][day.date] = known
                guard remaining < counted else { continue }
                outcomes[index].days[position].counted = remaining
                outcomes[index].days[position].exclusion = .alreadyIssued
                rows[index].findings.append(
                    Finding(
                        .alreadyIssued, cell: presenceCell(day), value: day.text,
                        arguments: [day.date.iso, first.batch, (counted - remaining).daysText]))
            }
        }
    }

    /// The halves of a day that would be paid.
    private func claimed(_ day: DayMark, _ counted: HalfDays) -> IssuedHalves {
        if counted >= HalfDays(2) { return .day(day.date.day, morning: true, afternoon: true) }
        let isMorning = input.payable.contains(day.morning, on: day.date)
        return .day(day.date.day, morning: isMorning, afternoon: !isMorning, isUnnamed: day.isUnnamedHalf)
    }

    // MARK: Another ID

    /// `issued-under-other-id` at every row that claims days which a batch issued to the same person by another ID.
    func findOtherIDs(_ rows: inout [ResolvedRow]) {
        guard !input.issued.isEmpty else { return }
        for index in rows.indices {
            let dates = otherIDDates(rows[index], among: rows)
            guard !dates.isEmpty, let other = otherIDs(rows[index]).first else { continue }
            rows[index].findings.append(
                Finding(
                    .issuedUnderOtherID, cell: rows[index].row.residentID?.cell ?? rows[index].row.name.cell,
                    value: rows[index].personID,
                    arguments: [other.person.masked, other.batch, String(dates.count)]))
        }
    }

    /// What was issued to the same name and account, or to the same name in the same village, under another ID.
    private func otherIDs(_ row: ResolvedRow) -> [IssuedDays] {
        guard let cadre = row.cadre else { return [] }
        let accounts = Set(cadre.postings.compactMap(\.bankAccount)).subtracting([""])
        // It may stand there once for each account that it went to.
        var seen: Set<[String]> = []
        return input.issued.filter { issued in
            guard issued.person != cadre.id, PersonName(issued.name).key == cadre.name.key else { return false }
            let village = VillageKey(township: issued.township, village: issued.village)
            guard
                accounts.contains(issued.account)
                    || issued.county == county && (row.postingKeys.contains(village) || row.statedKey == village)
            else { return false }
            return seen.insert([issued.county.text, issued.person.text, issued.township, issued.village]).inserted
        }
    }

    /// The days of presence in a row that were issued under another ID; nobody else of that ID claims them now. A
    /// stated total may stand for any posted day.
    func otherIDDates(_ row: ResolvedRow, among rows: [ResolvedRow]) -> Set<CivilDate> {
        Set(otherIDHalves(row, among: rows).map(\.date))
    }

    /// The same with how many halves of each day were issued, by date.
    func otherIDHalves(_ row: ResolvedRow, among rows: [ResolvedRow]) -> [CountedDay] {
        let others = otherIDs(row)
        guard !others.isEmpty else { return [] }
        let marked = Set(row.row.days.filter(isPresence).map(\.date))
        let dates = marked.union(isOfTotal(row) ? postedDates(row) : [])
        return dates.sorted().compactMap { date in
            let halves = others.filter { !isTwo($0, on: date, rows) }.map { $0.halves.count(on: date.day) }
                .reduce(0, +)
            return halves > 0 ? CountedDay(date: date, halfDays: HalfDays(min(2, halves))) : nil
        }
    }

    /// Whether a figure in place of marks, or a decision, says how many of the row's days count.
    func isOfTotal(_ row: ResolvedRow) -> Bool {
        // As it was sent: a decision about the words takes their finding away.
        input.laysTotals
            && (!row.hasDailyMarks || row.row.findings.contains { $0.reason == .presenceStated })
    }

    /// Two people of one name: the other ID is posted and has a mark of its own on that day, or a total.
    private func isTwo(_ other: IssuedDays, on date: CivilDate, _ rows: [ResolvedRow]) -> Bool {
        rows.contains { twin in
            guard twin.cadre?.id == other.person, !twin.isLeftOut, isPosted(twin.cadre, date) else { return false }
            if isOfTotal(twin), twin.row.total?.halfDays != nil { return true }
            return twin.row.days.contains { $0.date == date && isPresence($0) }
        }
    }
}
