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

    /// What stated totals that count claim: each of the posted days, with the total; one claim a place and day.
    func totalClaims(_ rows: [ResolvedRow]) -> [PresenceClaim] {
        let stated = rows.map { self.stated($0) }
        var totals: [[String]: HalfDays] = [:]
        var dates: [[String]: Set<CivilDate>] = [:]
        for (row, total) in zip(rows, stated) where total > .zero {
            let key = [row.personID, place(row)]
            totals[key, default: .zero] += total
            dates[key, default: []].formUnion(postedDates(row))
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

    /// Cuts totals to the days that are left: days marked on any sheet come first, then totals by the code of county.
    func shareTotals(_ rows: inout [ResolvedRow], _ outcomes: inout [RowOutcome]) {
        for index in rows.indices { rows[index].acceptedTotal = outcomes[index].acceptedHalfDays }
        let own = Dictionary(grouping: rows.indices.filter { stated(rows[$0]) > .zero }, by: { rows[$0].personID })
        for (person, indexes) in own.sorted(by: { $0.key < $1.key }) {
            let claims = input.foreignClaims.filter { $0.personID == person && $0.date.period == input.period }
            let marked = outcomes.filter { $0.personID == person && !$0.isHeld }.flatMap(\.days)
            var free = FreeHalves(marked, claims, before: county)
            for index in indexes {
                let stated = stated(rows[index])
                let share = free.take(stated, on: postedDates(rows[index]))
                guard share < stated else { continue }
                outcomes[index].acceptedHalfDays = share
                rows[index].findings.append(
                    Finding(
                        .totalClaimedElsewhere, cell: rows[index].row.total?.cell ?? rows[index].row.name.cell,
                        value: rows[index].row.total?.text ?? "", arguments: [stated.daysText, share.daysText]))
            }
        }
    }
}

/// Halves of days of a person that nobody claims yet.
private struct FreeHalves {
    private var taken: [CivilDate: Int] = [:]

    /// What the person's marks count is taken, then what other counties' marks claim, then what totals of counties with
    /// smaller codes say.
    init(_ marked: [DayOutcome], _ claims: [PresenceClaim], before county: CountyCode) {
        for day in marked { taken[day.date] = min(2, (taken[day.date] ?? 0) + day.counted.count) }
        for claim in claims where claim.total == nil && claim.standing != .leftOut {
            taken[claim.date] = min(2, (taken[claim.date] ?? 0) + claim.halfDays)
        }
        let totals = Dictionary(grouping: claims.filter { $0.total != nil }, by: \.place)
        for (place, claims) in totals.sorted(by: { $0.key < $1.key }) where place < county.text {
            _ = take(claims[0].total ?? .zero, on: claims.map(\.date).sorted())
        }
    }

    /// Takes the first free halves of these dates. Returns how many there were, at most so many.
    mutating func take(_ wanted: HalfDays, on dates: [CivilDate]) -> HalfDays {
        var left = wanted.count
        for date in dates where left > 0 {
            let halves = min(left, 2 - (taken[date] ?? 0))
            guard halves > 0 else { continue }
            taken[date, default: 0] += halves
            left -= halves
        }
        return wanted - HalfDays(left)
    }
}
