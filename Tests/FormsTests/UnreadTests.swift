import Domain
import Tables
import Testing

@testable import Forms

@Suite("Nothing is left unread")
struct UnreadTests {
    private static let days = (1...30).map(String.init).joined(separator: "|")
    private let ticks = String(repeating: "√|", count: 29) + "√"

    private func read(_ picture: Picture, path: String = "考勤/表.xlsx") -> WorkbookReading {
        TestForms.read(picture, path: path)
    }

    private func read(_ text: String, path: String = "考勤/表.xlsx") -> WorkbookReading { read(Picture(text), path: path) }

    /// A reason and the cell where it is told.
    struct Raised: Equatable {
        let reason: FindingReason
        let cell: String

        init(_ reason: FindingReason, _ cell: String = "") {
            self.reason = reason
            self.cell = cell
        }
    }

    private func found(_ reading: WorkbookReading) -> [Raised] {
        TestForms.findings(reading).map { Raised($0.reason, $0.cell?.a1 ?? "") }
    }

    private func present(_ reading: WorkbookReading) -> [String: Int] { TestForms.presentHalves(reading) }

    @Test("Marks without a name, or under what is no name, are held at the name's cell, whatever else is in the row")
    func names() {
        for name in ["", "√", "12", "空缺", "——"] {
            let reading = read("2018年11月考勤表\n序号|姓名|村|\(Self.days)\n1|王守成|甲村|\(ticks)\n2|\(name)|甲村|\(ticks)")
            #expect(found(reading) == [Raised(.unreadName, "B4")], "\(name)")
            #expect(present(reading) == ["王守成": 60])
            #expect(reading.submitted.blocks[0].rows.map(\.name.text) == ["王守成", name])
        }
        var picture = Picture("2018年11月考勤表\n序号|姓名|\(Self.days)\n1||\(ticks)")
        picture.formula(2, 1)
        #expect(found(read(picture)).contains(Raised(.uncachedName, "B3")))
    }

    @Test("A file with nobody in it is none that was sent; a sheet with nobody beside others is told")
    func nobody() {
        let empty = "2018年11月考勤表\n序号|姓名|村|\(Self.days)\n填表人：马文"
        let alone = read(empty)
        #expect(found(alone) == [Raised(.nobodyInFile, "B2")])
        #expect(TestForms.findings(alone).allSatisfy { $0.code == .unreadCell && $0.effect == .held })
        let full = Picture("2018年11月考勤表\n序号|姓名|村|\(Self.days)\n1|王守成|甲村|\(ticks)", name: "甲村")
        let both = TestForms.reader.read(
            Workbook(format: .xlsx, sheets: [full.grid, Picture(empty, name: "乙村").grid]), path: "考勤/表.xlsx")
        #expect(found(both) == [Raised(.nobodyInSheet, "B2")])
        #expect(TestForms.findings(both).map(\.sheet) == ["乙村"])
        #expect(present(both) == ["王守成": 60])
    }

    @Test("Rows of marks above their headings, or without any, are people whom nobody read: told at their first cell")
    func rowsOfNobody() {
        let reading = read(
            "2018年11月考勤表\n1|王守成|甲村|\(ticks)\n2|马文|甲村|\(ticks)\n序号|姓名|村|\(Self.days)\n3|李成|甲村|\(ticks)")
        #expect(found(reading).contains(Raised(.unreadTable, "A2")))
        #expect(present(reading) == ["李成": 60])
    }

    @Test("A second line of a legend that stands in the column of a log's marks is read")
    func legendUnderMarks() {
        let reading = read(
            "2018年11月考勤表\n出勤记录|姓名|日期|村\n#|王守成|2018-11-01|甲村\n√|王守成|2018-11-02|甲村\n#|某某|2018-11-03|甲村\n"
                + "注: (#)在岗；(○)开会\n(△)病假；(√)旷工")
        #expect(present(reading) == ["王守成": 2, "某某": 2])
    }

    @Test("A day column that is blank or mistyped is excluded at its heading; its neighbours keep their days")
    func days() {
        func grid(_ days: String) -> WorkbookReading { read("2018年11月考勤表\n姓名|\(days)\n王守成|\(ticks)") }
        func headings(_ change: (inout [String]) -> Void) -> String {
            var days = (1...30).map(String.init)
            change(&days)
            return days.joined(separator: "|")
        }
        for (place, text) in [(29, "3"), (0, ""), (14, ""), (29, ""), (12, "31"), (7, "8o"), (5, "5"), (20, "备注?")] {
            let reading = grid(headings { $0[place] = text })
            let cell = CellAddress(row: 1, column: place + 1).a1
            #expect(found(reading) == [Raised(.unreadColumn, cell)], "\(place) \(text)")
            let dates = reading.submitted.blocks[0].rows[0].days.map { Int($0.date.day) }
            #expect(dates == (1...30).filter { $0 != place + 1 }, "\(place) \(text)")
        }
        // 5, 7, 7, 8: the place says which 7 is the sixth.
        #expect(found(grid(headings { $0[5] = "7" })) == [Raised(.unreadColumn, "G2")])
    }

    @Test("Headings that slipped against the marks hold everybody: marks stand where no day can be")
    func slipped() {
        func grid(_ days: String, _ marks: String) -> WorkbookReading {
            read("2018年11月考勤表\n姓名|\(days)\n王守成|\(marks)\n李延禄||\(marks.dropFirst(2))")
        }
        let all = (1...30).map(String.init)
        #expect(
            found(grid("|" + Self.days, ticks + "|")) == [
                Raised(.unreadColumn, "B2"), Raised(.headingsShifted, "B2"), Raised(.headingsShifted, "B2"),
            ])
        #expect(present(grid("|" + Self.days, ticks + "|")).isEmpty)
        let middle = (all[..<9] + [""] + all[9...]).joined(separator: "|")
        #expect(found(grid(middle, ticks + "|")).contains(Raised(.headingsShifted, "K2")))
        // Marks under the last day too: a column without a heading, its neighbours where they belong.
        let extra = grid(middle, ticks + "|√")
        #expect(found(extra) == [Raised(.unreadColumn, "K2")])
        #expect(present(extra) == ["王守成": 60, "李延禄": 58])
    }

    @Test("Marks under no day of their own line of headings are excluded at the line's heading")
    func foldedLines() {
        func fold(_ second: String) -> WorkbookReading {
            let first = (1...15).map(String.init).joined(separator: "|")
            let half = String(repeating: "√|", count: 14) + "√"
            return read("2018年11月考勤表\n姓名|\(first)\n^|\(second)\n王守成|\(half)\n^|\(half)")
        }
        let second = (16...30).map(String.init)
        #expect(found(fold(second.joined(separator: "|"))) == [])
        var slip = second
        slip[14] = ""
        let reading = fold(slip.joined(separator: "|"))
        #expect(found(reading) == [Raised(.unreadColumn, "P3")])
        #expect(present(reading) == ["王守成": 58])
    }

    @Test("A name left out over lines of a status is nobody's, not the person's above")
    func statusLines() {
        var picture = Picture(
            "2018年11月考勤表\n姓名|村|项目|\(Self.days)\n王守成|甲村|应到|\(ticks)\n^|^|实到|\(ticks)\n|甲村|应到|\(ticks)\n||实到|\(ticks)")
        picture.merge(4, 0, 5, 0)
        let reading = read(picture)
        #expect(found(reading).map(\.reason).allSatisfy { $0 == .unreadName })
        #expect(found(reading).first == Raised(.unreadName, "A5"))
        #expect(present(reading) == ["王守成": 60])
    }

    @Test("Formulas without a value among the headings hold everybody with marks under them")
    func formulas() {
        var picture = Picture("2018年11月考勤表\n姓名|1\n王守成|\(ticks)\n李延禄|√")
        for column in 2...30 { picture.formula(1, column) }
        let reading = read(picture)
        #expect(
            found(reading).contains(Raised(.uncachedFormula, "C2"))
                && found(reading).contains(Raised(.uncachedFormula, "AE2")))
        #expect(reading.submitted.blocks[0].rows[0].findings.map(\.reason) == [.uncachedHeading])
        #expect(present(reading) == ["李延禄": 2])
    }

    @Test("A cell under no heading holds its row; a heading that no field knows is a field with a hint")
    func columns() {
        let stray = read("2018年11月考勤表\n姓名|\(Self.days)\n王守成|\(ticks)||另计3天\n李延禄|\(ticks)")
        #expect(found(stray) == [Raised(.unreadInRow, "AG3")])
        #expect(present(stray) == ["李延禄": 60])
        let known = read("2018年11月考勤表\n姓名|\(Self.days)|政治面貌\n王守成|\(ticks)|党员")
        #expect(found(known) == [Raised(.headingUnknown, "AF2")])
        #expect(present(known) == ["王守成": 60])
        let marks = read("2018年11月考勤表\n姓名|党员|村|\(Self.days)\n王守成|√|甲村|\(ticks)\n李延禄||甲村|\(ticks)")
        #expect(found(marks) == [Raised(.unreadInRow, "B3")])
    }

    @Test("A table of which nobody was understood holds the sheet; what stands outside tables is one hint")
    func tables() {
        let empty = read("2018年11月考勤表\n姓名|\(Self.days)\n|||||√|√")
        #expect(found(empty).first?.reason == .unreadName)
        let outside = read("2018年11月考勤表\n姓名|\(Self.days)\n王守成|\(ticks)\n\n\(String(repeating: "|", count: 33))77|78")
        #expect(found(outside) == [Raised(.unreadElsewhere, "AH5")])
        #expect(TestForms.findings(outside)[0].effect == .none)
        let person = Picture("2018年11月考勤表\n日期|考勤\n1日|√\n2日|√\n3日|√")
        #expect(found(read(person)) == [Raised(.columnMissing, "A1")])
        // A table of marks beside no date and no name: not a word of it is anybody's.
        let table = read("碾伯镇2018年11月考勤表\n姓名|出勤天数\n\n|||√|√|√")
        #expect(found(table) == [Raised(.unreadTable, "D4")])
    }

    @Test("Rows under one name that neither word, place nor second line of days tells apart are held")
    func lines() {
        let reading = read("2018年11月考勤表\n姓名|村|\(Self.days)\n王守成|甲村|√|√\n^|^||√|√\n李延禄|甲村|\(ticks)")
        #expect(found(reading) == [Raised(.unreadLine, "C3"), Raised(.unreadLine, "C4")])
        #expect(present(reading) == ["李延禄": 60])
    }

    @Test("Presence said in words over days is a statement; other words over days stand on each")
    func statements() {
        let over = read("2018年11月考勤表\n姓名|\(Self.days)\n王守成|全勤\(String(repeating: "|<", count: 29))\n李延禄|病假|<|<|√")
        #expect(found(over) == [Raised(.presenceStated, "B3")])
        #expect(present(over) == ["李延禄": 2])
        let once = read("2018年11月考勤表\n姓名|\(Self.days)|出勤天数\n王守成|全勤\(String(repeating: "|", count: 29))|30")
        #expect(found(once) == [Raised(.presenceStated, "B3")])
        let many = read(
            "2018年11月考勤表\n姓名|\(Self.days)|出勤天数|事假\n王守成|全勤\(String(repeating: "|", count: 29))|30|2\n李延禄|\(ticks)|30|")
        #expect(found(many) == [Raised(.presenceStated, "B3")], "no figure is checked against one mark")
        // A word that is the only mark, and a figure that says one day, is a mark.
        let mark = read("2018年11月考勤表\n姓名|\(Self.days)|出勤天数\n王守成|出勤\(String(repeating: "|", count: 29))|1")
        #expect(found(mark) == [])
    }

    @Test("Two meanings of one reach are a conflict, at the legend and at each mark")
    func conflict() {
        let reading = read("2018年11月考勤表\n注：√出勤 ○公差\n姓名|\(Self.days)\n王守成|√|○\n注：√出勤 ○病假")
        #expect(found(reading) == [Raised(.legendConflict, "A5"), Raised(.legendConflictMark, "C4")])
        #expect(present(reading) == ["王守成": 2])
    }

    @Test("A sheet's own months: dates all of another month hold it, several without their days are told")
    func months() {
        let dated = (1...30).map { "10月\($0)日" }.joined(separator: "|")
        #expect(found(read("碾伯镇2018年11月考勤表\n姓名|\(dated)\n王守成|\(ticks)")) == [Raised(.periodConflictDates, "A1")])
        #expect(found(read("碾伯镇2018年10-12月考勤表\n姓名|\(Self.days)\n王守成|\(ticks)")) == [Raised(.periodSeveral, "A1")])
        #expect(
            found(read("碾伯镇考勤表（2018年12月3日报）\n姓名|\(Self.days)\n王守成|\(ticks)", path: "考勤/考勤20181203.xlsx")) == [
                Raised(.periodUnknown)
            ])
    }

    @Test("Who a sheet is about, and which column holds names, is told or refused by name")
    func refusals() {
        #expect(
            found(read("2018年11月考勤表\n序号|村民|\(Self.days)\n1|王守成|\(ticks)\n2|李延禄|\(ticks)")) == [
                Raised(.nameColumnUnsure, "B2")
            ])
        var picture = Picture("碾伯镇驻村干部王守成2018年11月考勤表\n日期|考勤情况\n1日|√\n2日|√\n3日|√", name: "李延禄")
        #expect(found(read(picture)) == [Raised(.ownerUnsure, "A1")])
        picture.name = "王守成"
        #expect(present(read(picture)) == ["王守成": 6])
    }

    @Test("A second group of columns over the same days adds no day: where it marks others, the row is held")
    func secondGroup() {
        func sheet(_ left: String, _ right: String, _ first: String, _ second: String) -> WorkbookReading {
            let days = (1...30).map(String.init).joined(separator: "|")
            let gap = String(repeating: "|", count: 30)
            return read("2018年11月考勤表\n|\(left)\(gap)|\(right)\n姓名|\(days)||\(days)\n王守成|\(first)||\(second)")
        }
        func marks(_ present: Set<Int>) -> String {
            (1...30).map { present.contains($0) ? "√" : "" }.joined(separator: "|")
        }
        for words in [("", ""), ("甲组", "乙组"), ("计划", "下月安排")] {
            let reading = sheet(words.0, words.1, marks([1, 2]), marks([3]))
            #expect(found(reading).contains(Raised(.unreadInRow, "AI4")), "\(words)")
            #expect(present(reading).isEmpty, "nobody is paid by a row half read")
        }
        let same = sheet("上午", "下午", marks([1, 2]), marks([1, 2]))
        #expect(present(same) == ["王守成": 4])
        #expect(!found(same).contains { $0.reason == .unreadInRow })
        let fewer = sheet("上午", "下午", marks([1, 2]), marks([2]))
        #expect(present(fewer).isEmpty, "a day of one group alone may be a half")
    }

    @Test("A block below whose title names a plan or a machine's record is none, whatever stands above")
    func foreignBlocks() {
        let body = "\n姓名|\(Self.days)\n王守成|\(ticks)"
        for (title, reason) in [
            ("碾伯镇2018年11月值班安排表", FindingReason.planNotAttendance), ("钉钉考勤统计表2018年11月", .machineNotAttendance),
        ] {
            let reading = read("碾伯镇2018年11月考勤表\(body)\n\n\(title)\n姓名|\(Self.days)\n李延禄|\(ticks)")
            #expect(found(reading) == [Raised(reason, "A5")], "\(title)")
            #expect(present(reading).keys.sorted() == ["王守成"])
        }
    }

    @Test("A block below whose title names another form or another record is refused by its own name, never paid")
    func otherBlocks() {
        let body = "\n姓名|\(Self.days)\n李延禄|\(ticks)"
        let above = "碾伯镇2018年11月考勤表\n姓名|\(Self.days)\n王守成|\(ticks)\n\n"
        for (title, reason) in [
            ("2018年11月驻村干部培训情况", FindingReason.otherFormNotAttendance), ("入户走访统计", .otherFormNotAttendance),
            ("2018年11月入户走访统计", .otherFormNotAttendance), ("附：2018年11月考勤机打卡记录", .machineNotAttendance),
            ("附：走访情况", .otherFormNotAttendance), ("附：12月值班安排", .planNotAttendance),
            ("公务用车使用情况", .otherRecordNotAttendance), ("2018年11月防火巡查登记表", .otherRecordNotAttendance),
        ] {
            let reading = read(above + title + body)
            #expect(found(reading) == [Raised(reason, "A5")], "\(title)")
            #expect(present(reading) == ["王守成": 60], "\(title)")
        }
        for title in ["甲村", "2018年11月", "甲村驻村工作队情况", "省水利厅联点村甲村", "附：甲村考勤表", "第一书记名单", "甲村培训学习考勤表"] {
            #expect(present(read(above + title + body)) == ["王守成": 60, "李延禄": 60], "\(title)")
        }
    }

    @Test("A plan or another record first and attendance under a title of its own below: the attendance is read")
    func attendanceBelow() {
        let body = "\n姓名|\(Self.days)\n李延禄|\(ticks)\n\n"
        let below = "碾伯镇2018年11月考勤表\n姓名|\(Self.days)\n王守成|\(ticks)"
        for (title, reason) in [
            ("碾伯镇2018年11月值班安排表", FindingReason.planNotAttendance), ("2018年11月钉钉打卡记录", .machineNotAttendance),
            ("2018年11月入户走访统计", .otherFormNotAttendance),
        ] {
            let reading = read(title + body + below)
            #expect(found(reading) == [Raised(reason, "A1")], "\(title)")
            #expect(present(reading) == ["王守成": 60], "\(title)")
        }
    }

    @Test("签到 in a title yields to another form's word; 考勤 does not, nor does a place (联点村)")
    func signedIn() {
        let body = "\n姓名|\(Self.days)\n李延禄|\(ticks)"
        for title in ["2018年11月驻村干部培训签到表", "2018年11月例会签到表", "2018年11月领导联点走访签到表"] {
            let alone = read(title + body)
            #expect(alone.sheets[0].form != .attendance, "\(title)")
            #expect(TestForms.findings(alone).contains { $0.effect == .held }, "\(title)")
            let below = read("碾伯镇2018年11月考勤表\n姓名|\(Self.days)\n王守成|\(ticks)\n\n\(title)" + body)
            #expect(found(below) == [Raised(.otherFormNotAttendance, "A5")], "\(title)")
            #expect(present(below) == ["王守成": 60])
        }
        for title in ["2018年11月驻村干部签到表", "2018年11月驻村干部培训考勤表", "省水利厅联点村驻村干部2018年11月签到表", "值班签到表2018年11月"] {
            #expect(present(read(title + body)) == ["李延禄": 60], "\(title)")
        }
    }

    @Test("A row of a log whose name is lost is somebody's for its village, and no legend for its two words")
    func lostNameInLog() {
        let reading = read(
            "2018年11月考勤登记\n日期|姓名|村|考勤情况\n11月5日|王守成|甲村|√\n||乙村|病假/√\n11月6日|王守成|甲村|√\n|李延禄|乙村|√")
        #expect(found(reading) == [Raised(.unreadName, "B4")])
        #expect(present(reading) == ["王守成": 4, "李延禄": 2])
    }

    @Test("A month of marks without a name is somebody's, though one of them is unreadable")
    func lostNameInGrid() {
        let marks = (1...30).map { $0 == 7 ? "√？" : $0 == 20 ? "×\\n事假" : "在岗" }.joined(separator: "|")
        let reading = read("2018年11月考勤表\n序号|姓名|\(Self.days)\n1|王守成|×|\(ticks.dropFirst(2))\n2||\(marks)")
        #expect(found(reading).contains(Raised(.unreadName, "B4")))
        #expect(present(reading) == ["王守成": 58], "× is absence as in the policy file")
    }

    @Test("A column that nothing heads before the first day, blank as the last day's is: the headings slipped")
    func blankBeforeTheDays() {
        func grid(_ first: String, _ last: String) -> WorkbookReading {
            let marks = String(repeating: "√|", count: 27) + "√"
            return read("2018年11月考勤表\n姓名||\(Self.days)\n王守成|\(first)|\(marks)|\(last)|\n李延禄|\(first)|\(marks)|√|")
        }
        #expect(found(grid("", "√")) == [Raised(.headingsShifted, "B2"), Raised(.headingsShifted, "B2")])
        #expect(present(grid("", "√")).isEmpty)
        let whole = read("2018年11月考勤表\n姓名||\(Self.days)\n王守成||\(ticks)")
        #expect(present(whole) == ["王守成": 60], "the last day is marked: the column is a spacer")
    }

    @Test("Numbered rules about leave are no legend of the figures that cells hold")
    func numberedRules() {
        let ones = String(repeating: "1|", count: 29) + "1"
        let reading = read(
            "2018年11月考勤表\n姓名|\(Self.days)\n王守成|\(ones)\n要求：1.请假1天以内由乡镇批准，3天以上报县委组织部批准；2.旷工1天通报批评，累计3天召回。")
        #expect(present(reading) == ["王守成": 60])
        #expect(found(reading) == [])
    }

    @Test("A plan on one person's sheet is refused by name, its days across in two lines")
    func planOfOnePerson() {
        let line = (1...15).map(String.init).joined(separator: "|")
        let second = (16...30).map(String.init).joined(separator: "|")
        let marks = String(repeating: "○|", count: 14) + "○"
        let reading = read(
            "驻村工作队轮休计划（2018年11月）\n姓名：王守成\n日期|\(line)\n考勤情况|\(marks)\n日期|\(second)\n考勤情况|\(marks)\n说明：|○=到岗|☆=公差")
        #expect(found(reading) == [Raised(.planNotAttendance, "A1")])
    }

    @Test("Rows under a heading that names a plan or times beyond the day are nobody's attendance")
    func partsOfATable() {
        for (heading, reason) in [
            ("二、下月驻村计划", FindingReason.planNotAttendance), ("二、加班情况", .otherRecordNotAttendance),
            ("（二）夜间值守", .otherRecordNotAttendance),
        ] {
            let reading = read(
                "碾伯镇2018年11月考勤表\n姓名|\(Self.days)\n一、本月出勤\n王守成|\(ticks)\n\(heading)\n李延禄|\(ticks)\n三、请假人员\n马文|病|√\n"
                    + "注：√出勤 病病假")
            #expect(found(reading) == [Raised(reason, "A5")], "\(heading)")
            #expect(present(reading) == ["王守成": 60, "马文": 2], "\(heading)")
        }
    }

    @Test("Plans and machines' records are no attendance; a plan's word beside 考勤 is one")
    func foreign() {
        let body = "\n姓名|\(Self.days)\n王守成|\(ticks)"
        #expect(found(read("碾伯镇2018年11月值班安排表" + body)) == [Raised(.planNotAttendance, "A1")])
        #expect(found(read("碾伯镇2018年11月驻村工作队排班" + body)) == [Raised(.planNotAttendance, "A1")])
        #expect(found(read("碾伯镇2018年11月考勤安排表" + body)) == [])
        #expect(found(read("钉钉考勤统计表2018年11月" + body)) == [Raised(.machineNotAttendance, "A1")])
        #expect(
            found(read("2018年11月考勤表\n日期|姓名|上班打卡时间|下班打卡时间\n2018-11-01|王守成|08:30|18:00")) == [
                Raised(.machineNotAttendance, "C2")
            ])
        // A title that names another form is not overruled by headings.
        #expect(found(read("碾伯镇2018年驻村干部保险台账" + body)) == [Raised(.columnMissing)])
    }

    @Test("Figures are checked against their own marks, sums against what they sum")
    func figures() {
        let marks = "√|√|△|△|□|" + String(repeating: "√|", count: 24) + "√"
        let legend = "\n注：√出勤 △请假 □公差"
        func grid(_ headings: String, _ figures: String, _ more: String = "") -> WorkbookReading {
            read("2018年11月考勤表\n姓名|\(Self.days)|\(headings)\n王守成|\(marks)|\(figures)\(more)\(legend)")
        }
        #expect(found(grid("出勤天数|请假天数|公差", "27|2|1")) == [])
        #expect(found(grid("应出勤|实出勤|请假|公差", "30|27|3|1")) == [Raised(.figureMismatch, "AH3")])
        #expect(found(grid("应出勤天数|缺勤天数", "30|3")) == [])
        #expect(found(grid("应出勤天数|缺勤天数", "30|5")) == [Raised(.figureMismatch, "AG3")])
        #expect(found(grid("累计出勤天数|出勤天数", "270|27")) == [])
        let sum = grid("出勤天数", "27", "\n合计|\(String(repeating: "|", count: 29))|28")
        #expect(found(sum) == [Raised(.sumMismatch, "AF4")])
        let totals = read("2018年11月出勤统计表\n姓名|应出勤天数|请假天数\n王守成|22|2")
        #expect(found(totals) == [Raised(.workedFigureMissing, "B2")])
    }

    @Test("A row of sums is no person, its figures are stated figures, and every cell of a sheet has one role")
    func roles() {
        let reading = read(
            """
            附件2|
            碾伯镇2018年11月考勤表|
            序号|姓名|1|2|3|4|5|出勤天数|备注
            |青禾湾村
            1|王守成|√|√|△|√|√|4|好
            合计|||||||4|
            注：√出勤 △请假|
            填表人：李某||审核人：
            """)
        let roles = Dictionary(reading.sheets[0].cells.map { ($0.cell.a1, $0.role.contractName) }) { first, _ in first }
        let wanted = [
            "A1": "noise", "A2": "title", "A3": "heading", "C3": "heading", "B4": "sub-heading", "A5": "noise",
            "B5": "field",
            "C5": "mark", "H5": "stated figure", "I5": "field", "A6": "noise", "H6": "stated figure", "A7": "legend",
            "A8": "noise", "C8": "noise",
        ]
        for (cell, role) in wanted { #expect(roles[cell] == role, "\(cell)") }
        #expect(!roles.values.contains("unread"))
        #expect(roles.count == reading.sheets[0].cells.count)
        #expect(reading.submitted.blocks[0].rows[0].village?.text == "青禾湾村")
        #expect(found(reading) == [])
    }

    @Test("Without the reader of any one role its cells are unread, and said to be", arguments: CellRole.allCases)
    func silenced(_ role: CellRole) {
        guard role != .unread else { return }
        let reader = FormReader(
            forms: TestForms.catalogue, marks: .standard, own: OwnHeaders(), explains: true, silenced: role)
        let picture = Picture(
            """
            附件2|
            碾伯镇2018年11月考勤表|
            填报单位：碾伯镇|
            序号|姓名|身份证号|1|2|3|4|5|出勤天数|备注
            |青禾湾村
            1|王守成|'630202197001019102|√|√|△|√|√|4|好
            注：√出勤 △请假|
            填表人：李某||审核人：
            """)
        let reading = reader.read(Workbook(format: .xlsx, sheets: [picture.grid]), path: "考勤/表.xlsx")
        #expect(TestForms.findings(reading).contains { $0.code == .unreadCell }, "\(role)")
        #expect(reading.sheets[0].cells.contains { $0.role == .unread }, "\(role)")
        #expect(!reading.sheets[0].cells.contains { $0.role == role })
    }

    @Test("What this program wrote is told and not read: by property, header line, title and headings")
    func own() {
        let statement = Picture(
            "乐都区2018年11月驻村干部生活补助发放表\n县区：乐都区\n序号|姓名|身份证号|出勤\\n天数|日标准|生活补助|合计\n1|王守成|x|22|60|1320|1320")
        #expect(found(read(statement)) == [Raised(.ownOutput)])
        let marked = TestForms.reader.read(
            Workbook(
                format: .xlsx, sheets: [Picture("2018年11月考勤表\n姓名|\(Self.days)\n王守成|\(ticks)").grid],
                properties: [Workbook.ownProperty: Workbook.reportKind]), path: "a.xlsx")
        #expect(marked.submitted.findings.map(\.reason) == [.ownOutput])
        #expect(marked.submitted.blocks.isEmpty)
        let reader = FormReader(
            forms: TestForms.catalogue, marks: .standard, own: OwnHeaders([["年度", "县区", "派出单位"], ["序号", "姓名", "账号"]]))
        for text in ["年度|县区|派出单位\n2018|乐都区|水务局", "'序号\u{7C}姓名\u{7C}账号"] {
            let list = reader.read(Workbook(format: .text, sheets: [Picture(text, name: "").grid]), path: "a.csv")
            #expect(list.submitted.findings.map(\.reason) == [.ownOutput])
        }
    }
}
