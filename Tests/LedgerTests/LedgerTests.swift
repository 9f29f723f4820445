import Codec
import Domain
import Foundation
import GRDB
import Matching
import TestSupport
import Testing

@testable import Ledger

@Suite("The ledger")
struct LedgerTests {
    private let zhang = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private let month = CountyMonth(county: MonthFixture.county.code, period: MonthFixture.november)

    private struct Interruption: Error {}

    private func attendance() -> MonthAttendance {
        let rows = [
            MonthFixture.row("张世安", id: zhang.id.text, present: 1...20, halves: [21], at: 4),
            MonthFixture.row("外来人", id: MonthFixture.id(40).text, village: "新庄村", present: [3], at: 5),
            MonthFixture.row(
                "无名氏", marks: [2: .absent, 3: .unknown], total: MonthFixture.total("1", halfDays: 2), at: 6),
        ]
        return MonthBuilder.build(
            MonthFixture.input([zhang], [MonthFixture.file("考勤/碾伯镇.xlsx", MonthFixture.block(rows))]))
    }

    /// As it is packed: what may be decided stands in a table of its own.
    private func packable() -> MonthAttendance {
        var month = attendance()
        month.decisions = MonthDecisions()
        return month
    }

    @Test("what may be decided of a month comes back with it, and goes with it")
    func decisions() throws {
        let folder = try TemporaryFolder()
        let ledger = try LedgerDatabase(path: folder.at("z"))
        let attendance = attendance()
        #expect(attendance.decisions.open.map(\.finding.code) == [.totalMismatch])
        try ledger.write { writer in
            try writer.upsert(
                month, payload: attendance.packed, standing: 0,
                summary: MonthSummary(attendance, cadres: [zhang]))
            try writer.set(attendance.decisions, month)
        }
        #expect(try ledger.read { try $0.month(month) } == attendance)
        #expect(try ledger.read { try $0.decidedEvidence() } == [])
        var decided = attendance.decisions
        decided.evidence = ["ab12"]
        try ledger.write { try $0.set(decided, month) }
        #expect(try ledger.read { try $0.decidedEvidence() } == ["ab12"])
        try ledger.write { try $0.deleteMonth(month) }
        #expect(try ledger.read { try $0.decisions(month) }.isEmpty)
    }

    @Test("is created on first use, for its owner only, and opens again")
    func creation() throws {
        let folder = try TemporaryFolder()
        let path = folder.at("a/b/z.sqlite")
        _ = try LedgerDatabase(path: path)
        let tree = FileTree(folder.at("a"))
        #expect(tree.files["b/z.sqlite"]?.mode == 0o600)
        #expect(tree.folders["b"] == 0o700)
        #expect(try LedgerDatabase(path: path).read { try $0.batches().isEmpty })
    }

    @Test("a file that is no ledger, or one of a newer program, is refused and left alone")
    func refusals() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "this is no database. ", count: 100)
        try folder.write("text", text)
        #expect(throws: (any Error).self) { _ = try LedgerDatabase(path: folder.at("text")) }
        #expect(try String(contentsOfFile: folder.at("text"), encoding: .utf8) == text)
        let path = folder.at("newer")
        let ledger = try LedgerDatabase(path: path)
        try ledger.queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of a later program')") }
        #expect(throws: LedgerError.self) { _ = try LedgerDatabase(path: path) }
    }

    @Test("a transaction that fails leaves nothing")
    func atomic() throws {
        let folder = try TemporaryFolder()
        let ledger = try LedgerDatabase(path: folder.at("z"))
        #expect(throws: Interruption.self) {
            try ledger.write { writer in
                try writer.setSetting("a", "b")
                throw Interruption()
            }
        }
        #expect(try ledger.read { try $0.setting("a") } == nil)
    }

    @Test("a month comes back as it went in")
    func packedMonth() throws {
        let month = packable()
        #expect(month.rows.count == 3)
        #expect(try MonthAttendance(packed: month.packed) == month)
        #expect(throws: (any Error).self) { try MonthAttendance(packed: Array(month.packed.dropLast(7))) }
    }

    private func line(_ halfDays: Int, of person: ResidentID = MonthFixture.id(1)) -> PaymentLine {
        PaymentLine(
            county: month.county, period: month.period, originPeriod: month.period, person: person, name: "张世安",
            sendingUnit: "乐都区财政局", township: "碾伯镇", village: "大庄村", halfDays: HalfDays(halfDays),
            dailyRate: Fen.yuan(60), livingStipend: Fen(halfDays * 3000), hardshipAllowance: nil,
            qinghaiAllowance: Fen(-1), note: "说明；=1")
    }

    @Test("open months are replaced, closed ones never: no update, no delete, no second batch")
    func batches() throws {
        let folder = try TemporaryFolder()
        let ledger = try LedgerDatabase(path: folder.at("z"))
        try ledger.write { writer in
            for halfDays in [2, 40] {
                try writer.replace(MonthPay(month: month, lines: [line(halfDays)]))
            }
        }
        #expect(try ledger.read { try $0.pay(month)?.lines } == [line(40)])
        let batch = BatchRecord(
            id: BatchRecord.id(month), month: month, asOf: MonthFixture.afterwards, policyName: "p",
            policySHA256: "s", programVersion: "1", manifest: "{}")
        let evidence = BatchEvidence(
            sources: [], month: packable(), foreignClaims: [], exports: ["e"], understanding: "u")
        func freeze() throws {
            try ledger.write {
                try $0.insert(
                    batch, lines: [line(40)], files: [BatchFile(name: "a.csv", sha256: "x", size: 1)],
                    evidence: evidence)
            }
        }
        try freeze()
        #expect(batch.id == "ZC-630202-201811")
        var issued = line(40)
        issued.batch = batch.id
        #expect(try ledger.read { try $0.lines(batch: batch.id) } == [issued])
        #expect(try ledger.read { try $0.issued(county: month.county, origin: month.period) } == [issued])
        #expect(try ledger.read { try $0.issued(person: zhang.id) } == [issued])
        #expect(try ledger.read { try $0.evidence(batch: batch.id)?.month } == evidence.month)
        #expect(throws: (any Error).self) { try freeze() }
        for statement in [
            "UPDATE batch_line SET stipend = 0", "DELETE FROM batch_line", "UPDATE batch SET manifest = ''",
        ] {
            #expect(throws: (any Error).self) { try ledger.queue.write { try $0.execute(sql: statement) } }
        }
        #expect(try ledger.read { try $0.lines(batch: batch.id) } == [issued])
    }

    @Test("what was issued to one person is read among the lines of others, in whatever order they stand")
    func issuedToOne() throws {
        let folder = try TemporaryFolder()
        let ledger = try LedgerDatabase(path: folder.at("z"))
        let people = [3, 1, 2].map(MonthFixture.id)
        let batch = BatchRecord(
            id: BatchRecord.id(month), month: month, asOf: MonthFixture.afterwards, policyName: "p",
            policySHA256: "s", programVersion: "1", manifest: "{}")
        try ledger.write { writer in
            try writer.insert(
                batch, lines: people.map { line(40, of: $0) }, files: [],
                evidence: BatchEvidence(
                    sources: [], month: packable(), foreignClaims: [], exports: [], understanding: "u"))
        }
        for person in people + [MonthFixture.id(9)] {
            let issued = try ledger.read { try $0.issued(person: person) }
            #expect(issued.map(\.person) == people.filter { $0 == person })
        }
        try ledger.queue.write { db in
            try db.execute(sql: "DROP TRIGGER batch_line_is_final")
            try db.execute(sql: "DROP TRIGGER sum_changed_batch_line")
            try db.execute(
                sql: "UPDATE batch_line SET stipend = stipend + 1 WHERE person = ?", arguments: [people[1].text])
        }
        #expect(throws: (any Error).self) { try ledger.read { try $0.issued(person: people[1]) } }
    }

    @Test("what forms showed as settled counts from batches before one in time, of the county alone")
    func settledBefore() throws {
        let folder = try TemporaryFolder()
        let ledger = try LedgerDatabase(path: folder.at("z"))
        let other = try #require(CountyCode("630203"))
        let months = try [
            (month.county, "2018-09"), (month.county, "2018-10"), (month.county, "2018-11"), (other, "2018-09"),
        ].map { CountyMonth(county: $0, period: try #require(Period($1))) }
        try ledger.write { writer in
            for month in months {
                try writer.insert(
                    BatchRecord(
                        id: BatchRecord.id(month), month: month, asOf: MonthFixture.afterwards, policyName: "p",
                        policySHA256: "s", programVersion: "1", manifest: "{}"), lines: [], files: [],
                    evidence: BatchEvidence(
                        sources: [], month: packable(), foreignClaims: [], exports: [], understanding: "u",
                        settled: ["\(month)"]))
            }
        }
        let (all, before) = try ledger.read {
            (
                try $0.settledAtClosing(county: month.county),
                try $0.settledAtClosing(county: month.county, before: BatchRecord.id(months[2]))
            )
        }
        #expect(all == Set(months.prefix(3).map { "\($0)" }))
        #expect(before == Set(months.prefix(2).map { "\($0)" }))
    }

    @Test("a ledger that nobody wrote to has the stamp that it was left with; a row taken out gives another")
    func stamps() throws {
        let folder = try TemporaryFolder()
        let path = folder.at("z")
        func left(_ body: (LedgerDatabase) throws -> Void) throws -> String {
            let ledger = try LedgerDatabase(path: path)
            try body(ledger)
            let stamp = try #require(try ledger.stampAtClosing())
            try ledger.close()
            return stamp
        }
        func found() throws -> String? {
            let ledger = try LedgerDatabase(path: path)
            let stamp = ledger.stamp()
            try ledger.close()
            return stamp
        }
        let first = try left { try $0.write { try $0.setSetting("a", "b") } }
        #expect(try found() == first)
        #expect(try left { _ = try $0.read { try $0.setting("a") } } == first, "looking writes nothing")
        #expect(try found() == first)
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "DELETE FROM setting WHERE name = 'a'") }
        try queue.close()
        #expect(try found() != first)
        let open = try LedgerDatabase(path: path)
        try open.write { try $0.setSetting("c", "d") }
        #expect(open.stamp() == nil, "what stands in the log alone is not in the file yet")
        try open.close()
    }

    @Test("a backup is whole and opens as a ledger")
    func backup() throws {
        let folder = try TemporaryFolder()
        let ledger = try LedgerDatabase(path: folder.at("z"))
        try ledger.write { try $0.setSetting("a", "b") }
        try ledger.backup(to: folder.at("copy"))
        #expect(FileTree(folder.path).files["copy"]?.mode == 0o600)
        #expect(try LedgerDatabase(path: folder.at("copy")).read { try $0.setting("a") } == "b")
    }
}
