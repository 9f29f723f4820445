import Domain
import Tables
import Testing

@testable import Forms

@Suite("Other lists beside attendance, and what stands in few cells")
struct OtherListsTests {
    private static let numbers = (1...30).map(String.init).joined(separator: "|")
    private let full = String(repeating: "√|", count: 29) + "√"

    private func read(_ picture: String) -> WorkbookReading { TestForms.read(Picture(picture)) }

    private func found(_ reading: WorkbookReading) -> [String] { TestForms.told(reading) }

    private func halves(_ reading: WorkbookReading) -> [String: Int] { TestForms.presentHalves(reading) }

    @Test("A list of telephones, cars or visits under a grid is told at its headings and read as nobody's attendance")
    func listsBelow() {
        let grid = "碾伯镇2018年11月考勤表\n序号|姓名|村|\(Self.numbers)\n1|王守成|甲村|\(full)\n\n"
        for (list, cell) in [
            ("序号|姓名|联系电话\n1|王守成|13909720001\n2|李延禄|13909720002", "A5"), ("用车登记\n日期|姓名|事由\n11月3日|王守成|送农产品", "A6"),
            ("日期|农户|内容\n11月3日|马三|了解收入\n11月4日|韩四|送政策", "A5"),
        ] {
            let reading = read(grid + list)
            #expect(found(reading) == ["otherList \(cell)"], "\(list)")
            #expect(TestForms.findings(reading).map(\.reason) == [.otherList])
            #expect(halves(reading) == ["王守成": 60], "\(list)")
        }
        let log = read("2018年11月考勤登记\n日期|姓名|考勤情况\n11月5日|王守成|出勤\n\n请假登记\n日期|姓名|请假事由\n11月12日|王守成|看病")
        #expect(found(log) == ["otherList A6"])
        #expect(halves(log) == ["王守成": 2])
        // Marks under the like are somebody's days: nothing is dropped.
        let marked = read(grid + "序号|姓名|所驻村\n2|李延禄|甲村|\(full)")
        #expect(halves(marked) == ["王守成": 60, "李延禄": 60])
    }

    @Test("Days of leave beside their ranges are no days worked")
    func leaveList() {
        let reading = read("碾伯镇2018年11月驻村干部请假审批登记表\n姓名|请假时间|天数|事由\n王守成|11月5日至6日|2|有事")
        #expect(reading.submitted.blocks.map(\.layout) == [.exceptionsOnly])
        #expect(reading.submitted.blocks.flatMap(\.rows).allSatisfy { $0.total == nil })
        let both = read("碾伯镇2018年11月考勤\n姓名|出勤天数|请假时间|天数\n王守成|20|11月5日至6日|2")
        #expect(both.submitted.blocks.flatMap(\.rows).map { $0.total?.halfDays } == [HalfDays(40)])
    }

    @Test("A legend a cell a mark: under the table in the people's columns, with headings, or as two rows")
    func legendCells() {
        let marks = "★|☆|" + String(repeating: "★|", count: 27) + "★"
        for legend in [
            "图例\n★|出勤\n☆|请假", "★|出勤\n☆|请假", "|||图例\n|||★|出勤\n|||☆|请假", "\n符号|含义\n★|出勤\n☆|请假", "\n符号|★|☆\n含义|出勤|请假",
        ] {
            let reading = read("碾伯镇2018年11月考勤表\n序号|姓名|村|\(Self.numbers)\n1|王守成|甲村|\(marks)\n\(legend)")
            #expect(halves(reading) == ["王守成": 58], "\(legend)")
            #expect(found(reading) == [], "\(legend)")
        }
    }

    @Test("Marks joined by 或, 和 or strokes share or list their meanings")
    func joinedMarks() {
        func read(_ legend: String, _ marks: String) -> WorkbookReading {
            self.read("碾伯镇2018年11月考勤表\n姓名|\(Self.numbers)\n王守成|\(marks)\(String(repeating: "|", count: 26))\n\(legend)")
        }
        let either = read("注：“√”或“1”表示出勤，△请假", "√|1|△|√")
        #expect(halves(either) == ["王守成": 6])
        #expect(found(either) == [])
        let both = read("注：√出勤，○和△都表示请假", "√|○|△|√")
        #expect(halves(both) == ["王守成": 4])
        #expect(found(both) == [])
        let listed = read("图例：√/△/□：出勤/请假/病假", "√|△|□|√")
        #expect(halves(listed) == ["王守成": 4])
        #expect(found(listed) == [])
    }

    @Test("全勤 in the remarks of a row without a mark is a statement: told at its cell, nobody paid by it")
    func statedInRemarks() {
        let blank = String(repeating: "|", count: 29)
        let reading = read(
            "碾伯镇2018年11月考勤表\n姓名|\(Self.numbers)|备注\n王守成|\(blank)|全勤\n李延禄|\(full)|全勤\n马文|\(blank)|调离")
        #expect(found(reading) == ["presenceStated AF3"])
        #expect(halves(reading) == ["李延禄": 60])
    }

    @Test("A half-month's sum is compared with nothing")
    func halfMonth() {
        let reading = read(
            "碾伯镇2018年11月考勤表\n姓名|\(Self.numbers)|下半月合计|出勤天数\n王守成|\(full)|15|30")
        #expect(found(reading) == [])
    }

    private let weeks = """
        ||||1|2|3
        ||||√|√|
        4|5|6|7|8|9|10
        |√|√|√|√|√|
        11|12|13|14|15|16|17
        |√|√|√|√|√|
        18|19|20|21|22|23|24
        |√|√|√|√|√|
        25|26|27|28|29|30|
        |√|√|√|√|√|
        """

    @Test("Calendars of two people under each other each keep their last week")
    func calendars() {
        let week = "日|一|二|三|四|五|六"
        let reading = read("碾伯镇2018年11月考勤表\n姓名：王守成\n\(week)\n\(weeks)\n姓名：李延禄\n\(week)\n\(weeks)\n注：√出勤")
        #expect(halves(reading) == ["王守成": 44, "李延禄": 44])
        #expect(found(reading) == [])
    }

    @Test("Rows of 上午 and 下午 under the numbers of a calendar are halves")
    func calendarOfHalves() {
        let reading = read(
            """
            驻村干部考勤表
            姓名：王守成|||2018年11月
            |日|一|二|三|四|五|六
            日期|||||1|2|3
            上午|||||√|√|
            下午|||||√|△|
            日期|4|5|6|7|8|9|10
            上午||√|√|√|√|√|
            下午||√|√|√|√|√|
            注：√出勤 △请假
            """)
        #expect(halves(reading) == ["王守成": 13])
        #expect(found(reading) == [])
    }

    @Test("The name behind the village of a title is whom one person's sheet is about; another word there is none")
    func nameInTitle() {
        let rows = "日期|星期|考勤情况\n1|四|√\n2|五|√\n3|六|√"
        let reading = read("碾伯镇青禾湾村王守成2018年11月考勤表\n" + rows)
        #expect(halves(reading) == ["王守成": 6])
        #expect(found(reading) == [])
        for word in ["", "驻村干部", "扶贫", "个人"] {
            #expect(found(read("碾伯镇青禾湾村\(word)2018年11月考勤表\n" + rows)) == ["columnMissing A1"], "\(word)")
        }
    }

    @Test("Remarks in a line of their own under a merged name are no legend, though a mark stands among them")
    func remarkLine() {
        let blank = String(repeating: "|", count: 27)
        let reading = read(
            "碾伯镇2018年11月考勤表\n姓名|类别|\(Self.numbers)\n王守成|出勤|\(full)\n^|备注|下雪||√ 核实\(blank)\n李延禄|出勤|\(full)\n^|备注|\(blank)||"
        )
        #expect(halves(reading) == ["王守成": 60, "李延禄": 60])
        #expect(found(reading) == [])
    }

    @Test("A group of days of another month is told by its month and day, never as a day that the month lacks")
    func otherMonth() {
        let gap = String(repeating: "|", count: 29)
        let reading = read(
            "碾伯镇2018年11月考勤表\n|11月\(gap)|10月补登\n姓名|\(Self.numbers)|1|2|3\n王守成|\(full)|||√")
        let told = TestForms.findings(reading).filter { $0.reason == .impossibleDay }
        #expect(told.map { $0.arguments.contains("10月3日") } == [true])
        #expect(halves(reading) == ["王守成": 60])
    }
}
