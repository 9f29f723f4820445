import Domain
import Tables
import Testing

@testable import Forms

@Suite("Lines below a sheet that ask what a mark means")
struct LegendLineTests {
    /// A workbook with lines below the last row of each sheet: the label in column A, what was answered in column B.
    private func answered(_ workbook: Workbook, _ lines: [(mark: String, words: String)]) -> Workbook {
        let sheets = workbook.sheets.map { grid in
            let first = (grid.rows.last?.index ?? 0) + 2
            let rows = lines.enumerated().map { place, line in
                let label = Cell(column: 0, value: .text(LegendLine.label(line.mark) ?? ""))
                let words = line.words.isEmpty ? [] : [Cell(column: 1, value: .text(line.words))]
                return CellRow(index: first + place, cells: [label] + words)
            }
            return CellGrid(
                name: grid.name, isHidden: grid.isHidden, rows: grid.rows + rows, merges: grid.merges,
                hiddenColumns: grid.hiddenColumns)
        }
        return Workbook(format: .xlsx, sheets: sheets)
    }

    @Test("Unanswered they change nothing that is read, in any layout", arguments: WrittenLayout.allCases)
    func unanswered(_ layout: WrittenLayout) {
        for seed in UInt64(1)...10 {
            let written = Written(layout, seed: seed)
            let plain = TestForms.reader.read(written.workbook, path: written.path)
            let asked = TestForms.reader.read(
                answered(written.workbook, [("◈", ""), ("在外", "")]), path: written.path)
            #expect(asked.submitted == plain.submitted, "layout \(layout.rawValue) seed \(seed)\n\(written.dump)")
            let problem = Written.roleProblem(asked, answered(written.workbook, [("◈", ""), ("在外", "")]))
            #expect(problem == nil, "layout \(layout.rawValue) seed \(seed)")
        }
    }

    private let sheet = """
        碾伯镇2018年11月驻村干部考勤表
        姓名|村|1|2|3|4|5
        潘映雪|大庄村|√|◈|在外|√|√
        乔木森|柳湾村|√|√|◈|√|下
        """

    private func read(_ lines: [(mark: String, words: String)]) -> (days: [[AttendanceStatus]], findings: [String]) {
        let workbook = Workbook(format: .xlsx, sheets: [Picture(sheet).grid])
        let reading = TestForms.reader.read(answered(workbook, lines), path: "考勤/a.xlsx")
        let rows = reading.submitted.blocks.flatMap(\.rows)
        return (
            rows.map { $0.days.map(\.morning) },
            TestForms.findings(reading).map { "\($0.code.rawValue) \($0.cell?.a1 ?? "")" }.sorted()
        )
    }

    @Test("Answered they are the sheet's legend: signs, words and figures alike")
    func answers() {
        let before = read([("◈", ""), ("在外", ""), ("下", "")])
        #expect(before.findings == ["unknown-mark D3", "unknown-mark E3", "unknown-mark E4", "unknown-mark G4"])
        let after = read([("◈", "事假"), ("在外", "公差"), ("下", "出勤")])
        #expect(after.findings == [])
        #expect(
            after.days == [
                [.present, .leave, .official, .present, .present], [.present, .present, .leave, .present, .present],
            ])
        // Some of them answered: the others stay open.
        #expect(
            read([("◈", ""), ("在外", "病假"), ("下", "")]).findings == [
                "unknown-mark D3", "unknown-mark E4", "unknown-mark G4",
            ])
    }

    @Test("An answer that nobody understands is told at its line")
    func notUnderstood() {
        #expect(
            read([("◈", "甲类"), ("在外", "公差"), ("下", "出勤")]).findings == [
                "unknown-legend A6", "unknown-mark D3", "unknown-mark E4",
            ])
    }

    @Test("Every meaning to choose from is understood")
    func meanings() {
        let statuses: [AttendanceStatus] = [
            .present, .leave, .sick, .official, .training, .absent, .withdrawn, .rest, .present,
        ]
        for (words, status) in zip(LegendLine.meanings, statuses) {
            let read = read([("◈", words), ("在外", "公差"), ("下", "出勤")])
            #expect(read.days[0][1] == status, "\(words)")
            #expect(read.findings == [], "\(words)")
        }
        #expect(LegendLine.meanings.count == statuses.count)
    }

    @Test("What no legend can list has no line")
    func noLabel() {
        #expect(LegendLine.label("√\n◈") == nil && LegendLine.label("因家中有急事回家") != nil)
        #expect(LegendLine.label("因家中有急事回家了") == nil && LegendLine.label("“") == nil && LegendLine.label("") == nil)
        #expect(LegendLine.label(" ✓ ") == "注：“√”表示")
    }
}

@Suite("Marks that a day can be filled in with")
struct MarkChoicesTests {
    @Test("are the sheet's own by meaning, and the table's where it has none")
    func order() {
        var choices = MarkChoices(.standard)
        for (text, morning, afternoon) in [
            ("√", AttendanceStatus.present, AttendanceStatus.present), ("√/△", .present, .leave),
            ("✔", .present, .present),
            ("", .blank, .blank), ("◈", .unknown, .unknown), ("△", .leave, .leave),
        ] { choices.add(.text(text), morning, afternoon) }
        choices.add([
            LegendEntry(mark: "×", words: "长期病假", cell: LegendTests.cell, meaning: .whole(.sick)),
            LegendEntry(mark: "公", words: "甲类", cell: LegendTests.cell, meaning: nil),
        ])
        #expect(choices.texts == ["√", "△", "×", "公差", "培", "旷", "抽", "休", "√/△"])
    }

    @Test("are words where the sheet is written in words, and none where it counts hours")
    func kinds() {
        var words = MarkChoices(.standard)
        words.add(.text("出勤"), .present, .present)
        #expect(words.texts == ["出勤", "事假", "病假", "公差", "培训", "旷岗", "抽调", "休"])
        var hours = MarkChoices(.standard)
        hours.add(.number(8), .present, .present)
        #expect(hours.texts.isEmpty)
    }
}
