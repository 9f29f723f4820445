import Foundation
import TestSupport
import Testing

@Suite("The county month of the fixtures")
struct GoldenMonthTests {
    private let expected = PackageRoot.at("fixtures/expected/")

    @Test("payments, held rows and findings are exactly those expected, and explain shows every day of them")
    func golden() throws {
        let place = try Workplace.month()
        let result = try place.run()
        #expect(result.exit == 1, "\(result.error)")
        try comparePayments(place)
        try compareFindings(place)
        try compareDays(place)
    }

    private struct Key: Hashable {
        let period, id, township, village: String
    }

    private func comparePayments(_ place: Workplace) throws {
        func key(_ row: [String: String]) -> Key {
            Key(
                period: row["所属期"] ?? "", id: row["身份证号"] ?? "", township: row["乡镇"] ?? "",
                village: row["村"] ?? "")
        }
        let paid = Dictionary(grouping: try place.finance("payments"), by: key)
        let held = Dictionary(grouping: try place.finance("held"), by: key)
        var seen: Set<Key> = []
        for row in try CSVText(path: expected + "payments.csv").rows {
            let key = Key(
                period: row["period"] ?? "", id: row["id"] ?? "", township: row["township"] ?? "",
                village: row["village"] ?? "")
            seen.insert(key)
            if row["status"] == "paid" {
                let found = paid[key] ?? []
                #expect(found.count == 1, "\(key)")
                #expect(found.first?["出勤天数"] == row["days"], "\(key)")
                #expect(found.first?["生活补助"] == row["stipend"], "\(key)")
                #expect(held[key] == nil, "\(key)")
            } else {
                let found = held[key]?.first ?? [:]
                let amount = found["待核金额"] ?? "?"
                let allowed = (row["stipend"] ?? "").split(separator: "|").map(String.init)
                #expect(allowed.contains(amount.isEmpty ? "empty" : amount), "\(key): \(amount)")
                #expect(found["原因"] == row["codes"], "\(key)")
                #expect(paid[key] == nil, "\(key)")
            }
        }
        let extra = Set(paid.keys).union(held.keys).subtracting(seen)
        #expect(extra.isEmpty, "\(extra)")
    }

    private static let levels = ["错误": "error", "警告": "warning", "提示": "info"]
    private static let effects = ["暂缓发放": "held", "不计当日": "excluded", "已采用": "used", "无": "none"]

    private func matches(_ wanted: [String: String], _ found: (report: String, row: [String: String])) -> Bool {
        let row = found.row
        func isOneOf(_ column: String, _ value: String?) -> Bool {
            let list = (wanted[column] ?? "").split(separator: "|").map(String.init)
            return list.isEmpty || list.contains(value ?? "")
        }
        return row["代码"] == wanted["code"] && Self.levels[row["级别"] ?? ""] == wanted["level"]
            && Self.effects[row["影响"] ?? ""] == wanted["effect"] && isOneOf("file", row["文件"])
            && isOneOf("sheet", row["工作表"]) && isOneOf("cell", row["单元格"]) && isOneOf("person", row["姓名"])
            && isOneOf("period", row["所属期"]) && isOneOf("township", row["乡镇"])
            && isOneOf("report", found.report)
    }

    private func compareFindings(_ place: Workplace) throws {
        var left = try place.findings()
        for wanted in try CSVText(path: expected + "findings.csv").rows {
            guard let index = left.firstIndex(where: { matches(wanted, $0) }) else {
                Issue.record("missing: \(wanted.filter { !$0.value.isEmpty })")
                continue
            }
            left.remove(at: index)
        }
        let tolerated = try CSVText(path: expected + "tolerated.csv").rows
        for found in left {
            let isTolerated = tolerated.contains { allowed in
                allowed["code"] == found.row["代码"]
                    && ((allowed["person"] ?? "").isEmpty || allowed["person"] == found.row["姓名"])
            }
            if !isTolerated { Issue.record("unexpected: \(found.row.filter { !$0.value.isEmpty })") }
        }
        for found in left { #expect(!(found.row["处理建议"] ?? "").isEmpty) }
    }

    /// The days of an explanation, as `days.csv` writes them.
    private struct Explanation: Decodable {
        struct Day: Decodable { let date, status, counted, file, sheet, cell: String }
        let days: [Day]
    }

    private func compareDays(_ place: Workplace) throws {
        let rows = try CSVText(path: expected + "days.csv").rows
        struct Person: Hashable {
            let id, period: String
        }
        let people = Dictionary(grouping: rows) {
            Person(id: $0["id"] ?? "", period: String(($0["date"] ?? "").prefix(7)))
        }
        var shown: [[String]: String] = [:]
        // A third of them is enough for a test that runs every day; which third is always the same.
        for (person, days) in people.sorted(by: { ($0.key.id, $0.key.period) < ($1.key.id, $1.key.period) })
            .enumerated().filter({ $0.offset % 3 == 0 }).map(\.element)
        {
            let result = try place.command("explain", person.id, "--period", person.period, "--format", "json")
            guard result.exit == 0 else {
                // Whom the roster does not know has no explanation; such rows pay nothing.
                #expect(days.allSatisfy { $0["counted"] == "no" }, "\(person): \(result.error)")
                continue
            }
            for explanation in try JSONDecoder().decode([Explanation].self, from: Data(result.output.utf8)) {
                for day in explanation.days {
                    // Halves with cells of their own name both; the morning's comes first.
                    let cell = day.cell.split(separator: ",").first.map(String.init) ?? ""
                    shown[[day.date, day.file, day.sheet, cell, person.id]] = day.counted
                }
            }
            for day in days {
                let key = ["date", "file", "sheet", "cell", "id"].map { day[$0] ?? "" }
                let found = shown[key]
                // A blank cell need not be listed: it says nothing.
                if found == nil, day["counted"] == "no" { continue }
                #expect(found == day["counted"], "\(key)")
            }
        }
    }
}
