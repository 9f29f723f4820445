import Domain
import Tables

extension AttendanceReader {
    /// Tables as blocks by month, findings that belong to none, and what `inspect` shows of each.
    func result(_ tables: [ReadTable], _ loose: [Finding]) -> Result {
        var result = Result()
        var reported: Set<String> = []
        var loose = loose
        for table in tables {
            var section = section(table)
            result.findings += table.outside
            if let refusal = table.refusal {
                // Tables of one township on one sheet lack the same month: said once.
                if !result.findings.contains(refusal) { result.findings.append(refusal) }
                result.sections.append(section)
                continue
            }
            for (order, period) in table.months.periods.enumerated() {
                var block = block(table, tables[0], period, index: result.blocks.count)
                if order == 0 {
                    block.findings = findings(table, period, isFirst: result.blocks.isEmpty, &reported)
                    block.findings += loose.map { at($0, period) }
                    loose = []
                }
                section.rowCount += block.rows.count
                section.period = section.period ?? period
                result.blocks.append(block)
            }
            let rows = table.people.flatMap(\.rows)
            if let first = rows.min(), let last = rows.max() { section.rows = first...last }
            result.sections.append(section)
        }
        result.findings += loose
        return result
    }

    private func at(_ finding: Finding, _ period: Period) -> Finding {
        var finding = finding
        finding.period = finding.period ?? period
        return finding
    }

    // MARK: Blocks

    private func block(_ table: ReadTable, _ first: ReadTable, _ period: Period, index: Int) -> AttendanceBlock {
        var block = AttendanceBlock(
            sheet: place.sheetName, index: index, layout: table.block.layout.id, period: period,
            context: table.preamble.labels
                + table.preamble.titles.map { ContextText(kind: .title, text: $0.text, cell: $0.cell) }
                + townshipAbove(table, first) + place.context,
            rows: table.people.compactMap { row($0, table, period) })
        block.scope = BlockReach.scope(table, block, place)
        return block
    }

    /// A person's days of one month, with the findings that concern it; nil for a person of a log with none.
    private func row(_ person: PersonReading, _ table: ReadTable, _ period: Period) -> AttendanceRow? {
        var row = person.row
        if table.months.periods.count > 1 {
            row.days = row.days.filter { $0.date.period == period }
            if row.days.isEmpty, table.block.layout.id == .log { return nil }
            row.findings = row.findings.filter { $0.period == nil || $0.period == period }
        }
        row.findings = row.findings.map { at($0, period) }
        if var total = row.total {
            var own = MarkSums()
            for day in row.days { own.add(day.morning, day.afternoon) }
            // The figure is of all that the row says, the other month's days and undated ones too.
            total.presentBeyond = person.sums.present - own.present
            total.stationedBeyond = person.sums.stationed - own.stationed
            row.total = total
        }
        return row
    }

    /// The township of the sheet's first title, for a block whose own title names only its village.
    private func townshipAbove(_ table: ReadTable, _ first: ReadTable) -> [ContextText] {
        let own = table.preamble
        if own.labels.contains(where: { $0.field == .township || $0.field == nil }) { return [] }
        if own.titles.contains(where: { PlaceText.township(in: $0.text) != nil }) { return [] }
        let township = first.preamble.titles.lazy.compactMap { PlaceText.township(in: $0.text) }.first
        return township.map { [ContextText(kind: .title, text: $0)] } ?? []
    }

    /// The township that labels, titles or names tell, as far as its suffix shows it.
    func township(_ preamble: Preamble) -> String {
        if let label = preamble.labels.first(where: { $0.field == .township }) { return label.text }
        let texts =
            preamble.labels.filter { $0.field == nil }.map(\.text) + preamble.titles.map(\.text)
            + [place.sheetName, place.fileName] + place.folders
        for text in texts { if let township = PlaceText.township(in: text) { return township } }
        return ""
    }

    // MARK: Findings of tables

    private func findings(
        _ table: ReadTable, _ period: Period, isFirst: Bool, _ reported: inout Set<String>
    ) -> [Finding] {
        var findings: [Finding] = []
        if sheet.view.grid.isHidden, isFirst { findings.append(finding(.sheetHidden, nil, "", [])) }
        if let other = table.months.conflict, let chosen = table.months.source {
            findings.append(conflict(chosen, other, period))
        }
        for entry in table.legend where entry.meaning == nil {
            let text = entry.mark + entry.words
            guard reported.insert("\(entry.cell.a1) \(text)").inserted else { continue }
            var told = finding(
                entry.isContradicted ? .legendConflict : .legendUnknown, entry.cell, text, [entry.mark, entry.words])
            told.sheet = entry.sheet ?? place.sheetName
            findings.append(told)
        }
        for segment in table.segments {
            if let finding = ambiguous(segment, table, period) { findings.append(finding) }
        }
        if let finding = hiddenColumns(table) { findings.append(finding) }
        findings += table.findings
        let township = township(table.preamble)
        return findings.map { finding in
            var finding = at(finding, period)
            finding.township = township
            return finding
        }
    }

    private func conflict(_ chosen: MonthSource, _ other: MonthSource, _ period: Period) -> Finding {
        let value = other.reading.chinese
        return chosen.kind == .title
            ? finding(.periodConflict, chosen.cell, value, [period.chinese, other.kind.name.zh, value])
            : finding(
                .periodConflictCell, chosen.cell, value,
                [chosen.kind.name.zh, period.chinese, other.kind.name.zh, value])
    }

    /// Days that begin anew in one heading belong to two months, and only the township knows which.
    private func ambiguous(_ segment: Segment, _ table: ReadTable, _ period: Period) -> Finding? {
        guard !table.months.ambiguousRuns.isEmpty else { return nil }
        let days = segment.block.days.filter { $0.month == nil }
        guard let first = days.first else { return nil }
        let cell = CellAddress(row: segment.block.dayRow ?? segment.block.headingRows.lowerBound, column: first.column)
        let text = days.map { "\($0.day)" }.joined(separator: "、")
        return finding(.ambiguousDate, cell, text, [text, period.previous.chinese + "、" + period.chinese])
    }

    private func hiddenColumns(_ table: ReadTable) -> Finding? {
        let hidden = Set(sheet.view.grid.hiddenColumns)
        guard !hidden.isEmpty else { return nil }
        var used: Set<Int> = []
        for segment in table.segments {
            let block = segment.block
            used.formUnion(block.columns.values)
            used.formUnion(block.days.map(\.column))
            used.formUnion(block.people.map(\.column))
            used.formUnion(block.figures.map(\.index))
            for pair in block.dateColumns { used.formUnion([pair.date] + pair.marks) }
        }
        let seen = used.intersection(hidden).sorted().map(CellAddress.columnName)
        guard !seen.isEmpty else { return nil }
        return finding(.columnHidden, nil, seen.joined(separator: "、"), [seen.joined(separator: "、")])
    }

    // MARK: For inspect

    private func section(_ table: ReadTable) -> SectionReading {
        let block = table.block
        var section = SectionReading(layout: block.layout.id, why: block.evidence, titles: table.preamble.titles)
        section.headingRows = table.segments.flatMap { Array($0.block.headingRows) }
        for (field, heading) in block.headings.sorted(by: { $0.value.cell < $1.value.cell }) {
            section.columns.append(
                ColumnReading(
                    field: field, heading: sheet.form.definition.field(field)?.heading ?? field.name,
                    asSent: heading.text, cell: heading.cell))
        }
        section.dayCount = Set(table.segments.flatMap { $0.block.days.map { [$0.month ?? 0, $0.run, $0.day] } }).count
        section.periodSource = table.months.source?.kind.name
        section.namesItsMonth = table.months.isNamedInSheet
        section.legend = table.legend
        if sheet.explains { section.weighed = block.weighed + table.weighed + months(table) }
        return section
    }

    /// What else could have named the month.
    private func months(_ table: ReadTable) -> [WeighedCandidate] {
        guard let chosen = table.months.source else { return [] }
        return sources(table, nil).filter { other in
            !other.reading.months.isEmpty && !(other.kind == chosen.kind && other.cell == chosen.cell)
        }.map { other in
            let isSame = table.months.periods.contains { $0.month == other.reading.month }
            return WeighedCandidate(
                subject: .month, what: BilingualText(zh: other.reading.chinese, en: other.reading.chinese),
                cell: other.cell,
                reason: isSame
                    ? BilingualText(
                        zh: "\(other.kind.name.zh)说法一致，以\(chosen.kind.name.zh)为准",
                        en: "the \(other.kind.name.en) says the same; the \(chosen.kind.name.en) decides")
                    : BilingualText(
                        zh: "\(chosen.kind.name.zh)优先于\(other.kind.name.zh)",
                        en: "the \(chosen.kind.name.en) outranks the \(other.kind.name.en)"))
        }
    }
}
