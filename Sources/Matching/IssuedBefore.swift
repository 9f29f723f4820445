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
        return input.issued.filter { issued in
            guard issued.person != cadre.id, PersonName(issued.name).key == cadre.name.key else { return false }
            if accounts.contains(issued.account) { return true }
            let village = VillageKey(township: issued.township, village: issued.village)
            return issued.county == county && (row.postingKeys.contains(village) || row.statedKey == village)
        }
    }

    /// The days of presence in a row that were issued under another ID; nobody else of that ID claims them now.
    func otherIDDates(_ row: ResolvedRow, among rows: [ResolvedRow]) -> Set<CivilDate> {
        var dates: Set<CivilDate> = []
        for other in otherIDs(row) {
            // Two people of one name: the other ID is posted and has marks of its own on that day.
            let own = rows.filter { $0.cadre?.id == other.person && !$0.isLeftOut }
            for day in row.row.days where isPresence(day) && other.halves.count(on: day.date.day) > 0 {
                let isTwo = own.contains { twin in
                    isPosted(twin.cadre, day.date)
                        && twin.row.days.contains { $0.date == day.date && isPresence($0) }
                }
                if !isTwo { dates.insert(day.date) }
            }
        }
        return dates
    }
}
