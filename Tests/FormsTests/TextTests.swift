import Domain
import Tables
import Testing

@testable import Forms

@Suite("Dates, months and places in texts")
struct TextTests {
    @Test(
        "Dates are read in every form that people write",
        arguments: [
            ("2018.5.2", "2018-05-02"), ("2018-05-06", "2018-05-06"), ("2018年5月10日", "2018-05-10"),
            ("2018/5/10", "2018-05-10"),
            ("２０１８年５月１０日", "2018-05-10"), ("20180510", "2018-05-10"), ("二〇一八年五月十日", "2018-05-10"),
            ("2018年5月10号", "2018-05-10"),
            ("2018-05-10 00:00:00", "2018-05-10"), ("2018-05-10T08:30:00", "2018-05-10"),
            ("2018.05.10（星期四）", "2018-05-10"), ("18.5.2", "2018-05-02"),
            ("2018—5—2", "2018-05-02"), ("2018.2.30", ""), ("5.2.18", ""), ("2018.5", ""), ("不详", ""),
            ("2018.5.2-2020.5.1", ""),
        ])
    func dates(_ text: String, _ expected: String) {
        #expect(DateText.read(text)?.date?.iso ?? "" == expected)
    }

    @Test("Numbers in date columns: serial days, yyyymmdd, year and month; what lost a zero is not guessed")
    func numbers() {
        #expect(DateText.read(43_222.0)?.date?.iso == "2018-05-02")
        #expect(DateText.read(20_180_510.0)?.date?.iso == "2018-05-10")
        #expect(DateText.read(2012.7) == DateReading(year: 2012, month: 7, days: []))
        #expect(DateText.read(2012.1) == nil)
        #expect(DateText.read(11.1)?.days == [1, 10])
        #expect(DateText.read(11.15)?.days == [15])
        #expect(DateText.read(11.32) == nil)
    }

    @Test(
        "Months are read from titles and names",
        arguments: [
            ("碾伯镇2018年11月驻村干部考勤表", "2018-11"), ("马营乡驻村干部２０１８年１１月考勤表", "2018-11"), ("2018年度11月份考勤", "2018-11"),
            ("二〇一八年十一月考勤", "2018-11"),
            ("考勤表（2018-11）", "2018-11"), ("2018.11", "2018-11"), ("201811", "2018-11"), ("201811月考勤", "2018-11"),
            ("2018年11月1日至30日考勤", "2018-11"),
            ("2018.11.1-2018.11.30", "2018-11"), ("2018年四季度", ""), ("2018年10-12月考勤", ""), ("2018年10月至12月", ""),
            ("630202-乐都区", ""),
            ("青组字〔2018〕231号", ""), ("20181203", ""), ("考勤表（2018年12月3日报）", ""), ("截至2018年11月30日", ""), ("2018.12.3", ""),
            ("11月考勤2018-12-03", ""), ("2018年11月考勤表（2018年12月3日报）", "2018-11"), ("20181101-20181130", "2018-11"),
            ("2018年11月1-30日", "2018-11"), ("18年11月考勤", "2018-11"), ("第11考勤组", ""),
        ])
    func months(_ text: String, _ expected: String) {
        #expect(MonthText.read(text).period?.description ?? "" == expected)
    }

    @Test("A month without a year, a year without a month")
    func partial() {
        #expect(MonthText.read("11月") == MonthReading(month: 11))
        #expect(MonthText.read("十二月份考勤") == MonthReading(month: 12))
        #expect(MonthText.read("2018年驻村干部考勤") == MonthReading(year: 2018))
        #expect(MonthText.read("2018") == MonthReading(year: 2018))
        #expect(MonthText.read("Sheet1") == .nothing)
        #expect(MonthText.read("11月12日至14日事假").month == 11)
    }

    @Test(
        "Townships in titles",
        arguments: [
            ("碾伯镇驻村干部考勤表", "碾伯镇"), ("乐都区雨润镇2018年11月份考勤表", "雨润镇"), ("青海省海东市乐都区李家乡李家村", "李家乡"), ("各乡镇考勤汇总", ""),
            ("2018年11月考勤", ""),
            ("城西区古城台街道考勤", "古城台街道"), ("2018年11月中岭乡", "中岭乡"),
        ])
    func townships(_ text: String, _ expected: String) {
        #expect(PlaceText.township(in: text) ?? "" == expected)
    }

    @Test("Labels: several in a cell, with spaces inside, with the unit of figures")
    func labels() {
        let form = TestForms.catalogue.attendance
        let two = LabelText.labels("乡镇：洪水镇    村：大庄村", form)
        #expect(two.map(\.value) == ["洪水镇", "大庄村"])
        #expect(two.map(\.meaning) == [.field(.township), .field(.village)])
        #expect(LabelText.labels("乡镇：洪水镇村：大庄村", form).map(\.value) == ["洪水镇", "大庄村"])
        #expect(
            LabelText.labels("姓  名：潘映雪 身份证号:632126197105059050", form).map(\.value) == ["潘映雪", "632126197105059050"])
        #expect(LabelText.labels("单位：小时", form).map(\.meaning) == [.unit])
        #expect(LabelText.labels("填报单位：碾伯镇人民政府", form).map(\.meaning) == [.sender])
        #expect(LabelText.labels("日期：2018年12月3日", form).map(\.meaning) == [.date])
    }
}
