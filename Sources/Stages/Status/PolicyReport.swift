import Domain
import Foundation
import Rules

/// `zhucun policy`: what is in force on a day, with value, unit, validity and clause.
public struct PolicyReport: Sendable {
    private let policy: Policy
    private let date: CivilDate

    public init(_ policy: Policy, on date: CivilDate) {
        self.policy = policy
        self.date = date
    }

    /// Parameters, rate tables, marks, and what has no value on the day.
    public func text(_ language: Language) -> String {
        func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
        let lines = policy.lines(on: date)
        var parts = [say("\(policy.name)，\(date.iso) 有效：", "\(policy.name), in force on \(date.iso):")]
        parts.append(table(lines.filter { $0.rateKey.isEmpty && !isRate($0) }, language, rates: false))
        let rates = lines.filter(isRate)
        if rates.isEmpty {
            parts.append(
                say(
                    "没有津贴标准：艰苦边远地区津贴、青海津贴、乡镇工作补贴栏留空（文件本身不含标准，须在政策文件 rateTables 中填写）。",
                    "No rate tables: the allowance columns stay empty (the text gives no rates; fill rateTables in the policy file)."
                ))
        } else {
            parts.append(table(rates, language, rates: true))
        }
        var marks = TextTable([(say("考勤状态", "status"), .left), (say("符号", "marks"), .left)])
        for status in AttendanceStatus.allCases {
            if let list = policy.marks[status], !list.isEmpty {
                marks.add([language == .zh ? status.chinese : status.rawValue, list.joined(separator: " ")])
            }
        }
        parts.append(marks.text())
        let gaps = policy.gaps(on: date)
        if !gaps.isEmpty {
            parts.append(
                say("这一天没有值：", "Without a value on that day: ") + gaps.joined(separator: say("、", ", ")))
        }
        return parts.joined(separator: "\n\n")
    }

    private func isRate(_ line: PolicyLine) -> Bool { line.key.hasPrefix("rateTables.") }

    private func table(_ lines: [PolicyLine], _ language: Language, rates: Bool) -> String {
        func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
        var table = TextTable([
            (say("参数", "key"), .left), (rates ? say("适用", "for") : say("名称", "title"), .left),
            (say("值", "value"), .right), (say("单位", "unit"), .left), (say("有效期", "valid"), .left),
            (say("依据", "clause"), .left),
        ])
        for line in lines {
            let key = rates ? String(line.key.dropFirst("rateTables.".count)) : line.key
            let source = line.source.text + (line.isStated ? "" : say("（条文值，文件未列）", " (the clause's value)"))
            table.add([
                key, rates ? line.rateKey : line.title, line.value, line.unit,
                PolicyReport.validity(line, language), source,
            ])
        }
        return table.text()
    }

    /// A clause's own value without a date holds always.
    private static func validity(_ line: PolicyLine, _ language: Language) -> String {
        let hasBeginning = line.from > CivilDate(1900, 1, 1) ?? line.from
        switch (hasBeginning, line.to) {
        case (true, let to?): return language == .zh ? "\(line.from.iso) 至 \(to.iso)" : "\(line.from.iso) to \(to.iso)"
        case (true, nil): return language == .zh ? "\(line.from.iso) 起" : "from \(line.from.iso)"
        case (false, let to?): return language == .zh ? "至 \(to.iso)" : "to \(to.iso)"
        case (false, nil): return language == .zh ? "不限" : "always"
        }
    }

    /// JSON with sorted keys.
    public func json() throws -> String {
        let marks = Dictionary(uniqueKeysWithValues: policy.marks.map { ($0.key.rawValue, $0.value) })
        let document = Document(
            policy: policy.name, on: date.iso,
            lines: policy.lines(on: date).map {
                Line(
                    key: $0.key, title: $0.title, rateKey: $0.rateKey, value: $0.value, unit: $0.unit,
                    from: $0.from.iso, to: $0.to?.iso, source: $0.source.text, isStated: $0.isStated)
            }, marks: marks, gaps: policy.gaps(on: date))
        return try JSONOutput.text(document)
    }

    private struct Document: Encodable {
        var policy: String
        var on: String
        var lines: [Line]
        var marks: [String: [String]]
        var gaps: [String]
    }

    private struct Line: Encodable {
        var key: String
        var title: String
        var rateKey: String
        var value: String
        var unit: String
        var from: String
        var to: String?
        var source: String
        var isStated: Bool
    }

    /// `--check`: what a file that was accepted has, in a line or two.
    public func checked(_ language: Language, file: String) -> String {
        let rates = policy.rateTables.values.reduce(0) { $0 + $1.rows.count }
        let gaps = policy.gaps(on: date)
        var text =
            language == .zh
            ? "\(file)：可用。\(policy.statedParameters.count) 个参数，\(rates) 条津贴标准。"
            : "\(file): accepted. \(policy.statedParameters.count) parameters, \(rates) rates."
        if !gaps.isEmpty {
            text +=
                language == .zh
                ? "\n注意：\(date.iso) 没有值：\(gaps.joined(separator: "、"))"
                : "\nnote: without a value on \(date.iso): \(gaps.joined(separator: ", "))"
        }
        for (zh, en, keys) in unfilled where !keys.isEmpty {
            text +=
                language == .zh
                ? "\n注意：\(zh)：\(keys.joined(separator: "、"))" : "\nnote: \(en): \(keys.joined(separator: ", "))"
        }
        return text
    }

    /// What a starter file leaves to be filled in: nobody is to be paid by a rate of 0 that nobody looked at.
    private var unfilled: [(zh: String, en: String, keys: [String])] {
        let lines = policy.lines(on: date).filter(\.isStated)
        func keys(_ isMeant: (PolicyLine) -> Bool) -> [String] {
            var keys: [String] = []
            for line in lines where isMeant(line) && !keys.contains(line.key) { keys.append(line.key) }
            return keys
        }
        return [
            ("依据还没有填（〔待填〕）", "the source is still to be filled in", keys { $0.source.text.contains("待填") }),
            (
                "金额是 0，按 0 元计发", "the amount is 0, and 0 is paid",
                keys { $0.value == Fen.zero.yuanText && !$0.unit.isEmpty }
            ),
        ]
    }
}
