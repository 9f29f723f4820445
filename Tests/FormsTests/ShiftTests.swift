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
