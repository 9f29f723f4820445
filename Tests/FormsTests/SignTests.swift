import Domain
import Tables
import Testing

@testable import Forms

/// Marks of two signs, and what a legend says of all it does not list. Source: spec §5.5.
@Suite("Marks of two signs, and legends of all other signs")
struct SignTests: NovemberSuite {
    private func halves(_ reading: WorkbookReading) -> [String: Int] { TestForms.presentHalves(reading) }

    @Test("A legend lists marks of two signs, a dash or a stroke among them, where cells hold them")
    func pairs() {
        for legend in [
            "注：√√ 全天出勤；√- 上午出勤；-√ 下午出勤；-- 休息", "注：√√全天出勤，√-上午出勤，-√下午出勤，--休息", "注：全天出勤√√、上午出勤√-、下午出勤-√、休息--",
            "注：√√—全天出勤；√-—上午出勤；-√—下午出勤；--—休息",
        ] {
            let reading = read("碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|√√|√-|-√|--|√√\n\(legend)")
            #expect(halves(reading) == ["王守成": 6], "\(legend)")
            #expect(TestForms.told(reading) == [], "\(legend)")
        }
        let strokes = read("碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|√|√/|/√|√\n注：√全天出勤 √/上午出勤 /√下午出勤")
        #expect(halves(strokes) == ["王守成": 6])
        #expect(TestForms.told(strokes) == [])
        // Where no cell holds them the dash binds and the stroke parts.
        let bound = read("碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|√|△|√\n注：√-出勤/△-请假")
        #expect(halves(bound) == ["王守成": 4])
    }

    @Test("What a legend says of all other signs holds for each sign that it does not list, and for no word")
    func others() {
        func read(_ legend: String, _ marks: String) -> WorkbookReading {
            self.read("碾伯镇2018年11月考勤表\n姓名|\(days)\n王守成|\(marks)\n\(legend)")
        }
        for legend in ["注：√出勤，其余符号均为缺勤", "注：√出勤；其他符号表示缺勤", "注：√出勤，其它均为旷工", "说明：√为出勤，其余一律按缺勤处理"] {
            let reading = read(legend, "√|○|※|√/○|病|√")
            #expect(halves(reading) == ["王守成": 5], "\(legend)")
            #expect(TestForms.told(reading) == [], "\(legend)")
            let days = reading.submitted.blocks[0].rows[0].days
            #expect(days[1].morning == .absent && days[2].afternoon == .absent && days[4].morning == .sick, "\(legend)")
        }
        let present = read("注：△请假，其余符号均为出勤", "√|△|○|×|")
        #expect(halves(present) == ["王守成": 4])
        #expect(TestForms.told(present) == ["unknownMark E3"])
        let blanks = read("注：△请假，其余均为出勤", "√|△||")
        #expect(halves(blanks) == ["王守成": 2])
        #expect(TestForms.told(blanks) == ["legendOfBlanks A4"])
        for prose in ["注：√出勤，其余人员均为县派", "注：√出勤，其他事项见附件", "注：√出勤，其余时间均在村"] {
            #expect(TestForms.told(read(prose, "√|☆|√")) == ["unknownMark C3"], "\(prose)")
        }
    }
}
