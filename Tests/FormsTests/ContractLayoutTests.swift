import Domain
import Tables
import Testing

@testable import Forms

/// One test a sentence of spec §5.4, where no other suite holds it.
@Suite("Layouts, headings and figures, as the contract says them")
struct ContractLayoutTests: NovemberSuite {
    private func halves(_ reading: WorkbookReading) -> [String: Int] { TestForms.presentHalves(reading) }

    @Test("Every form of day headings of the contract, and a second row of weekdays under them")
    func headings() {
        let forms: [(Int) -> String] = [
            { "\($0)" }, { "\($0)日" }, { "'11.\($0)" }, { "'11/\($0)" }, { "11月\($0)日" },
            { "2018-11-\($0 < 10 ? "0" : "")\($0)" }, { "11.\($0 < 10 ? "0" : "")\($0)" },
        ]
        let weekdays = (1...30).map { Array("日一二三四五六").map(String.init)[($0 + 3) % 7] }.joined(separator: "|")
        for form in forms {
            let heads = (1...30).map(form).joined(separator: "|")
            for line in ["", "\n|\(weekdays)"] {
                let reading = read("碾伯镇2018年11月考勤表\n姓名|\(heads)\(line)\n王守成|\(ticks)")
                #expect(halves(reading) == ["王守成": 60], "\(form(10))")
                #expect(TestForms.told(reading) == [], "\(form(10))")
            }
        }
    }

    @Test("Titles and headings start in any row and column, are merged, and stand again on every printed page")
    func places() {
        let head = "||序号|姓名|\(days)"
        let title = "||碾伯镇2018年11月考勤表" + String(repeating: "|<", count: 31)
        let reading = read(
            "\n\n\(title)\n\n\(head)\n||1|王守成|\(ticks)\n\n\(title)\n\(head)\n||2|李延禄|\(ticks)\n||第2页 共2页")
        #expect(halves(reading) == ["王守成": 60, "李延禄": 60])
        #expect(TestForms.told(reading) == [])
    }

    @Test("A village, unit or township merged down counts for each of its rows")
    func merged() {
        let reading = read(
            "2018年11月考勤表\n乡镇|村|派出单位|姓名|\(days)\n碾伯镇|甲村|水务局|王守成|\(ticks)\n^|^|^|李延禄|\(ticks)\n^|乙村|财政局|马文|\(ticks)")
        let rows = reading.submitted.blocks[0].rows
        #expect(rows.map { $0.village?.text } == ["甲村", "甲村", "乙村"])
        #expect(rows.map { $0.sendingUnit?.text } == ["水务局", "水务局", "财政局"])
        #expect(rows.map { $0.township?.text } == ["碾伯镇", "碾伯镇", "碾伯镇"])
    }

    @Test(
        "Rows under one merged name are halves once the sheet says so anywhere; without a word another village's row is its own line"
    )
    func rowsOfAName() {
        let late = String(repeating: "|", count: 15) + (16...30).map { _ in "√" }.joined(separator: "|")
        let early = (1...15).map { _ in "√" }.joined(separator: "|")
        for note in ["注：每人上行为上午，下行为下午", "说明：上格填上午、下格填下午"] {
            let reading = read("2018年11月考勤表\n姓名|\(days)\n王守成|\(ticks)\n^|\(late)\n\(note)")
            #expect(halves(reading) == ["王守成": 45], "\(note)")
        }
        let villages = read("2018年11月考勤表\n姓名|村|\(days)\n王守成|甲村|\(early)\n^|乙村|\(late)")
        #expect(villages.submitted.blocks[0].rows.map { $0.village?.text } == ["甲村", "乙村"])
        #expect(halves(villages) == ["王守成": 60])
    }

    @Test("Two logs beside each other; a 晚上 column or row never counts")
    func logsAndEvenings() {
        let logs = read(
            "2018年11月考勤登记\n日期|姓名|考勤||日期|姓名|考勤\n11月1日|王守成|√||11月1日|李延禄|√\n11月2日|王守成|√||11月2日|李延禄|请假")
        #expect(halves(logs) == ["王守成": 4, "李延禄": 2])
        let column = read("2018年11月考勤登记\n日期|姓名|上午|下午|晚上\n11月1日|王守成|√|√|√\n11月2日|王守成|||√")
        #expect(halves(column) == ["王守成": 2])
        let row = read("2018年11月考勤表\n姓名|时段|\(days)\n王守成|上午|√\n^|下午|√\n^|晚上|√|√|√")
        #expect(halves(row) == ["王守成": 2])
    }

    @Test("Numbers are marks: 1 and 0.5, and hours where the legend or a heading says 小时")
    func numbers() {
        #expect(halves(read("2018年11月考勤表\n姓名|\(days)\n王守成|1|0.5|1")) == ["王守成": 5])
        for hint in ["2018年11月考勤表（单位：小时）\n姓名|\(days)\n王守成|8|4|3", "2018年11月考勤表\n姓名|\(days)\n王守成|8|4|3\n注：填写工作小时数"] {
            #expect(halves(read(hint)) == ["王守成": 3], "\(hint.prefix(20))")
        }
        let bare = read("2018年11月考勤表\n姓名|\(days)\n王守成|8|4|3")
        #expect(halves(bare).isEmpty)
        #expect(TestForms.findings(bare).map(\.reason) == [.unknownMark, .unknownMark, .unknownMark])
    }

    @Test("小计 合计 总计, notes, signatures and blank lines of the template are not people")
    func nobody() {
        let reading = read(
            "2018年11月考勤表\n序号|姓名|村|\(days)|出勤天数\n1|王守成|甲村|\(ticks)|30\n|小计||\(String(repeating: "|", count: 29))|30\n2||乙村\n|\n"
                + "合计|||\(String(repeating: "|", count: 29))|30\n总计|||\(String(repeating: "|", count: 29))|30\n"
                + "填表人：马文||审核人：韩四\n负责人（盖章）：\n注：本表一式两份，每月5日前报送。")
        #expect(halves(reading) == ["王守成": 60])
        #expect(reading.submitted.blocks[0].rows.count == 1)
        #expect(TestForms.told(reading) == [])
    }

    @Test("Of a sheet over two months the figure is checked over both")
    func overTwoMonths() {
        let heads = (Array(26...31) + Array(1...25)).map(String.init).joined(separator: "|")
        func sheet(_ figure: Int) -> WorkbookReading {
            read("碾伯镇2018年11月考勤表（10月26日—11月25日）\n姓名|\(heads)|出勤天数\n王守成|\(ticks)|√|\(figure)")
        }
        let totals = sheet(31).submitted.blocks.compactMap { $0.rows[0].total }
        #expect(totals.map { $0.presentBeyond.count } == [50, 12])
    }

    @Test(
        "A blank column before the first day and a blank last day hold the sheet, unless its weekends show where days stand"
    )
    func spacer() {
        // 30 June 2018 is a Saturday, 1 June a Friday.
        func sheet(_ isMarked: (Int) -> Bool) -> WorkbookReading {
            let marks = (1...30).map { isMarked($0) ? "√" : "" }.joined(separator: "|")
            return read("碾伯镇2018年6月考勤表\n姓名||\(days)\n王守成||\(marks)\n李延禄||\(marks)")
        }
        let workdays = sheet { ![0, 1].contains(($0 + 5) % 7) }
        #expect(halves(workdays).count == 2)
        #expect(TestForms.told(workdays) == [])
        let shifted = sheet { ![0, 1].contains(($0 + 6) % 7) && $0 < 30 }
        #expect(TestForms.told(shifted) == ["headingsShifted B2", "headingsShifted B2"])
        #expect(halves(sheet { $0 < 30 }).isEmpty, "marked on weekends too: nothing shows it")
    }
}
