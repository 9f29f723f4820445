import Domain
import Tables
import Testing

@testable import Forms

@Suite("Attendance sheets")
struct AttendanceTests {
    func read(_ pictures: Picture..., path: String = "考勤/表.xlsx", format: WorkbookFormat = .xlsx) -> WorkbookReading {
        TestForms.reader.read(Workbook(format: format, sheets: pictures.map(\.grid)), path: path)
    }

    func reasons(_ reading: WorkbookReading) -> [FindingReason] { TestForms.findings(reading).map(\.reason) }

    static let days = (1...30).map(String.init).joined(separator: "|")

    func grid(_ title: String, _ rows: String = "潘映雪|√|×|√", sheet: String = "Sheet1") -> Picture {
        Picture("\(title)\n姓名|\(AttendanceTests.days)\n\(rows)", name: sheet)
    }

    // MARK: Periods

    @Test(
        "The month comes from title, month cell, sheet, file, folder, in this order",
        arguments: [
            ("碾伯镇2018年11月考勤表", "Sheet1", "考勤/表.xlsx"), ("考勤表", "2018年11月", "考勤/表.xlsx"),
            ("考勤表", "Sheet1", "考勤/碾伯镇2018年11月.xlsx"),
            ("考勤表", "Sheet1", "乐都区/2018-11/碾伯镇.xlsx"), ("11月考勤表", "Sheet1", "考勤/2018年碾伯镇.xlsx"),
            ("考勤表", "11月", "2018/碾伯镇.xlsx"),
            ("2018年考勤表", "11月", "考勤/表.xlsx"), ("考勤表（11月份）", "2018", "考勤/表.xlsx"),
        ])
    func periodSources(_ title: String, _ sheet: String, _ path: String) {
        let reading = read(grid(title, sheet: sheet), path: path)
        #expect(reading.submitted.blocks.map(\.period.description) == ["2018-11"])
        #expect(reasons(reading) == [])
    }

    @Test("Two sources that disagree: the title wins, with a finding; a source of several months disagrees with none")
    func conflicts() {
        let reading = read(grid("城台乡2018年11月考勤表"), path: "考勤/城台乡2018年10月.xlsx")
        #expect(reading.submitted.blocks.map(\.period.description) == ["2018-11"])
        #expect(reasons(reading) == [.periodConflict])
        #expect(TestForms.findings(reading)[0].cell?.a1 == "A1")
        #expect(TestForms.findings(reading)[0].arguments == ["2018年11月", "文件名", "2018年10月"])
        #expect(reasons(read(grid("城台乡2018年11月考勤表"), path: "考勤/四季度.xlsx")) == [])
        #expect(reasons(read(grid("城台乡2018年11月考勤表"), path: "2018年10-12月/a.xlsx")) == [])
        #expect(reasons(read(grid("考勤表", sheet: "2018年11月"), path: "2018-10/a.xlsx")) == [.periodConflictCell])
    }

    @Test("No month, or a month without a year, is an error with the township, and the block is not used")
    func noPeriod() {
        let none = read(grid("中岭乡驻村干部考勤表"))
        #expect(none.submitted.blocks.isEmpty)
        #expect(none.submitted.findings.map(\.reason) == [.periodUnknown])
        #expect(none.submitted.findings.map(\.township) == ["中岭乡"])
        let year = read(grid("中岭乡11月考勤表"))
        #expect(year.submitted.findings.map(\.reason) == [.periodYearUnknown])
        #expect(year.submitted.findings[0].arguments == ["11月"])
    }

    @Test("A date of reporting is no month")
    func reportingDate() {
        let picture = Picture("碾伯镇2018年11月考勤表\n填报日期：2018年12月3日\n日期：2018年12月3日\n姓名|\(AttendanceTests.days)\n潘映雪|√")
        #expect(reasons(read(picture)) == [])
    }

    // MARK: Layouts without daily marks

    @Test("Totals only: names and stated days")
    func totals() {
        let reading = read(
            Picture(
                "共和乡2018年11月考勤统计表\n序号|姓名|驻村|出勤天数|备注\n1|崔嵬|鹿角坪村|20|\n2|贡保|鹿角坪村|'18.5天|\n3|祁山|鹿角坪村|全月|\n4|韩布|鹿角坪村|=|\n合计|||80"
            ))
        let block = reading.submitted.blocks[0]
        #expect(block.layout == .totalsOnly)
        #expect(block.rows.map { $0.total?.halfDays?.count } == [40, 37, nil, nil])
        #expect(block.rows.map { $0.total?.isUncached } == [false, false, false, true])
        #expect(reasons(reading) == [.uncachedFormula])
    }

    @Test("Exceptions only: names and leave ranges")
    func exceptions() {
        let reading = read(
            Picture(
                "李家乡2018年11月驻村干部考勤表（只登记请假）\n序号|姓名|村|请假情况|备注\n1|汪洋|石榴沟村|11.5-11.7；11.9（下午）|\n2|冶生虎|石榴沟村|无|", name: ""),
            format: .text)
        #expect(reading.submitted.blocks.map(\.layout) == [.exceptionsOnly])
        #expect(reading.submitted.blocks[0].rows.map(\.name.text) == ["汪洋", "冶生虎"])
        #expect(reading.submitted.blocks[0].rows.allSatisfy { $0.days.isEmpty && $0.total == nil })
        #expect(reading.submitted.blocks[0].rows.map(\.leave) == ["11.5-11.7；11.9（下午）", "无"])
    }

    @Test("An attendance sheet without days and totals, or without names, says what it lacks")
    func lacking() {
        #expect(reasons(read(Picture("2018年11月考勤表\n序号|姓名|村|备注\n1|汪洋|石榴沟村|"))) == [.dayColumnsMissing])
        #expect(reasons(read(Picture("2018年11月考勤表\n序号|村|备注\n1|石榴沟村|"))) == [.columnMissing])
    }

    // MARK: Findings of rows

    @Test("A mark on the 31st of a short month is impossible; a blank there is nothing")
    func impossible() {
        let picture = Picture(
            "2018年11月考勤表\n姓名|\(AttendanceTests.days)|31\n潘映雪|√|√\n乔木森|\(String(repeating: "√|", count: 30))√")
        let reading = read(picture)
        #expect(reasons(reading) == [.impossibleDay])
        #expect(TestForms.findings(reading)[0].cell?.a1 == "AF4")
        #expect(reading.submitted.blocks[0].rows.allSatisfy { $0.days.count == 30 })
    }

    @Test("Unknown marks, error values and formulas without a value are told at their cells")
    func marks() {
        var picture = grid("2018年11月考勤表", "潘映雪|√|☆|=")
        picture.set(2, 4, .error("#REF!"))
        let reading = read(picture)
        #expect(reasons(reading) == [.unknownMark, .uncachedFormula, .unknownMarkError])
        #expect(TestForms.findings(reading).map { $0.cell?.a1 } == ["C3", "D3", "E3"])
        #expect(reading.submitted.blocks[0].rows[0].days[2].morning == .uncached)
    }

    @Test("A character that no file can hold is told at its cell, once a sheet")
    func replacedCharacters() {
        let grid = grid("2018年11月考勤表", "潘映雪|√").grid
        let replaced = CellGrid(name: grid.name, rows: grid.rows, replaced: CellAddress(row: 2, column: 0))
        let reading = TestForms.reader.read(Workbook(format: .xlsx, sheets: [replaced]), path: "考勤/表.xlsx")
        let findings = reading.submitted.findings.filter { $0.reason == .charactersReplaced }
        #expect(findings.map { $0.cell?.a1 } == ["A3"])
        #expect(findings.map(\.code) == [.hiddenContent])
    }

    @Test("Hidden sheets, rows and columns are read, with a finding")
    func hidden() {
        var picture = grid("2018年11月考勤表", "潘映雪|√\n乔木森|√")
        picture.isHidden = true
        picture.hiddenRows = [3]
        picture.hiddenColumns = [2, 60]
        let reading = read(picture)
        #expect(reasons(reading) == [.sheetHidden, .columnHidden, .rowHidden])
        #expect(TestForms.findings(reading).map { $0.cell?.a1 } == [nil, nil, "A4"])
        #expect(TestForms.findings(reading)[1].arguments == ["C"])
        #expect(reading.submitted.blocks[0].rows.map(\.isHidden) == [false, true])
    }

    @Test("Sums, notes and signatures are nobody; marks under what is no name are somebody's, held")
    func noise() {
        let rows = """
            潘映雪|√
            小　计|1
            =1+1|√
            合  计|1

            乔木森
            注：√出勤
            以上情况属实，请予审核发放生活补助
            填表人：张三
            """
        var picture = grid("2018年11月考勤表", rows.replacingOccurrences(of: "=1+1", with: "'=1+1"))
        picture.merge(9, 0, 9, 10)
        let reading = read(picture)
        #expect(reading.submitted.blocks[0].rows.map(\.name.text) == ["潘映雪", "=1+1", "乔木森"])
        #expect(reasons(reading) == [.unreadName])
        #expect(TestForms.findings(reading).map { $0.cell?.a1 } == ["A5"])
    }

    @Test("A row with an ID but without a name is told")
    func unnamed() {
        let reading = read(
            Picture("2018年11月考勤表\n姓名|身份证号|\(AttendanceTests.days)\n|'632126197105059050|√\n乔木森|'632126196905059409|√"))
        #expect(reasons(reading) == [.unreadName])
        #expect(TestForms.findings(reading)[0].cell?.a1 == "A3")
    }

    // MARK: Arrangements

    @Test("A quarter on one sheet: stacked titles, or months beside each other")
    func quarter() {
        let stacked = Picture(
            """
            中坝乡2018年四季度考勤表
            10月份考勤
            姓名|\(AttendanceTests.days)|31
            王守成|√|△

            11月份考勤
            姓名|\(AttendanceTests.days)
            王守成|△|√
            注：√出勤 △请假
            """)
        let reading = read(stacked)
        #expect(reading.submitted.blocks.map(\.period.description) == ["2018-10", "2018-11"])
        #expect(reading.submitted.blocks.map { $0.rows[0].days[0].morning } == [.present, .leave])
        #expect(reasons(reading) == [])
        let row =
            (1...31).map { "10.\($0)" }.joined(separator: "|") + "|"
            + (1...30).map { "11.\($0)" }.joined(separator: "|")
        let beside = read(Picture("中坝乡2018年10-11月考勤表\n姓名|\(row)\n王守成|\(String(repeating: "√|", count: 31))休|休"))
        #expect(beside.submitted.blocks.map(\.period.description) == ["2018-10", "2018-11"])
        #expect(beside.submitted.blocks.map { $0.rows[0].days.count } == [31, 30])
        #expect(beside.submitted.blocks.map { $0.rows[0].days.filter { $0.morning == .present }.count } == [31, 0])
        #expect(reasons(beside) == [])
    }

    @Test("Each block of a sheet has its own legend; a legend of one sheet does not rule another")
    func legendsOfBlocks() {
        let one = Picture(
            """
            甲村2018年11月考勤表
            姓名|\(AttendanceTests.days)
            潘映雪|×|√
            注：√出勤 ×长期病假

            乙村2018年11月考勤表
            姓名|\(AttendanceTests.days)
            乔木森|×|√
            注：√产假 ×出勤
            """)
        let other = grid("丙村2018年11月考勤表", "蒋采薇|×|√", sheet: "二")
        let blocks = read(one, other).submitted.blocks
        #expect(blocks.map { $0.rows[0].days[0].morning } == [.sick, .present, .absent])
        #expect(blocks.map { $0.rows[0].days[1].morning } == [.present, .leave, .present])
    }

    // MARK: Logs

    func log(_ rows: [(Double, String)]) -> Picture {
        Picture("马厂乡2018年11月考勤登记表\n日期|姓名|村|考勤情况\n" + rows.map { "\($0.0)|\($0.1)|甲村|出勤" }.joined(separator: "\n"))
    }

    @Test("A log's numbers are read in their sequence: 11.1 after 11.9 is the 10th")
    func sequence() {
        let days = (1...30).map { day in (Double("11.\(day)")!, "武陵") }
        let reading = read(log(days))
        #expect(reading.submitted.blocks[0].rows[0].days.map(\.date.day) == Array(1...30))
        #expect(reasons(reading) == [])
    }

    @Test("What no order settles is ambiguous, and only that")
    func ambiguous() {
        let reading = read(log([(11.15, "李桑"), (11.1, "李桑"), (11.7, "李桑")]))
        #expect(reasons(reading) == [.ambiguousDate])
        #expect(TestForms.findings(reading)[0].cell?.a1 == "A4")
        #expect(reading.submitted.blocks[0].rows[0].days.map(\.date.day) == [7, 15])
        // Alone before the 15th: the 1st and the 10th both fit.
        #expect(reasons(read(log([(11.1, "李桑"), (11.15, "李桑")]))) == [.ambiguousDate])
        // The order of the whole list settles it.
        let list = read(log([(11.9, "武陵"), (11.1, "李桑"), (11.11, "武陵")]))
        #expect(reasons(list) == [])
        #expect(list.submitted.blocks[0].rows[1].days.map(\.date.day) == [10])
    }

    @Test("A log with rows of halves joins them; dates of another month are no days of this one")
    func halves() {
        let reading = read(
            Picture("2018年11月考勤登记表\n日期|时段|姓名|考勤\n2018-11-05|上午|武陵|出勤\n2018-11-05|下午|武陵|事假\n2018-12-01|上午|武陵|出勤"))
        let row = reading.submitted.blocks[0].rows[0]
        #expect(row.days.map { [$0.morning, $0.afternoon] } == [[.present, .leave]])
        #expect(reasons(reading) == [.impossibleDay])
    }

    @Test("A log without a title's month is split by the months of its dates")
    func months() {
        let reading = read(Picture("考勤登记\n日期|姓名|考勤\n2018-10-31|武陵|出勤\n2018-11-01|武陵|出勤"))
        #expect(reading.submitted.blocks.map(\.period.description) == ["2018-10", "2018-11"])
        #expect(reading.submitted.blocks.map { $0.rows[0].days.count } == [1, 1])
    }

    @Test("Numbers are hours where the sheet says so")
    func hours() {
        let reading = read(Picture("2018年11月考勤表\n单位：小时\n姓名|\(AttendanceTests.days)\n潘映雪|8|4|3|△\n注：△请假"))
        let days = reading.submitted.blocks[0].rows[0].days
        #expect(days.prefix(4).map(\.morning) == [.present, .present, .blank, .leave])
        #expect(days.prefix(2).map(\.isUnnamedHalf) == [false, true])
        #expect(reasons(reading) == [])
    }

    @Test("Days that begin anew in one heading are nobody's guess; numbered notes are nobody; a corner may be blank")
    func oddities() {
        let wrap = read(
            Picture("2018年11月考勤表\n姓名|26|27|28|29|30|1|2|3|4|5|6|7\n潘映雪|√|√|√|√|√|√|×|√|√|√|√|√"))
        #expect(reasons(wrap) == [.ambiguousDate])
        #expect(TestForms.findings(wrap)[0].cell?.a1 == "B2")
        #expect(wrap.submitted.blocks[0].rows[0].days.isEmpty)
        let notes = read(grid("2018年11月考勤表", "潘映雪|√|△\n说明：\n1.√出勤\n2.△请假\n3.本表一式两份\n出勤人数|1|0"))
        #expect(notes.submitted.blocks[0].rows.map(\.name.text) == ["潘映雪"])
        #expect(notes.submitted.blocks[0].rows[0].days[1].morning == .leave)
        let corner = read(Picture("大庄村2018年11月考勤表\n|潘映雪|乔木森\n1日|√|√\n2日|√|×\n3日|√|√\n4日|√|√"))
        #expect(corner.submitted.blocks.map(\.layout) == [.peopleAcross])
        #expect(corner.submitted.blocks[0].rows.map(\.days.count) == [4, 4])
    }

    @Test("A duty roster with dates and names is no attendance; a log without a title is")
    func untitled() {
        let duty = read(Picture("2018年国庆节值班安排\n日期|带班领导|值班人员\n10月1日|李主任|张科员\n10月2日|王主任|赵科员\n10月3日|李主任|张科员"))
        #expect(reasons(duty) == [.formUnknown])
        let log = read(Picture("日期|姓名|村|情况\n2018-11-01|武陵|甲村|出勤\n2018-11-02|武陵|甲村|病假"))
        #expect(log.submitted.blocks.map(\.layout) == [.log])
        let grid = read(Picture("姓名|\(AttendanceTests.days)\n武陵|△|△"), path: "2018-11/表.xlsx")
        #expect(grid.submitted.blocks.map(\.layout) == [.grid])
    }

    @Test("A mark merged over several days or both halves counts for each")
    func mergedMarks() {
        let reading = read(Picture("2018年11月考勤表\n姓名|\(AttendanceTests.days)\n潘映雪|√|事假|<|<|√"))
        #expect(
            reading.submitted.blocks[0].rows[0].days.prefix(5).map(\.morning) == [
                .present, .leave, .leave, .leave, .present,
            ])
    }

    @Test("What a sheet was understood as is told with its reasons, and every cell has its role")
    func inspection() {
        let sheet = read(grid("碾伯镇2018年11月考勤表", "潘映雪|√\n注：√出勤")).sheets[0]
        #expect(sheet.form == .attendance)
        #expect(sheet.sections[0].layout == .grid)
        #expect(sheet.sections[0].period?.description == "2018-11")
        #expect(sheet.sections[0].periodSource?.zh == "标题")
        #expect(sheet.sections[0].legend.map(\.mark) == ["√"])
        #expect(sheet.role(CellAddress(row: 0, column: 0)) == .title)
        #expect(sheet.role(CellAddress(row: 1, column: 0)) == .heading)
        #expect(sheet.role(CellAddress(row: 1, column: 5)) == .dayHeading)
        #expect(sheet.role(CellAddress(row: 2, column: 0)) == .name)
        #expect(sheet.role(CellAddress(row: 2, column: 1)) == .mark)
        #expect(sheet.role(CellAddress(row: 3, column: 0)) == .legend)
    }
}
