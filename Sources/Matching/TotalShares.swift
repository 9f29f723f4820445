import Domain

// Spec §5.8: «By no decision is anybody paid beyond the posted days up to as-of …, nor a half day twice»; §8: never
// more than one day's stipend a day. A stated total names no days: counties that each accept one are compared by sum.

extension MonthBuilder {
    /// The days up to as-of on which the person is posted where the row is paid.
    func postedDates(_ row: ResolvedRow) -> [CivilDate] {
        guard let cadre = row.cadre, let place = row.postingKey else { return [] }
        return input.period.range.dates.filter { date in
            date <= input.asOf && cadre.postings.contains { $0.villageKey == place && $0.isInForce(on: date) }
        }
    }

    /// Those of them that a total may stand on.
    private func openDates(_ row: ResolvedRow) -> [CivilDate] {
        postedDates(row).filter { row.refusedDays[$0] == nil }
    }

    /// What stated totals that count claim: each of the posted days, with the total; one claim a place and day.
    func totalClaims(_ rows: [ResolvedRow]) -> [PresenceClaim] {
        let stated = rows.map { self.stated($0) }
        var totals: [[String]: HalfDays] = [:]
        var dates: [[String]: Set<CivilDate>] = [:]
        for (row, total) in zip(rows, stated) where total > .zero {
            let key = [row.personID, place(row)]
            totals[key, default: .zero] += total
            dates[key, default: []].formUnion(openDates(row))
        }
        return totals.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { key, total in
            (dates[key] ?? []).sorted().map { date in
                PresenceClaim(
                    personID: key[0], date: date, morning: false, afternoon: false, isUnnamedHalf: false,
                    place: key[1], total: total, countyName: input.records.county.name)
            }
        }
    }

    private func place(_ row: ResolvedRow) -> String {
        "\(county.text)/\(row.postingKey?.township ?? "")/\(row.postingKey?.village ?? "")"
    }

    /// The total of a row that counts, before other counties are looked at; zero of any other row.
    private func stated(_ row: ResolvedRow) -> HalfDays {
        guard row.isAccepted, row.counts, row.identity != nil else { return .zero }
        return row.acceptedTotal ?? .zero
    }

    /// Lays totals on the first days that are left: days marked on any sheet come first, with those that another
    /// county's batch issued, then totals by the code of county. What finds no day is not paid.
    func shareTotals(_ rows: inout [ResolvedRow], _ outcomes: inout [RowOutcome]) {
        for index in rows.indices { rows[index].acceptedTotal = outcomes[index].acceptedHalfDays }
        let own = Dictionary(grouping: rows.indices.filter { stated(rows[$0]) > .zero }, by: { rows[$0].personID })
        for (person, indexes) in own.sorted(by: { $0.key < $1.key }) {
            let marked = outcomes.filter { $0.personID == person && !$0.isHeld }.flatMap(\.days)
            var free = FreeHalves(of: person, marked: marked, input)
            for index in indexes {
                let stated = stated(rows[index])
                let laid = free.take(stated, on: openDates(rows[index]))
                if input.laysTotals { outcomes[index].acceptedHalves = laid }
                guard laid.total < stated else { continue }
                outcomes[index].acceptedHalfDays = laid.total
                rows[index].findings.append(
                    Finding(
                        .totalClaimedElsewhere, cell: rows[index].row.total?.cell ?? rows[index].row.name.cell,
                        value: rows[index].row.total?.text ?? "",
                        arguments: [stated.daysText, laid.total.daysText]))
            }
        }
    }
}

/// Halves of days of a person that nobody claims and no other county's batch issued.
private struct FreeHalves {
    /// Of the county itself: what its marks and the totals laid so far count, and what its batches issued.
    private var own = Taken()
    /// Of other counties, by code.
    private var others: [String: Taken] = [:]

    private struct Taken {
        /// By marks and totals of sheets.
        var claimed: [Int: Int] = [:]
        /// By batches, less what they took back.
        var issued: [Int: Int] = [:]

        /// What is both claimed and issued is one thing.
        func count(on day: Int) -> Int { max(claimed[day] ?? 0, issued[day] ?? 0) }
    }

    /// What the person's marks count is taken, then what other counties' marks claim or batches issued, then what
    /// totals of counties with smaller codes say.
    init(of person: String, marked: [DayOutcome], _ input: MonthInput) {
        let county = input.records.county.code.text
        let claims = input.foreignClaims.filter { $0.personID == person && $0.date.period == input.period }
        for day in marked { own.claimed[day.date.day, default: 0] += day.counted.count }
        for claim in claims where claim.total == nil && claim.standing != .leftOut {
            others[String(claim.place.prefix(6)), default: Taken()].claimed[claim.date.day, default: 0] +=
                claim.halfDays
        }
        if input.laysTotals { addIssued(to: person, input) }
        let totals = Dictionary(grouping: claims.filter { $0.total != nil }, by: \.place)
        for (place, claims) in totals.sorted(by: { $0.key < $1.key }) where place < county {
            let code = String(place.prefix(6))
            let laid = lay(claims[0].total ?? .zero, on: claims.map(\.date).sorted()) { free, day in
                free.left(on: day, for: code)
            }
            for day in laid.days {
                others[code, default: Taken()].claimed[day, default: 0] += laid.count(on: day)
            }
        }
    }

    private mutating func addIssued(to person: String, _ input: MonthInput) {
        for entry in input.issuedElsewhere where entry.person.text == person && entry.date.period == input.period {
            let day = entry.date.day
            others[entry.county.text, default: Taken()].issued[day, default: 0] += entry.halves.count(on: day)
        }
        let county = input.records.county.code
        for state in input.issued where state.county == county && state.person.text == person {
            for day in state.halves.days { own.issued[day, default: 0] += state.halves.count(on: day) }
        }
    }

    /// Halves of a day left to a total of another county.
    private func left(on day: Int, for county: String) -> Int {
        let beside = others.reduce(own.count(on: day)) { sum, other in
            sum + (other.key == county ? other.value.claimed[day] ?? 0 : other.value.count(on: day))
        }
        return max(0, 2 - beside)
    }

    /// Takes the first free halves of these dates, at most so many, for a total of the county itself.
    mutating func take(_ wanted: HalfDays, on dates: [CivilDate]) -> IssuedHalves {
        let laid = lay(wanted, on: dates) { free, day in
            max(0, 2 - free.others.reduce(free.own.claimed[day] ?? 0) { $0 + $1.value.count(on: day) })
        }
        for day in laid.days { own.claimed[day, default: 0] += laid.count(on: day) }
        return laid
    }

    private func lay(
        _ wanted: HalfDays, on dates: [CivilDate], left: (FreeHalves, Int) -> Int
    ) -> IssuedHalves {
        var rest = wanted.count
        var laid = IssuedHalves()
        for date in dates where rest > 0 {
            let halves = min(rest, left(self, date.day))
            guard halves > 0 else { continue }
            // Of a day that is shared nobody said which half the total means.
            laid.add(
                .day(date.day, morning: true, afternoon: halves > 1, isUnnamed: halves == 1), on: date.day)
            rest -= halves
        }
        return laid
    }
}
