import Domain
import GRDB
import Matching

extension LedgerReader {
    /// Blocks that the next version of the same file, mended in place, took back, with the month it names instead.
    public func mendedBlocks() throws -> [Int: Period] {
        var mended: [Int: Period] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT block, period FROM mended_block") {
            mended[row[0]] = Period(row[1] as String)
        }
        return mended
    }
}

extension LedgerWriter {
    /// Compares every version of a path with its last one, and notes which blocks it takes back. Source: spec §5.2.
    public func noteMended(path: String) throws {
        let versions = try Row.fetchAll(
            db,
            sql: """
                SELECT id, modified FROM submission WHERE path = ? AND NOT is_refused
                    AND EXISTS (SELECT 1 FROM block WHERE submission = submission.id) ORDER BY id
                """, arguments: [path])
        guard versions.count > 1 else { return }
        try db.execute(
            sql: """
                DELETE FROM mended_block WHERE block IN
                    (SELECT b.id FROM block b JOIN submission s ON s.id = b.submission WHERE s.path = ?)
                """, arguments: [path])
        for (old, new) in zip(versions, versions.dropFirst()) {
            let received: (old: Int, new: Int) = (old[1], new[1])
            guard MendedInPlace.isWithinReach(received) else { continue }
            let blocks = try Int.fetchAll(
                db, sql: "SELECT id FROM block WHERE submission = ? ORDER BY id", arguments: [old[0] as Int])
            let mended = MendedInPlace.withdrawn(
                try reader.blocks(submission: old[0]), by: try reader.blocks(submission: new[0]), received: received)
            for (index, period) in mended.sorted(by: { $0.key < $1.key }) {
                try db.execute(
                    sql: "INSERT INTO mended_block (block, period) VALUES (?, ?)",
                    arguments: [blocks[index], period.description])
            }
        }
    }
}
