import Domain
import Forms
import Tables
import Testing

@testable import Forms

/// Rows and lines of headings that stand beside where they belong. Source: spec §5.7.
@Suite("Rows and headings that slipped hold everybody whose days nobody knows")
struct ShiftTests: NovemberSuite {
    private func halves(_ reading: WorkbookReading) -> [String: Int] { TestForms.presentHalves(reading) }

    @Test("A row that shows by one cell that it stands under other headings than its own is held at that cell")
    func rows() {
        let head = "碾伯镇2018年11月考勤表\n序号|姓名|派出单位|\(days)\n1|王守成|水务局|\(ticks)\n"
        for (row, cell) in [
            ("2|李延禄|632123197001011234|水务局|\(ticks)", "C4"), ("2|李延禄|√|\(ticks)", "C4"),
            ("2|李延禄||教育局|\(ticks)", "D4"), ("2|李延禄||大庄村|\(ticks)", "D4"),
        ] {
            let reading = read(head + row)
            #expect(halves(reading) == ["王守成": 60], "\(row)")
            #expect(TestForms.told(reading).contains("\(FindingReason.rowShifted) \(cell)"), "\(row)")
        }
        let words = read(head + "2|李延禄|教育局|住院|下乡|病|\(ticks)")
        #expect(!TestForms.findings(words).contains { $0.reason == .rowShifted })
    }

    @Test(
        "Weekdays that stand one column aside from the days of the month hold, unless a mark shows that the days stand")
    func weekdays() {
        let names = ["一", "二", "三", "四", "五", "六", "日"]
        // 1 November 2018 is a Thursday.
        let week = (0..<30).map { names[($0 + 3) % 7] }.joined(separator: "|")
        let stale = (0..<30).map { names[($0 + 4) % 7] }.joined(separator: "|")
        let most = Array(repeating: "√", count: 29).joined(separator: "|")
        func told(_ days: String, _ weekdays: String, _ marks: String) -> [String] {
            let sheet = "碾伯镇2018年11月考勤表\n姓名|\(days)\n^|\(weekdays)\n王守成|\(marks)"
            return TestForms.told(read(sheet))
        }
        let days = (1...30).map(String.init).joined(separator: "|")
        #expect(told("|" + days, week, "|\(most)|") == ["headingsShifted B3"])
        #expect(told(days, "|" + week, "|\(most)|") == ["headingsShifted AF3"])
        #expect(told("|" + days, week, "|√|\(most)") == [])
        #expect(told(days, "|" + week, "√|\(most)") == [])
        #expect(told(days, stale, "|\(most)") == [])
    }

    @Test("A column behind the days is theirs where most of it are marks, two halves in one cell too")
    func beyond() {
        let days = (1...29).map(String.init).joined(separator: "|")
        let marks = Array(repeating: "√", count: 29).joined(separator: "|")
        func told(_ heading: String, _ cells: [String]) -> [String] {
            let rows = zip(["王守成", "李延禄", "马占海"], cells).map { "\($0)|\(marks)|\($1)\n" }.joined()
            return TestForms.told(read("碾伯镇2018年11月考勤表\n姓名|\(days)|\(heading)\n\(rows)"))
        }
        #expect(told("3O日。", ["√", "√/△", ""]) == ["unreadColumn AE2"])
        #expect(told("3O日。", ["√", "下乡", "√"]) == ["unreadColumn AE2"])
        #expect(told("群众评议", ["好", "好", "√"]) == ["headingUnknown AE2"])
    }

    @Test("Of days in two lines the one that begins a column behind the other slipped, where its last day has no mark")
    func lines() {
        let upper = (1...15).map(String.init).joined(separator: "|")
        let lower = (16...30).map(String.init).joined(separator: "|")
        let half = Array(repeating: "√", count: 14).joined(separator: "|")
        func sheet(_ gap: String, _ marks: String) -> WorkbookReading {
            read("碾伯镇2018年11月考勤表\n姓名|\(gap)\(upper)\n^|\(lower)\n王守成||\(half)\(marks)\n^|√|\(half)")
        }
        #expect(halves(sheet("|", "")) == [:])
        #expect(TestForms.told(sheet("|", "")) == ["headingsShifted B2"])
        #expect(halves(sheet("", "")) == ["王守成": 58])
        // Its last day is marked: it stands where it belongs.
        #expect(halves(sheet("|", "|√")) == ["王守成": 60])
    }
}
