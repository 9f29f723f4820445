import Domain
import Tables
import Testing

@testable import Forms

/// One test a sentence of spec §5.1 and of what §5.2 asks of reading, where no other suite holds it.
@Suite("What a sheet is, its month and its reach, as the contract says it")
struct ContractFileTests: NovemberSuite {
    private var body: String { "\n姓名|\(days)\n王守成|\(ticks)" }

    private func read(_ picture: String, path: String = "考勤/表.xlsx", sheet: String = "Sheet1") -> WorkbookReading {
        TestForms.read(Picture(picture, name: sheet), path: path)
    }

    private func periods(_ reading: WorkbookReading) -> [String] { reading.submitted.blocks.map(\.period.description) }

    // MARK: What a sheet is

    @Test("The form is known by title or headings, never by the file's name")
    func fileName() {
        for path in ["名录/花名册.xlsx", "2018年11月值班安排表.xlsx", "钉钉打卡记录.xlsx", "保险.xlsx"] {
            #expect(TestForms.presentHalves(read("碾伯镇2018年11月考勤表" + body, path: path)) == ["王守成": 60], "\(path)")
        }
        let nothing = read("电话|地址\n1|2", path: "2018年11月考勤表.xlsx")
        #expect(TestForms.told(nothing) == ["formUnknown "])
    }

    @Test("A title in no list names nothing: the headings tell")
    func titleOfNoList() {
        for title in ["碾伯镇2018年11月驻村工作一览", "碾伯镇2018年11月汇总", "2018年11月"] {
            #expect(TestForms.presentHalves(read(title + body)) == ["王守成": 60], "\(title)")
        }
    }

    @Test(
        "Each word of a plan is one without 考勤 签到 出勤, and none beside them",
        arguments: ["排班", "值班", "轮休", "安排", "计划", "预案"])
    func plans(_ word: String) {
        let plan = read("碾伯镇2018年11月驻村干部\(word)表" + body)
        #expect(TestForms.told(plan) == ["planNotAttendance A1"])
        #expect(TestForms.findings(plan).map(\.code) == [.notAttendance])
        for attendance in ["考勤", "签到", "出勤"] {
            let reading = read("碾伯镇2018年11月驻村干部\(word)\(attendance)表" + body)
            #expect(TestForms.presentHalves(reading) == ["王守成": 60], "\(attendance)")
        }
        // Headings that are no form's: not even the plan is told, it stays unknown.
        #expect(TestForms.told(read("2018年11月\(word)\n班次|领导|电话\n一|李|1")) == ["formUnknown "])
    }

    @Test("Records of machines and apps are none, though 考勤 stands beside", arguments: ["打卡", "考勤机", "钉钉"])
    func machines(_ word: String) {
        for title in ["碾伯镇2018年11月\(word)记录", "碾伯镇2018年11月\(word)考勤表"] {
            let reading = read(title + body)
            #expect(TestForms.told(reading) == ["machineNotAttendance A1"], "\(title)")
            #expect(TestForms.presentHalves(reading).isEmpty)
        }
    }

    @Test("A workbook without any sheet, and one whose sheets hold nothing, is an error")
    func noSheet() {
        let none = TestForms.reader.read(Workbook(format: .xlsx, sheets: []), path: "a.xlsx")
        #expect(TestForms.told(none) == ["formUnknown "])
        #expect(TestForms.findings(none).map(\.severity) == [.error])
        let empty = TestForms.reader.read(Workbook(format: .xlsx, sheets: [Picture("").grid]), path: "a.xlsx")
        #expect(TestForms.told(empty) == ["formUnknown "])
    }

    // MARK: Months

    @Test("A folder names the month by 2018-11 or 2018年11月考勤; a cell 月份 or 时间 near the title before the sheet's name")
    func months() {
        for folder in ["2018-11", "2018年11月考勤", "2018年11月", "201811"] {
            #expect(periods(read("碾伯镇考勤表" + body, path: "\(folder)/碾伯镇.xlsx")) == ["2018-11"], "\(folder)")
        }
        for cell in ["月份：2018年11月", "时间：2018年11月", "月份|2018年11月", "考勤时间：2018.11"] {
            let reading = read("碾伯镇考勤表\n\(cell)" + body, path: "2018-10/a.xlsx", sheet: "10月")
            #expect(periods(reading) == ["2018-11"], "\(cell)")
            #expect(TestForms.told(reading).allSatisfy { $0.hasPrefix("periodConflictCell") }, "\(cell)")
        }
    }

    @Test("A date with a day names no month, in a title, a cell, a sheet's name or a file's name; a range does")
    func datesWithDays() {
        for (title, sheet, path) in [
            ("碾伯镇考勤表（2018年12月3日报）", "S", "a.xlsx"), ("碾伯镇考勤表\n2018年12月3日", "S", "a.xlsx"),
            ("碾伯镇考勤表\n填报时间：2018年12月3日", "S", "a.xlsx"), ("碾伯镇考勤表\n2018-12-03", "S", "a.xlsx"),
            ("碾伯镇考勤表", "2018.12.3", "a.xlsx"), ("碾伯镇考勤表", "S", "考勤20181203.xlsx"), ("碾伯镇考勤表", "S", "12月3日报/a.xlsx"),
        ] {
            #expect(
                TestForms.told(read(title + body, path: path, sheet: sheet)) == ["periodUnknown "],
                "\(title) \(sheet) \(path)")
        }
        for (title, sheet, path) in [
            ("碾伯镇考勤表（2018年11月1日至11月30日）", "S", "a.xlsx"), ("碾伯镇考勤表\n2018.11.1-2018.11.30", "S", "a.xlsx"),
            ("碾伯镇考勤表", "2018年11月1日-30日", "a.xlsx"), ("碾伯镇考勤表", "S", "20181101-20181130.xlsx"),
        ] {
            #expect(periods(read(title + body, path: path, sheet: sheet)) == ["2018-11"], "\(title) \(sheet) \(path)")
        }
    }

    @Test(
        "Dated headings none of which is of the title's month hold the sheet, some of which do not",
        arguments: ["11.1", "2018-11-01"])
    func datedHeadings(_ form: String) {
        func sheet(_ title: String) -> WorkbookReading {
            let heads = (1...30).map {
                form == "11.1" ? "'11.\($0 < 10 ? "0" : "")\($0)" : "2018-11-\($0 < 10 ? "0" : "")\($0)"
            }
            return read("碾伯镇2018年\(title)月考勤表\n姓名|\(heads.joined(separator: "|"))\n王守成|\(ticks)")
        }
        #expect(TestForms.told(sheet("10")) == ["periodConflictDates A1"])
        #expect(TestForms.findings(sheet("10")).map(\.effect) == [.held])
        #expect(TestForms.presentHalves(sheet("11")) == ["王守成": 60])
    }

    @Test("A title that also holds labels says both")
    func labelsInTitles() {
        let reading = read("青海省海东市乐都区 2018年11月 驻村干部考勤表 单位：碾伯镇" + body)
        #expect(periods(reading) == ["2018-11"])
        #expect(reading.submitted.blocks.first?.context.contains { $0.text == "碾伯镇" } == true)
    }

    // MARK: Reach

    @Test("A log, or totals, speak of the month unless title, sheet or file name a part of it")
    func reach() {
        let log = "\n日期|姓名|考勤情况\n11月20日|王守成|√"
        let totals = "\n姓名|出勤天数\n王守成|8"
        for rows in [log, totals] {
            func scope(_ title: String, sheet: String = "S", path: String = "a.xlsx") -> [Int?] {
                let scope = read(title + rows, path: path, sheet: sheet).submitted.blocks.first?.scope
                return [scope?.firstDay, scope?.lastDay]
            }
            #expect(scope("碾伯镇2018年11月考勤") == [1, 31])
            #expect(scope("碾伯镇2018年11月下半月考勤") == [16, 31])
            #expect(scope("碾伯镇2018年11月考勤", sheet: "上半月") == [1, 15])
            #expect(scope("碾伯镇2018年11月考勤", path: "11月11日至20日.xlsx") == [11, 20])
        }
    }

    @Test("补报 or 补充 in title, sheet's or file's name makes a supplement")
    func supplements() {
        for (title, sheet, path) in [("补报", "S", "a.xlsx"), ("", "补充", "a.xlsx"), ("", "S", "碾伯镇补报.xlsx")] {
            #expect(
                read("碾伯镇2018年11月\(title)考勤表" + body, path: path, sheet: sheet).submitted.blocks[0].scope.isSupplement)
        }
        #expect(!read("碾伯镇2018年11月考勤表" + body).submitted.blocks[0].scope.isSupplement)
    }

    @Test("A title that names one role alone reaches that role's rows; one that names both, or none, reaches all")
    func roles() {
        func role(_ title: String) -> PostingRole? {
            read("碾伯镇2018年11月\(title)考勤表" + body).submitted.blocks[0].scope.roleAlone
        }
        #expect(role("第一书记") == .firstSecretary)
        #expect(role("驻村工作队员") == .teamMember)
        #expect(role("第一书记和工作队员") == nil)
        #expect(role("驻村干部") == nil)
        #expect(role("驻村工作队") == nil)
    }
}
