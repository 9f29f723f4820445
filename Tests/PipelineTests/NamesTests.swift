import Domain
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Names and characters that are not what they should be")
struct NamesTests {
    /// Renames a file to a name of those bytes.
    private func rename(_ place: Workplace, _ from: String, _ folder: String, _ name: [UInt8]) {
        let target = Array("\(place.inbox)/\(folder)".utf8) + [0x2F] + name
        #expect(Glibc.rename(place.inbox + "/" + from, target.map(CChar.init(bitPattern:)) + [0]) == 0)
    }

    @Test("a file whose name came out of a Windows archive in GBK is read, shown and paid; two that look alike are two")
    func namesInGBK() throws {
        let county = SmallCounty()
        let wanted = try county.place()
        #expect(try wanted.run().exit == 0)
        let place = try county.place()
        // 碾伯镇 and 考勤 in GBK.
        let township: [UInt8] = [0xC4, 0xEB, 0xB2, 0xAE, 0xD5, 0xF2]
        rename(place, county.path("2018-10"), "考勤", township + Array("2018-10.xlsx".utf8))
        rename(place, county.path("2018-11"), "考勤", township + Array("2018-11.xlsx".utf8))
        rename(place, "考勤", "", [0xBF, 0xBC, 0xC7, 0xDA])
        let run = try place.run()
        #expect(run.exit == 0, "\(run.error)")
        #expect(place.outputs.differences(wanted.outputs) == [], "shown as they were meant")
        #expect(try place.run().exit == 0)
        // Bytes that are neither are named by their numbers.
        try FileManager.default.createDirectory(atPath: place.inbox + "/x", withIntermediateDirectories: true)
        try Data("%PDF-1.4 nothing".utf8).write(to: URL(fileURLWithPath: place.inbox + "/x/a.xlsx"))
        rename(place, "x/a.xlsx", "x", [0xFF, 0xFE] + Array(".xlsx".utf8))
        #expect(try place.run().exit == 1)
        #expect(try place.findings().contains { $0.row["文件"] == "x/%FF%FE.xlsx" && $0.row["代码"] == "unreadable-file" })
    }

    @Test("names of 77 characters stop nobody: outputs are cut to 200 bytes with a digest")
    func longNames() throws {
        let long = String(repeating: "很长的乡镇名", count: 12) + "特长的镇名"
        #expect(long.count == 77)
        let paid = TestPosting("张世安", TestID.make(1), township: "碾伯镇", village: "大庄村")
        // Nothing comes from the other township, which is written a notice.
        let silent = TestPosting("王明华", TestID.make(2), township: long, village: "新庄村")
        let county = TestCounty(postings: [paid, silent])
        let place = try Workplace()
        try county.writeRegisters(to: place.inbox)
        let name = String(repeating: "考", count: 77)
        try county.writeAttendance(
            #require(Period("2018-11")), township: "碾伯镇", [.init(paid, present: 1...20)],
            to: place.inbox + "/\(name).xlsx")
        let run = try place.run()
        #expect(run.exit <= 1, "\(run.error)")
        #expect(try place.finance("payments").map { $0["合计"] } == ["1200.00"])
        let names = FileTree(place.output).files.keys.flatMap { $0.split(separator: "/") }
        #expect(names.allSatisfy { $0.utf8.count <= 200 })
        #expect(names.contains { $0.contains("~") }, "nothing was cut")
        #expect(try place.run().exit == run.exit)
    }

    @Test("NUL, ESC and U+FFFE in cells become U+FFFD with a finding at their cell, and every output opens")
    func illegalCharacters() throws {
        let bad = TestPosting("王\u{FFFE}明华", TestID.make(2), township: "碾伯镇", village: "大庄村")
        let good = TestPosting("张世安", TestID.make(1), township: "碾伯镇", village: "大庄村")
        let county = TestCounty(postings: [good])
        let place = try Workplace()
        try county.writeRegisters(to: place.inbox)
        // A text file holds what a workbook of this program's own writer would not.
        var roster = "乐都区驻村干部花名册,,,,,,,\n姓名,身份证号,派出单位,驻村职务,县区,乡镇,村,驻村开始日期\n"
        roster += "\(bad.name),\(bad.id),乐都区教育局,工作队员,乐都区,碾伯镇,大庄村,2018-01-01\n"
        try place.folder.write("inbox/补充花名册.csv", roster)
        try county.writeAttendance(
            #require(Period("2018-11")), township: "碾伯镇", [.init(good, present: 1...20), .init(bad, present: 1...2)],
            to: place.inbox + "/碾伯镇.xlsx")
        let run = try place.run()
        #expect(run.exit <= 1, "\(run.error)")
        for (path, text) in try XLSXTexts.texts(below: place.output, where: { _ in true }) {
            #expect(!text.contains("\u{1B}") && !text.contains("\u{FFFE}"), "\(path)")
        }
        for (path, entry) in FileTree(place.output).files where !path.hasSuffix(".xlsx") {
            #expect(!entry.bytes.contains(0x1B) && !entry.bytes.contains(0), "\(path)")
        }
        #expect(try place.findings().contains { $0.row["代码"] == "hidden-content" && $0.row["单元格"] == "A3" })
        #expect(try place.finance("payments").contains { $0["姓名"] == "张世安" && $0["合计"] == "1200.00" })
    }
}
