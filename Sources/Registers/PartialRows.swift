import Domain

// Spec §5.2: «a column the newer file lacks, or an empty cell in it, changes nothing»: also a required one, where other
// rows of the same key say what it holds.

extension RegisterBuilder {
    /// Uses the rows that are held for blank required cells alone, where other rows of their key fill each of them.
    ///
    /// - Complexity: O(rows of the forms concerned).
    mutating func completeRows(of isConcerned: (FormID) -> Bool) {
        var partial: [(source: Int, row: Int, blank: [String])] = []
        for (number, source) in sources.enumerated() {
            for (index, row) in source.rows.enumerated() where row.isHeld && isConcerned(row.form) {
                guard let blank = RegisterBuilder.onlyBlank(row) else { continue }
                partial.append((number, index, said(blank, row, source)))
            }
        }
        guard !partial.isEmpty else { return }
        let wanted = Set(partial.flatMap(\.blank))
        var known: Set<String> = []
        for source in sources {
            for row in source.rows where isConcerned(row.form) && !row.isHeld {
                known.formUnion(said(row.fields.keys, row, source).filter(wanted.contains))
            }
        }
        for (number, index, blank) in partial where known.isSuperset(of: blank) {
            let source = sources[number]
            var rows = source.rows
            rows[index].isHeld = false
            rows[index].findings.removeAll { $0.reason == .valueBlank }
            rows[index].lacking = []
            sources[number] = RegisterSource(
                order: source.order, isCurrent: source.isCurrent, isBesideAttendance: source.isBesideAttendance,
                rows: rows)
        }
    }

    /// The required fields, blank or without a column, for which alone a row is held; nil where anything else holds it.
    private static func onlyBlank(_ row: FormRow) -> [FieldID]? {
        let holding = row.findings.filter { $0.effect == .held }
        guard holding.allSatisfy({ $0.reason == .valueBlank }) else { return nil }
        let cells = Set(holding.compactMap(\.cell))
        let blank = row.blankCells.filter { cells.contains($0.value) }
        guard blank.count == holding.count, !blank.isEmpty || !row.lacking.isEmpty else { return nil }
        return (blank.keys + row.lacking).sorted()
    }

    /// What rows of present bytes lack that no other list fills: one finding a sheet and column.
    mutating func raiseMissingColumns() {
        for source in sources where source.isCurrent {
            var told: Set<[String]> = []
            for row in source.rows where row.isHeld {
                for field in row.lacking where told.insert([row.sheet, field.name]).inserted {
                    let heading = rules.headings[row.form]?[field] ?? field.name
                    let title = rules.titles[row.form] ?? row.form.rawValue
                    let sourced = SourcedRow(row: row, order: source.order, isCurrent: true)
                    var finding = located(
                        Finding(
                            .columnLacking, file: source.order.path, sheet: row.sheet, arguments: [title, heading]),
                        sourced)
                    finding.cell = nil
                    finding.person = ""
                    findings.append(finding)
                }
            }
        }
    }

    /// The fields of whatever the row is about: of the person over all postings, else of the row's natural key.
    private func said(_ fields: some Sequence<FieldID>, _ row: FormRow, _ source: RegisterSource) -> [String] {
        let key = key(SourcedRow(row: row, order: source.order, isCurrent: source.isCurrent)).natural
        let person = row.form == .roster ? personKey(row) : key
        return fields.map { field in
            let isPersons = row.form == .roster && RegisterBuilder.personFields.contains(field)
            return [row.form.rawValue, isPersons ? person : key, field.name].joined(separator: "\u{1F}")
        }
    }
}
