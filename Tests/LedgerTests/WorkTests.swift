import Domain
import Foundation
import GRDB
import TestSupport
import Testing
import Work

@testable import Ledger

@Suite("Results and what they were made from")
struct WorkTests {
    private let month = CountyMonth(county: CountyCode("630202")!, period: Period("2018-11")!)

    @Test("the digest of inputs does not depend on the order in which they were added, and on all of them")
    func inputs() {
        func digest(_ parts: [(String, String)]) -> String {
            var inputs = Inputs()
            for (name, value) in parts { inputs.add(name, value) }
            return inputs.digest
        }
        let parts = [("as of", "2018-12-05"), ("block 1", ""), ("block 2", "[0, 1]")]
        #expect(digest(parts) == digest(parts.reversed()))
        for index in parts.indices {
            var other = parts
            other[index].1 += "x"
            #expect(digest(other) != digest(parts))
            #expect(digest(Array(parts.prefix(index))) != digest(parts))
        }
    }

    @Test("a result stands while its inputs are the same, and what reads it sees its output alone")
    func earlyCutoff() {
        var work = WorkTable([.month(month): WorkEntry(inputs: "1", output: "same")])
        var pay = Inputs()
        pay.add(.month(month), work)
        work[.pay(month)] = WorkEntry(inputs: pay.digest, output: "paid")
        work[.month(month)] = WorkEntry(inputs: "2", output: "same")
        var again = Inputs()
        again.add(.month(month), work)
        #expect(work.holds(.pay(month), again))
        work[.month(month)] = WorkEntry(inputs: "2", output: "other")
        again = Inputs()
        again.add(.month(month), work)
        #expect(!work.holds(.pay(month), again))
        #expect(!WorkTable().holds(.pay(month), again))
    }

    @Test("what a result asked for comes back as it went in; what is forgotten is gone")
    func kept() throws {
        let folder = try TemporaryFolder()
        let ledger = try LedgerDatabase(path: folder.at("z"))
        let entries: [Node: WorkEntry] = [
            .units(month): WorkEntry(inputs: "", uses: ["乐都区 财政局", "教育局\n分局"], output: "a"),
            .month(month): WorkEntry(inputs: "i", output: "o"),
        ]
        try ledger.write { writer in
            for (node, entry) in entries { try writer.set(node, entry) }
        }
        #expect(try ledger.read { try $0.work().entries } == entries)
        try ledger.write { writer in
            var work = try writer.reader.work()
            try writer.set(.month(month), nil, &work)
            #expect(work[.month(month)] == nil)
        }
        #expect(try ledger.read { try $0.work().entries.keys.sorted() } == [.units(month)])
    }

    @Test("a transaction that changes something counts the revision up, one that changes nothing or fails does not")
    func revision() throws {
        struct Failure: Error {}
        let folder = try TemporaryFolder()
        let ledger = try LedgerDatabase(path: folder.at("z"))
        func revision() throws -> Int { try ledger.read { try $0.revision() } }
        #expect(try revision() == 0)
        for (value, expected) in [("1", 1), ("1", 1), ("2", 2)] {
            try ledger.write { try $0.setSetting("a", value) }
            #expect(try revision() == expected)
        }
        #expect(throws: Failure.self) {
            try ledger.write { writer in
                try writer.setSetting("a", "3")
                throw Failure()
            }
        }
        #expect(try revision() == 2)
        try ledger.write { try $0.set(.month(month), WorkEntry(inputs: "", output: "")) }
        #expect(try revision() == 3)
    }

    @Test("a ledger of the version before keeps its units and reports and makes every result once more")
    func migration() throws {
        let folder = try TemporaryFolder()
        do {
            let queue = try DatabaseQueue(path: folder.at("z"))
            try LedgerMigrations.migrator.migrate(queue, upTo: "what the last report told")
            try queue.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO county_record VALUES ('630202', 'f', CAST('{"units":[{"name":"乐都区财政局",
                            "source":{"file":"名录.xlsx","sheet":"单位","address":{"row":2,"column":0}}}]}' AS BLOB), '{}');
                        INSERT INTO county_month VALUES ('630202', '2018-11', 'f', x'00', 0, '{}');
                        INSERT INTO report_state VALUES ('finance/630202/2018-11', 'f');
                        INSERT INTO setting VALUES ('registers', 'f'), ('years.630202', 'f'), ('asOf', '2018-12-05');
                        """)
            }
            try queue.close()
        }
        let ledger = try LedgerDatabase(path: folder.at("z"))
        try ledger.read { reader in
            #expect(try reader.units().map(\.name) == ["乐都区财政局"])
            #expect(try reader.matchedMonths() == [month])
            #expect(try reader.setting("registers") == nil)
            #expect(try reader.setting("asOf") == "2018-12-05")
            let work = try reader.work()
            #expect(work.entries.keys.map(\.name) == ["files/finance/630202/2018-11"])
            #expect(!work.holds(.month(month), Inputs()))
        }
    }
}
