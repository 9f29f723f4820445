import Domain
import Tables
import Testing

@testable import Forms

@Suite("Groups of columns over the same days")
struct ColumnGroupTests {
    private static let numbers = (1...30).map(String.init).joined(separator: "|")
    private let full = String(repeating: "√|", count: 29) + "√"
    private let span = String(repeating: "<|", count: 28) + "<"

    private func read(_ picture: String) -> WorkbookReading { TestForms.read(Picture(picture)) }

    private func found(_ reading: WorkbookReading) -> [String] { TestForms.told(reading) }

    private func row(_ reading: WorkbookReading) -> AttendanceRow? { reading.submitted.blocks.first?.rows.first }

    private func present(_ reading: WorkbookReading) -> [Int] {
        (row(reading)?.days ?? []).filter { $0.morning == .present }.map { Int($0.date.day) }
    }

    /// Marks on some days of thirty.
    private func marks(_ days: [Int], _ mark: String = "√") -> String {
        (1...30).map { days.contains($0) ? mark : "" }.joined(separator: "|")
    }

    @Test("Over the sheet: the group of 实到, 实际, 出勤 is read, whichever stands first; plans and nights are passed over")
    func overTheSheet() {
        for (first, second, isFirst) in [
            ("应到", "实到", false), ("计划", "实际", false), ("实际出勤", "计划安排", true), ("出勤", "加班", true), ("白天", "夜间值守", true),
            ("考勤", "乡镇抽查情况", true), ("出勤情况", "下月驻村计划", true),
        ] {
            let actual = marks([3, 4, 10])
            let groups = isFirst ? "\(actual)|\(full)" : "\(full)|\(actual)"
            for labels in [
                "|\(first)|\(span)|\(second)|\(span)", "|\(first)|\(String(repeating: "|", count: 29))\(second)",
            ] {
                let reading = read(
                    "碾伯镇2018年11月考勤表\n\(labels)\n姓名|\(Self.numbers)|\(Self.numbers)|备注\n王守成|\(groups)|")
                #expect(present(reading) == [3, 4, 10], "\(labels)")
                #expect(found(reading) == ["groupPassedOver \(isFirst ? "AF2" : "B2")"], "\(labels)")
            }
        }
    }

    @Test("A group of leave beside the one of presence is leave; on a day of presence it contradicts and holds the row")
    func leave() {
        let head = "碾伯镇2018年11月考勤表\n|出勤|\(span)|请假|\(span)\n姓名|\(Self.numbers)|\(Self.numbers)\n王守成|"
        let clear = read(head + marks([1, 2]) + "|" + marks([5, 6]))
        #expect(present(clear) == [1, 2])
        #expect(row(clear)?.days.filter { $0.morning == .leave }.map { $0.date.day } == [5, 6])
        #expect(found(clear) == [])
        let doubtful = read(head + marks([1, 2]) + "|" + marks([2, 6]))
        #expect(found(doubtful) == ["duplicateRowConflict AG4"])
        #expect(row(doubtful)?.findings.contains { $0.effect == .held } == true)
    }

    @Test("Groups whose words do not say which is worked hold the row where they differ")
    func unclear() {
        for words in ["甲组|\(span)|乙组|\(span)", "实际|\(span)|实到|\(span)", "计划|\(span)|安排|\(span)"] {
            let reading = read(
                "碾伯镇2018年11月考勤表\n|\(words)\n姓名|\(Self.numbers)|\(Self.numbers)\n王守成|\(marks([1, 2]))|\(marks([2, 3]))")
            #expect(row(reading)?.findings.contains { $0.effect == .held } == true, "\(words)")
        }
    }

    @Test("Under each day: 计划 | 实际, 出勤 | 请假, 出勤 | 加班 over columns of their own")
    func underEachDay() {
        func grid(_ words: [String], _ marks: [[Int]]) -> WorkbookReading {
            let days = (1...30).map { "\($0)|<" }.joined(separator: "|")
            let line = Array(repeating: words.joined(separator: "|"), count: 30).joined(separator: "|")
            let cells = (1...30).map { day in marks.map { $0.contains(day) ? "√" : "" }.joined(separator: "|") }
            return read(
                "碾伯镇2018年11月考勤表\n姓名|\(days)|出勤天数\n|\(line)|\n王守成|\(cells.joined(separator: "|"))|3")
        }
        let month = Array(1...30)
        for (words, isFirst) in [(["应到", "实到"], false), (["计划", "实际"], false), (["出勤", "加班"], true)] {
            let reading = grid(words, isFirst ? [[3, 4, 10], month] : [month, [3, 4, 10]])
            #expect(present(reading) == [3, 4, 10], "\(words)")
            #expect(found(reading) == ["groupPassedOver \(isFirst ? "C3" : "B3")"], "\(words)")
        }
        let leave = grid(["出勤", "请假"], [[3, 4, 10], [5]])
        #expect(present(leave) == [3, 4, 10])
        #expect(row(leave)?.days.filter { $0.morning == .leave }.map { $0.date.day } == [5])
        #expect(found(leave) == [])
        let unclear = grid(["考勤", "实到"], [[1], [2]])
        #expect(TestForms.findings(unclear).contains { $0.effect == .held || $0.effect == .excluded })
    }

    @Test("Under each person and on one person's sheet: 实际 is read, 计划 passed over")
    func underEachPerson() {
        let rows = (1...30).map { "\($0)|√|\($0 < 4 ? "√" : "")|√|\($0 < 3 ? "√" : "")" }.joined(separator: "\n")
        for names in ["日期|王守成|<|李延禄|<\n^|计划|实际|计划|实际", "日期|王守成||李延禄|\n|应到|实到|应到|实到"] {
            let reading = read("碾伯镇2018年11月考勤表\n\(names)\n\(rows)")
            let days = reading.submitted.blocks.first?.rows.map { $0.days.count { $0.morning == .present } }
            #expect(days == [3, 2], "\(names)")
            #expect(found(reading) == ["groupPassedOver B3"], "\(names)")
        }
        let sheet = read(
            "碾伯镇2018年11月考勤表\n姓名：王守成\n日期|计划|实际|备注\n"
                + (1...30).map { "\($0)|√|\($0 < 4 ? "√" : "")|" }.joined(separator: "\n"))
        #expect(present(sheet) == [1, 2, 3])
        #expect(TestForms.findings(sheet).map(\.reason) == [.groupPassedOver])
        #expect(found(sheet) == ["groupPassedOver B3"])
    }

    @Test("Words over the only group of days that make it a plan or the nights refuse the table at their cell")
    func onlyGroup() {
        for (label, reason) in [("下月驻村计划", "planNotAttendance"), ("夜间值守", "otherRecordNotAttendance")] {
            let reading = read("碾伯镇2018年11月考勤表\n|\(label)|\(span)\n姓名|\(Self.numbers)\n王守成|\(full)")
            #expect(found(reading) == ["\(reason) B2"], "\(label)")
            #expect(present(reading) == [])
        }
        for label in ["出勤情况", "上旬", "十一月"] {
            let reading = read("碾伯镇2018年11月考勤表\n|\(label)|\(span)\n姓名|\(Self.numbers)\n王守成|\(full)")
            #expect(present(reading).count == 30, "\(label)")
            #expect(found(reading) == [], "\(label)")
        }
    }
}
