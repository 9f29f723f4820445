import Domain
import Tables
import Testing

@testable import Forms

@Suite("A formula without a value is never silence")
struct UncachedTests: NovemberSuite {
    private func read(_ picture: String, path: String = "2018-11/表.xlsx") -> WorkbookReading {
        TestForms.read(Picture(picture), path: path)
    }

    private func told(_ picture: String) -> [String] { TestForms.told(read(picture)) }

    @Test("In a row of sums each is told at its cell; the row's people are paid")
    func sums() {
        let reading = read(
            "2018年11月考勤表\n姓名|\(days)|出勤天数|请假天数\n王守成|\(ticks)|30|0\n合计|=\(String(repeating: "|", count: 28))|=|30|=")
        #expect(TestForms.told(reading) == ["uncachedBeside B4", "uncachedBeside AE4", "uncachedBeside AG4"])
        #expect(TestForms.findings(reading).allSatisfy { $0.reason == .uncachedBeside && $0.effect == .used })
        #expect(TestForms.presentHalves(reading) == ["王守成": 60])
    }

    @Test("Stated figures beside the one of days worked are told at their cells, also down a person's sheet")
    func figures() {
        let reading = read("2018年11月考勤表\n姓名|\(days)|出勤天数|请假天数|应出勤天数\n王守成|\(ticks)|30|=|=")
        #expect(TestForms.told(reading) == ["uncachedBeside AG3", "uncachedBeside AH3"])
        #expect(TestForms.findings(reading).map(\.arguments) == [["请假天数"], ["应出勤天数"]])
        #expect(TestForms.presentHalves(reading) == ["王守成": 60])
        let weeks = read("2018年11月考勤表\n姓名|1|2|3|4|5|小计|6|7|8|9|10|小计\n王守成|√|√|√|√|√|=|√|√|√|√|√|5")
        #expect(TestForms.told(weeks) == ["uncachedBeside G3"], "the week behind it is checked by its own days")
        let person = read("2018年11月考勤表\n姓名：王守成\n日期|考勤\n1日|√\n2日|√\n3日|√\n出勤天数|3\n请假天数|=")
        #expect(TestForms.told(person) == ["uncachedBeside B8"])
        #expect(TestForms.presentHalves(person) == ["王守成": 6])
    }

    @Test("Village and unit of a row are told at their cells; what says which half a row is holds it")
    func fields() {
        let reading = read("2018年11月考勤表\n姓名|村|派出单位|\(days)\n王守成|=|=|\(ticks)")
        #expect(TestForms.told(reading) == ["uncachedBeside B3", "uncachedBeside C3"])
        #expect(TestForms.presentHalves(reading) == ["王守成": 60])
        let halves = read("2018年11月考勤表\n姓名|时段|\(days)\n王守成|上午|\(ticks)\n^|=|\(ticks)\n李延禄|上午|\(ticks)\n^|下午|\(ticks)")
        #expect(TestForms.told(halves).contains("uncachedFormula B4"))
        #expect(TestForms.presentHalves(halves) == ["李延禄": 60])
        #expect(told("2018年11月考勤表\n姓名|\(days)\n王守成|\(ticks)|=") == ["uncachedFormula AF3"], "under no heading")
    }

    @Test("Where nothing rests on them, they are counted once a sheet, at the first")
    func elsewhere() {
        let reading = read(
            "2018年11月考勤表\n序号|姓名|\(days)|备注\n||=|=|=\n=|王守成|\(ticks)|=\n=|李延禄|\(ticks)|\n制表日期：|=")
        #expect(TestForms.told(reading) == ["uncachedElsewhere C3"])
        #expect(TestForms.findings(reading).map(\.arguments) == [["7"]])
        #expect(TestForms.findings(reading).map(\.reason) == [.uncachedElsewhere])
        #expect(TestForms.findings(reading).map(\.effect) == [.none])
        #expect(TestForms.presentHalves(reading) == ["王守成": 60, "李延禄": 60])
        let roster = read(
            "驻村干部花名册||=\n姓名|身份证号|派出单位|驻村职务|县(区)|乡镇|村|驻村开始日期\n"
                + "潘映雪|632126197105059050|区财政局|队员|乐都区|碾伯镇|大庄村|2018-01-01")
        #expect(TestForms.told(roster) == ["uncachedElsewhere C1"])
    }

    @Test("A title that is a formula may name a plan or any month: nobody is paid, told at its cell")
    func titles() {
        let reading = read("=\n姓名|\(days)\n王守成|\(ticks)")
        #expect(TestForms.told(reading) == ["uncachedFormula A1"])
        #expect(TestForms.presentHalves(reading).isEmpty)
        let month = read("碾伯镇考勤表\n月份：|=\n姓名|\(days)\n王守成|\(ticks)", path: "表.xlsx")
        #expect(TestForms.told(month) == ["uncachedFormula B2"], "and not that nowhere a month is written")
        let owner = read("2018年11月考勤表\n姓名：|=\n日期|考勤\n1日|√\n2日|√\n3日|√")
        #expect(TestForms.told(owner) == ["uncachedFormula B2"])
        let below = read("2018年11月考勤表\n姓名|\(days)\n王守成|\(ticks)\n\n=\n姓名|\(days)\n李延禄|\(ticks)")
        #expect(TestForms.told(below) == ["uncachedFormula A5"])
        #expect(TestForms.presentHalves(below) == ["王守成": 60])
        // Behind a label it is no title.
        let filled = read("填表日期：|=\n碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|\(ticks)")
        #expect(TestForms.told(filled) == ["uncachedElsewhere B1"])
    }

    @Test("Dates that are formulas: on which days the marks beside them are, nobody knows")
    func dates() {
        let person = read("2018年11月考勤表\n姓名：王守成\n日期|考勤\n11月1日|√\n11月2日|√\n11月3日|√\n=|√")
        #expect(TestForms.told(person).contains("uncachedFormula A7"))
        #expect(TestForms.told(person).contains("uncachedHeading A7"))
        #expect(TestForms.presentHalves(person).isEmpty)
        let across = read("2018年11月考勤表\n日期|王守成|李延禄\n1日|√|√\n2日|√|√\n3日|√|√\n=|√|√")
        #expect(TestForms.told(across).contains("uncachedFormula A6"))
        #expect(TestForms.presentHalves(across).isEmpty)
        let log = read("2018年11月考勤登记\n日期|姓名|考勤情况\n11月5日|王守成|√\n=|王守成|√\n11月6日|李延禄|√")
        #expect(TestForms.told(log) == ["uncachedFormula A4"])
        #expect(TestForms.presentHalves(log) == ["李延禄": 2])
    }
}
