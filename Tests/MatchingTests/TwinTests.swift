import Domain
import TestSupport
import Testing

@testable import Matching

/// Rows that say the same of nobody knows whom. Source: spec §5.8.
@Suite("Two equal rows are decided one by one")
struct TwinTests {
    private let first = MonthFixture.cadre("扎西", 1, MonthFixture.posting("碾伯镇", "大庄村"))
    private let second = MonthFixture.cadre("扎西", 2, MonthFixture.posting("碾伯镇", "大庄村"))

    private func desk(_ rows: [AttendanceRow]) -> Desk {
        Desk(
            input: MonthFixture.input(
                [first, second], [MonthFixture.file("a.xlsx", MonthFixture.block(rows))]))
    }

    private func row(_ days: ClosedRange<Int> = 1...5, at line: Int) -> AttendanceRow {
        MonthFixture.row("扎西", present: days, at: line)
    }

    @Test("each has its own evidence; one decided alone leaves the other open, both pay each his own")
    func apart() throws {
        let desk = desk([row(at: 4), row(at: 7)])
        #expect(desk.open.map(\.finding.code) == [.ambiguousPerson, .ambiguousPerson])
        #expect(Set(desk.open.map(\.evidence)).count == 2)

        let one = try desk.deciding(.ambiguousPerson, .change(first.id.text), at: 0)
        #expect(one.paid(first) == 10 && one.paid(second) == 0)
        #expect(one.open.map { $0.finding.cell?.a1 } == ["B8"])
        #expect(one.open[0].evidence == desk.open[1].evidence, "its evidence is what it was")

        var both = one
        both.input.decisions += try desk.deciding(.ambiguousPerson, .change(second.id.text), at: 1).input.decisions
        #expect(both.paid(first) == 10 && both.paid(second) == 10)
        #expect(both.open.isEmpty)
    }

    @Test("rows that move keep their answers; where one of them goes, the answers fall")
    func moved() throws {
        let decided = try desk([row(at: 4), row(at: 7)]).deciding(.ambiguousPerson, .change(first.id.text), at: 0)
        var moved = desk([row(at: 14), row(at: 19)])
        moved.input.decisions = decided.input.decisions
        #expect(moved.paid(first) == 10 && moved.open.map { $0.finding.cell?.a1 } == ["B20"])
        var alone = desk([row(at: 7)])
        alone.input.decisions = decided.input.decisions
        #expect(alone.paid(first) == 0, "nobody knows which of the two is left")
        #expect(alone.month.decisions.evidence.isEmpty)
    }

    @Test("a row that stands alone keeps the evidence of its cells, whatever other rows are added")
    func unambiguous() {
        let alone = desk([row(at: 4)]).open[0].evidence
        #expect(desk([row(at: 4), row(1...6, at: 7)]).open[0].evidence == alone)
        #expect(!desk([row(at: 4), row(at: 7)]).open.map(\.evidence).contains(alone))
    }

    @Test("an unknown mark on the same day of two people without an ID is asked twice")
    func marks() {
        func unknown(_ days: ClosedRange<Int>, at line: Int) -> AttendanceRow {
            var row = MonthFixture.row("卓玛", present: days, marks: [20: .unknown], at: line)
            row.days[19].text = "☆"
            row.findings = [Finding(.unknownMark, cell: row.days[19].cell, value: "☆", arguments: ["☆"])]
            return row
        }
        let marks = desk([unknown(1...5, at: 4), unknown(1...6, at: 7)]).open.filter {
            $0.finding.code == .unknownMark
        }
        #expect(marks.count == 2 && Set(marks.map(\.evidence)).count == 2)
    }
}
