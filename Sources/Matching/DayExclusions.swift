import Domain

extension MonthBuilder {
    /// The row with its days, nothing excluded yet.
    func outcome(_ row: ResolvedRow) -> RowOutcome {
        let posting = row.posting
        var days: [DayOutcome] = []
        days.reserveCapacity(row.row.days.count)
        for day in row.row.days {
            let place = payPlace(row, day.date)
            let counted = paidHalves(day)
            days.append(
                DayOutcome(
                    date: day.date, morning: day.morning, afternoon: day.afternoon, text: day.text, cell: day.cell,
                    afternoonCell: day.afternoonCell, counted: HalfDays(counted),
                    township: place?.township ?? "", village: place?.village ?? ""))
        }
        return RowOutcome(
            file: row.order.path, sheet: row.block.sheet, layout: row.block.layout, nameCell: row.row.name.cell,
            nameAsSent: row.name.display, cadre: row.cadre?.id, personID: row.personID,
            sendingUnit: sentUnit(row),
            township: posting?.township ?? row.statedTownship ?? row.statedVillage?.township ?? "",
            village: posting?.village ?? row.statedVillage?.village ?? "", heldCodes: [], pendingHalfDays: nil,
            contradictionGroup: row.contradictionGroup, acceptedHalfDays: nil, days: days)
    }

    private func sentUnit(_ row: ResolvedRow) -> String {
        row.row.sendingUnit.map { units.unit(named: $0.text)?.name ?? TextFolding.trimmed($0.text) } ?? ""
    }

    private func isPaid(_ status: AttendanceStatus, _ date: CivilDate) -> Bool {
        payable.contains(status, on: date)
    }

    /// Halves of a day whose marks are paid.
    func paidHalves(_ day: DayMark) -> Int {
        (isPaid(day.morning, day.date) ? 1 : 0) + (isPaid(day.afternoon, day.date) ? 1 : 0)
    }

    /// Where a day is paid: the roster's posting in force, the stated one of several; strangers: what the sheet names.
    private func payPlace(_ row: ResolvedRow, _ date: CivilDate) -> (township: String, village: String)? {
        guard let postings = row.cadre?.postings else {
            return row.statedVillage.map { ($0.township, $0.village) } ?? row.statedTownship.map { ($0, "") }
        }
        var found: Int?
        for index in postings.indices where postings[index].isInForce(on: date) {
            found = index
            if row.postingKeys[index] == row.statedKey { break }
            if row.statedKey == nil, postings[index].township == row.statedTownship { break }
        }
        return found.map { (postings[$0].township, postings[$0].village) }
    }

    /// Excludes days that are evidently not payable, with a finding at each cell. Source: spec §6.
    func excludeDays(_ rows: inout [ResolvedRow], _ outcomes: inout [RowOutcome], _ plan: DecisionPlan) {
        for index in rows.indices where !rows[index].isRefused {
            for position in rows[index].row.days.indices {
                let day = rows[index].row.days[position]
                guard isPresence(day) else { continue }
                var excluded: FindingCode?
                func exclude(_ finding: Finding, cell: CellAddress) {
                    var finding = finding
                    finding.cell = cell
                    finding.value = day.text
                    rows[index].findings.append(finding)
                    excluded = excluded ?? finding.code
                }
                let cell = presenceCell(day)
                if let cadre = rows[index].cadre, !isPosted(cadre, day.date) {
                    // Of a row that waits all the same only what it would pay is told.
                    if rows[index].isLeftOut {
                        excluded = .outsidePosting
                    } else {
                        exclude(outsidePosting(cadre, day.date), cell: cell)
                    }
                }
                if day.date > input.asOf {
                    exclude(Finding(.futureDay, arguments: [day.date.iso, input.asOf.iso]), cell: cell)
                }
                if let check = checks[rows[index].personID]?[day.date],
                    plan.acceptedCells[rows[index].number]?.contains(cell) != true
                {
                    exclude(
                        Finding(
                            .spotCheckConflict,
                            arguments: [day.date.iso, check.result.chinese, check.source.text]), cell: cell)
                }
                if let excluded {
                    outcomes[index].days[position].counted = .zero
                    outcomes[index].days[position].exclusion = excluded
                }
            }
        }
        excludeDoublePresence(&rows, &outcomes)
        excludeIssued(&rows, &outcomes)
    }

    /// The postings that there are, and where the person was posted that day if it was in another county.
    private func outsidePosting(_ cadre: Cadre, _ date: CivilDate) -> Finding {
        let elsewhere = input.records.postingsElsewhere.first { $0.person == cadre.id && $0.isInForce(on: date) }
        if let place = elsewhere?.place {
            let name = place.countyName + place.posting.township + place.posting.village
            return Finding(.postedElsewhere, arguments: [date.iso, name])
        }
        let terms = cadre.postings.map { "\($0.start.iso) 至 \($0.end?.iso ?? "今")" }.joined(separator: "、")
        return Finding(.outsidePosting, arguments: [date.iso, terms])
    }

    /// The cell that says presence: the afternoon's own where only the afternoon is present.
    func presenceCell(_ day: DayMark) -> CellAddress {
        !isPresence(day.morning, on: day.date) ? day.afternoonCell ?? day.cell : day.cell
    }

    private func excludeDoublePresence(_ rows: inout [ResolvedRow], _ outcomes: inout [RowOutcome]) {
        struct Entry {
            let row: Int
            let day: Int
            let claim: PresenceClaim
        }
        var rowsOfPerson: [String: [Int]] = [:]
        for (index, row) in rows.enumerated() where row.hasDailyMarks && !row.isRefused && !row.isLeftOut {
            if let identity = row.identity { rowsOfPerson[identity, default: []].append(index) }
        }
        var foreign: [String: [PresenceClaim]] = [:]
        let visited = Set(rows.compactMap { row in row.visitorPlace.map { [row.personID, $0] } })
        for claim in input.foreignClaims where claim.date.period == input.period {
            if visited.contains([claim.personID, claim.place]), claim.unpostedIn != nil { continue }
            if claim.standing == .leftOut { continue }
            foreign[claim.personID, default: []].append(claim)
        }
        for (identity, indexes) in rowsOfPerson.sorted(by: { $0.key < $1.key })
        where indexes.count > 1 || foreign[identity] != nil {
            var byDate: [CivilDate: [Entry]] = [:]
            for index in indexes {
                for (position, day) in rows[index].row.days.enumerated() {
                    guard let claim = claim(rows[index], day) else { continue }
                    byDate[day.date, default: []].append(Entry(row: index, day: position, claim: claim))
                }
            }
            for (date, entries) in byDate.sorted(by: { $0.key < $1.key }) {
                let outside = (foreign[identity] ?? []).filter { $0.date == date }
                let isTooMuch = PresenceClaim.halfDays(of: entries.map(\.claim) + outside) > 2
                let clashing = entries.filter { entry in
                    isTooMuch || entries.contains { entry.claim.clashes(with: $0.claim) }
                        || outside.contains { entry.claim.clashes(with: $0) }
                }
                for entry in clashing {
                    // The county's own row tells of both.
                    let isTold = rows[entry.row].isVisitor && clashing.contains { !rows[$0.row].isVisitor }
                    let other =
                        entries.first { entry.claim.clashes(with: $0.claim) }
                        ?? (isTooMuch ? entries.first { !entry.claim.isSamePlace(as: $0.claim) } : nil)
                    let day = rows[entry.row].row.days[entry.day]
                    let place =
                        other.map { rows[$0.row].isVisitor ? rows[$0.row].block.sheet : placeText($0.claim.place) }
                        ?? outside.first { isTooMuch || entry.claim.clashes(with: $0) }.map {
                            ($0.countyName ?? "") + placeText($0.place)
                        }
                        ?? ""
                    let source = other.flatMap { other in
                        rows[other.row].isVisitor
                            ? nil
                            : SourceCell(
                                file: rows[other.row].order.path, sheet: rows[other.row].block.sheet,
                                address: presenceCell(rows[other.row].row.days[other.day])
                            ).text
                    }
                    if !isTold {
                        rows[entry.row].findings.append(
                            Finding(
                                .doublePresence, cell: presenceCell(day), value: day.text,
                                arguments: [date.iso, place, source ?? "外县区考勤"]))
                    }
                    outcomes[entry.row].days[entry.day].counted = .zero
                    outcomes[entry.row].days[entry.day].exclusion =
                        outcomes[entry.row].days[entry.day].exclusion ?? .doublePresence
                }
                if clashing.isEmpty, entries.count > 1 {
                    countOnce(entries.map { ($0.row, $0.day) }, rows, &outcomes)
                }
            }
        }
    }

    private func placeText(_ place: String) -> String {
        place.split(separator: "/", omittingEmptySubsequences: false).dropFirst().joined()
    }

    /// Rows that agree on a day (repeated rows, joined sheets) pay each half once; held rows do not take it.
    private func countOnce(_ entries: [(row: Int, day: Int)], _ rows: [ResolvedRow], _ outcomes: inout [RowOutcome]) {
        var taken = (morning: false, afternoon: false)
        // A half that is named is that one; of which nobody said which, it is the other.
        func isUnnamed(_ entry: (row: Int, day: Int)) -> Bool { rows[entry.row].row.days[entry.day].isUnnamedHalf }
        let ordered = entries.filter { !isUnnamed($0) } + entries.filter(isUnnamed)
        for (row, position) in ordered where rows[row].counts {
            let day = rows[row].row.days[position]
            guard outcomes[row].days[position].exclusion == nil else { continue }
            var counted = 0
            if isPaid(day.morning, day.date) {
                if !taken.morning {
                    taken.morning = true
                    counted += 1
                } else if day.isUnnamedHalf, !taken.afternoon, !isRepeated(row, day, entries, rows) {
                    // Two halves of which neither says which: together a day.
                    taken.afternoon = true
                    counted += 1
                }
            }
            if isPaid(day.afternoon, day.date), !taken.afternoon {
                taken.afternoon = true
                counted += 1
            }
            outcomes[row].days[position].counted = HalfDays(counted)
        }
    }

    /// Whether the same half was sent again for the same place rather than for another.
    private func isRepeated(
        _ row: Int, _ day: DayMark, _ entries: [(row: Int, day: Int)], _ rows: [ResolvedRow]
    ) -> Bool {
        let place = claim(rows[row], day)?.place
        return entries.contains { other in
            other.row != row && claim(rows[other.row], rows[other.row].row.days[other.day])?.place == place
        }
    }

    /// What holds each row, and what a held row would pay.
    func settle(_ outcomes: inout [RowOutcome], _ rows: [ResolvedRow], _ plan: DecisionPlan) {
        cap(&outcomes, rows, plan)
        for index in rows.indices {
            outcomes[index].heldCodes = rows[index].heldCodes
            if rows[index].isAccepted, !rows[index].isRefused {
                let stated = plan.totals[rows[index].number] ?? rows[index].row.total?.halfDays
                // No decision pays beyond the posted days either; what was issued under another ID is in the figure.
                let refused = rows[index].refusedDays.values.reduce(HalfDays.zero, +)
                outcomes[index].acceptedHalfDays = stated.map { total in
                    max(.zero, min(total, postedHalfDays(rows[index]) ?? total) - refused)
                }
                // A figure beside a statement speaks of all its days.
                for day in outcomes[index].days.indices { outcomes[index].days[day].counted = .zero }
            }
            guard outcomes[index].isHeld else { continue }
            let marked = outcomes[index].days.reduce(.zero) { $0 + $1.counted }
            if rows[index].isStatement {
                // Words in place of marks: their figure, which marks beside them are part of; without one only marks.
                let stated = rows[index].row.total?.halfDays.map { min($0, postedHalfDays(rows[index]) ?? $0) }
                outcomes[index].pendingHalfDays = stated ?? (marked > .zero ? marked : nil)
            } else if rows[index].hasDailyMarks {
                outcomes[index].pendingHalfDays = marked
            } else {
                outcomes[index].pendingHalfDays = rows[index].repeatsTotal ? .zero : rows[index].row.total?.halfDays
            }
        }
    }
}
