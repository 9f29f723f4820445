import Domain
import Foundation
import Ledger
import Stages
import TestSupport
import Testing

/// What people read of closed months: explain = CSV = bank + unpayable.
struct SequenceFiles {
    private let office: SequenceOffice
    private let report: SequenceReport

    init(_ office: SequenceOffice, _ report: SequenceReport) {
        self.office = office
        self.report = report
    }

    private struct Manifest: Decodable {
        struct Sum: Decodable { var totalFen: Int }
        var totalFen: Int
        var bank: Sum
        var unpayable: Sum
    }

    func check(_ closed: [CountyMonth]) throws {
        var paid: [String: [Period: Int]] = [:]
        for month in closed {
            let files = office.finance(month)
            let csv = try #require(files.files["payments-\(month.period).csv"], "\(month)")
            let rows = CSVText(String(decoding: csv.bytes, as: UTF8.self)).rows
            let sum = rows.reduce(0) { $0 + fen($1["合计"]) }
            let manifest = try JSONDecoder().decode(
                Manifest.self, from: try #require(files.files["manifest-\(month.period).json"]).bytes)
            report.expect(sum == manifest.totalFen, "\(month)")
            report.expect(sum == manifest.bank.totalFen + manifest.unpayable.totalFen, "\(month)")
            for row in rows where !(row["说明"] ?? "").hasPrefix("重发") {
                guard let origin = row["原所属期"].flatMap({ Period($0) }), let id = row["身份证号"] else { continue }
                paid["\(month.county.text) \(id)", default: [:]][origin, default: 0] += fen(row["合计"])
            }
        }
        let explain = ExplainStage(try office.context())
        for (key, months) in paid.sorted(by: { $0.key < $1.key }) {
            let parts = key.split(separator: " ").map(String.init)
            for (origin, sum) in months {
                let told = try explain.explain(parts[1], period: origin).filter { $0.countyCode == parts[0] }
                let issued = told.flatMap(\.lines).filter { !$0.batch.isEmpty && !$0.note.hasPrefix("重发") }
                report.expect(issued.reduce(0) { $0 + fen($1.total) } == sum, "explain \(key) \(origin)")
            }
        }
    }

    private func fen(_ text: String?) -> Int {
        Int((text ?? "").replacingOccurrences(of: ".", with: "")) ?? 0
    }
}
