import Domain

/// Rows of one submitted file, with its place in time.
public struct RegisterSource: Sendable {
    public let order: FileOrder
    /// Whether these are the file's present bytes; findings about bytes that were since replaced are not raised.
    public let isCurrent: Bool
    public let rows: [FormRow]

    public init(order: FileOrder, isCurrent: Bool, rows: [FormRow]) {
        self.order = order
        self.isCurrent = isCurrent
        self.rows = rows
    }
}

/// A row and the file it came from.
struct SourcedRow {
    let row: FormRow
    let file: String
    let isCurrent: Bool
    var source: SourceCell { SourceCell(file: file, sheet: row.sheet, address: row.cell) }
}

/// Upserts by natural key. Source: spec §5.2, §5.3.
///
/// A newer file's rows of a key replace all older ones. Inside one file, rows of a key that say different things all
/// stand where the form records events (two honours on a day), while of a register's rows the last stands.
struct RegisterUpserts {
    private var entries: [String: (order: FileOrder, rows: [SourcedRow])] = [:]
    private let keepsAll: Bool

    init(keepsAll: Bool) { self.keepsAll = keepsAll }

    mutating func upsert(_ key: String, _ row: SourcedRow, _ order: FileOrder) {
        guard let old = entries[key] else {
            entries[key] = (order, [row])
            return
        }
        if old.order == order, keepsAll {
            if !old.rows.contains(where: { $0.row.saysTheSame(as: row.row) }) { entries[key]?.rows.append(row) }
        } else if old.order <= order {
            entries[key] = (order, [row])
        }
    }

    /// By natural key, then reading order.
    var rows: [SourcedRow] {
        entries.sorted { $0.key < $1.key }.flatMap(\.value.rows)
    }
}

extension FormRow {
    fileprivate func saysTheSame(as other: FormRow) -> Bool {
        fields.count == other.fields.count
            && fields.allSatisfy { field, value in other.fields[field]?.value == value.value }
    }
}
