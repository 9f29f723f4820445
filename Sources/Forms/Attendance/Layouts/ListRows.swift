import Domain
import Tables

/// Rows of the layouts without daily marks.
enum ListRows {
    static func read(_ input: BlockInput) -> TableReading {
        let columns = TableColumns(input)
        let people = PersonRow(input: input, columns: columns)
        let rows = TableRows(input, columns)
        var reading = TableReading()
        reading.unknown = columns.unknown
        var subHeading: SubmittedText?
        for row in input.rows {
            switch rows.read(row) {
            case .person(let name):
                if let last = reading.people.last, last.row.name.cell == name.cell {
                    reading.people[reading.people.count - 1].rows.append(row.index)
                    reading.people[reading.people.count - 1].row.leave += people.leave(at: row.index)
                    claim(row, columns, input)
                    continue
                }
                reading.people.append(person(name, row, subHeading, isUnnamed: false, people, columns, input))
            case .unnamed(let name):
                reading.people.append(person(name, row, subHeading, isUnnamed: true, people, columns, input))
            case .total(let label): reading.sums.append(SumRow(label: label, peopleAbove: reading.people.count))
            case .subHeading(let text):
                input.sheet.claims.claim(text.cell, .subHeading)
                subHeading = text
            case .noise: break
            }
        }
        return reading
    }

    private static func person(
        _ name: SubmittedText, _ row: CellRow, _ subHeading: SubmittedText?, isUnnamed: Bool, _ people: PersonRow,
        _ columns: TableColumns, _ input: BlockInput
    ) -> PersonReading {
        let group = GridGroup(name: name, isUnnamed: isUnnamed, rows: [row.index], subHeading: subHeading)
        var reading = PersonReading(row: people.start(name, at: [row.index], group: group))
        reading.rows = [row.index]
        if isUnnamed { people.complainOfName(&reading.row, name) }
        reading.row.leave = people.leave(at: row.index)
        reading.figures = people.figures(at: [row.index])
        claim(row, columns, input)
        return reading
    }

    private static func claim(_ row: CellRow, _ columns: TableColumns, _ input: BlockInput) {
        for cell in row.cells where cell.isFilled {
            if let role = columns.role(cell.column) { input.sheet.claims.claim(row.index, cell.column, role) }
        }
    }
}
