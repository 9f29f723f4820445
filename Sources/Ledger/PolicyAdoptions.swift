import Codec
import Domain
import Foundation
import GRDB

/// A policy file that somebody decided to read closed months with. Source: spec §8.
public struct PolicyAdoption: Hashable, Sendable {
    /// Of the file's bytes; it holds for them alone.
    public var sha256: String
    /// Name of the file.
    public var name: String
    public var reason: String
    /// The system user.
    public var who: String
    public var asOf: CivilDate
    /// The batches closed by then: those whose months are read with it.
    public var batches: [String]
    public var people: Int
    public var net: Fen

    public init(
        sha256: String, name: String, reason: String, who: String, asOf: CivilDate, batches: [String], people: Int,
        net: Fen
    ) {
        self.sha256 = sha256
        self.name = name
        self.reason = reason
        self.who = who
        self.asOf = asOf
        self.batches = batches
        self.people = people
        self.net = net
    }
}

extension LedgerReader {
    /// Every adoption, in the order in which they were decided.
    public func adoptions() throws -> [PolicyAdoption] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT sha256, name, reason, who, as_of, batches, people, net FROM checked_policy_adoption ORDER BY id
                """
        ).map { row in
            guard let asOf = CivilDate(iso: row[4] as String) else { throw PackingError(what: "adoption") }
            return PolicyAdoption(
                sha256: row[0], name: row[1], reason: row[2], who: row[3], asOf: asOf,
                batches: (row[5] as String).split(separator: ",").map(String.init), people: row[6], net: Fen(row[7]))
        }
    }
}

extension LedgerWriter {
    /// Records an adoption; none is ever changed.
    public func insert(_ adoption: PolicyAdoption) throws {
        try db.execute(
            sql: """
                INSERT INTO policy_adoption (sha256, name, reason, who, as_of, batches, people, net)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                adoption.sha256, adoption.name, adoption.reason, adoption.who, adoption.asOf.iso,
                adoption.batches.joined(separator: ","), adoption.people, adoption.net.amount,
            ])
    }
}
