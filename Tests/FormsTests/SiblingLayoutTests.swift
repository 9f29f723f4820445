import Domain
import Tables
import Testing

@testable import Forms

@Suite("Siblings of sheets that hurt: other ways to lay out days, months and lines")
struct SiblingLayoutTests: NovemberSuite {
    private let november = Period(year: 2018, month: 11)

    private func halves(_ reading: WorkbookReading) -> [String: Int] { TestForms.presentHalves(reading) }

    @Test("Blocks of weeks under each other, names again in each, are one month")
    func weeks() {
        let blocks = [1...7, 8...14, 15...21, 22...28, 29...30].map { week in
            "姓名|" + week.map(String.init).joined(separator: "|") + "\n王守成|"
                + week.map { $0 == 9 ? "△" : "√" }.joined(separator: "|") + "\n"
        }
        let reading = read("碾伯镇2018年11月考勤表\n" + blocks.joined(separator: "\n") + "\n注：√出勤 △请假")
        #expect(halves(reading) == ["王守成": 58])
        #expect(TestForms.told(reading) == [])
        // Days that begin anew below are nobody's guess.
        let anew = read("碾伯镇2018年11月考勤表\n姓名|21|22|23|24|25|26|27\n王守成|√\n\n姓名|1|2|3|4|5|6|7\n王守成|√")
        #expect(TestForms.told(anew).contains("ambiguousDate B2"))
    }

    @Test("Days worked behind each month of a sheet are each checked against that month")
    func figuresOfMonths() {
        let december = (1...31).map(String.init).joined(separator: "|")
        func sheet(_ first: Int, _ second: Int) -> WorkbookReading {
            read(
                "碾伯镇2018年11-12月考勤表\n|11月\(String(repeating: "|<", count: 29))||12月\(String(repeating: "|<", count: 30))|\n"
                    + "姓名|\(days)|出勤天数|\(december)|出勤天数\n王守成|\(ticks)|\(first)|\(ticks)||\(second)")
        }
        #expect(TestForms.told(sheet(30, 30)) == [])
        #expect(halves(sheet(30, 30)) == ["王守成": 120])
        #expect(TestForms.told(sheet(29, 30)).contains("totalMismatch AF4"))
        #expect(TestForms.told(sheet(30, 60)) == [], "of both months")
        #expect(TestForms.told(sheet(30, 59)).contains("totalMismatch BL4"))
        #expect(halves(sheet(30, 59)).isEmpty)
    }

    @Test("Halves of a day in two rows under one date, people across")
    func halvesDown() {
        let rows = (1...5).map { "\($0)|上午|√|\($0 == 2 ? "△" : "√")\n^|下午|√|√" }.joined(separator: "\n")
        let reading = read("碾伯镇2018年11月考勤表\n日期|时间|王守成|李延禄\n\(rows)\n注：√出勤 △请假")
        #expect(halves(reading) == ["王守成": 10, "李延禄": 9])
        #expect(TestForms.told(reading) == [])
    }

    @Test("A log with the month, and the year, in columns of their own, written once or in every row")
    func partsOfDates() {
        let each = read("碾伯镇2018年考勤登记\n月|日|姓名|考勤情况\n10|30|王守成|√\n10|31|王守成|√\n11|1|王守成|√\n11|2|王守成|请假")
        #expect(each.submitted.blocks.map(\.period) == [Period(year: 2018, month: 10), november].compactMap { $0 })
        #expect(halves(each) == ["王守成": 6])
        #expect(TestForms.told(each) == [])
        let once = read("碾伯镇考勤登记\n年|月|日|姓名|考勤情况\n2018|11|1|王守成|√\n||2|王守成|√\n||3|李延禄|√")
        #expect(once.submitted.blocks.map(\.period) == [november].compactMap { $0 })
        #expect(halves(once) == ["王守成": 4, "李延禄": 2])
        let person = read("碾伯镇2018年考勤\n姓名：王守成\n月份|日期|考勤情况\n11月|1|√\n11月|2|√\n11月|3|√")
        #expect(halves(person) == ["王守成": 6])
    }

    @Test("A column of months names the rows' month; rows of several months are refused at its first cell")
    func monthColumn() {
        let one = read("碾伯镇考勤表\n月份|姓名|\(days)\n2018年11月|王守成|\(ticks)\n^|李延禄|\(ticks)")
        #expect(halves(one) == ["王守成": 60, "李延禄": 60])
        #expect(TestForms.told(one) == [])
        let several = read("碾伯镇2018年11月考勤表\n姓名|月份|\(days)\n王守成|10月|\(ticks)\n李延禄|11月|\(ticks)")
        #expect(TestForms.told(several) == ["periodSeveral B3"])
        #expect(halves(several).isEmpty)
        let other = read("碾伯镇2018年11月考勤表\n姓名|月份|\(days)\n王守成|10月|\(ticks)")
        #expect(TestForms.told(other) == ["periodConflict A1"])
    }

    @Test("Headings that name a day and its half in one cell: 1上 1下, 1日上午 1日下午")
    func dayAndHalf() {
        for (morning, afternoon) in [("上", "下"), ("日上午", "日下午"), ("(上)", "(下)"), ("-上午", "-下午")] {
            let heads = (1...30).map { "\($0)\(morning)|\($0)\(afternoon)" }.joined(separator: "|")
            let marks = (1...30).map { $0 == 3 ? "△|√" : "√|√" }.joined(separator: "|")
            let reading = read("碾伯镇2018年11月考勤表\n姓名|\(heads)\n王守成|\(marks)\n注：√出勤 △请假")
            #expect(halves(reading) == ["王守成": 59], "\(morning)")
            #expect(TestForms.told(reading) == [], "\(morning)")
        }
    }

    @Test("Headings with the day before the month are days of that month, and of no other")
    func dayBeforeMonth() {
        func sheet(_ title: String) -> WorkbookReading {
            read("碾伯镇2018年\(title)月考勤表\n姓名|\((1...30).map { "\($0)/11" }.joined(separator: "|"))\n王守成|\(ticks)")
        }
        #expect(halves(sheet("11")) == ["王守成": 60])
        #expect(TestForms.told(sheet("11")) == [])
        #expect(TestForms.told(sheet("12")) == ["periodConflictDates A1"])
    }

    @Test("Grids beside each other under a month each belong each to its own")
    func monthsBeside() {
        let december = (1...31).map(String.init).joined(separator: "|")
        let over = String(repeating: "|<", count: 30)
        for (left, right) in [("2018年10月", "2018年12月"), ("10月份考勤", "12月份考勤")] {
            let reading = read(
                "碾伯镇2018年考勤表\n\(left)\(over)|<||\(right)\(over)|<\n姓名|\(december)||姓名|\(december)\n王守成|\(ticks)|||王守成|√"
            )
            #expect(reading.submitted.blocks.map(\.period.month) == [10, 12], "\(left)")
            #expect(
                reading.submitted.blocks.map { $0.rows.flatMap(\.days).count { $0.morning == .present } } == [30, 1])
            #expect(TestForms.told(reading) == [], "\(left)")
        }
        let gap = String(repeating: "|", count: 33)
        let unmerged = read(
            "碾伯镇考勤表\n2018年10月\(gap)2018年12月\n姓名|\(december)||姓名|\(december)\n王守成|\(ticks)|||王守成|√")
        #expect(unmerged.submitted.blocks.map(\.period.month) == [10, 12])
    }

    @Test("Lines of 加班 or 计划 are no attendance: their word merged over people, or beside each name again")
    func linesOfPeople() {
        let few = "√" + String(repeating: "|", count: 29)
        let merged = read(
            "碾伯镇2018年11月考勤表\n项目|姓名|\(days)\n出勤|王守成|\(ticks)\n^|李延禄|\(ticks)\n加班|王守成|\(few)\n^|马文|\(few)")
        #expect(halves(merged) == ["王守成": 60, "李延禄": 60])
        #expect(TestForms.told(merged) == ["groupPassedOver A5"])
        let beside = read(
            "碾伯镇2018年11月考勤表\n姓名|项目|\(days)\n王守成|实到|\(few)\n王守成|应到|\(ticks)\n李延禄|实到|\(ticks)\n李延禄|应到|\(ticks)\n"
                + "马文|应到|\(ticks)")
        #expect(halves(beside) == ["王守成": 2, "李延禄": 60])
        let apart = read(
            "碾伯镇2018年11月考勤表\n项目|姓名|\(days)\n出勤|王守成|\(ticks)\n出勤|李延禄|\(ticks)\n加班|王守成|\(few)\n加班|马文|\(few)")
        #expect(halves(apart) == ["王守成": 60, "李延禄": 60])
    }
}
