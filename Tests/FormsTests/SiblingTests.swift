import Domain
import Tables
import Testing

@testable import Forms

@Suite("Siblings of sheets that hurt: words, months and people beside each other")
struct SiblingTests: NovemberSuite {
    @Test("Days that somebody found right or pays for are days worked: where they differ from the marks, held")
    func certified() {
        for heading in ["乡镇核定天数", "审核天数", "认定出勤天数", "计发补助天数", "发放天数", "补贴天数"] {
            let reading = read("2018年11月考勤表\n姓名|\(days)|出勤天数|\(heading)\n王守成|\(ticks)|30|15\n李延禄|\(ticks)|30|30")
            #expect(TestForms.told(reading) == ["totalMismatch AG3"], "\(heading)")
            #expect(TestForms.presentHalves(reading) == ["李延禄": 60], "\(heading)")
        }
        for heading in ["补助标准", "补贴金额", "生活补助合计", "本月补助"] {
            let money = read("2018年11月考勤表\n姓名|\(days)|出勤天数|\(heading)\n王守成|\(ticks)|30|1800")
            #expect(TestForms.presentHalves(money) == ["王守成": 60], "\(heading)")
        }
    }

    @Test("Two people's days beside each other under their own names are each his own, also further down the sheet")
    func peopleBeside() {
        let head = "日期|考勤||日期|考勤"
        let rows = (1...5).map { "\($0)日|√||\($0)日|\($0 == 5 ? "△" : "√")" }.joined(separator: "\n")
        let reading = read(
            "2018年11月考勤表\n姓名：王守成|||姓名：李延禄\n\(head)\n\(rows)\n\n姓名：马文|||姓名：赵玉\n\(head)\n\(rows)\n注：√出勤 △请假")
        #expect(TestForms.presentHalves(reading) == ["王守成": 10, "李延禄": 8, "马文": 10, "赵玉": 8])
        #expect(TestForms.told(reading) == [])
        // The second half of one person's month stands beside the first: one name.
        let one = read(
            "2018年11月考勤表\n姓名：王守成\n\(head)\n" + (1...5).map { "\($0)日|√||\($0 + 15)日|√" }.joined(separator: "\n"))
        #expect(TestForms.presentHalves(one) == ["王守成": 20])
    }

    @Test("Two names in one row that no columns share are nobody's guess: refused at the names")
    func twoOwners() {
        let reading = read("2018年11月考勤表\n姓名：王守成|姓名：李延禄\n日期|考勤\n1日|√\n2日|√\n3日|√")
        #expect(TestForms.told(reading) == ["ownerUnsure A1"])
        #expect(TestForms.presentHalves(reading).isEmpty)
    }

    @Test("Of columns for a whole month a title of half of it speaks of that half, as long as no mark stands beyond")
    func halfOfTheColumns() {
        func scope(_ title: String, _ marked: ClosedRange<Int>) -> [Int?] {
            let marks = (1...30).map { marked.contains($0) ? "√" : "" }.joined(separator: "|")
            let block = read("\(title)考勤表\n姓名|\(days)\n王守成|\(marks)").submitted.blocks.first
            return [block?.scope.firstDay, block?.scope.lastDay]
        }
        #expect(scope("2018年11月上半月", 1...15) == [1, 15])
        #expect(scope("2018年11月下半月", 16...30) == [16, 30])
        #expect(scope("2018年11月11日至20日", 12...18) == [11, 20])
        #expect(scope("2018年11月下半月", 10...30) == [1, 30], "marks of the first half: the columns decide")
        #expect(scope("2018年11月", 1...15) == [1, 30])
    }

    @Test("A year in brackets, with a letter for 〇, or at both ends of one day's range is a year")
    func years() {
        for title in ["碾伯镇11月份考勤表（2018）", "碾伯镇十一月考勤表（二O一八年）", "碾伯镇二0一八年十一月考勤表", "碾伯镇二〇一八年11月考勤表"] {
            #expect(
                read("\(title)\n姓名|\(days)\n王守成|\(ticks)").submitted.blocks.map(\.period) == [
                    Period(year: 2018, month: 11)!
                ], "\(title)")
        }
        let one = read("碾伯镇2018年11月20日至2018年11月20日考勤\n日期|姓名|考勤情况\n11月20日|王守成|√")
        #expect(TestForms.presentHalves(one) == ["王守成": 2])
        let number = read("青组字（2018）231号考勤表\n姓名|\(days)\n王守成|\(ticks)")
        #expect(TestForms.told(number) == ["periodUnknown "], "a document's number is no year")
    }

    @Test("Legends and marks in traditional characters mean what their simplified forms do")
    func traditional() {
        let marks = "√|△|×|曠|請假|" + String(repeating: "√|", count: 24) + "√"
        let reading = read("碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|\(marks)\n註：√到崗 △請假 ×曠工")
        #expect(TestForms.presentHalves(reading) == ["王守成": 52])
        #expect(TestForms.told(reading) == [])
        let statuses = reading.submitted.blocks[0].rows[0].days.prefix(5).map(\.morning)
        #expect(statuses == [.present, .leave, .absent, .absent, .leave])
    }

    @Test("Circled figures are marks where cells hold them, and count the entries where they do not")
    func circled() {
        func read(_ legend: String, _ marks: String) -> WorkbookReading {
            self.read("碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|\(marks)\(String(repeating: "|", count: 26))\n\(legend)")
        }
        let marks = read("注：①出勤 ②请假 ③病假", "①|②|③|①")
        #expect(TestForms.presentHalves(marks) == ["王守成": 4])
        #expect(TestForms.told(marks) == [])
        let counted = read("注：①出勤√ ②请假△", "√|△|√|√")
        #expect(TestForms.presentHalves(counted) == ["王守成": 6])
    }

    @Test("Who signs, whatever he is called, is nobody of the table")
    func signatures() {
        let reading = read(
            "碾伯镇2018年11月考勤表\n序号|姓名|\(days)\n1|王守成|\(ticks)\n|村支书签字：马文\n|驻村干部（签字）：|李延禄\n|工作队长签章：")
        #expect(TestForms.presentHalves(reading) == ["王守成": 60])
        #expect(TestForms.told(reading) == [])
    }

    @Test("Headings in English, and other words for whom the sheet is about, head their columns")
    func headings() {
        let english = read("碾伯镇2018年11月考勤表\nNo.|Name|ID No.|Village|\(days)\n1|王守成|'632126197105059050|甲村|\(ticks)")
        #expect(TestForms.presentHalves(english) == ["王守成": 60])
        #expect(TestForms.told(english) == [])
        #expect(english.submitted.blocks.first?.rows.first?.residentID?.text == "632126197105059050")
        let other = read("碾伯镇2018年11月考勤表\n所在村|职务|考勤对象|\(days)\n甲村|队员|王守成|\(ticks)")
        #expect(TestForms.presentHalves(other) == ["王守成": 60])
    }
}

@Suite("Siblings of sheets that hurt: legends of blanks and of what counts, names that are several")
struct SiblingWordTests: NovemberSuite {
    @Test("A legend that makes blanks presence is told at its cell; one that makes them absence is not")
    func blanks() {
        func told(_ legend: String) -> [Finding] {
            let reading = read("碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|△\n\(legend)")
            #expect(TestForms.presentHalves(reading).isEmpty, "\(legend)")
            return TestForms.findings(reading).filter { $0.reason == .legendOfBlanks }
        }
        for legend in ["注：空白为出勤，△请假", "注：△请假；未标注的均为出勤", "注：除△请假外均为出勤", "说明：空白处视为在岗，△请假"] {
            #expect(told(legend).map { $0.cell?.a1 } == ["A4"], "\(legend)")
        }
        for legend in ["注：空白视为未出勤，△请假", "注：△请假，空白处为缺勤", "注：空白不计出勤，△请假"] {
            #expect(told(legend).isEmpty, "\(legend)")
        }
    }

    @Test("What a legend counts as presence counts under every mark that means it; what it does not count, does not")
    func counted() {
        func halves(_ legend: String) -> Int? {
            TestForms.presentHalves(read("碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|√|○|☆|△\n\(legend)"))["王守成"]
        }
        #expect(halves("注：√出勤，○公差，☆培训，△请假；公差、培训计入出勤天数") == 6)
        #expect(halves("注：√出勤，○公差，☆培训，△请假；公差视同出勤") == 4)
        #expect(halves("注：√出勤，○公差，☆培训，△请假；公差、培训均计入出勤。") == 6)
        #expect(halves("注：√出勤，○公差，☆培训，△请假；公差、培训不计入出勤天数") == 2)
        #expect(halves("注：√出勤，○公差，☆培训，△请假") == 2)
    }

    @Test("Words of one character with their meanings, apart by spaces alone, are marks")
    func shortWords() {
        let reading = read(
            "碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|出|差|训|假|病\n注：出：出勤 差：出差 训：培训 假：请假 病：病假")
        #expect(
            reading.submitted.blocks[0].rows[0].days.prefix(5).map(\.morning) == [
                .present, .official, .training, .leave, .sick,
            ])
        #expect(TestForms.told(reading) == [])
    }

    @Test("A letter in place of a month's figure makes no other month")
    func letters() {
        for title in ["碾伯镇2018年l2月考勤表", "碾伯镇2018年I1月考勤表", "碾伯镇2018年13月考勤表", "碾伯镇2108年11月考勤表"] {
            let reading = read("\(title)\n姓名|\(days)\n王守成|\(ticks)")
            #expect(reading.submitted.blocks.isEmpty, "\(title)")
            #expect(TestForms.findings(reading).allSatisfy { $0.code == .unknownPeriod }, "\(title)")
        }
    }

    @Test("A title merged down beside its table is its title")
    func besideTheTable() {
        let reading = read("碾伯镇2018年11月考勤表|姓名|\(days)\n^|王守成|\(ticks)\n^|李延禄|\(ticks)")
        #expect(reading.submitted.blocks.map(\.period) == [Period(year: 2018, month: 11)].compactMap { $0 })
        #expect(TestForms.presentHalves(reading) == ["王守成": 60, "李延禄": 60])
    }

    @Test("Lines of who left, and of who signed on which day, are nobody")
    func linesOfNobody() {
        let names = (1...30).map { _ in "马文" }.joined(separator: "|")
        let reading = read(
            "碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|\(ticks)\n本月离岗人员\n李延禄|√\n值班员签名|\(names)")
        #expect(TestForms.presentHalves(reading) == ["王守成": 60, "李延禄": 2])
        #expect(TestForms.told(reading) == [])
    }

    @Test(
        "Two people in one name's cell are neither of them; a number before a name, or two remarks behind it, are none of it"
    )
    func names() {
        #expect(PersonName("王守成（1-15日）/李延禄（16-30日）").key != PersonName("王守成").key)
        #expect(PersonName("王守成（1-15日）/李延禄（16-30日）").key.contains("李延禄"))
        #expect(PersonName("王守成（第一书记）（队长）").key == "王守成")
        #expect(PersonName("王守成（接替李延禄）").key == "王守成")
        for numbered in ["1.王守成", "2、王守成", "③王守成", "（4）王守成", "12 王守成"] {
            #expect(PersonName(numbered).key == "王守成", "\(numbered)")
        }
        #expect(PersonName("12").key == "12")
        #expect(PersonName("（空缺）").key == "(空缺)")
    }
}
