import Foundation
import TestSupport
import Testing

/// Forty inboxes of things that real townships do, where they lie beside the checkout: their README is the contract.
@Suite("Sheets that hurt", .enabled(if: HurtingSheet.areThere))
struct SheetsThatHurtTests {
    @Test(
        "everybody is paid exactly the days wanted, nobody else a day, and what is held is named",
        arguments: HurtingSheet.all)
    func wanted(_ sheet: HurtingSheet) throws {
        let place = try sheet.workplace()
        let result = try place.run()
        #expect(result.exit == 0 || result.exit == 1, "\(sheet): \(result.error)")
        try sheet.compare(place)
    }
}

/// One inbox with what must come of it.
struct HurtingSheet: CustomStringConvertible, Sendable {
    static let root = URL(fileURLWithPath: PackageRoot.path).deletingLastPathComponent()
        .appendingPathComponent("shared/sheets-that-hurt").path
    static var areThere: Bool { FileManager.default.fileExists(atPath: root) }
    static let all: [HurtingSheet] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.sorted().filter { FileManager.default.fileExists(atPath: root + "/" + $0 + "/want.csv") }
            .map(HurtingSheet.init)
    }()
    let name: String
    var description: String { name }
    /// The letters and digits before the name's first hyphen.
    var key: String { String(name.prefix { $0 != "-" }) }
    private var folder: String { HurtingSheet.root + "/" + name }

    /// Findings that must stand, by key: code, effect, cells of which one at least must be named (empty: any).
    private static let named: [String: [(code: String, effect: String, cells: [String])]] = [
        "32": [("unread-cell", "暂缓发放", ["B4"])],
        "36": [("uncached-formula", "暂缓发放", ["F2"]), ("uncached-formula", "暂缓发放", ["AH2"])],
        "54": [("unknown-mark", "不计当日", ["B7"]), ("unknown-mark", "不计当日", ["B8"])],
        "71": [("unread-cell", "不计当日", ["AH2"])],
        "98": [("period-conflict", "已采用", [])],
        "H1": [("unknown-period", "暂缓发放", [])],
        "F4": [("no-daily-evidence", "暂缓发放", ["E3"])],
        "I9": [("no-daily-evidence", "暂缓发放", [])],
        "T05": [("not-attendance", "暂缓发放", [])],
        "T11": [("not-attendance", "暂缓发放", [])],
        "M03": [("unknown-mark", "不计当日", ["R3"]), ("unknown-mark", "不计当日", ["S3"])],
        "H32": [("missing-column", "暂缓发放", ["C2"])],
        "B02": [("register-conflict", "无", ["O3", "O4"])],
        "L1": [("register-conflict", "无", ["O3"])],
        "R09": ["E3", "E4", "E5", "E6"].map { ("id-invalid", "暂缓发放", [$0]) },
    ]
    /// Sheets read exactly: no finding but those that touch no pay.
    private static let exact: Set<String> = [
        "01", "03", "04", "05", "06", "18", "22", "25", "28", "29", "34", "40", "47", "48", "51", "67", "74", "90",
        "A2", "A9", "E1", "H3", "H5",
    ]
    private static let harmless: Set<String> = ["missing-submission", "missing-person", "rate-missing"]
    /// 待核金额 by key and name.
    private static let pending: [String: [String: String]] = [
        "I9": ["王守成": "1320.00", "李延禄": "1200.00", "张世泉": "1290.00", "赵青山": "1260.00"],
        "H32": ["祁远山": "", "李麦冬": "", "才让·卓玛": "", "马成云": ""],
    ]
    /// 合计 of every payment, by key.
    private static let total = ["V06": "2016.11", "V07": "2016.11"]

    func workplace() throws -> Workplace {
        let samples =
            URL(fileURLWithPath: HurtingSheet.root).deletingLastPathComponent().path
            + "/samples-year/policy-samples.yaml"
        let policies = ["H32": HurtingSheet.root + "/policy-totals.yaml", "V06": samples, "V07": samples]
        let text = try String(contentsOfFile: folder + "/sheet.md", encoding: .utf8)
        let asOf = text.firstMatch(of: /As-of (\d{4}-\d\d-\d\d)/).map { String($0.1) } ?? "2018-12-05"
        let place: Workplace
        if let policy = policies[key] {
            place = try Workplace(asOf: asOf, policy: policy)
        } else {
            place = try Workplace(asOf: asOf)
        }
        try place.copy(folder + "/inbox", to: place.inbox)
        for path in FileTree(place.inbox).files.keys { FileTree.setModified(place.inbox + "/" + path, 1_543_000_000) }
        if FileManager.default.fileExists(atPath: folder + "/times.csv") {
            for row in try CSVText(path: folder + "/times.csv").rows {
                guard let path = row["path"], let seconds = Int(row["mtime"] ?? "") else { continue }
                FileTree.setModified(place.inbox + "/" + path, seconds)
            }
        }
        return place
    }

    func compare(_ place: Workplace) throws {
        let wanted = try CSVText(path: folder + "/want.csv").rows
        let byVillage = wanted.first.map { $0["村"] != nil } ?? false
        func key(_ row: [String: String], period: String) -> [String] {
            [row[period] ?? "", row["姓名"] ?? ""] + (byVillage ? [row["村"] ?? ""] : [])
        }
        var left: [[String]: Double] = [:]
        for row in wanted { left[key(row, period: "所属期"), default: 0] += Double(row["出勤天数"] ?? "") ?? .nan }
        var paid: [[String]: Double] = [:]
        for row in try place.finance("payments") {
            let days = Double(row["出勤天数"] ?? "") ?? 0
            if days != 0 { paid[key(row, period: "原所属期"), default: 0] += days }
            if let total = HurtingSheet.total[self.key] { #expect(row["合计"] == total, "\(name): \(row)") }
        }
        let found = try place.findings()
        let said = found.map { "\($0.row["代码"] ?? "") \($0.row["单元格"] ?? "") \($0.row["姓名"] ?? "")" }
        #expect(paid == left, "\(name): \(said)")
        try compareFindings(found.map(\.row), try place.finance("held"))
    }

    private func compareFindings(_ found: [[String: String]], _ held: [[String: String]]) throws {
        for wanted in HurtingSheet.named[key] ?? [] {
            let isThere = found.contains { row in
                row["代码"] == wanted.code && row["影响"] == wanted.effect
                    && (wanted.cells.isEmpty || wanted.cells.contains(row["单元格"] ?? ""))
            }
            #expect(isThere, "\(name) lacks \(wanted)")
        }
        if HurtingSheet.exact.contains(key) {
            for row in found where !HurtingSheet.harmless.contains(row["代码"] ?? "") {
                Issue.record("\(name): \(row.filter { !$0.value.isEmpty })")
            }
        }
        for (person, amount) in HurtingSheet.pending[key] ?? [:] {
            let rows = held.filter { $0["姓名"] == person }
            #expect(rows.map { $0["待核金额"] } == [amount], "\(name) \(person)")
        }
    }
}
