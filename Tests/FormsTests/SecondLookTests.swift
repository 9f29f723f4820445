import Domain
import Tables
import Testing

@testable import Forms

@Suite("Sheets as other counties send them")
struct SecondLookTests {
    private func read(_ picture: String, path: String = "考勤/表.xlsx") -> WorkbookReading {
        TestForms.reader.read(Workbook(format: .xlsx, sheets: [Picture(picture).grid]), path: path)
    }

    private func reasons(_ reading: WorkbookReading) -> [FindingReason] { TestForms.findings(reading).map(\.reason) }

    private func days(_ last: Int) -> String { (1...last).map(String.init).joined(separator: "|") }

    @Test("A date that a log names twice counts once; marks that contradict hold the row")
    func repeatedDates() {
        let reading = read(
            """
            威远镇2019年2月考勤
            日期|姓名|考勤情况
            2019-02-01|赵一|√
            2019-02-01|赵一|√
            2019-02-02|赵一|√
            2019-02-01|钱二|√
            2019-02-01|钱二|病
            """)
        let rows = reading.submitted.blocks.flatMap(\.rows)
        #expect(rows.map { $0.days.map(\.morning) } == [[.present, .present], [.sick]])
        #expect(reasons(reading) == [.duplicateRowSame, .duplicateRowConflict])
        #expect(TestForms.findings(reading).map { $0.cell?.a1 } == ["B4", "B7"])
    }

    @Test("The morning and the afternoon of a date on rows of their own are one day")
    func halvesOfOneDate() {
        let reading = read(
            """
            威远镇2019年2月考勤
            日期|姓名|时段|考勤情况
            2019-02-01|赵一|上午|√
            2019-02-02|赵一|上午|√
            2019-02-01|赵一|下午|事假
            """)
        #expect(
            reading.submitted.blocks[0].rows[0].days.map { [$0.morning, $0.afternoon] } == [
                [.present, .leave], [.present, .blank],
            ])
        #expect(reasons(reading) == [])
    }

    @Test("A village alone in its row above the days titles a block, whose township is the sheet's")
    func villageAlone() {
        let reading = read(
            """
            威远镇2019年2月各村考勤
            新庄村
            姓名|\(days(28))
            周五|√
            大庄村
            姓名|\(days(28))
            孙三|√
            """)
        #expect(reading.submitted.blocks.map { $0.rows.map(\.name.text) } == [["周五"], ["孙三"]])
        #expect(
            reading.submitted.blocks[1].context.filter { $0.kind == .title }.map(\.text) == ["大庄村", "威远镇"])
    }

    @Test("Villages and offices alone in a row of the table are not people")
    func placesAreNobody() {
        let reading = read("威远镇2019年2月考勤\n姓名|\(days(28))\n新庄村\n周五|√\n大庄村\n孙三|√\n威远镇人民政府")
        #expect(reading.submitted.blocks.flatMap { $0.rows.map(\.name.text) } == ["周五", "孙三"])
    }

    @Test("A month and a year typed as text beside their labels")
    func monthAsText() {
        let reading = read("考勤表\n月份|'12\n年度|'2019\n姓名|\(days(31))\n周五|√")
        #expect(reading.submitted.blocks.map(\.period.description) == ["2019-12"])
    }

    @Test("A month whose figures and words stand in cells of their own")
    func monthInPieces() {
        let reading = read("威远镇考勤表\n|2020|年|2|月\n姓名|\(days(29))\n周五|√")
        #expect(reading.submitted.blocks.map(\.period.description) == ["2020-02"])
    }

    @Test("A legend word without meaning, and a total that is a formula without a value, are said and harm nobody")
    func warnings() {
        var picture = Picture("威远镇2020年2月考勤\n姓名|\(days(29))|出勤天数\n周五|√\n注：√出勤 ◇某事")
        picture.formula(2, 30)
        let reading = TestForms.reader.read(Workbook(format: .xlsx, sheets: [picture.grid]), path: "a.xlsx")
        #expect(Set(reasons(reading)) == [.legendUnknown, .uncachedTotal])
        #expect(TestForms.findings(reading).allSatisfy { $0.effect == .used })
    }

    @Test("A stroke is a mark of its own in a cell that names both halves")
    func strokeOfAHalf() {
        let day = read("威远镇2019年2月考勤\n姓名|\(days(28))\n周五|上午√下午/").submitted.blocks[0].rows[0].days[0]
        #expect([day.morning, day.afternoon] == [.present, .rest])
    }
}
