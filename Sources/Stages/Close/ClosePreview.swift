import Domain
import Foundation
import Ledger
import Reports
import Rules

/// What closing a county's month will freeze, for whoever answers for it. Source: spec §4 `close`.
public struct ClosePreview: Hashable, Sendable, Codable {
    /// A sending unit's part.
    public struct Unit: Hashable, Sendable, Codable {
        public var unit: String
        public var people: Int
        public var days: String
        /// Yuan with two decimals.
        public var total: String
        /// Of these, what a bank returned and is paid again: no new money.
        public var reissued: String

        init(_ unit: String, _ lines: [PaymentLine]) {
            let again = lines.filter { $0.reissue != nil }
            self.unit = unit
            people = Set(lines.map(\.person)).count
            days = lines.reduce(HalfDays.zero) { $0 + $1.halfDays }.daysText
            total = lines.reduce(Fen.zero) { $0 + $1.total }.yuanText
            reissued = again.reduce(Fen.zero) { $0 + $1.total }.yuanText
        }
    }

    /// Rows and their sum in yuan.
    public struct Sum: Hashable, Sendable, Codable {
        public var rows: Int
        public var total: String
    }

    /// A file that a bank gets.
    public struct BankFile: Hashable, Sendable, Codable {
        public var name: String
        public var sum: Sum

        init(_ name: String, _ lines: [BankLines.Line]) {
            self.name = name
            sum = Sum(rows: lines.count, total: lines.reduce(Fen.zero) { $0 + $1.amount }.yuanText)
        }
    }

    public var batch: String
    public var period: String
    public var county: String
    public var countyName: String
    /// The as-of date of the last run, which is what is frozen.
    public var asOf: String
    public var people: Int
    public var days: String
    public var total: String
    /// In order of name.
    public var units: [Unit]
    /// Rows held, and what they would pay.
    public var held: Sum
    /// Townships that sent nothing.
    public var missingTownships: [String]
    public var adjustments: Sum
    public var reissued: Sum
    /// Of these, what goes to the very account that refused it.
    public var reissuedToSameAccount: Sum
    public var outstanding: Sum
    /// In the order of the profiles; with what no bank can pay they are the whole.
    public var bankFiles: [BankFile]
    public var unpayable: Sum
    /// Names within the finance folder.
    public var files: [String]

    init(
        _ papers: MonthPapers, county: CountyRecord, asOf: CivilDate, missing: [String], files: [String],
        bank: BankLines, bankFiles: [BankFile]
    ) {
        let lines = PaymentsReport.paid(papers.pay.lines)
        let month = papers.pay.month
        func sum(_ fen: [Fen]) -> Sum { Sum(rows: fen.count, total: fen.reduce(.zero, +).yuanText) }
        batch = BatchRecord.id(month)
        period = month.period.description
        self.county = county.code.text
        countyName = county.name
        self.asOf = asOf.iso
        people = Set(lines.map(\.person)).count
        days = lines.reduce(HalfDays.zero) { $0 + $1.halfDays }.daysText
        total = lines.reduce(Fen.zero) { $0 + $1.total }.yuanText
        units = Dictionary(grouping: lines, by: \.sendingUnit).sorted { $0.key < $1.key }.map { Unit($0.key, $0.value) }
        held = Sum(
            rows: papers.pay.held.count,
            total: papers.pay.held.compactMap(\.pendingAmount).reduce(.zero, +).yuanText)
        missingTownships = missing
        adjustments = sum(lines.filter { $0.isAdjustment && $0.reissue == nil }.map(\.total))
        reissued = sum(lines.filter { $0.reissue != nil }.map(\.total))
        let unchanged = Set(
            papers.pay.findings.filter { $0.reason == .paymentReturnedSameAccount }.map {
                [$0.personID, $0.arguments[0]]
            })
        reissuedToSameAccount = sum(
            lines.filter { line in line.reissue.map { unchanged.contains([line.person.text, $0.batch]) } ?? false }
                .map(\.total))
        outstanding = sum(papers.pay.outstanding.map(\.amount))
        self.bankFiles = bankFiles
        unpayable = sum(bank.unpayable.map(\.amount))
        self.files = files
    }

    /// For a reader: sums first, then units, then what should give pause.
    public func text(_ language: Language) -> String {
        let zh = language == .zh
        var lines = [
            zh
                ? "关账 \(county) \(countyName) \(period)（按上次运行，截至 \(asOf)）→ 批次 \(batch)"
                : "close \(county) \(countyName) \(period) (as the last run left it, as of \(asOf)) -> batch \(batch)",
            zh
                ? "  发放 \(people) 人 \(days) 天 \(total) 元"
                : "  pays \(Counted.people(people)), \(ClosePreview.days(days)), \(total) yuan",
        ]
        for unit in units {
            let again =
                unit.reissued == Fen.zero.yuanText
                ? "" : zh ? "（其中重发 \(unit.reissued) 元）" : " (of these paid again: \(unit.reissued))"
            lines.append(
                zh
                    ? "    \(unit.unit)：\(unit.people) 人 \(unit.days) 天 \(unit.total) 元\(again)"
                    : "    \(unit.unit): \(Counted.people(unit.people)), \(ClosePreview.days(unit.days)), \(unit.total) yuan\(again)"
            )
        }
        let sums = [
            ("暂缓发放（待核金额）", "held (would pay)", held), ("更正（补发、扣回）", "adjustments", adjustments),
            ("重发", "paid again", reissued),
            ("其中仍发到被退回的账号", "of these, to the account that refused", reissuedToSameAccount),
            ("待扣回", "outstanding", outstanding),
        ].filter { $0.2.rows > 0 }
        let banks = bankFiles.map { ("银行文件 \($0.name)", "for the bank, \($0.name)", $0.sum) }
        let none = unpayable.rows > 0 ? [("银行无法代发", "no bank can pay", unpayable)] : []
        for (zhName, enName, sum) in sums + banks + none {
            lines.append(
                zh
                    ? "  \(zhName)：\(sum.rows) 行 \(sum.total) 元"
                    : "  \(enName): \(Counted.rows(sum.rows)), \(sum.total) yuan")
        }
        if !missingTownships.isEmpty {
            let list = missingTownships.joined(separator: "、")
            lines.append(zh ? "  未报送的乡镇：\(list)" : "  townships that sent nothing: \(list)")
        }
        lines.append((zh ? "  文件：" : "  files: ") + files.joined(separator: zh ? "、" : ", "))
        return lines.joined(separator: "\n")
    }

    private static func days(_ days: String) -> String { days == "1" ? "1 day" : "\(days) days" }

    /// JSON with sorted keys.
    public static func json(_ previews: [ClosePreview], closed: [String]) throws -> String {
        struct Document: Encodable {
            var months: [ClosePreview]
            var closed: [String]
        }
        return try JSONOutput.text(Document(months: previews, closed: closed))
    }
}
