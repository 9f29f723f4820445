import Domain
import Tables
import Testing

@testable import Forms

@Suite("A sheet's own legend")
struct LegendTests {
    static let cell = CellAddress(row: 0, column: 0)

    /// Of a sheet whose cells hold these figures and words.
    static var grammar: LegendGrammar {
        LegendGrammar { ["0", "1", "0.5", "公", "事", "病", "假", "公差", "事假"].contains($0) }
    }

    static func meanings(_ text: String) -> [String: AttendanceStatus] {
        let entries = grammar.entries(LegendGrammar.body(of: text) ?? text, cell: cell, isOpened: true)
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

    @Test(
        "lists marks and meanings apart, in one order",
        arguments: [
            "注：√、△、□分别表示出勤、请假、病假", "注：√、△、□依次为出勤、请假和病假。", "注：出勤、请假、病假分别用√、△、□表示", "注：出勤、请假、病假用√、△、□表示",
            "说明：请假、出勤、病假分别以△、√、□表示。", "注：□、△、√分别代表病假、请假、出勤；空白不计", "注：√,△,□分别表示出勤,请假,病假",
        ])
    func lists(_ text: String) {
        #expect(LegendTests.meanings(text) == ["√": .present, "△": .leave, "□": .sick])
    }

    @Test("two lists of unequal length say nothing")
    func unequalLists() {
        let text = "√、△、□分别表示出勤、请假"
        let entries = LegendTests.grammar.entries(text, cell: LegendTests.cell, isOpened: true)
        #expect(entries.map(\.mark) == ["√", "△", "□"])
        #expect(entries.allSatisfy { $0.meaning == nil })
        #expect(LegendTests.meanings("注：√、○均为出勤，△请假") == ["√": .present, "○": .present, "△": .leave])
    }

    @Test(
        "words that do not count a day deny presence, wherever they stand",
        arguments: [
            ("到岗但不算出勤", AttendanceStatus.rest), ("在岗（不计天数）", .rest), ("出勤无效", .rest), ("应出勤而未出勤", .absent),
            ("出勤作废", .rest),
            ("夜间出勤（不计天数）", .rest), ("驻村（不计发补助)", .rest), ("正常出勤", .present), ("出勤（不含加班）", .present),
        ])
    func uncounted(_ words: String, _ status: AttendanceStatus) { #expect(MarkMeaning.status(of: words) == status) }

    @Test("what a comma adds is read with it")
    func afterComma() {
        #expect(LegendTests.meanings("注：√出勤；○到岗不足半天，不作出勤统计") == ["√": .present, "○": .rest])
        let halves = LegendTests.grammar.entries("注：√出勤；◑上午请假，下午出勤", cell: LegendTests.cell, isOpened: true)
        #expect(halves.last?.meaning == MarkReading(morning: .leave, afternoon: .present))
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
            LegendTests.meanings("注：×迟到 ☆早退 ◇长期病假 ○驻村培训") == ["×": .present, "☆": .present, "◇": .sick, "○": .training])
        #expect(MarkMeaning.status(of: "未出勤") == .absent)
        #expect(MarkMeaning.status(of: "不在岗") == .absent)
        #expect(MarkMeaning.status(of: "缺勤") == .absent)
        #expect(MarkMeaning.status(of: "因病请假") == .leave)
    }

    @Test(
        "is read whole: denials turn a meaning, 视同 and 按…处理 say what counts as what",
        arguments: [
            ("未到岗", AttendanceStatus.absent), ("擅自离开驻村点", .absent), ("没有在岗", .absent), ("无故缺勤", .absent),
            ("不假外出", .absent),
            ("驻村干部请假", .leave), ("在岗培训", .training), ("病假（不计出勤）", .sick), ("不计出勤", .rest), ("公差（视同出勤）", .present),
            ("迟到按旷工处理", .absent), ("全天出勤", .present), ("正常驻村", .present), ("未请假缺勤", .absent), ("丧假", .leave),
            ("节假日休息", .rest), ("因公外出学习", .official),
        ])
    func readWhole(_ words: String, _ status: AttendanceStatus) {
        #expect(MarkMeaning.status(of: words) == status)
    }

    @Test("makes halves of 上午, 下午 and 半天")
    func halvesInMeanings() {
        func meaning(_ text: String, _ mark: String) -> MarkReading? {
            LegendTests.grammar.entries(LegendGrammar.body(of: text) ?? text, cell: LegendTests.cell, isOpened: true)
                .first { $0.mark == mark }?.meaning
        }
        let text = "注：上午出勤“/”，下午出勤“\\”，全天出勤“√”，请假“×”，◇出勤半天，☆上午出勤下午请假"
        #expect(meaning(text, "/") == MarkReading(morning: .present, afternoon: .blank))
        #expect(meaning(text, "\\") == MarkReading(morning: .blank, afternoon: .present))
        #expect(meaning(text, "√") == .whole(.present))
        #expect(meaning(text, "×") == .whole(.leave))
        #expect(meaning(text, "◇") == .half(.present))
        #expect(meaning(text, "☆") == MarkReading(morning: .present, afternoon: .leave))
    }

    @Test(
        "is no prose: rules about leave, durations, instructions explain no mark",
        arguments: [
            "注：请假1天以内由乡镇批准，请假3天以上报组织部批准。", "注：病假、事假不计出勤天数。", "说明：1、本表由驻村工作队填写。2、每月5日前报乡镇。3、一式两份。",
            "备注：请在相应栏内打“√”。", "注：驻村干部每月驻村不少于20天。", "说明：迟到、早退三次按旷工一天处理。", "注：考勤以1天为单位，半天记0.5天。",
        ])
    func prose(_ text: String) {
        #expect(
            LegendTests.grammar.entries(LegendGrammar.body(of: text) ?? text, cell: LegendTests.cell, isOpened: true)
                .map(\.mark) == [])
    }

    @Test("goes on in words without a mark, and shares words among marks before them")
    func continuation() {
        #expect(LegendTests.meanings("注：√出勤；△公差，视同出勤；□病假，不计出勤") == ["√": .present, "△": .present, "□": .sick])
        #expect(LegendTests.meanings("注：√、✓均为出勤；×为旷工") == ["√": .present, "×": .absent])
        #expect(LegendTests.meanings("注：请假△（附假条）、旷工×") == ["△": .leave, "×": .absent])
        #expect(LegendTests.meanings("注：公差视同出勤") == ["公差": .present])
    }

    @Test("whose two meanings of one reach contradict leaves the mark without one")
    func contradiction() {
        let entries = LegendTests.grammar.entries("√出勤 △请假 √公差 △事假", cell: LegendTests.cell, isOpened: true)
        let settled = LegendReach.settled(entries)
        #expect(settled.map(\.isContradicted) == [true, false])
        var reader = MarkReader(FoldedMarks(.standard), legend: settled, areHours: false)
        #expect(reader.read(Cell(column: 0, value: .text("√"))) == .contradicted)
        #expect(reader.read(Cell(column: 0, value: .text("△"))) == .whole(.leave))
    }

    @Test(
        "does not explain what stands in brackets behind a mark: that speaks for itself",
        arguments: [
            ("√（请假）", MarkReading.whole(.leave)), ("√(病)", .whole(.sick)), ("√（未驻）", .whole(.absent)),
            ("√（代）", .whole(.rest)),
            ("√（补）", .unknown), ("√（1）", .unknown), ("√（公差）", .whole(.official)), ("√（出勤）", .whole(.present)),
            ("√（请假半天）", .half(.present)), ("√（上午）", MarkReading(morning: .present, afternoon: .blank)),
            ("√（下午请假）", MarkReading(morning: .present, afternoon: .leave)), ("√（迟到）", .whole(.present)),
        ])
    func brackets(_ mark: String, _ reading: MarkReading) {
        #expect(read("", .text(mark)) == reading)
    }

    @Test("whose meaning nobody knows is told, prose is not")
    func unknown() {
        let entries = LegendTests.grammar.entries("√出勤  ◇甲类", cell: LegendTests.cell, isOpened: true)
        #expect(entries.filter { $0.status == nil }.map(\.mark) == ["◇"])
        #expect(LegendTests.grammar.entries("本表一式两份，每月5日前报送。", cell: LegendTests.cell, isOpened: true).isEmpty)
        #expect(LegendGrammar.body(of: "注册地") == nil)
    }

    func read(_ legend: String, _ mark: CellValue, hours: Bool = false) -> MarkReading {
        let entries = LegendTests.grammar.entries(legend, cell: LegendTests.cell, isOpened: true)
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

    @Test("of two marks the one that is understood stands; other texts are marks as a whole")
    func halfUnknown() {
        func half(_ morning: AttendanceStatus, _ afternoon: AttendanceStatus) -> MarkReading {
            MarkReading(morning: morning, afternoon: afternoon, problem: .unknown)
        }
        #expect(read("△请假", .text("☆/△")) == half(.unknown, .leave))
        #expect(read("△请假", .text("△/☆")) == half(.leave, .unknown))
        #expect(read("", .text("√/☆")) == half(.present, .unknown))
        for whole in ["☆/◇", "1/☆", "11/5", "√、☆", "√/有事没来", "√/☆/√"] {
            #expect(read("", .text(whole)) == .unknown, "\(whole)")
        }
        let entries = LegendTests.grammar.entries("△请假", cell: LegendTests.cell, isOpened: true)
        var reader = MarkReader(FoldedMarks(.standard), legend: entries, areHours: false)
        #expect(reader.readHalf(Cell(column: 0, value: .text("√/☆"))) == .unknown, "in the cell of one half")
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
