import Domain
import Tables
import Testing

@testable import Forms

@Suite("Siblings of sheets that hurt: words, months and people beside each other")
struct SiblingTests {
    private let days = (1...30).map(String.init).joined(separator: "|")
    private let ticks = String(repeating: "√|", count: 29) + "√"

    private func read(_ picture: String, path: String = "考勤/表.xlsx") -> WorkbookReading {
        TestForms.read(Picture(picture), path: path)
    }

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
