import Domain
import Tables
import Testing

@testable import Forms

@Suite("Words that only their neighbours tell")
struct NeighbouringWordsTests: NovemberSuite {
    private func reasons(_ reading: WorkbookReading) -> [FindingReason] { TestForms.findings(reading).map(\.reason) }

    private func present(_ reading: WorkbookReading) -> [String: Int] {
        var days: [String: Int] = [:]
        for row in reading.submitted.blocks.flatMap(\.rows) {
            days[row.name.text, default: 0] += row.days.count { $0.morning == .present && $0.afternoon == .present }
        }
        return days
    }

    /// November 2018 begins on a Thursday.
    private func weekday(_ day: Int) -> String { Array("日一二三四五六").map(String.init)[(day + 3) % 7] }

    @Test("日 in a column of weekdays is Sunday and cuts no table, whatever the layout and the dates' shape")
    func sundays() {
        for date in [{ "2018-11-" + ($0 < 10 ? "0\($0)" : "\($0)") }, { "11月\($0)日" }, { "\($0)" }] as [(Int) -> String]
        {
            let all = Array(1...30)
            let sheet = read(
                "个人考勤表\n姓名：王守成\n月份：2018年11月\n日期|星期|考勤情况\n"
                    + all.map { "\(date($0))|\(weekday($0))|在岗" }.joined(separator: "\n"))
            #expect(present(sheet) == ["王守成": 30], "\(date(4))")
            #expect(reasons(sheet) == [])
            let log = read(
                "碾伯镇2018年11月考勤登记\n日期|周|姓名|考勤情况\n"
                    + all.map { "\(date($0))|\(weekday($0))|王守成|在岗\n\(date($0))|\(weekday($0))|李延禄|在岗" }.joined(
                        separator: "\n"))
            #expect(present(log) == ["王守成": 30, "李延禄": 30], "\(date(4))")
            #expect(reasons(log) == [])
            let across = read(
                "碾伯镇2018年11月考勤表\n日期|星期|王守成|李延禄\n"
                    + all.map { "\(date($0))|\(weekday($0))|√|√" }.joined(separator: "\n"))
            #expect(present(across) == ["王守成": 30, "李延禄": 30], "\(date(4))")
            #expect(reasons(across) == [])
        }
        let one = read("碾伯镇2018年11月考勤登记\n日期|星期|姓名|考勤情况\n11月4日|日|王守成|在岗\n11月5日|一|王守成|在岗")
        #expect(present(one) == ["王守成": 2])
    }

    @Test("日 over the days of a table still heads them, and 日 in a line of days is still no day")
    func dayHeadings() {
        let across = read("碾伯镇2018年11月考勤表\n日|王守成\n" + (1...30).map { "\($0)|√" }.joined(separator: "\n"))
        #expect(present(across) == ["王守成": 30])
        let slip = read("2018年11月考勤表\n姓名|日|\((2...30).map(String.init).joined(separator: "|"))\n王守成|\(ticks)")
        #expect(reasons(slip) == [.unreadColumn])
        let card = read("2018年11月考勤卡\n姓名|王守成\n日|\(days)\n上午|\(ticks)\n下午|\(ticks)")
        #expect(present(card) == ["王守成": 30])
        #expect(reasons(card) == [])
    }

    @Test("A divided heading 日期/姓名 stands over the names where days stand beside it, in one row or over two")
    func dividedHeading() {
        for heading in [
            "日期\\n姓名", "姓名/日期", "　　日期 姓名", "姓名\\日期", "时间/姓名",
        ] {
            let plain = read("2018年11月考勤表\n序号|\(heading)|村|\(days)\n1|王守成|甲村|\(ticks)")
            #expect(present(plain) == ["王守成": 30], "\(heading)")
            #expect(reasons(plain) == [], "\(heading)")
            let tall = read(
                "2018年11月考勤表\n\(heading)|11月|\(String(repeating: "<|", count: 28))<\n^|\(days)\n王守成|\(ticks)")
            #expect(present(tall) == ["王守成": 30], "\(heading)")
            #expect(reasons(tall) == [], "\(heading)")
            let across = read(
                "2018年11月考勤表\n\(heading)|王守成|李延禄\n" + (1...30).map { "\($0)|√|√" }.joined(separator: "\n"))
            #expect(present(across) == ["王守成": 30, "李延禄": 30], "\(heading)")
            #expect(reasons(across) == [], "\(heading)")
        }
    }

    @Test("A line under the headings that says what the calendar says of the days heads no column and is nobody")
    func linesOfNotes() {
        let rest = (1...30).map { ["六", "日"].contains(weekday($0)) ? "休" : "" }.joined(separator: "|")
        let weather = Array(repeating: "晴", count: 30).joined(separator: "|")
        for (label, line) in [
            ("备注", rest), ("节假日", rest), ("是否休息日", rest.replacingOccurrences(of: "休", with: "是")), ("天气", weather),
            ("星期", rest.replacingOccurrences(of: "休", with: "周末")), ("备注", weather),
        ] {
            for row in ["|\(label)||\(line)", "\(label)|||\(line)", "||\(label)|\(line)"] {
                let reading = read("2018年11月考勤表\n序号|姓名|村|\(days)\n\(row)\n1|王守成|甲村|\(ticks)")
                #expect(present(reading) == ["王守成": 30], "\(row)")
                #expect(reasons(reading) == [], "\(row)")
            }
        }
    }

    @Test("A line whose name is lost to a note, but that holds marks, is somebody's and is told")
    func marksUnderANote() {
        let reading = read("2018年11月考勤表\n序号|姓名|村|\(days)\n1|备注|甲村|\(ticks)\n2|王守成|甲村|\(ticks)")
        #expect(reading.submitted.blocks.flatMap(\.rows).map(\.name.text) == ["备注", "王守成"])
        let bare = read("2018年11月考勤表\n姓名|\(days)\n备注|\(ticks)\n王守成|\(ticks)")
        #expect(bare.submitted.blocks.flatMap(\.rows).map(\.name.text) == ["备注", "王守成"])
    }

    @Test("Labels in cells of their own above one person's days, without colons, are labels and no people")
    func bareLabels() {
        let rows = (1...30).map { "\($0)|\(weekday($0))|在岗|" }.joined(separator: "\n")
        for labels in [
            "姓名|王守成|村|甲村\n月份：2018年11月", "姓名|王守成|性别|男|职务|第一书记\n派出单位|县水务局|所驻村|甲村|月份|2018年11月",
            "姓名|王守成|月份|2018年11月\n村|甲村", "姓名|王守成\n村|甲村\n月份|2018年11月",
        ] {
            let reading = read("驻村干部个人考勤表\n\(labels)\n日期|星期|考勤情况|备注\n\(rows)")
            #expect(present(reading) == ["王守成": 30], "\(labels)")
            #expect(reasons(reading) == [], "\(labels)")
        }
    }

    @Test("是 and 否 under 是否在岗 are answered by their heading; elsewhere they are unknown marks")
    func questionHeading() {
        let log = "碾伯镇2018年11月考勤登记\n日期|姓名|是否在岗\n11月5日|王守成|是\n11月6日|王守成|否\n11月7日|王守成|是"
        let reading = read(log)
        let days = reading.submitted.blocks.flatMap(\.rows).flatMap(\.days)
        #expect(days.map(\.morning) == [.present, .absent, .present])
        #expect(reasons(reading) == [])
        let bare = read(log.replacingOccurrences(of: "是否在岗", with: "考勤情况"))
        #expect(reasons(bare) == [.unknownMark, .unknownMark, .unknownMark])
    }

    @Test("上午 alone as a mark says nothing of presence; 半天 and 上午在岗 do")
    func halfAlone() {
        let reading = read("2018年11月考勤表\n姓名|\(days)\n王守成|上午|半天|上午在岗|下午\(String(repeating: "|", count: 26))")
        #expect(reasons(reading) == [.unknownMark, .unknownMark])
        #expect(TestForms.findings(reading).map { $0.cell?.a1 } == ["B3", "E3"])
    }
}
