import Domain
import Foundation
import Settings
import Tables
import Testing

@testable import Forms

/// One test a sentence of spec §5.5 and §5.7, where no other suite holds it.
@Suite("Marks, legends and roles, as the contract says them")
struct ContractMarkTests: NovemberSuite {
    private func statuses(_ marks: [String], _ legend: String = "", above: Bool = false) -> [AttendanceStatus] {
        let row = marks.joined(separator: "|") + String(repeating: "|", count: 30 - marks.count)
        let table = "姓名|\(Self.days)\n王守成|\(row)"
        let reading = TestForms.read(
            Picture("碾伯镇2018年11月考勤表\n" + (above ? legend + "\n" + table : table + "\n" + legend)))
        return reading.submitted.blocks.first?.rows.first.map { Array($0.days.prefix(marks.count).map(\.morning)) }
            ?? []
    }

    private static let table: [(AttendanceStatus, String)] = [
        (.present, "√ 出勤 出 在岗 到岗 驻村 1"), (.official, "公 公差 公出 出差"), (.training, "培 培训 学"),
        (.leave, "假 事 事假 年假 婚假 产假 探亲"), (.sick, "病 病假"), (.absent, "× 旷 旷岗 旷工 缺 脱岗"),
        (.withdrawn, "抽 抽调 借 借调"), (.rest, "休 / - —"),
    ]

    @Test("The default table of the policy file is the contract's, mark by mark; shapes mean nothing without a legend")
    func defaults() throws {
        let file = TestForms.packageRoot.appendingPathComponent("pipelines/policy/qinghai-2018-231.yaml")
        let policy = try PolicyFile.policy(from: String(contentsOf: file, encoding: .utf8), file: "shipped")
        for (status, marks) in Self.table {
            let listed = marks.split(separator: " ").map(String.init)
            #expect(policy.marks[status] == listed, "\(status)")
            #expect(statuses(listed) == listed.map { _ in status }, "\(status)")
        }
        #expect(statuses(["△", "○", "☆", "◎", "※"]) == [.unknown, .unknown, .unknown, .unknown, .unknown])
    }

    @Test("Look-alikes, spaces and full-width forms are one mark; a circle is a nought only where the legend says so")
    func lookAlikes() {
        #expect(statuses(["✓", "✔", "√ ", "　√", "１"]) == [.present, .present, .present, .present, .present])
        #expect(statuses(["✕", "✗", "x", "X", "Ｘ"]) == [.absent, .absent, .absent, .absent, .absent])
        let circles = ["○", "〇", "О", "O", "o"]
        #expect(statuses(circles, "注：○公差") == circles.map { _ in .official })
        #expect(statuses(circles, "注：√出勤") == circles.map { _ in .unknown })
    }

    @Test("Each word of the contract's lists means its status, the first list that matches; weak presence yields")
    func words() {
        for (status, words) in [
            (AttendanceStatus.present, "出勤 到岗 在岗 上班 驻村 迟到 早退"), (.official, "公差 因公 外出 出差 开会"), (.training, "培训 学习"),
            (.leave, "事假 年假 婚假 产假 探亲 请假"), (.sick, "病假 长期病休"), (.absent, "旷工 缺席 脱岗"), (.withdrawn, "抽调 借调"),
            (.rest, "休息 节假日"),
        ] {
            for word in words.split(separator: " ") {
                #expect(statuses(["◇"], "注：√出勤；◇\(word)") == [status], "\(word)")
            }
        }
        #expect(statuses(["◇"], "注：√出勤；◇驻村干部请假") == [.leave])
        #expect(statuses(["◇"], "注：√出勤；◇在岗培训") == [.training])
    }

    @Test("A legend stands in any place: above, below, beside, behind the signature, in the heading over the days")
    func places() {
        let legend = "注：√请假 ×出勤"
        #expect(statuses(["√", "×"], legend) == [.leave, .present])
        #expect(statuses(["√", "×"], legend, above: true) == [.leave, .present])
        #expect(statuses(["√", "×"], "填表人：马文\n" + legend) == [.leave, .present])
        #expect(statuses(["√", "×"], "||||\(legend)") == [.leave, .present])
        let beside = TestForms.read(
            Picture("碾伯镇2018年11月考勤表|\(String(repeating: "|", count: 31))\(legend)\n姓名|\(Self.days)\n王守成|√|×"))
        #expect(TestForms.presentHalves(beside) == ["王守成": 2])
        let over = TestForms.read(
            Picture(
                "碾伯镇2018年11月考勤表\n姓名|出勤情况（√请假 ×出勤）\(String(repeating: "|<", count: 29))\n^|\(Self.days)\n王守成|√|×"))
        #expect(TestForms.presentHalves(over) == ["王守成": 2])
    }

    @Test("The nearest legend rules: the block's own, else its sheet's, else the workbook's sheet")
    func reach() {
        let block = "姓名|\(Self.days)\n"
        func presence(_ sheet: String, _ other: String) -> [String: Int] {
            TestForms.presentHalves(
                TestForms.reader.read(
                    Workbook(format: .xlsx, sheets: [Picture(sheet, name: "甲").grid, Picture(other, name: "图例").grid]),
                    path: "2018-11/a.xlsx"))
        }
        let workbook = "考勤符号说明\n◇|出勤\n○|请假"
        #expect(presence("碾伯镇考勤表\n\(block)王守成|◇|○", workbook) == ["王守成": 2])
        #expect(presence("碾伯镇考勤表\n\(block)王守成|◇|○|○\n注：◇请假 ○出勤", workbook) == ["王守成": 4])
        let two = "碾伯镇甲村2018年11月考勤表\n\(block)王守成|◇|○|○\n注：◇请假 ○出勤\n\n碾伯镇乙村2018年11月考勤表\n\(block)李延禄|◇|○|○\n注：◇出勤 ○请假"
        #expect(presence(two, workbook) == ["王守成": 4, "李延禄": 2])
    }

    @Test("A blank is never presence, whatever the legend says of it")
    func blank() {
        for legend in ["注：空白为出勤，△请假", "注：未标注的均为出勤；△请假", "注：除△请假外均为出勤"] {
            #expect(statuses(["△", ""], legend) == [.leave, .blank], "\(legend)")
        }
    }

    @Test("A figure is a legend's mark only where cells hold it")
    func figures() {
        #expect(statuses(["1", "2"], "注：1出勤 2请假") == [.present, .leave])
        #expect(statuses(["√", "△"], "注：1、√出勤 2、△请假") == [.present, .leave])
    }

    // MARK: Roles

    @Test("A mark not understood, an impossible date and a formula keep their own codes and are not unread")
    func ownCodes() {
        let reading = TestForms.read(
            Picture("碾伯镇2018年11月考勤表\n姓名|\(Self.days)|31\n王守成|☆|=\(String(repeating: "|", count: 29))√"))
        #expect(Set(TestForms.findings(reading).map(\.code)) == [.unknownMark, .uncachedFormula, .impossibleDay])
        #expect(!reading.sheets[0].cells.contains { $0.role == .unread })
    }

    @Test("The last days of the month before are no impossible days of a sheet from the 26th")
    func cycle() {
        let heads = (Array(26...31) + Array(1...25)).map(String.init).joined(separator: "|")
        let reading = TestForms.read(
            Picture("碾伯镇2018年11月考勤表（10月26日—11月25日）\n姓名|\(heads)\n王守成|\(ticks)|√"))
        #expect(TestForms.told(reading) == [])
        #expect(reading.submitted.blocks.map(\.period.description) == ["2018-10", "2018-11"])
        #expect(reading.submitted.blocks.map { $0.rows[0].days.count } == [6, 25])
    }

    @Test(
        "Random sheets of every layout: without the reader of any one role its cells are unread and said to be",
        arguments: WrittenLayout.allCases)
    func silencedAnywhere(_ layout: WrittenLayout) {
        let written = Written(layout, seed: 11)
        let whole = TestForms.reader.read(written.workbook, path: written.path)
        let roles = Set(whole.sheets.flatMap { $0.cells.map(\.role) }).subtracting([.unread])
        #expect(roles.count >= 5, "\(layout)")
        for role in roles.sorted(by: { $0.rawValue < $1.rawValue }) {
            let reader = FormReader(
                forms: TestForms.catalogue, marks: .standard, own: OwnHeaders(), explains: true, silenced: role)
            let reading = reader.read(written.workbook, path: written.path)
            #expect(TestForms.findings(reading).contains { $0.code == .unreadCell }, "\(layout) \(role)")
            #expect(reading.sheets.contains { $0.cells.contains { $0.role == .unread } }, "\(layout) \(role)")
        }
    }
}
