import Domain
import Foundation
import Reports
import Sheets
import Tables
import Testing

private let ids = [
    "630202199001019013", "630202198502029039", "630202199203039055", "630202198804049078", "630202199105059116",
]

private func row(_ texts: String...) -> [ReportValue] { texts.map { $0.isEmpty ? .empty : .text($0) } }

private func people() -> [[String]] {
    [
        ["才让·卓玛", ids[0], "李家乡", "大庄村"], ["马文", ids[1], "李家乡", "新庄村"], ["姜尚文", ids[2], "李家乡", "柳湾村"],
        ["唐守田", ids[3], "洪水镇", "洪水村"], ["顾盼", ids[4], "洪水镇", "洪水村"],
    ]
}

/// A grid of five days without a legend of its own; `rows`: name, ID, township, village, then marks.
private func sheet(_ name: String, _ title: String, _ rows: [[ReportValue]]) -> (name: String, rows: [[ReportValue]]) {
    let heads = ["姓名", "身份证号", "乡镇", "村", "1", "2", "3", "4", "5"].map(ReportValue.text)
    return (name, [[.text(title)], heads] + rows)
}

private func legend(_ lines: String...) -> (name: String, rows: [[ReportValue]]) {
    ("填表说明", [[.text("考勤符号说明")]] + lines.map { [.text($0)] })
}

@Suite("Legends on a sheet of their own, on their way back")
struct LegendReturnTests {
    /// A township's two files, each with a legend sheet, the one's √ and × the other's the other way round.
    private func contradicting() throws -> TestCounty {
        let county = try TestCounty(people: people())
        let title = "李家乡2018年11月考勤表"
        try county.send(
            "考勤/大庄.xlsx",
            [
                sheet("大庄村", title, [row("才让·卓玛", ids[0], "李家乡", "大庄村", "√", "√", "?", "×", "√")]),
                legend("√ 出勤", "× 旷工"),
            ])
        try county.send(
            "考勤/新庄.xlsx",
            [
                sheet("新庄村", title, [row("马文", ids[1], "李家乡", "新庄村", "×", "×", "?", "√", "×")]),
                legend("√ 病假", "× 出勤"),
            ])
        // No legend at all: the table's meanings.
        try county.send(
            "考勤/柳湾.xlsx",
            [sheet("柳湾村", title, [row("姜尚文", ids[2], "李家乡", "柳湾村", "√", "√", "?", "√", "×")])])
        return county
    }

    private let paid = ["姜尚文 柳湾村 3", "才让·卓玛 大庄村 3", "马文 新庄村 3"]

    private func own(_ county: TestCounty) throws -> [String] {
        try county.payments().filter { !$0.contains("洪水村") }
    }

    @Test("In one return workbook each file's marks keep the meaning that its own legend sheet gives them")
    func eachFilesOwn() throws {
        let county = try contradicting()
        try county.run()
        #expect(try own(county) == paid)
        let back = try county.returned("李家乡")
        #expect(!back.sheets.contains { $0.name.contains("填表说明") }, "\(back.sheets.map(\.name))")
        try county.send("回传/一.xlsx", back, changes: [:])
        try county.run()
        #expect(try own(county) == paid)
        // From the return of the return, where lines below the sheets say what the legend sheets said.
        let again = try county.returned("李家乡")
        try county.send("回传/二.xlsx", again, changes: ["大庄村!G3": .text("√"), "新庄村!G3": .text("√")])
        try county.run()
        #expect(try own(county) == ["姜尚文 柳湾村 3", "才让·卓玛 大庄村 4", "马文 新庄村 3"])
        let unknown = try county.findings().filter { $0.hasPrefix("unknown-mark") }
        #expect(unknown == ["unknown-mark 李家乡 G3 姜尚文"])
    }

    @Test("Below a sheet stands what its legend sheet says of every mark, and what is asked of others")
    func inherited() throws {
        let county = try contradicting()
        try county.run()
        let back = try county.returned("李家乡")
        let sheet = try #require(back.sheets.first { $0.name == "新庄村" })
        let lines = sheet.rows.dropFirst(3).map { $0.cells.map(\.value.display).filter { !$0.isEmpty } }
        #expect(lines == [["注：“√”表示", "病假"], ["注：“×”表示", "出勤"], ["注：“?”表示"]])
        let none = try #require(back.sheets.first { $0.name == "柳湾村" })
        #expect(none.rows.dropFirst(3).map { $0.cells.map(\.value.display) } == [["注：“?”表示"]])
    }

    @Test("A file that two townships sent gives each of them back what its legend sheet says")
    func severalSenders() throws {
        let county = try TestCounty(people: people())
        try county.send(
            "考勤/片区.xlsx",
            [
                sheet(
                    "11月", "乐都区2018年11月考勤表",
                    [
                        row("马文", ids[1], "李家乡", "新庄村", "×", "×", "%", "√", "×"),
                        row("唐守田", ids[3], "洪水镇", "洪水村", "×", "√", "%", "√", "×"),
                        row("顾盼", ids[4], "洪水镇", "洪水村", "×", "×", "×", "×", "×"),
                    ]), legend("√ 病假", "× 出勤"),
            ])
        try county.run()
        let payments = try county.payments()
        #expect(payments == ["唐守田 洪水村 2", "顾盼 洪水村 5", "马文 新庄村 3"])
        for township in ["李家乡", "洪水镇"] {
            let back = try county.returned(township)
            #expect(back.sheets.map(\.name) == ["问题清单", "11月"])
            try county.send("回传/\(township).xlsx", back, changes: [:])
        }
        try county.run()
        #expect(try county.payments() == payments)
    }

    @Test("The only file of a township comes back with its legend sheet, and asks there what it does not say")
    func onlyFile() throws {
        let county = try TestCounty(people: people())
        try county.send(
            "考勤/李家乡.xlsx",
            [
                sheet("11月", "李家乡2018年11月考勤表", [row("马文", ids[1], "李家乡", "新庄村", "×", "×", "◇", "√", "×")]),
                legend("√ 病假", "× 出勤"),
            ])
        try county.run()
        #expect(try own(county) == ["马文 新庄村 3"])
        let back = try county.returned("李家乡")
        #expect(back.sheets.map(\.name) == ["问题清单", "11月", "填表说明"])
        #expect(back.sheets[1].rows.count == 3)
        #expect(back.sheets[2].cell(4, 0)?.value == .text("注：“◇”表示"))
        let list = back.sheets[0].rows.flatMap { $0.cells.map(\.value.display) }
        #expect(list.contains { $0.hasPrefix("请在工作表“填表说明”的黄色格 C5 里填写") }, "\(list)")
        try county.send("回传/一.xlsx", back, changes: ["填表说明!C5": .text("半天出勤")])
        try county.run()
        #expect(try own(county) == ["马文 新庄村 3.5"])
        #expect(try county.findings().filter { $0.hasPrefix("unknown") } == [])
    }

    @Test("What a legend sheet says and nobody understands, or says twice, stays unknown and unpaid, and is asked")
    func notUnderstood() throws {
        let county = try TestCounty(people: people())
        let title = "李家乡2018年11月考勤表"
        try county.send(
            "考勤/大庄.xlsx",
            [
                sheet("大庄村", title, [row("才让·卓玛", ids[0], "李家乡", "大庄村", "√", "○", "◎", "△", "√")]),
                legend("√ 甲类", "○ 出勤", "◎ 出勤", "△ 请假", "◎ 病假"),
            ])
        try county.send(
            "考勤/新庄.xlsx", [sheet("新庄村", title, [row("马文", ids[1], "李家乡", "新庄村", "√", "√", "%", "√", "×")])])
        try county.run()
        let before = ["才让·卓玛 大庄村 1", "马文 新庄村 3"]
        #expect(try own(county) == before)
        // The legend's own cell, on the legend's own sheet.
        #expect(try county.places("unknown-legend") == ["填表说明 A2"])
        #expect(try county.places("legend-conflict") == ["填表说明 A6", "大庄村 G3"])
        let back = try county.returned("李家乡")
        let sheet = try #require(back.sheets.first { $0.name == "大庄村" })
        let lines = sheet.rows.dropFirst(3).map { $0.cells.map(\.value.display).filter { !$0.isEmpty } }
        #expect(
            lines == [
                ["注：“√”表示", "甲类"], ["注：“○”表示", "出勤"], ["注：“◎”表示", "？"], ["注：“△”表示", "请假"],
            ])
        try county.send("回传/一.xlsx", back, changes: [:])
        try county.run()
        #expect(try own(county) == before)
        try county.send(
            "回传/二.xlsx", try county.returned("李家乡"), changes: ["大庄村!C5": .text("出勤"), "大庄村!C7": .text("病假")])
        try county.run()
        #expect(try own(county) == ["才让·卓玛 大庄村 3", "马文 新庄村 3"])
        #expect(try county.findings().filter { $0.contains("legend") } == [])
    }

    @Test("A sheet of notes that explains no marks of its own file does not begin to explain another file's")
    func figures() throws {
        let county = try TestCounty(people: people())
        let title = "李家乡2018年11月考勤表"
        // Nobody here writes 1 or 2, so the list is no legend.
        try county.send(
            "考勤/大庄.xlsx",
            [
                sheet("大庄村", title, [row("才让·卓玛", ids[0], "李家乡", "大庄村", "√", "%", "√", "√", "√")]),
                ("说明", [[.text("符号说明：1 旷工 2 出勤")]]),
            ])
        try county.send(
            "考勤/新庄.xlsx",
            [sheet("新庄村", title, [row("马文", ids[1], "李家乡", "新庄村", "1", "1", "%", "1", "1")])])
        try county.run()
        let before = ["才让·卓玛 大庄村 4", "马文 新庄村 4"]
        #expect(try own(county) == before)
        try county.send("回传/一.xlsx", try county.returned("李家乡"), changes: [:])
        try county.run()
        #expect(try own(county) == before)
    }
}
