import Domain
import Tables

/// `changes.csv`: what differs since the last finished report. Source: spec §9.
public enum ChangesReport {
    public static let fileName = "changes.csv"

    /// 类别 … 文件.
    public static let schema = CSVSchema(
        name: "changes", title: "自上次报表以来的变化",
        columns: [
            CSVColumn("类别", description: "发现、金额", isRequired: true),
            CSVColumn("变化", description: "新增、变更、消除", isRequired: true),
            CSVColumn("所属期", .yearmonth),
            CSVColumn("县区"),
            CSVColumn("乡镇"),
            CSVColumn("代码", description: "永久代码，见问题目录；金额为空"),
            CSVColumn("姓名"),
            CSVColumn("身份证号", description: "已脱敏"),
            CSVColumn("变更前"),
            CSVColumn("变更后"),
            CSVColumn("文件", description: "引起变化的文件，相对于收件目录；以；分隔"),
        ])

    /// A difference.
    public struct Row: Hashable, Sendable {
        public var kind: Kind
        public var change: Change
        public var period: String
        public var county: String
        public var township = ""
        public var code = ""
        public var person = ""
        public var personID = ""
        public var before: String
        public var after: String
        public var files: String
    }

    public enum Kind: String, Hashable, Sendable, CaseIterable { case finding = "发现", amount = "金额" }
    public enum Change: String, Hashable, Sendable, CaseIterable { case new = "新增", changed = "变更", cleared = "消除" }

    /// Rows of a scope as it was told and as it is now; nil where it was not there, or is no more.
    ///
    /// - Parameters:
    ///   - own: the sheets and registers of the month itself, which a month's first sum names alone; empty for all.
    ///   - fallbackCause: what is named where no file differs (a policy file, a new day).
    public static func rows(
        before: ReportedScope?, after: ReportedScope?, own: [FileDigest] = [], fallbackCause: String = ""
    ) -> [Row] {
        var rows: [Row] = []
        if let row = amount(before, after, own, fallbackCause) { rows.append(row) }
        let problems = Set(before?.problems.keys.map { $0 } ?? []).union(after?.problems.keys.map { $0 } ?? [])
        for problem in problems.sorted() {
            if let row = finding(problem, before?.problems[problem], after?.problems[problem]) { rows.append(row) }
        }
        return rows
    }

    /// In order of month, county, kind (amounts first), township, code, person.
    ///
    /// - Parameter countyNames: the name of each county by its code; one that is not there stands as its code.
    public static func table(_ rows: [Row], countyNames: [CountyCode: String]) -> CSVTable {
        CSVTable(schema, rows: rows.sorted(by: inOrder).map { cells($0, countyNames) })
    }

    private static func cells(_ row: Row, _ names: [CountyCode: String]) -> [String] {
        let county = CountyCode(row.county).flatMap { names[$0] } ?? row.county
        return [
            row.kind.rawValue, row.change.rawValue, row.period, county, row.township, row.code, row.person,
            row.personID,
            row.before, row.after, row.files,
        ]
    }

    private static func inOrder(_ left: Row, _ right: Row) -> Bool {
        func key(_ row: Row) -> [String] {
            [
                row.period, row.county, row.kind == .amount ? "0" : "1", row.township, row.code, row.person,
                row.personID, row.files, row.before, row.after,
            ]
        }
        return key(left).lexicographicallyPrecedes(key(right))
    }

    // MARK: Amounts

    private static func amount(
        _ before: ReportedScope?, _ after: ReportedScope?, _ own: [FileDigest], _ fallbackCause: String
    ) -> Row? {
        func text(_ scope: ReportedScope?) -> String {
            guard let scope, scope.people > 0 || scope.total != .zero else { return "" }
            return "\(scope.people) 人 \(scope.total.yuanText) 元"
        }
        let (old, new) = (text(before), text(after))
        guard old != new, let scope = after ?? before else { return nil }
        // What the sums of months before rest on is nothing new of a month that begins.
        let files =
            old.isEmpty && !own.isEmpty
            ? list(own.map { IDMasking.masked($0.path) }.sorted())
            : cause(before?.sources ?? [:], after?.sources ?? [:])
        return Row(
            kind: .amount, change: change(old.isEmpty, new.isEmpty), period: scope.period, county: scope.county,
            before: old, after: new, files: files.isEmpty ? fallbackCause : files)
    }

    /// Files that are new or another, else those that are gone.
    private static func cause(_ before: [String: String], _ after: [String: String]) -> String {
        let arrived = after.filter { before[$0.key] != $0.value }.keys.sorted()
        if !arrived.isEmpty { return list(arrived) }
        return list(before.keys.filter { after[$0] == nil }.sorted().map { "\($0)（已不采用）" })
    }

    // MARK: Findings

    private static func finding(
        _ problem: ReportedScope.Problem, _ before: [ReportedScope.Place]?, _ after: [ReportedScope.Place]?
    ) -> Row? {
        // The same words in another cell are the same problem: a line above was added.
        func values(_ places: [ReportedScope.Place]?) -> [String]? { places?.map(\.value).sorted() }
        guard values(before) != values(after) else { return nil }
        func text(_ places: [ReportedScope.Place]?) -> String {
            list((places ?? []).map(\.text).filter { !$0.isEmpty })
        }
        let files = Set((after ?? before ?? []).map(\.file)).subtracting([""]).sorted()
        return Row(
            kind: .finding, change: change(before == nil, after == nil), period: problem.period, county: problem.county,
            township: problem.township, code: problem.code, person: problem.person, personID: problem.personID,
            before: text(before), after: text(after), files: list(files))
    }

    private static func change(_ isNew: Bool, _ isGone: Bool) -> Change { isNew ? .new : isGone ? .cleared : .changed }

    /// At most eight, then how many there are.
    private static func list(_ texts: [String]) -> String {
        texts.prefix(8).joined(separator: "；") + (texts.count > 8 ? "；等 \(texts.count) 个" : "")
    }
}

extension ChangesReport {
    /// For people, a line each: amounts by county and month, then how many findings came and went.
    public static func lines(_ rows: [Row], countyNames: [CountyCode: String]) -> [String] {
        let amounts = rows.filter { $0.kind == .amount }.sorted(by: inOrder)
        var lines = amounts.prefix(12).map { row in
            let county = CountyCode(row.county).flatMap { countyNames[$0] } ?? row.county
            let way = [row.before, row.after].map { $0.isEmpty ? "无" : $0 }.joined(separator: " → ")
            return "\(row.period) \(county)：\(way)" + (row.files.isEmpty ? "" : "（\(short(row.files))）")
        }
        if amounts.count > 12 { lines.append("……共 \(amounts.count) 个县区月份的金额有变化") }
        let findings = rows.filter { $0.kind == .finding }
        let counts = Change.allCases.compactMap { change in
            let count = findings.count { $0.change == change }
            return count == 0 ? nil : "\(change.rawValue) \(count)"
        }
        if !counts.isEmpty { lines.append("问题：" + counts.joined(separator: "，")) }
        return lines
    }

    /// Of a month that came new nearly every file is a cause: two are named, `changes.csv` has more.
    private static func short(_ files: String) -> String {
        let parts = files.split(separator: "；")
        guard parts.count > 3, let last = parts.last else { return files }
        let count = last.hasPrefix("等 ") ? String(last.dropFirst(2)) : "\(parts.count) 个"
        return parts.prefix(2).joined(separator: "；") + " 等 \(count)文件"
    }
}
