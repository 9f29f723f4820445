import Tables
import Testing

@Suite("Layout of reports")
struct SheetNameTests {
    @Test("Sheet names are legal, at most 31 long, and unique without case")
    func names() {
        let long = String(repeating: "青海省人民代表大会常务委员会", count: 4)
        let names = SheetName.unique(
            ["甲/乙", "甲:乙", "甲_乙", long, long, "'x'", "", "History", "ABC", "abc", "汇总"], taken: ["汇总"])
        #expect(names[0...2] == ["甲_乙", "甲_乙(2)", "甲_乙(3)"])
        #expect(names[3].utf16.count == 31 && names[4].utf16.count == 31 && names[4].hasSuffix("(2)"))
        #expect(names[5...10] == ["x", "表", "表(2)", "ABC", "abc(2)", "汇总(2)"])
        #expect(SheetName.quoted("a'b") == "'a''b'")
    }

    @Test("An ideograph is two digits wide, and a long text takes the lines it needs")
    func widths() {
        #expect(TextWidth.of("乐都区A") == 7)
        #expect(TextWidth.of("甲\n乙丙") == 4)
        #expect(TextWidth.lines("一二三四五", in: 4) == 3)
        #expect(TextWidth.lines("一\n二", in: 40) == 2)
    }

    @Test(
        "Decimals keep their digits",
        arguments: [(-78_000, 2, "-780.00"), (5, 2, "0.05"), (215, 1, "21.5"), (7, 0, "7")])
    func decimals(_ digits: Int, _ scale: Int, _ text: String) {
        #expect(ReportDecimal(digits: digits, scale: scale).text == text)
    }
}
