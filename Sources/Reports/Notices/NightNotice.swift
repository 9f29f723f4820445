import Domain

/// What the operator is told of a night by mail or robot: held, missing, refused, changed. Source: spec §10.
///
/// Shape: a first line short enough for a subject, then paragraphs.
public struct NightNotice: Hashable, Sendable {
    /// A township with something to mend.
    public struct Township: Hashable, Sendable {
        public var name: String
        /// Problems (findings of one cause are one) that hold or exclude something.
        public var standing: Int
        public var heldRows: Int

        public init(name: String, standing: Int, heldRows: Int) {
            self.name = name
            self.standing = standing
            self.heldRows = heldRows
        }
    }

    /// A county's month that is open, or closed without some townships.
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
        /// Townships that are asked about days left blank, and about nothing else.
        public var toCheck: [String]
        /// Whom no bank can pay as the registers stand, and how much.
        public var unpayable: [String]
        public var unpayableTotal: Fen

        public init(
            period: Period, county: String, people: Int, paid: Fen, heldRows: Int, pending: Fen, missing: [String],
            toMend: [Township], toCheck: [String] = [], unpayable: [String] = [], unpayableTotal: Fen = .zero
        ) {
            self.period = period
            self.county = county
            self.people = people
            self.paid = paid
            self.heldRows = heldRows
            self.pending = pending
            self.missing = missing
            self.toMend = toMend
            self.toCheck = toCheck
            self.unpayable = unpayable
            self.unpayableTotal = unpayableTotal
        }

        /// Blank days may be meant and an account may come: they are told, and call nobody every night.
        var tellsSomething: Bool { needsSomebody || !toCheck.isEmpty || !unpayable.isEmpty }
        var needsSomebody: Bool { heldRows > 0 || !missing.isEmpty || !toMend.isEmpty }
    }

    /// What was issued and is not where it belongs.
    public struct Money: Hashable, Sendable {
        public var county: String
        /// Still to be taken back.
        public var outstanding: Fen
        /// Returned by banks, with its batches: paid again by the next closing.
        public var dueAgain: Fen
        public var batchesAgain: [String]
        /// In bank files that nobody answered.
        public var unanswered: Fen
        public var batchesUnanswered: [String]
        /// Issued to people whom no bank could pay, and nobody said what became of it.
        public var unpayable: Fen
        public var batchesUnpayable: [String]

        public init(
            county: String, outstanding: Fen = .zero, dueAgain: Fen = .zero, batchesAgain: [String] = [],
            unanswered: Fen = .zero, batchesUnanswered: [String] = [], unpayable: Fen = .zero,
            batchesUnpayable: [String] = []
        ) {
            self.county = county
            self.outstanding = outstanding
            self.dueAgain = dueAgain
            self.batchesAgain = batchesAgain
            self.unanswered = unanswered
            self.batchesUnanswered = batchesUnanswered
            self.unpayable = unpayable
            self.batchesUnpayable = batchesUnpayable
        }

        /// A batch that waits for its answer is no matter yet; money that came back, is owed or lies nowhere is.
        var needsSomebody: Bool { outstanding != .zero || dueAgain != .zero || unpayable != .zero }
    }

    /// By period, county.
    public var months: [Month]
    /// By county; those with nothing to tell are left out.
    public var money: [Money]
    /// Corrections of closed months, a finding each.
    public var corrections: [Finding]
    /// Findings that hold a whole file, masked as reports are.
    public var refused: [Finding]
    /// What was not used since its folder or its decider may not say it.
    public var notAuthorised: [Finding]
    /// What the operator's calendar expected and what did not come.
    public var expected: [Finding]
    /// What differs since the last report, a line each.
    public var changes: [String]
    /// Files of closed months that were missing or another and that the last run put back.
    public var restored: [String]

    public init(
        months: [Month], money: [Money] = [], corrections: [Finding] = [], refused: [Finding],
        notAuthorised: [Finding] = [], expected: [Finding] = [], changes: [String] = [], restored: [String] = []
    ) {
        self.months = months
        self.money = money
        self.corrections = corrections
        self.refused = refused
        self.notAuthorised = notAuthorised
        self.expected = expected
        self.changes = changes
        self.restored = restored
    }

    /// The subject of a night of which nobody has to be told; the nightly wrapper knows it.
    public static let quiet = "没有问题"

    /// At most so many months and files are told one by one.
    private static let mostTold = 12

    /// The first line is the subject.
    public func text() -> String {
        let concerned = months.filter(\.tellsSomething)
        var parts = [subject(concerned.filter(\.needsSomebody))]
        if !restored.isEmpty {
            let title = "已关账的文件缺失或被改动，已按关账时留存的放回（\(restored.count) 个），请查明是谁改的："
            let told = restored.prefix(NightNotice.mostTold).map { "  \($0)" }
            let rest = restored.count > told.count ? ["  ……"] : []
            parts.append(([title] + told + rest).joined(separator: "\n"))
        }
        for month in concerned.suffix(NightNotice.mostTold).reversed() { parts.append(NightNotice.paragraph(month)) }
        if concerned.count > NightNotice.mostTold {
            parts.append("……共 \(concerned.count) 个县区月份，其余见运行页")
        }
        if !expected.isEmpty {
            parts.append("应报未报：\n" + expected.map { "  " + $0.message(.zh) }.joined(separator: "\n"))
        }
        if !refused.isEmpty {
            parts.append(NightNotice.list("没有读入的文件、工作表（\(refused.count) 个）：", refused))
        }
        if !notAuthorised.isEmpty {
            let title = "无权而没有采用（\(notAuthorised.count) 处，\(NightNotice.files(notAuthorised)) 个文件；见流程文件的 authority）："
            parts.append(NightNotice.list(title, notAuthorised))
        }
        let banked = money.flatMap(NightNotice.moneyLines)
        if !banked.isEmpty { parts.append("已发放的钱：\n" + banked.joined(separator: "\n")) }
        if !corrections.isEmpty { parts.append(NightNotice.list("已关账月份的更正（\(corrections.count) 条）：", corrections)) }
        if !changes.isEmpty { parts.append("自上次报表以来：\n" + changes.map { "  " + $0 }.joined(separator: "\n")) }
        return parts.joined(separator: "\n\n")
    }

    private func subject(_ concerned: [Month]) -> String {
        let held = concerned.reduce(0) { $0 + $1.heldRows }
        let missing = concerned.reduce(0) { $0 + $1.missing.count }
        let counties = Set(concerned.map(\.county))
        let counted: [(String, Int)] = [
            ("暂缓", held), ("缺报", missing), ("整月未报", expected.count { $0.code == .missingMonth }),
            ("未报名录", expected.count { $0.code == .missingCounty }),
            ("未读文件", NightNotice.files(refused.filter(\.sheet.isEmpty))),
            ("未读工作表", refused.count { !$0.sheet.isEmpty }),
            ("无权", notAuthorised.count), ("关账文件被改动", restored.count),
        ]
        var matters = counted.filter { $0.1 > 0 }.map { "\($0.0)\($0.1)" }
        let outstanding = money.reduce(Fen.zero) { $0 + $1.outstanding }
        if outstanding != .zero { matters.append("待扣回\(outstanding.yuanText)") }
        let dueAgain = money.reduce(Fen.zero) { $0 + $1.dueAgain }
        if dueAgain != .zero { matters.append("待重发\(dueAgain.yuanText)") }
        let unpayable = money.reduce(Fen.zero) { $0 + $1.unpayable }
        if unpayable != .zero { matters.append("无法代发\(unpayable.yuanText)") }
        if matters.isEmpty, !concerned.isEmpty { matters.append("有问题要改") }
        // One that is reckoned waits for the next closing and is news once; one that waits for somebody stays a matter.
        let waits = corrections.contains { $0.code == .closedLineHeld }
        if matters.isEmpty, waits || !corrections.isEmpty && !changes.isEmpty { matters.append("关账后有更正") }
        if matters.isEmpty { return changes.isEmpty ? NightNotice.quiet : "有变化" }
        var words: [String] = []
        if let last = concerned.last {
            words.append(counties.count == 1 ? last.county : "\(counties.count)个县区")
            if Set(concerned.map(\.period)).count == 1 { words.append("\(last.period)") }
        } else {
            let owing = Set(money.filter(\.needsSomebody).map(\.county))
            if owing.count == 1 { words += owing }
        }
        return (words + matters).joined(separator: " ")
    }

    private static func moneyLines(_ money: Money) -> [String] {
        var lines: [String] = []
        if money.outstanding != .zero { lines.append("  \(money.county)：待扣回 \(money.outstanding.yuanText) 元") }
        if money.dueAgain != .zero {
            let batches = money.batchesAgain.joined(separator: "、")
            lines.append(
                "  \(money.county)：银行退回、待重发 \(money.dueAgain.yuanText) 元（\(batches)）：核对户名账号，更正花名册，关下一个月的账时重发")
        }
        if money.unpayable != .zero {
            let batches = money.batchesUnpayable.joined(separator: "、")
            lines.append(
                "  \(money.county)：银行无法代发 \(money.unpayable.yuanText) 元（\(batches)）：没有付的在银行回盘表里报“未付”，"
                    + "补上账号后随下一批发；已用别的办法付了的报“成功”")
        }
        if money.unanswered != .zero {
            let batches = money.batchesUnanswered.joined(separator: "、")
            lines.append("  \(money.county)：未回盘 \(money.unanswered.yuanText) 元（\(batches)）")
        }
        return lines
    }

    private static func paragraph(_ month: Month) -> String {
        var lines = ["\(month.period) \(month.county)：计发 \(month.people) 人 \(month.paid.yuanText) 元"]
        if month.heldRows > 0 { lines[0] += "，暂缓 \(month.heldRows) 行（待核 \(month.pending.yuanText) 元）" }
        if !month.missing.isEmpty { lines.append("  未报：" + month.missing.joined(separator: "、")) }
        if !month.toMend.isEmpty {
            let townships = month.toMend.map { township in
                township.name + "（\(township.standing) 项"
                    + (township.heldRows > 0 ? "，暂缓 \(township.heldRows) 行" : "") + "）"
            }
            lines.append("  要改：" + townships.joined(separator: "、"))
        }
        if !month.toCheck.isEmpty { lines.append("  请核对空白的日子：" + month.toCheck.joined(separator: "、")) }
        if !month.unpayable.isEmpty {
            let people = month.unpayable.prefix(mostTold).joined(separator: "、")
            let rest = month.unpayable.count > mostTold ? "……" : ""
            lines.append("  缺账号、账号有误，银行发不了 \(month.unpayableTotal.yuanText) 元：\(people)\(rest)")
        }
        return lines.joined(separator: "\n")
    }

    private static func files(_ findings: [Finding]) -> Int { Set(findings.map(\.file)).count }

    /// What was found, with where it stands and what to do.
    private static func list(_ title: String, _ findings: [Finding]) -> String {
        var lines = [title]
        let problems = Problem.grouped(findings.map(FindingMasking.masked))
        for problem in problems.prefix(mostTold) {
            let finding = problem.first
            let place = finding.sheet.isEmpty ? finding.file : "\(finding.file) [\(finding.sheet)]"
            let parts = [
                place.isEmpty ? finding.township : place, problem.cellText, problem.people.joined(separator: "、"),
            ]
            let subject = parts.filter { !$0.isEmpty }.joined(separator: " ")
            lines.append(
                "  " + (subject.isEmpty ? "" : subject + "：") + "\(finding.message(.zh)) \(finding.advice(.zh))")
        }
        if problems.count > mostTold { lines.append("  ……其余见 findings.csv") }
        return lines.joined(separator: "\n")
    }
}
