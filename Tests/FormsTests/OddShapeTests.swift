import Domain
import Tables
import Testing

@testable import Forms

/// Rarer ways of writing days, months and marks that a clerk reads at a glance. Source: spec §5.1, §5.4.
@Suite("Months shown by a date, days counted down or in Chinese figures, marks behind their numbers")
struct OddShapeTests: NovemberSuite {
    private func halves(_ reading: WorkbookReading) -> [String: Int] { TestForms.presentHalves(reading) }

    @Test("A date shown as year and month names its month, beside a title, as one, behind 时间 or over the days")
    func months() {
        let date = CivilDate(2018, 11, 1) ?? CivilDate(dayNumber: 0)
        func sheet(_ rows: String, _ row: Int, _ column: Int, isMonth: Bool = true) -> WorkbookReading {
            var picture = Picture(rows)
            if isMonth { picture.month(row, column, date) } else { picture.set(row, column, .date(date)) }
            return TestForms.read(picture)
        }
        let table = "姓名|\(days)\n王守成|\(ticks)"
        for reading in [
            sheet("碾伯镇考勤表\n\n\(table)", 1, 1), sheet("\n\(table)", 0, 0), sheet("碾伯镇考勤表\n时间：\n\(table)", 1, 1),
            sheet("碾伯镇考勤表\n姓名\n^|\(days)\n王守成|\(ticks)", 1, 1),
        ] {
            #expect(halves(reading) == ["王守成": 60])
            #expect(reading.submitted.blocks.map(\.period) == [Period(year: 2018, month: 11)].compactMap { $0 })
            #expect(TestForms.told(reading) == [])
        }
        #expect(TestForms.told(sheet("碾伯镇考勤表\n\n\(table)", 1, 1, isMonth: false)) == ["periodUnknown "])
    }

    @Test("Days that count down from the month's end, and days in Chinese figures, head their columns")
    func figures() {
        let down = (1...30).reversed().map(String.init).joined(separator: "|")
        let early = String(repeating: "|", count: 27) + "√|△|√"
        let turned = read("碾伯镇2018年11月考勤表\n姓名|\(down)\n王守成|\(early)\n注：√出勤 △请假")
        #expect(halves(turned) == ["王守成": 4])
        #expect(turned.submitted.blocks[0].rows[0].days[1].morning == .leave)
        #expect(TestForms.told(turned) == [])
        let ones = ["一", "二", "三", "四", "五", "六", "七", "八", "九"]
        let chinese = ones + ["十"] + ones.map { "十" + $0 } + ["二十"] + ones.map { "二十" + $0 } + ["三十"]
        let numerals = read("碾伯镇2018年11月考勤表\n姓名|\(chinese.joined(separator: "|"))\n王守成|\(ticks)")
        #expect(halves(numerals) == ["王守成": 60])
        #expect(TestForms.told(numerals) == [])
        // Weekdays are none.
        let week = Array(repeating: "一|二|三|四|五|六|日", count: 4).joined(separator: "|")
        #expect(halves(read("碾伯镇2018年11月考勤表\n姓名|\(week)\n王守成|\(ticks)")).isEmpty)
    }

    @Test("Marks of a calendar stand behind the numbers in their cells")
    func calendar() {
        func sheet(_ mark: (Int) -> String) -> WorkbookReading {
            var rows = ["碾伯镇2018年11月考勤表", "姓名：王守成", "日|一|二|三|四|五|六", "||||"]
            for day in 1...30 {
                let column = (day + 3) % 7
                if column == 0, day > 1 { rows.append("") }
                rows[rows.count - 1] += (column == 0 || day == 1 ? "" : "|") + mark(day)
            }
            return read((rows + ["注：√出勤 △请假"]).joined(separator: "\n"))
        }
        for join in ["", "\\n", " ", "日", "日："] {
            let reading = sheet { $0 % 7 == 3 || $0 % 7 == 4 ? "\($0)" : "\($0)\(join)\($0 == 6 ? "△" : "√")" }
            #expect(halves(reading) == ["王守成": 42], "\(join)")
            #expect(TestForms.told(reading) == [], "\(join)")
        }
        let unknown = sheet { $0 == 5 ? "5☆" : "\($0)√" }
        #expect(halves(unknown) == ["王守成": 58])
        #expect(TestForms.told(unknown) == ["unknownMark B5"])
    }

    @Test("A sheet of attendance that no layout reads is refused at its first mark, and not called unknown")
    func unreadLayout() {
        let week = ["一", "二", "三", "四", "五"].map { "星期\($0)|√|√|√|√" }.joined(separator: "\n")
        let reading = read("碾伯镇2018年11月考勤表\n姓名：王守成\n星期|第一周|第二周|第三周|第四周\n\(week)\n注：√出勤")
        #expect(halves(reading).isEmpty)
        #expect(TestForms.told(reading) == ["unreadTable B4"])
        let instructions = read("考勤填表说明\n符号|含义\n√|出勤\n△|请假\n×|旷工")
        #expect(TestForms.findings(instructions).map(\.reason) == [.formUnknown])
    }

    @Test(
        "Weekdays in place of the numbers of days on which nobody has a mark lose no day; names of free days are rest")
    func freeDays() {
        let heads = (1...30).map { [3, 4].contains($0 % 7) ? ($0 % 7 == 3 ? "六" : "日") : "\($0)" }
        func marks(_ free: String) -> String {
            (1...30).map { [3, 4].contains($0 % 7) ? free : "√" }.joined(separator: "|")
        }
        let blank = read("碾伯镇2018年11月考勤表\n姓名|\(heads.joined(separator: "|"))\n王守成|\(marks(""))")
        #expect(halves(blank) == ["王守成": 44])
        #expect(TestForms.told(blank) == [])
        let used = read("碾伯镇2018年11月考勤表\n姓名|\(heads.joined(separator: "|"))\n王守成|\(ticks)")
        #expect(TestForms.told(used).first == "unreadColumn D2")
        for word in ["周末", "星期六", "国庆节"] {
            let reading = read("碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|\(marks(word))")
            #expect(halves(reading) == ["王守成": 44], "\(word)")
            #expect(TestForms.told(reading) == [], "\(word)")
        }
    }

    @Test("A legend of several lines in one cell behind the last day, in somebody's row")
    func legendBeside() {
        for heading in ["符号说明", "图例", "备注"] {
            let reading = read(
                "碾伯镇2018年11月考勤表\n姓名|\(days)|\(heading)\n王守成|★|☆|★||||||||||||||||||||||||||||★：出勤\\n☆：请假\n李延禄|★|\(String(repeating: "|", count: 28))|^"
            )
            #expect(halves(reading) == ["王守成": 4, "李延禄": 2], "\(heading)")
            #expect(
                !TestForms.findings(reading).contains { $0.effect == .held || $0.effect == .excluded }, "\(heading)")
        }
    }

    @Test("A list of dates and names without a column of marks lacks just that column, and nobody is called 地点")
    func listWithoutMarks() {
        for heading in ["地点", "工作内容", "去向"] {
            let rows = (1...10).map { "11月\($0)日|王守成|在村" }.joined(separator: "\n")
            let reading = read("碾伯镇2018年11月考勤表\n日期|姓名|\(heading)\n\(rows)")
            #expect(reading.submitted.blocks.flatMap(\.rows).isEmpty, "\(heading)")
            let told = TestForms.findings(reading)
            #expect(told.map(\.reason) == [.columnMissing], "\(heading)")
            #expect(
                told.first?.arguments.last == "考勤情况" && told.first?.cell?.a1 == "A3" || told.first?.cell?.a1 == "A2")
        }
    }

    @Test("Figures in Chinese, halves as fractions, signs of one day, and words over parts of the month are read")
    func figuresAndHalves() {
        let words = read("碾伯镇2018年11月考勤表\n姓名|\(days)|出勤天数\n王守成|\(ticks)|三十天\n李延禄|\(ticks)|二十九")
        let stated = words.submitted.blocks[0].rows.map { $0.total?.halfDays }
        #expect(stated == [HalfDays(60), HalfDays(58)])
        #expect(TestForms.told(words) == [])
        let fractions = read("碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|½|1/2|√|○\n注：√=1天，○=0.5天")
        #expect(halves(fractions) == ["王守成": 5])
        #expect(TestForms.told(fractions) == [])
        let parts = read(
            "碾伯镇2018年11月考勤表\n上旬\n姓名|1|2|3|4|5|6|7|8|9|10\n王守成|√|√\n中旬\n姓名|11|12|13|14|15|16|17|18|19|20\n王守成|√")
        #expect(halves(parts) == ["王守成": 6])
        #expect(TestForms.told(parts) == [])
    }

    @Test("签到 and 签退 under each day are a machine's record: refused once, at their first cell")
    func signing() {
        let head = (1...30).map { "\($0)|<" }.joined(separator: "|")
        let under = Array(repeating: "签到|签退", count: 30).joined(separator: "|")
        let marks = Array(repeating: "√|√", count: 30).joined(separator: "|")
        let reading = read("碾伯镇2018年11月考勤表\n姓名|\(head)\n^|\(under)\n王守成|\(marks)")
        #expect(halves(reading).isEmpty)
        #expect(TestForms.findings(reading).map(\.reason) == [.machineNotAttendance])
    }

    @Test(
        "Leave that the row itself dates and marks of presence on those days contradict each other: not counted, told")
    func leave() {
        func sheet(_ leave: String, _ marks: String? = nil) -> WorkbookReading {
            read("碾伯镇2018年11月考勤表\n姓名|\(days)|请假情况\n王守成|\(marks ?? ticks)|\(leave)\n注：√出勤 △请假")
        }
        for (leave, left) in [
            ("11.5-11.7事假", 54), ("11月5日至7日病假", 54), ("5日-7日", 54), ("11月5日", 58), ("2018-11-05", 58),
            ("2018年11月5日—11月7日事假3天", 54),
            ("11.5-11.6事假；11.9（下午）病假", 55), ("11月5日上午请假", 59),
        ] {
            let reading = sheet(leave)
            #expect(halves(reading) == ["王守成": left], "\(leave)")
            #expect(TestForms.told(reading) == ["markAgainstLeave AF3"], "\(leave)")
        }
        let told = TestForms.findings(sheet("5-6日事假")).filter { $0.reason == .markAgainstLeave }
        #expect(told.map(\.arguments) == [["5-6日事假", "5、6"]])
        for leave in ["无", "请假3天", "事假3.5天", "10.5-10.7事假", "11.5-11.7县上开会", "共2次", "2017年11月5日"] {
            let reading = sheet(leave)
            #expect(halves(reading) == ["王守成": 60], "\(leave)")
            #expect(TestForms.told(reading) == [], "\(leave)")
        }
        let marked = "√|√|√|√|△|△|√/△" + String(repeating: "|√", count: 23)
        #expect(TestForms.told(sheet("11.5-11.6事假、11月7日下午事假", marked)) == [])
    }

    @Test(
        "Rows of several months under a column 月份 go to their months; one left open, or a title of one month, refuses")
    func monthsOfRows() {
        let some = "√|√|△" + String(repeating: "|", count: 27)
        let table = "姓名|月份|\(days)|出勤天数\n王守成|10月|\(ticks)|30\n^|11月|\(some)|2\n李延禄|10月|\(some)|2\n^|11月|\(ticks)|30"
        let sums = "\n合计||\(String(repeating: "|", count: 29))|64\n注：√出勤 △请假"
        for title in ["碾伯镇2018年10-11月考勤表", "碾伯镇2018年考勤表"] {
            let reading = read("\(title)\n\(table)\(sums)")
            #expect(reading.submitted.blocks.map(\.period.month) == [10, 11], "\(title)")
            #expect(
                reading.submitted.blocks.map { $0.rows.map(\.days).map { $0.count { $0.morning == .present } } } == [
                    [30, 2], [2, 30],
                ])
            #expect(TestForms.told(reading) == [], "\(title)")
        }
        let open = read("碾伯镇2018年考勤表\n姓名|月份|\(days)\n王守成|10月|\(ticks)\n李延禄||\(ticks)\n王守成|11月|\(some)")
        #expect(TestForms.told(open) == ["periodSeveral B3"])
        #expect(halves(open).isEmpty)
    }

    @Test("Rows of dates that name their half behind the day are halves, on a person's sheet and in a log")
    func halvesBehindDates() {
        let rows = (1...5).map { "\($0)日上午|√\n\($0)日下午|\($0 == 3 ? "△" : "√")\n" }.joined()
        let sheet = read("碾伯镇2018年11月考勤表\n姓名：王守成\n日期|考勤\n\(rows)注：√出勤 △请假")
        #expect(halves(sheet) == ["王守成": 9])
        #expect(TestForms.told(sheet) == [])
        let logged = (1...5).map { "11月\($0)日（上午）|王守成|√\n11月\($0)日（下午）|王守成|\($0 == 3 ? "△" : "√")\n" }.joined()
        let log = read("碾伯镇2018年11月考勤表\n日期|姓名|考勤情况\n\(logged)11月6日晚上|王守成|√\n注：√出勤 △请假")
        #expect(halves(log) == ["王守成": 9])
        #expect(TestForms.told(log) == [])
    }

    @Test("The month of a title whose figures stand in cells of their own; a lunar month is none")
    func monthInPieces() {
        let table = "姓名|\(days)\n王守成|\(ticks)"
        let pieces = read("碾伯镇|2018|年|11|月|驻村干部考勤表\n\(table)")
        #expect(pieces.submitted.blocks.map { "\($0.period)" } == ["2018-11"])
        #expect(halves(pieces) == ["王守成": 60])
        #expect(read("碾伯镇2018年11月（农历十月）考勤表\n\(table)").submitted.blocks.map { "\($0.period)" } == ["2018-11"])
        let lunar = read("碾伯镇2018年农历十月考勤表\n\(table)")
        #expect(halves(lunar).isEmpty)
        #expect(TestForms.findings(lunar).map(\.reason).contains(.periodUnknown))
    }

    @Test("A name with a role before it or an ID number behind it is that name")
    func namesWithMore() {
        let id = "632123197001011234"
        let names = ["王守成 \(id)", "第一书记：李延禄", "马占海（\(id)）"]
        let people = names.map { "\($0)|\(ticks)" }.joined(separator: "\n")
        let reading = read("碾伯镇2018年11月考勤表\n姓名|\(days)\n\(people)")
        let rows = reading.submitted.blocks.flatMap(\.rows)
        #expect(rows.map { PersonName($0.name.text).key } == ["王守成", "李延禄", "马占海"])
        #expect(rows.map { $0.residentID?.text } == [id, nil, id])
        #expect(PersonName("队长文").key == "队长文")
        #expect(PersonName("队长 文军").key == "文军")
        #expect(PersonName("第一书记").key == "第一书记")
    }
}
