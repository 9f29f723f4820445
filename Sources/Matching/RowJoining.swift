import Domain

extension MonthBuilder {
    /// Rows of one person, file and village are one: joined where they agree, held where they do not.
    ///
    /// Source: spec §5.2 (marks on several sheets are joined), §6 `duplicate-row`.
    func joinRows(_ rows: inout [ResolvedRow]) {
        var groups: [[String]: [Int]] = [:]
        for (index, row) in rows.enumerated() where row.hasDailyMarks || row.block.layout == .totalsOnly {
            guard let identity = row.identity else { continue }
            let village = row.versionKey
            groups[[identity, village?.township ?? "", village?.village ?? ""], default: []].append(index)
        }
        var contradictions = 0
        for (_, indexes) in groups.sorted(by: { $0.value[0] < $1.value[0] }) where indexes.count > 1 {
            var conflict: (Int, Int)?
            var repeats: [(Int, Int)] = []
            for (position, index) in indexes.enumerated().dropFirst() {
                for earlier in indexes[..<position] where isOneVersion(rows[earlier], rows[index]) {
                    switch compare(rows[earlier], rows[index]) {
                    case .contradict: conflict = conflict ?? (earlier, index)
                    case .repeat: repeats.append((earlier, index))
                    case .complement: break
                    }
                }
            }
            if let (first, second) = conflict {
                contradictions += 1
                let group = indexes.filter { $0 == first || isOneVersion(rows[first], rows[$0]) }
                for index in group { rows[index].contradictionGroup = contradictions }
                // One finding is enough for the township: it names the other row.
                rows[second].findings.append(
                    Finding(.duplicateRowConflict, arguments: [place(rows[first], seenFrom: rows[second])]))
                for index in group where index != second { rows[index].isHeldByTwin = true }
            } else {
                var reported: Set<Int> = []
                for (earlier, index) in repeats where reported.insert(index).inserted {
                    rows[index].repeatsTotal = !rows[index].hasDailyMarks
                    // Days that two sheets of different spans share are nothing to tell anybody.
                    let scope = rows[earlier].block.scope
                    if rows[earlier].hasDailyMarks, !scope.hasSameDays(as: rows[index].block.scope) { continue }
                    rows[index].findings.append(
                        Finding(.duplicateRowSame, arguments: [place(rows[earlier], seenFrom: rows[index])]))
                }
            }
        }
    }

    /// Whether two rows of a person and village must agree: of one file, or of a file and what adds to it.
    private func isOneVersion(_ left: ResolvedRow, _ right: ResolvedRow) -> Bool {
        if left.order == right.order { return true }
        return left.hasDailyMarks && right.hasDailyMarks
            && (left.block.scope.isSupplement || right.block.scope.isSupplement)
    }

    /// The row's name cell, with its sheet where that is another.
    func place(_ row: ResolvedRow, seenFrom other: ResolvedRow) -> String {
        let cell = row.row.name.cell.a1
        let place = row.block.sheet == other.block.sheet ? cell : "\(row.block.sheet)!\(cell)"
        return row.order == other.order ? place : "\(row.order.path) \(place)"
    }

    private enum Comparison { case contradict, `repeat`, complement }

    /// On one sheet any difference on a common date contradicts; across sheets a blank contradicts nothing.
    private func compare(_ left: ResolvedRow, _ right: ResolvedRow) -> Comparison {
        // Daily marks and a total are checked against each other elsewhere.
        guard left.hasDailyMarks == right.hasDailyMarks else { return .complement }
        if !left.hasDailyMarks { return left.row.total?.halfDays == right.row.total?.halfDays ? .repeat : .contradict }
        let sameSheet = left.order == right.order && left.block.sheet == right.block.sheet
        var common = false
        var later = right.row.days[...]
        for day in left.row.days {
            while let first = later.first, first.date < day.date { later = later.dropFirst() }
            guard let other = later.first, other.date == day.date else { continue }
            let isBlank = day.morning == .blank && day.afternoon == .blank
            let otherIsBlank = other.morning == .blank && other.afternoon == .blank
            if isBlank && otherIsBlank { continue }
            if !sameSheet && (isBlank || otherIsBlank) { continue }
            if day.morning != other.morning || day.afternoon != other.afternoon { return .contradict }
            common = true
        }
        if common { return .repeat }
        return .complement
    }

    // MARK: Totals

    /// `total-mismatch`, `no-daily-evidence`, `uncached-formula` of totals. Source: spec §6.
    func checkTotals(_ rows: inout [ResolvedRow]) {
        var daily: [String: [Int]] = [:]
        for (index, row) in rows.enumerated() where row.hasDailyMarks {
            if let identity = row.identity { daily[identity, default: []].append(index) }
        }
        for index in rows.indices {
            if rows[index].hasDailyMarks {
                if let finding = dailyTotalFinding(rows, index, daily) { rows[index].findings.append(finding) }
            } else {
                checkTotalsOnly(&rows, index, daily)
            }
        }
    }

    /// A stated total must be the present days, or present + official + training, of the row or of all its sheets.
    private func dailyTotalFinding(_ rows: [ResolvedRow], _ index: Int, _ daily: [String: [Int]]) -> Finding? {
        guard let total = rows[index].row.total, !total.isUncached else { return nil }
        guard let stated = total.halfDays else {
            return Finding(.totalUnreadable, cell: total.cell, value: total.text, arguments: [total.text])
        }
        // A figure beside words is told as such: there are no marks that it could be checked against.
        if rows[index].isStatement { return nil }
        let own = sums([rows[index]], beyond: total)
        if own.contains(stated) { return nil }
        if let identity = rows[index].identity {
            let file = (daily[identity] ?? []).map { rows[$0] }.filter { $0.order == rows[index].order }
            if file.count > 1, sums(file, beyond: total).contains(stated) { return nil }
        }
        let alternative = own[1] == own[0] ? "" : "（含因公、培训为 \(own[1].daysText)）"
        return Finding(
            .totalMismatch, cell: total.cell, value: total.text,
            arguments: [stated.daysText, own[0].daysText, alternative])
    }

    /// Present days, then present + official + training, as read, with what a figure counts beyond these days.
    private func sums(_ rows: [ResolvedRow], beyond total: StatedTotal? = nil) -> [HalfDays] {
        var present = total?.presentBeyond ?? .zero
        var counted = total?.stationedBeyond ?? .zero
        for row in rows {
            for day in row.row.days {
                for status in [day.morning, day.afternoon] {
                    if status == .present { present += HalfDays(1) }
                    if status.isStationed { counted += HalfDays(1) }
                }
            }
        }
        return [present, counted]
    }

    /// The days up to as-of on which the person is posted where the row is paid; nil for nobody of the roster.
    func postedHalfDays(_ row: ResolvedRow) -> HalfDays? {
        guard let cadre = row.cadre, let place = row.postingKey else { return nil }
        let days = input.period.range.dates.filter { date in
            date <= input.asOf && cadre.postings.contains { $0.villageKey == place && $0.isInForce(on: date) }
        }
        let issued = issuedElsewhere(to: cadre).map(\.halves.total.count).reduce(0, +)
        return HalfDays(max(0, 2 * days.count - issued))
    }

    /// What other counties issued to a person for the month.
    func issuedElsewhere(to cadre: Cadre?) -> [IssuedElsewhere] {
        input.issuedElsewhere.filter { $0.person == cadre?.id && $0.date.period == input.period }
    }

    /// Whether a stated total of the row may stand for days: one rate, and totals accepted, on all posted days; and
    /// nobody issued some of the month already, of which a total could not say whether it holds them.
    private func acceptsTotal(_ row: ResolvedRow) -> Bool {
        guard input.acceptsTotalsOnly, issuedElsewhere(to: row.cadre).isEmpty else { return false }
        guard !input.totalRates.isEmpty else { return true }
        let postings = row.cadre?.postings ?? []
        let posted = input.period.range.dates.filter { date in postings.contains { $0.isInForce(on: date) } }
        let rates = Set(posted.map { input.totalRates[$0.day - 1] })
        return rates.count <= 1 && !rates.contains(0)
    }

    private func checkTotalsOnly(_ rows: inout [ResolvedRow], _ index: Int, _ daily: [String: [Int]]) {
        let row = rows[index]
        let beside = row.identity.flatMap { daily[$0] } ?? []
        guard beside.isEmpty else {
            guard let total = row.row.total, let stated = total.halfDays else { return }
            let sums = sums(beside.map { rows[$0] })
            if sums.contains(stated) { return }
            let first = rows[beside[0]]
            let finding = Finding(
                .totalsSheetMismatch, cell: total.cell, value: total.text,
                arguments: [stated.daysText, sums[0].daysText, place(first, seenFrom: row)])
            rows[index].findings.append(finding)
            for other in beside { rows[other].isHeldByTotals = true }
            return
        }
        if let total = row.row.total, total.isUncached {
            rows[index].findings.append(Finding(.uncachedFormula, cell: total.cell, value: total.text))
            return
        }
        if row.block.layout == .totalsOnly, acceptsTotal(row), let total = row.row.total,
            let stated = total.halfDays
        {
            // Spec §7 M5: «never beyond the posted days there (more than those: total-mismatch, held)».
            if let posted = postedHalfDays(row), stated > posted {
                rows[index].findings.append(
                    Finding(
                        .totalBeyondPosting, cell: total.cell, value: total.text,
                        arguments: [stated.daysText, posted.daysText]))
                return
            }
            rows[index].isAccepted = !row.repeatsTotal
            return
        }
        rows[index].findings.append(
            Finding(
                row.block.layout == .exceptionsOnly ? .exceptionsOnly : .noDailyEvidence,
                value: row.row.total?.text ?? ""))
    }
}
