import Foundation
import TestSupport
import Testing

@Suite("The county year of the fixtures")
struct GoldenYearTests {
    private let expected = PackageRoot.at("fixtures/year/expected")

    @Test("every table of the year is as expected, and explain adds up to it")
    func golden() throws {
        let place = try Workplace.year()
        let result = try place.run()
        #expect(result.exit == 1, "\(result.error)")
        for path in FileTree(expected).files.keys.sorted() where path.hasSuffix(".csv") && !path.hasPrefix("close") {
            try Comparison(name: path).compare(expected + "/" + path, place.output + "/" + path)
        }
        try explanationsAddUp(place)
    }

    /// What a person's explanation says of lines that pay.
    private struct Explanation: Decodable {
        struct Line: Decodable { let total: String }
        let lines: [Line]
        let total: String
    }

    private func fen(_ yuan: String) -> Int {
        let isNegative = yuan.hasPrefix("-")
        let digits = yuan.filter(\.isNumber)
        return (Int(digits) ?? .min / 2) * (isNegative ? -1 : 1)
    }

    private func explanationsAddUp(_ place: Workplace) throws {
        struct Key: Hashable {
            let id, period: String
        }
        let rows = Dictionary(grouping: try place.finance("payments")) {
            Key(id: $0["身份证号"] ?? "", period: $0["原所属期"] ?? "")
        }
        #expect(rows.count > 100)
        for (key, lines) in rows.sorted(by: { ($0.key.id, $0.key.period) < ($1.key.id, $1.key.period) }) {
            let result = try place.command("explain", key.id, "--period", key.period, "--format", "json")
            let shown = try JSONDecoder().decode([Explanation].self, from: Data(result.output.utf8))
            let paid = lines.reduce(0) { $0 + fen($1["合计"] ?? "") }
            #expect(shown.reduce(0) { $0 + fen($1.total) } == paid, "\(key)")
            #expect(shown.flatMap(\.lines).reduce(0) { $0 + fen($1.total) } == paid, "\(key)")
        }
    }
}

/// Compares a table with what is expected of it, free wording left out.
struct Comparison {
    /// Path of the table.
    let name: String
    /// Codes of findings that may stand there though nobody expects them.
    var tolerates: Set<String> = []

    private static let free: Set<String> = [
        "资金来源", "说明", "后果", "证据", "缺项", "事由", "理由", "违反事项", "情形", "季度",
    ]
    private static let heldColumns: Set<String> = ["所属期", "姓名", "身份证号", "乡镇", "村", "派出单位", "原因", "待核金额"]

    private var file: String { name.split(separator: "/").last.map(String.init) ?? name }

    private func plain(_ row: [String: String]) -> [String: String] {
        var row = row.filter { !Self.free.contains($0.key) }
        if file.hasPrefix("held") { row = row.filter { Self.heldColumns.contains($0.key) } }
        if row["出勤天数"] == "0" { row["日标准"] = nil }
        return row
    }

    func compare(_ wantedPath: String, _ foundPath: String) throws {
        guard FileManager.default.fileExists(atPath: foundPath) else {
            Issue.record("\(name) was not written")
            return
        }
        let wanted = try CSVText(path: wantedPath)
        let found = try CSVText(path: foundPath)
        if file.hasPrefix("findings") {
            compareFindings(wanted.rows, found.rows)
            return
        }
        #expect(wanted.header == found.header, "\(name)")
        var left = found.rows.map(plain)
        let isOrdered = ["payments", "award", "nominations"].contains { file.hasPrefix($0) }
        if isOrdered {
            #expect(wanted.rows.map(plain) == left, "\(name)")
            return
        }
        for row in wanted.rows.map(plain) {
            guard let index = left.firstIndex(of: row) else {
                Issue.record("\(name) lacks \(row)")
                continue
            }
            left.remove(at: index)
        }
        for row in left { Issue.record("\(name) has \(row) too much") }
    }

    private func compareFindings(_ wanted: [[String: String]], _ found: [[String: String]]) {
        var left = found
        for row in wanted {
            guard let index = left.firstIndex(where: { found in row.allSatisfy { $1.isEmpty || found[$0] == $1 } })
            else {
                Issue.record("\(name) lacks \(row.filter { !$0.value.isEmpty })")
                continue
            }
            left.remove(at: index)
        }
        for row in left where !tolerates.contains(row["代码"] ?? "") {
            Issue.record("\(name) has \(row.filter { !$0.value.isEmpty }) too much")
        }
    }
}
