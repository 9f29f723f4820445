import Domain
import Tables
import Testing

@testable import Forms

@Suite("A sheet's own legend")
struct LegendTests {
    static let cell = CellAddress(row: 0, column: 0)

    static func meanings(_ text: String) -> [String: AttendanceStatus] {
        let entries = MarkLegend.entries(MarkLegend.body(of: text) ?? Substring(text), cell: cell, isOpened: true)
        return Dictionary(entries.compactMap { entry in entry.status.map { (entry.mark, $0) } }) { first, _ in first }
    }

    @Test(
        "is read whatever separates marks and meanings",
        arguments: [
            "注：√出勤  △请假  □病假", "说明：√：出勤；△：事假；□：长期病假", "注：出勤√、请假△、病假□", "图例：√—出勤 △—请假 □—病假", "备注：(√)出勤，(△)请假，(□)病假",
            "注：√=出勤 △=请假 □=病假", "注：出勤：√  请假：△  病假：□", "注：“√”表示出勤，“△”表示请假，“□”表示病假。", "注：出勤打√，请假打△，病假打□",
            "注：√ 出勤 △ 请假 □ 病假",
            "注：出勤 √ 请假 △ 病假 □", "注：√出勤△请假□病假", "注：1.√出勤 2.△请假 3.□病假", "注：1、出勤：√；2、请假：△；3、病假：□。", "注√出勤，△请假，□病假",
            "图例：√=到岗；△=产假；□=病假",
            "注：✔出勤、∆请假、☐病假", "注：\n√出勤\n△请假\n□病假", "注:√/出勤；△/请假；□/病假", "考勤符号：【√】出勤【△】请假【□】病假",
        ])
    func separators(_ text: String) {
        #expect(LegendTests.meanings(text) == ["√": .present, "△": .leave, "□": .sick])
    }

    @Test("may use signs that separate elsewhere, numbers and characters as marks")
    func oddMarks() {
        #expect(LegendTests.meanings("注：/出勤 √产假 ○病假 ×旷工。") == ["/": .present, "√": .leave, "○": .sick, "×": .absent])
        #expect(LegendTests.meanings("注：√出勤 —休息 /请假") == ["√": .present, "-": .rest, "/": .leave])
        #expect(LegendTests.meanings("注：1出勤  △请假") == ["1": .present, "△": .leave])
        #expect(LegendTests.meanings("注：公—公差；事—事假；病—病假") == ["公": .official, "事": .leave, "病": .sick])
        #expect(LegendTests.meanings("注：○因公外出/开会，√出勤") == ["○": .official, "√": .present])
        #expect(LegendTests.meanings("注：x旷工，O公差") == ["×": .absent, "○": .official])
    }

    @Test("is matched by the ordered words of the contract; a denied word is none")
    func words() {
        #expect(
            LegendTests.meanings("注：×迟到 ☆早退 ◇长期病假 ○驻村培训") == ["×": .present, "☆": .present, "◇": .sick, "○": .present])
        #expect(MarkMeaning.status(of: "未出勤") == nil)
        #expect(MarkMeaning.status(of: "不在岗") == nil)
        #expect(MarkMeaning.status(of: "缺勤") == .absent)
        #expect(MarkMeaning.status(of: "因病请假") == .leave)
    }

    @Test("whose meaning nobody knows is told, prose is not")
    func unknown() {
        let entries = MarkLegend.entries("√出勤  ◇甲类", cell: LegendTests.cell, isOpened: true)
        #expect(entries.filter { $0.status == nil }.map(\.mark) == ["◇"])
        #expect(MarkLegend.entries("本表一式两份，每月5日前报送。", cell: LegendTests.cell, isOpened: true).isEmpty)
        #expect(MarkLegend.body(of: "注册地") == nil)
    }

    func read(_ legend: String, _ mark: CellValue, hours: Bool = false) -> MarkReading {
        let entries = MarkLegend.entries(legend, cell: LegendTests.cell, isOpened: true)
        var reader = MarkReader(FoldedMarks(.standard), legend: entries, areHours: hours)
        return reader.read(Cell(column: 0, value: mark))
    }

    @Test("overrides the table; marks it does not list keep the table's meaning; shapes mean nothing without it")
    func overrides() {
        #expect(read("×长期病假", .text("✗")) == .whole(.sick))
        #expect(read("×长期病假", .text("√")) == .whole(.present))
        #expect(read("", .text("△")) == .unknown)
        #expect(read("", .text("○")) == .unknown)
        #expect(read("", .text("☆")) == .unknown)
        #expect(read("○公差", .number(0)) == .unknown)
        #expect(read("0公差", .number(0)) == .whole(.official))
        #expect(read("0公差", .text("〇")) == .whole(.official))
        #expect(read("△甲类", .text("△")) == .unknown)
    }

    @Test("Half days are written in many ways; the first of two marks is the morning")
    func halves() {
        #expect(read("△请假", .text("√/△")) == MarkReading(morning: .present, afternoon: .leave))
        #expect(read("△请假", .text("△／√")) == MarkReading(morning: .leave, afternoon: .present))
        #expect(read("△请假", .text("√△")) == MarkReading(morning: .present, afternoon: .leave))
        #expect(read("/出勤 √产假", .text("//√")) == MarkReading(morning: .present, afternoon: .leave))
        #expect(read("", .text("半")) == .half(.present))
        #expect(read("", .number(0.5)) == .half(.present))
        #expect(read("", .text("0.5")) == .half(.present))
        #expect(read("", .text("√半天")) == .half(.present))
        #expect(read("", .text("事假半天")) == .half(.leave))
        #expect(read("", .text("√（上午）")) == MarkReading(morning: .present, afternoon: .blank))
        #expect(read("", .text("下午√")) == MarkReading(morning: .blank, afternoon: .present))
        #expect(read("", .text("上午出勤下午病假")) == MarkReading(morning: .present, afternoon: .sick))
        #expect(read("", .text("上午：出勤；下午：事假")) == MarkReading(morning: .present, afternoon: .leave))
    }

    @Test("Hours count only where the sheet says so: 8 a day, 4 half a day, less none")
    func hours() {
        #expect(read("", .number(8), hours: true) == .whole(.present))
        #expect(read("", .number(7.5), hours: true) == .half(.present))
        #expect(read("", .number(4), hours: true) == .half(.present))
        #expect(read("", .number(3.5), hours: true) == .blank)
        #expect(read("", .number(8)) == .unknown)
        #expect(read("", .number(2)) == .unknown)
        #expect(read("", .number(0)) == .unknown)
        #expect(read("", .number(1)) == .whole(.present))
    }
}
