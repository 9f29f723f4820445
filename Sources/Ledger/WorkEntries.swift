import GRDB
import Work

/// How a column keeps what a result asked for.
private enum WorkEntries {
    static let separator: Character = "\u{1F}"
}

extension LedgerReader {
    /// Every result that is kept, with what it was made from.
    public func work() throws -> WorkTable {
        var entries: [Node: WorkEntry] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT node, inputs, uses, output FROM work")
        while let row = try rows.next() {
            let uses: String = row[2]
            entries[Node(name: row[0])] = WorkEntry(
                inputs: row[1], uses: uses.isEmpty ? [] : uses.split(separator: WorkEntries.separator).map(String.init),
                output: row[3])
        }
        return WorkTable(entries)
    }
}

extension LedgerWriter {
    /// Notes what a result was made from and what came out; nil forgets it.
    public func set(_ node: Node, _ entry: WorkEntry?) throws {
        guard let entry else {
            return try db.cachedStatement(sql: "DELETE FROM work WHERE node = ?").execute(arguments: [node.name])
        }
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO work (node, inputs, uses, output) VALUES (?, ?, ?, ?)")
            .execute(
                arguments: [
                    node.name, entry.inputs, entry.uses.joined(separator: String(WorkEntries.separator)), entry.output,
                ])
    }

    /// The same, in the table at hand too.
    public func set(_ node: Node, _ entry: WorkEntry?, _ work: inout WorkTable) throws {
        guard work[node] != entry else { return }
        work[node] = entry
        try set(node, entry)
    }
}
