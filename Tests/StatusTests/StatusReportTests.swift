import Domain
import Foundation
import Ledger
import Stages
import Testing

/// `zhucun status` and `metrics.prom` over a ledger made by hand.
@Suite("Status and metrics")
struct StatusReportTests {
    private func report(county: CountyCode? = nil, period: Period? = nil) throws -> StatusReport {
        let sample = try SampleLedger()
        defer { sample.remove() }
        return try sample.ledger.read { try StatusReport($0, county: county, period: period) }
    }

    @Test("each township's month has its state, its money and what is held")
    func rows() throws {
        let rows = try report().rows
        #expect(rows.map(\.township) == ["丙乡", "乙镇", "甲乡", "丙乡", "乙镇", "甲乡"])
        #expect(
            rows.map(\.state) == ["missing", "withFindings", "received", "awaited", "awaited", "received"])
        let second = try #require(rows.dropFirst().first)
        #expect(second.paid == "180.00" && second.heldRows == 1 && second.pending == "600.00" && second.standing == 1)
    }

    @Test("county and period narrow what is shown")
    func filters() throws {
        #expect(try report(period: SampleLedger.november.period).rows.count == 3)
        #expect(try report(county: CountyCode("630203")).isEmpty)
        #expect(try report(county: CountyCode("630203")).text(.zh) == "账本里还没有这样的月份。")
    }

    @Test("columns of the text line up, Chinese characters counting two")
    func alignment() throws {
        let lines = try report(period: SampleLedger.november.period).text(.zh).split(separator: "\n").map(String.init)
        #expect(lines[1].hasPrefix("2018-11 630202 样例县  已报 2/3，未报 1；计发 2 人 1380.00 元，暂缓 1 行（待核 600.00 元）；未关账"))
        let widths = Set(lines[2...].map(TextTable.width))
        #expect(widths.count == 1, "\(lines)")
        #expect(try report().text(.en).contains("submitted 2/3, missing 1"))
    }

    @Test("brief leaves out the townships with nothing to do")
    func brief() throws {
        let sample = try SampleLedger()
        defer { sample.remove() }
        let text = try sample.ledger.read { try StatusReport($0, county: nil, period: SampleLedger.november.period) }
            .text(.zh, isBrief: true)
        #expect(text.contains("丙乡") && text.contains("乙镇") && !text.contains("甲乡"))
    }

    @Test("JSON and CSV say the same")
    func formats() throws {
        let report = try report()
        struct Document: Decodable {
            var asOf: String
            var townships: [StatusReport.Row]
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(try report.json().utf8))
        #expect(document.asOf == "2018-12-05")
        #expect(document.townships == report.rows)
        let csv = String(decoding: try report.csv(), as: UTF8.self)
        #expect(csv.contains("\r\n2018-11,630202,样例县,乙镇,withFindings,1,0,1,180.00,1,600.00,\r\n"))
    }

    @Test("metrics are valid in the Prometheus text format and carry the run and the ledger")
    func metrics() throws {
        let sample = try SampleLedger()
        defer { sample.remove() }
        let outcome = RunMetrics.Outcome(
            exitCode: 1, seconds: 1.2345, endedAt: 1_543_968_000,
            files: ["seen": 3, "read": 2, "refused": 1])
        let text = try sample.ledger.read { try RunMetrics(outcome, ledger: $0) }.text
        let samples = try PrometheusText.samples(text)
        #expect(samples["zhucun_last_run_exit_code"] == 1)
        #expect(
            samples["zhucun_last_run_duration_seconds"] == 1.235 || samples["zhucun_last_run_duration_seconds"] == 1.234
        )
        #expect(samples["zhucun_files_seen"] == 3 && samples["zhucun_files_refused"] == 1)
        #expect(samples["zhucun_paid_fen{county=\"630202\",period=\"2018-11\"}"] == 138_000)
        #expect(samples["zhucun_held_rows{county=\"630202\",period=\"2018-11\"}"] == 1)
        #expect(
            samples["zhucun_findings{code=\"not-on-roster\",severity=\"error\",effect=\"held\"}"] == 2)
        // Nobody is named, no ID stands in it.
        #expect(!text.contains("样例") && !text.contains("某人"))
    }

    @Test("a run without a ledger still has metrics of itself")
    func failedRun() throws {
        let outcome = RunMetrics.Outcome(exitCode: 2, seconds: 0, endedAt: 1, files: nil)
        let samples = try PrometheusText.samples(try RunMetrics(outcome, ledger: nil).text)
        #expect(samples["zhucun_last_run_exit_code"] == 2)
        #expect(samples["zhucun_files_seen"] == nil)
    }
}

/// A reader of the Prometheus text format 0.0.4, as strict as the format is written.
enum PrometheusText {
    struct Problem: Error { var line: String }

    static func samples(_ text: String) throws -> [String: Double] {
        guard text.hasSuffix("\n") else { throw Problem(line: "the last line does not end") }
        var samples: [String: Double] = [:]
        var typed: Set<String> = []
        var current = ""
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            if line.hasPrefix("# HELP ") {
                guard words.count == 4 else { throw Problem(line: line) }
                current = words[2]
            } else if line.hasPrefix("# TYPE ") {
                guard words.count == 4, words[2] == current, words[3] == "gauge", typed.insert(current).inserted
                else { throw Problem(line: line) }
            } else {
                guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else {
                    throw Problem(line: line)
                }
                let key = String(line[..<space])
                guard key.prefix(while: { $0 != "{" }) == current, isName(current), samples[key] == nil,
                    areLabels(key.dropFirst(current.count))
                else { throw Problem(line: line) }
                samples[key] = value
            }
        }
        return samples
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 || (48...57).contains($0) }
    }

    private static func areLabels(_ text: Substring) -> Bool {
        if text.isEmpty { return true }
        guard text.hasPrefix("{"), text.hasSuffix("}") else { return false }
        return text.dropFirst().dropLast().split(separator: ",").allSatisfy { label in
            let parts = label.split(separator: "=", maxSplits: 1)
            return parts.count == 2 && isName(String(parts[0])) && parts[1].hasPrefix("\"") && parts[1].hasSuffix("\"")
        }
    }
}
