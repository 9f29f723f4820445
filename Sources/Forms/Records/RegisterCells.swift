import Domain
import Tables

/// Who reads which cell of a register; what no heading covers stays unread. Source: spec §5.7.
struct RegisterCells {
    private let view: SheetView
    private let form: FormIndex
    private let heading: RegisterHeading
    let claims: CellClaims
    /// Column → role of its cells, for columns under a heading or of serial numbers.
    private var roles: [Int: CellRole] = [:]
    /// Headings that no field of the form has.
    private(set) var unknown: [SubmittedText] = []

    /// Whether a row is a person's.
    var isOfPeople: Bool { form.fieldIndex(.name) != nil && form.fieldIndex(.residentID) != nil }

    init(_ view: SheetView, _ form: FormIndex, _ heading: RegisterHeading) {
        self.view = view
        self.form = form
        self.heading = heading
        claims = CellClaims(view.grid)
        for (place, column) in heading.columns {
            roles[column.column] =
                switch form.definition.fields[place].kind {
                case .name: .name
                case .residentID: .residentID
                default: .field
                }
        }
        findHeadings()
        findSerials()
        claimAbove()
    }

    private mutating func findHeadings() {
        for index in heading.rows {
            guard let row = view.row(index) else { continue }
            for cell in row.cells where cell.isFilled {
                claims.claim(index, cell.column, .heading)
                let merge = view.merge(index, cell.column)
                for column in cell.column...max(cell.column, merge?.right ?? cell.column) where roles[column] == nil {
                    roles[column] = .field
                    guard column == cell.column, case .text(let text) = cell.value, !isOverOthers(cell, index) else {
                        continue
                    }
                    if form.hit(text, loosely: true) == nil {
                        unknown.append(SubmittedText(text: text, cell: CellAddress(row: index, column: column)))
                    }
                }
            }
        }
    }

    /// A heading over several others names none of them.
    private func isOverOthers(_ cell: Cell, _ row: Int) -> Bool {
        guard row < heading.rows.upperBound, let merge = view.merge(row, cell.column) else { return false }
        return merge.right > merge.left
    }

    /// Numbers that count the rows without a heading.
    private mutating func findSerials() {
        guard let first = roles.keys.min(), first > 0 else { return }
        for column in 0..<first {
            let cells = view.grid.rows.filter { $0.index > heading.rows.upperBound }.compactMap { $0.cell(column) }
            let isSerial = cells.allSatisfy { cell in
                switch cell.value {
                case .number(let number): number == number.rounded()
                case .text(let text): Int(TextFolding.key(text)) != nil || text.utf8.count > 9
                default: cell.value.isBlank
                }
            }
            if isSerial { roles[column] = .noise }
        }
    }

    /// Titles, labels and notes above the headings.
    private func claimAbove() {
        for row in view.grid.rows where row.index < heading.rows.lowerBound {
            for cell in row.cells where cell.isFilled {
                guard case .text(let text) = cell.value else {
                    claims.claim(row.index, cell.column, .label)
                    continue
                }
                let isLabel = text.contains("：") || text.contains(":")
                claims.claim(row.index, cell.column, RowNoise.isNote(text) ? .noise : isLabel ? .label : .title)
            }
        }
    }

    /// Claims the cells of a row of data. Returns those under no heading.
    func claim(_ row: CellRow) -> [Cell] {
        var unread: [Cell] = []
        for cell in row.cells where cell.isFilled {
            if let role = roles[cell.column] {
                claims.claim(row.index, cell.column, role)
            } else if !cell.value.isBlank {
                unread.append(cell)
            }
        }
        return unread
    }

    /// A row that is no data: notes, sums, signatures, headings again. What is neither text nor under a heading stays.
    func claimNoRow(_ row: CellRow) {
        for cell in row.cells where cell.isFilled {
            if case .text = cell.value {
                claims.claim(row.index, cell.column, .noise)
            } else if roles[cell.column] != nil {
                claims.claim(row.index, cell.column, .noise)
            }
        }
    }
}
