import Domain

/// What the operator is told of a night by mail or robot: held, missing, refused, changed. Source: spec §10.
///
/// Shape: a first line short enough for a subject, then paragraphs.
public struct NightNotice: Hashable, Sendable {
    /// A township with something to mend.
    public struct Township: Hashable, Sendable {
        public var name: String
        /// Findings that hold or exclude something.
        public var standing: Int
        public var heldRows: Int

        public init(name: String, standing: Int, heldRows: Int) {
            self.name = name
            self.standing = standing
            self.heldRows = heldRows
        }
    }

    /// A county's open month.
    public struct Month: Hashable, Sendable {
        public var period: Period
        public var county: String
        public var people: Int
        public var paid: Fen
        public var heldRows: Int
        public var pending: Fen
        /// Townships that sent nothing.
        public var missing: [String]
        public var toMend: [Township]

        public init(
            period: Period, county: String, people: Int, paid: Fen, heldRows: Int, pending: Fen, missing: [String],
            toMend: [Township]
        ) {
            self.period = period
            self.county = county
            self.people = people
            self.paid = paid
            self.heldRows = heldRows
            self.pending = pending
            self.missing = missing
            self.toMend = toMend
        }

        var needsSomebody: Bool { heldRows > 0 || !missing.isEmpty || !toMend.isEmpty }
    }

    /// By period, county.
    public var months: [Month]
    /// Findings that hold a whole file, masked as reports are.
    public var refused: [Finding]
    /// What the operator's calendar expected and what did not come.
    public var expected: [Finding]
    /// What differs since the last report, a line each.
    public var changes: [String]

    public init(months: [Month], refused: [Finding], expected: [Finding] = [], changes: [String] = []) {
        self.months = months
        self.refused = refused
        self.expected = expected
        self.changes = changes
    }

    /// At most so many months and files are told one by one.
    private static let mostTold = 12

    /// The first line is the subject.
    public func text() -> String {
        let concerned = months.filter(\.needsSomebody)
        var parts = [subject(concerned)]
        for month in concerned.suffix(NightNotice.mostTold).reversed() { parts.append(NightNotice.paragraph(month)) }
        if concerned.count > NightNotice.mostTold {
            parts.append("……共 \(concerned.count) 个县区月份，其余见运行页")
        }
        if !expected.isEmpty {
            parts.append("应报未报：\n" + expected.map { "  " + $0.message(.zh) }.joined(separator: "\n"))
        }
        if !refused.isEmpty { parts.append(refusedText) }
        if !changes.isEmpty { parts.append("自上次报表以来：\n" + changes.map { "  " + $0 }.joined(separator: "\n")) }
        return parts.joined(separator: "\n\n")
    }

    private func subject(_ concerned: [Month]) -> String {
        let held = concerned.reduce(0) { $0 + $1.heldRows }
        let missing = concerned.reduce(0) { $0 + $1.missing.count }
        let counties = Set(concerned.map(\.county))
        var words: [String] = []
        if let last = concerned.last {
            words.append(counties.count == 1 ? last.county : "\(counties.count)个县区")
            if Set(concerned.map(\.period)).count == 1 { words.append("\(last.period)") }
        }
        if held > 0 { words.append("暂缓\(held)") }
        if missing > 0 { words.append("缺报\(missing)") }
        if !expected.isEmpty { words.append("整月未报\(expected.count)") }
        if !refused.isEmpty { words.append("未读文件\(fileCount)") }
        if held + missing + expected.count == 0, refused.isEmpty { words.append(concerned.isEmpty ? "没有问题" : "有问题要改") }
        return words.joined(separator: " ")
    }

    private static func paragraph(_ month: Month) -> String {
        var lines = ["\(month.period) \(month.county)：计发 \(month.people) 人 \(month.paid.yuanText) 元"]
        if month.heldRows > 0 { lines[0] += "，暂缓 \(month.heldRows) 行（待核 \(month.pending.yuanText) 元）" }
        if !month.missing.isEmpty { lines.append("  未报：" + month.missing.joined(separator: "、")) }
        if !month.toMend.isEmpty {
            let townships = month.toMend.map { township in
                township.name + "（\(township.standing) 处"
                    + (township.heldRows > 0 ? "，暂缓 \(township.heldRows) 行" : "") + "）"
            }
            lines.append("  要改：" + townships.joined(separator: "、"))
        }
        return lines.joined(separator: "\n")
    }

    private var fileCount: Int { Set(refused.map(\.file)).count }

    private var refusedText: String {
        let masked = refused.map(FindingMasking.masked)
        var lines = ["没有读入的文件（\(fileCount) 个）："]
        for finding in masked.prefix(NightNotice.mostTold) {
            let place = finding.sheet.isEmpty ? finding.file : "\(finding.file) [\(finding.sheet)]"
            lines.append("  \(place)：\(finding.message(.zh)) \(finding.advice(.zh))")
        }
        if masked.count > NightNotice.mostTold { lines.append("  ……其余见 findings.csv") }
        return lines.joined(separator: "\n")
    }
}
