import Foundation
import TestSupport
import Testing

/// Source: spec §4 `explain`, §7: «the trace is stored with the result, so explain reads what was computed».
@Suite("What a batch rests on stays told as it was")
struct KeptTraceTests {
    private let id = "630202198001011236"

    /// A cadre in 大庄村, present on the first twenty days of October, which is closed.
    private func place() throws -> Workplace {
        let place = try Workplace(policy: PackageRoot.at("fixtures/policy-samples.yaml"))
        try villages(place, category: "三类", time: 1_540_000_000)
        try roster(place, ["大庄村,2018-01-01,,"], time: 1_540_000_000)
        let days = (1...31).map(String.init).joined(separator: ",")
        let marks = (1...31).map { $0 <= 20 ? "√" : "" }.joined(separator: ",")
        try place.write(
            "考勤.csv", "乐都区碾伯镇2018年10月驻村干部考勤表\n姓名,身份证号,村,\(days)\n张世安,\(id),大庄村,\(marks)\n",
            time: 1_541_100_000)
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 0)
        return place
    }

    private func villages(_ place: Workplace, category: String, time: Int) throws {
        try place.write(
            "村名录.csv",
            """
            村名录
            行政区划代码,县(区),乡镇,村,艰边类别
            630202100201,乐都区,碾伯镇,大庄村,\(category)
            630202100202,乐都区,碾伯镇,上营村,\(category)
            """, time: time)
    }

    /// - Parameter postings: 村,驻村开始日期,驻村结束日期,作废.
    private func roster(_ place: Workplace, _ postings: [String], unit: String = "区财政局", time: Int) throws {
        let rows = postings.map { "张世安,\(id),\(unit),科员,工作队员,乐都区,碾伯镇,\($0),6228480000000000011" }
        try place.write(
            "花名册.csv",
            (["花名册", "姓名,身份证号,派出单位,职级,驻村职务,县(区),乡镇,村,驻村开始日期,驻村结束日期,作废,银行账号"] + rows)
                .joined(separator: "\n"), time: time)
    }

    private struct Told: Decodable {
        struct Allowance: Decodable, Equatable {
            struct Basis: Decodable, Equatable { let value: String }
            let village, key: String
            let standard: Basis?
            let amount: String?
        }
        struct Rate: Decodable { let title, value: String }
        struct Registered: Decodable, Equatable { let title, value: String }
        struct Line: Decodable { let batch, total: String }
        struct Later: Decodable {
            let batch: String
            let registered: [Registered]
            let allowances: [Allowance]?
            let rates: [Rate]?
        }
        let allowances: [Allowance]
        let rates: [Rate]
        let lines: [Line]
        let since: [Later]
    }

    /// The month as JSON, and of it what the batch rests on, byte by byte.
    private func explain(_ place: Workplace, _ person: String? = nil) throws -> (told: Told, kept: Data, text: String) {
        let result = try place.command("explain", person ?? id, "--period", "2018-10", "--json")
        #expect(result.exit == 0, "\(result.error)")
        let data = Data(result.output.utf8)
        let told = try #require(try JSONDecoder().decode([Told].self, from: data).first)
        let all = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]]).first ?? [:]
        let since: Set<String> = ["since", "lines", "total", "adopted", "paid", "outstanding", "owed", "bank"]
        #expect(since.isSubset(of: all.keys))
        let kept = try JSONSerialization.data(
            withJSONObject: all.filter { !since.contains($0.key) }, options: .sortedKeys)
        let text = try place.command("explain", person ?? id, "--period", "2018-10").output
        return (told, kept, text.components(separatedBy: "\nPaid:").first ?? "")
    }

    @Test("a posting moved after closing: the closed month tells its own standards; what changed since stands apart")
    func moved() throws {
        let place = try place()
        let before = try explain(place)
        #expect(before.told.allowances.first?.village == "碾伯镇大庄村")
        #expect(before.told.allowances.contains { $0.key.contains("三类") && $0.amount != nil })
        #expect(before.told.since.isEmpty && before.text.contains("区财政局"))
        // In English, beside the words that stand in the files.
        #expect(before.text.contains("sending unit (派出单位): 区财政局 ("), "\(before.text)")
        #expect(before.text.contains("living stipend (生活补助标准) 60.00 yuan a person and day (from 2018-10-01, "))
        #expect(before.text.contains("statuses that are paid (计发考勤状态) present (always, "))
        try roster(
            place, ["大庄村,2018-01-01,2018-10-15,", "上营村,2018-10-16,,"], unit: "区教育局", time: 1_543_700_000)
        try place.run()
        let after = try explain(place)
        #expect(after.kept == before.kept && after.text == before.text)
        let later = try #require(after.told.since.first)
        #expect(later.batch.isEmpty && after.told.since.count == 1)
        #expect(Set((later.allowances ?? []).map(\.village)) == ["碾伯镇大庄村", "碾伯镇上营村"])
        #expect(later.registered.contains { $0.title == "派出单位" && $0.value == "区教育局" })
        // The batch that carries the correction keeps what it rests on, too.
        #expect(try place.command("close", "2018-11").exit == 0)
        try villages(place, category: "一类", time: 1_543_800_000)
        try place.run()
        let last = try explain(place)
        #expect(last.kept == before.kept && last.text == before.text)
        #expect(last.told.since.map(\.batch) == ["ZC-630202-201811", ""])
        #expect(last.told.since.first?.allowances == later.allowances)
        #expect(last.told.since.last?.allowances?.contains { $0.key.contains("一类") } == true)
    }

    @Test("another category of the village, another policy adopted, nobody on the roster: told as it was closed")
    func changed() throws {
        var place = try place()
        let before = try explain(place)
        try villages(place, category: "一类", time: 1_543_700_000)
        try place.run()
        let category = try explain(place)
        #expect(category.kept == before.kept && category.text == before.text)
        #expect(category.told.since.first?.allowances?.contains { $0.key.contains("一类") } == true)
        let text = try String(contentsOfFile: place.policy, encoding: .utf8)
        place.policy = place.folder.at("seventy.yaml")
        try text.replacingOccurrences(of: "value: 60.0\n", with: "value: 70.0\n").write(
            toFile: place.policy, atomically: true, encoding: .utf8)
        try place.run()
        #expect(try explain(place).told.since.first?.rates == nil, "not read with it before somebody adopts it")
        #expect(try place.command("policy", "--adopt", place.policy, "--reason", "会议", "--yes").exit == 0)
        try place.run()
        let policy = try explain(place)
        #expect(policy.kept == before.kept && policy.text == before.text)
        #expect(policy.told.rates.first?.value == "60.00")
        #expect(policy.told.since.first?.rates?.first?.value == "70.00")
        try roster(place, ["大庄村,2018-01-01,,是"], time: 1_543_900_000)
        try place.run()
        for person in [id, "张世安"] {
            let gone = try explain(place, person)
            #expect(gone.kept == before.kept && gone.text == before.text, "\(person)")
            #expect(gone.told.lines.contains { $0.batch == "ZC-630202-201810" })
        }
    }

    @Test("an open month is told from what the last run stored, whatever policy explain is given")
    func open() throws {
        let place = try place()
        try roster(place, ["大庄村,2018-01-01,,"], unit: "区教育局", time: 1_543_700_000)
        let before = try explain(place)
        #expect(before.told.since.isEmpty, "nothing ran since")
        let other = place.folder.at("other.yaml")
        let text = try String(contentsOfFile: place.policy, encoding: .utf8)
        try text.replacingOccurrences(of: "value: 60.0\n", with: "value: 70.0\n").write(
            toFile: other, atomically: true, encoding: .utf8)
        let november = try place.command("explain", id, "--period", "2018-11", "--policy", other)
        #expect(!november.output.contains("70.00"), "\(november.output)")
    }

    @Test("what a batch rests on is gone: said, and nothing of today stands in its place")
    func gone() throws {
        let place = try place()
        let folder = place.ledger + ".originals"
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        let readings = names.map { folder + "/" + $0 }.filter { path in
            guard let data = FileManager.default.contents(atPath: path) else { return false }
            // Of all that is kept, only this names a person's unit beside the standard behind an allowance.
            let text = String(decoding: data, as: UTF8.self)
            return text.contains("区财政局") && text.contains("三类 × 科员")
        }
        let path = try #require(readings.first)
        #expect(readings.count == 1)
        let all = try place.command("verify", "--all")
        #expect(all.exit == 0, "\(all.output)")
        try FileManager.default.removeItem(atPath: path)
        let told = try place.command("explain", id, "--period", "2018-10")
        #expect(told.exit == 2 && told.error.contains("ZC-630202-201810"), "\(told.output)\(told.error)")
        #expect(try place.command("verify", "--all").exit == 2)
    }
}
