import Foundation
import TestSupport
import Testing

/// Source: spec §5.2 (`left-out`), §5.8, §8: what waits is told to somebody, with its cell and what each answer pays.
@Suite("Allowances of a new place that wait for an answer")
struct WaitingAllowanceTests {
    private let id = "630202198001011236"
    private let other = "630202199001019013"

    private func sheet(_ people: [(name: String, id: String)]) -> String {
        let days = (1...31).map(String.init).joined(separator: ",")
        let marks = (1...31).map { $0 <= 20 ? "√" : "" }.joined(separator: ",")
        return "乐都区碾伯镇2018年10月驻村干部考勤表\n姓名,身份证号,村,\(days)\n"
            + people.map { "\($0.name),\($0.id),大庄村,\(marks)\n" }.joined()
    }

    private func roster(_ place: Workplace, _ postings: [String], time: Int) throws {
        let rows =
            ["李文,\(other),区财政局,科员,工作队员,乐都区,碾伯镇,大庄村,2018-01-01,,6228480000000000022"]
            + postings.map { "张世安,\(id),区财政局,科员,工作队员,乐都区,碾伯镇,\($0),6228480000000000011" }
        try place.write(
            "花名册.csv",
            (["花名册", "姓名,身份证号,派出单位,职级,驻村职务,县(区),乡镇,村,驻村开始日期,驻村结束日期,银行账号"] + rows).joined(separator: "\n"),
            time: time)
    }

    /// October of two people in 大庄村, closed; then the roster moves one of them in the middle of it, and a newer sheet
    /// leaves him out.
    private func place() throws -> Workplace {
        let place = try Workplace(policy: PackageRoot.at("fixtures/policy-samples.yaml"))
        try place.write(
            "村名录.csv",
            """
            村名录
            行政区划代码,县(区),乡镇,村,艰边类别
            630202100201,乐都区,碾伯镇,大庄村,三类
            630202100202,乐都区,碾伯镇,上营村,三类
            """, time: 1_540_000_000)
        try roster(place, ["大庄村,2018-01-01,"], time: 1_540_000_000)
        try place.write("考勤.csv", sheet([("张世安", id), ("李文", other)]), time: 1_541_100_000)
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 0)
        try roster(place, ["大庄村,2018-01-01,2018-10-15", "上营村,2018-10-16,"], time: 1_543_000_000)
        try place.write("考勤更正.csv", sheet([("李文", other)]), time: 1_543_100_000)
        try place.run()
        return place
    }

    /// Open questions of the form, code and its cells by column.
    private func open(_ place: Workplace) throws -> [[String: String]] {
        let form = place.folder("2018-11") + "/finance/裁定表-2018-11.xlsx"
        let cells = try place.command("inspect", form, "--cells").output.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        var rows: [Int: [String: String]] = [:]
        for cell in cells where cell.count > 3 && cell[0] == "裁定表" {
            let column = String(cell[1].prefix { $0.isLetter })
            guard let row = Int(cell[1].dropFirst(column.count)), row > 2 else { continue }
            rows[row, default: [:]][column] = cell[3]
        }
        return rows.sorted { $0.key < $1.key }.map(\.value)
    }

    private func answer(_ place: Workplace, _ row: [String: String], time: Int) throws {
        let fields = "ABCDEFGHIJ".map { row[String($0)] ?? "" } + ["不认可", "", "王书记", "2018-12-04", "会议纪要"]
        let heads = "所属期,代码,文件,工作表,单元格,姓名,身份证号,发现值,认可将付,不认可将付,处理,改为,裁定人,裁定日期,依据,证据"
        try FileManager.default.createDirectory(atPath: place.inbox + "/裁定", withIntermediateDirectories: true)
        try place.write(
            "裁定/\(row["B"] ?? "").csv", "裁定表\n\(heads)\n" + (fields + [row["P"] ?? ""]).joined(separator: ",") + "\n",
            time: time)
        try place.run()
    }

    private func told(_ place: Workplace, _ code: String) throws -> [[String: String]] {
        try place.findings().map(\.row).filter { $0["代码"] == code && $0["姓名"] == "张世安" }
    }

    @Test("what was issued is taken back, the days left out stay a question at their cell; its answer frees the rest")
    func waiting() throws {
        let place = try place()
        #expect(try told(place, "closed-line-held").count == 1 && told(place, "left-out").isEmpty)
        let held = try #require(try open(place).first { $0["B"] == "closed-line-held" })
        try answer(place, held, time: 1_543_200_000)
        // Nobody's silence pays or takes: the place of today waits, and says so.
        let finding = try #require(try told(place, "left-out").first)
        #expect(finding["单元格"] == "A3" && finding["文件"] == "考勤.csv" && finding["影响"] == "暂缓发放")
        #expect(finding["所属期"] == "2018-10" && finding["乡镇"] == "碾伯镇")
        let left = try #require(try open(place).first { $0["B"] == "left-out" })
        #expect(left["E"] == "A3" && left["I"] == "2067" && left["J"] == "867")
        func changes() throws -> [String] {
            try told(place, "closed-line-changed").compactMap { $0["发现值"] }.sorted()
        }
        #expect(try changes() == ["-1647.48"], "the old place's allowances too, as he was moved")
        try answer(place, left, time: 1_543_300_000)
        #expect(try told(place, "left-out").isEmpty)
        #expect(try told(place, "decision-used").contains { $0["单元格"] == "A3" })
        #expect(try changes() == ["-1647.48", "447.48"])
        let payments = try CSVText(path: place.folder("2018-11") + "/finance/payments-2018-11.csv").rows
        #expect(payments.first { $0["村"] == "上营村" }?["合计"] == "447.48")
    }
}
