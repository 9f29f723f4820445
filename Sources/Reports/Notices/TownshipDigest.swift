import Domain

/// What a township has to send and to mend for a month, as a text that can be passed on by any messenger.
///
/// Personal numbers are masked. Source: spec §10 (`<township>-通知-<yyyy-mm>.txt`).
public struct TownshipDigest: Hashable, Sendable {
    public var county: String
    public var township: String
    public var period: Period
    /// As of when the sheets were read: says whether the day is past.
    public var asOf: CivilDate
    /// The last day that is in time; nil where no calendar says it.
    public var due: CivilDate?
    /// Whether nothing came of the whole township.
    public var isMissing: Bool
    /// People of the roster who are in no row.
    public var missingPeople: [String]
    /// What stands against its sheets and rows.
    public var findings: [Finding]
    /// Who has days without a mark, and which: `样例甲：3–5日`.
    public var blanks: [String]
    /// Files that seem to be its own and could not be used: whoever sent one is not told that he sent nothing.
    public var files: [Finding]

    public init(
        county: String, township: String, period: Period, asOf: CivilDate, due: CivilDate?, findings: [Finding],
        files: [Finding] = [], blanks: [String] = []
    ) {
        self.blanks = blanks
        self.county = county
        self.township = township
        self.period = period
        self.asOf = asOf
        self.due = due
        isMissing = findings.contains { $0.code == .missingSubmission || $0.code == .missingMonth }
        missingPeople = Set(findings.filter { $0.code == .missingPerson }.map(\.person)).sorted()
        self.findings = findings.filter(TownshipDigest.isToMend)
        let told = Set(self.findings.map(\.file))
        self.files = files.filter { !told.contains($0.file) }
    }

    /// `碾伯镇-通知-2018-11.txt`
    public static func fileName(township: String, period: Period) -> String { "\(township)-通知-\(period).txt" }

    /// The township of such a file; nil for any other name.
    public static func township(ofFile name: String, period: Period) -> String? {
        let end = fileName(township: "", period: period)
        return name.hasSuffix(end) ? String(name.dropLast(end.count)) : nil
    }

    /// What the township can mend, but what the other kinds of text say.
    private static func isToMend(_ finding: Finding) -> Bool {
        switch finding.code {
        case .missingSubmission, .missingMonth, .missingPerson: false
        default: finding.isToMend
        }
    }

    /// Whether there is anything to tell.
    public var isNeeded: Bool { isMissing || !missingPeople.isEmpty || !findings.isEmpty || !blanks.isEmpty }

    /// UTF-8 with a byte order mark, which every editor of a Windows machine knows.
    public var bytes: [UInt8] { [0xEF, 0xBB, 0xBF] + Array(text.utf8) }

    /// Lines end with CRLF. The day it was made is not in it: a new day with nothing new makes no new text.
    public var text: String {
        var parts = ["\(county)\(township)：\(period.chinese)驻村干部考勤通知"]
        parts.append(deadline)
        if isMissing {
            let what = files.isEmpty ? "没有收到考勤表" : "没有收到能读取的考勤表"
            parts.append("一、\(what)。请报送全乡镇每个村的\(period.chinese)考勤表。")
            parts += unread
        } else if !missingPeople.isEmpty {
            parts.append("一、考勤表中没有这些在岗人员，请补报：" + missingPeople.joined(separator: "、") + "。")
        }
        let isFirst = !isMissing && missingPeople.isEmpty
        if !findings.isEmpty {
            parts.append("\(isFirst ? "一" : "二")、以下内容需要更正（问题反馈表里已标色，改好后整表报回）：")
            parts += problems
        }
        if !blanks.isEmpty {
            let number = ["一", "二", "三"][(isFirst ? 0 : 1) + (findings.isEmpty ? 0 : 1)]
            parts.append("\(number)、以下日子没有填写，按未出勤计。有出勤、请假的请补填后报回；确实没有出勤的不用改：")
            parts += blanks.map { "    " + $0 }
        }
        if !isMissing, !files.isEmpty {
            parts.append("另有文件没有读入：")
            parts += unread
        }
        parts.append("（已报送的请忽略。）")
        return parts.map { $0 + "\r\n" }.joined()
    }

    private var deadline: String {
        guard let due else { return "请尽快办理。" }
        return asOf <= due ? "请在 \(due.iso) 前办理。" : "报送期限 \(due.iso) 已过，请立即办理。"
    }

    private var unread: [String] {
        files.map(FindingMasking.masked).map { "    \($0.file)：\($0.message(.zh))\($0.advice(.zh))" }
    }

    /// Findings of one cause are one problem, with its cells as ranges.
    private var problems: [String] {
        let sorted = findings.map(FindingMasking.masked).sorted(by: FindingsReport.inReportOrder)
        var lines: [String] = []
        var lastPlace: String?
        for (index, problem) in Problem.grouped(sorted).enumerated() {
            let finding = problem.first
            let place = finding.sheet.isEmpty ? finding.file : "\(finding.file) [\(finding.sheet)]"
            if place != lastPlace, !place.isEmpty { lines.append("  \(place)") }
            lastPlace = place
            let message = finding.message(.zh)
            let names = problem.people.filter { !message.contains($0) }.joined(separator: "、")
            let subject = [names, problem.cellText].filter { !$0.isEmpty }.joined(separator: " ")
            lines.append(
                "    \(index + 1). " + (subject.isEmpty ? "" : "\(subject)：") + "\(message)\(finding.advice(.zh))")
        }
        return lines
    }
}
