import Domain
import Foundation
import Ledger
import Matching
import RunPage
import Sheets
import Tables

/// `zhucun status`: what is submitted, missing, held and closed, per township and month, as of the last run.
public struct StatusReport: Sendable {
    /// A township's month.
    public struct Row: Hashable, Sendable, Codable {
        public var period: String
        public var county: String
        public var countyName: String
        public var township: String
        /// received, withFindings, missing or awaited.
        public var state: String
        /// Findings that hold or exclude something.
        public var standing: Int
        public var warnings: Int
        public var people: Int
        /// Yuan with two decimals.
        public var paid: String
        public var heldRows: Int
        public var pending: String
        /// The batch number; nil while the month is open.
        public var batch: String?
    }

    /// A county's month.
    struct Month: Sendable {
        var period: Period
        var county: CountyCode
        var countyName: String
        var page: RunPageModel.Month
        var rows: [Row]
    }

    /// A county's month as `--json` has it.
    public struct MonthRow: Hashable, Sendable, Codable {
        public var period: String
        public var county: String
        public var countyName: String
        /// The batch number; nil while the month is open.
        public var batch: String?
        /// Of a month that was passed over: the month that what it owes goes into.
        public var passedTo: String?
        public var people: Int
        /// Yuan with two decimals, as every amount here.
        public var paid: String
        public var heldRows: Int
        public var pending: String
        /// Still to be taken back.
        public var outstanding: String
        /// nil while the month is open.
        public var bank: Bank?
    }

    /// What became of a batch at the bank, yuan with two decimals.
    public struct Bank: Hashable, Sendable, Codable {
        public var issued: String
        public var paid: String
        public var returned: String
        public var dueAgain: String
        public var unpayable: String
        public var unanswered: String

        init(_ standing: BankStanding) {
            issued = standing.issued.yuanText
            paid = standing.paid.yuanText
            returned = standing.returned.yuanText
            dueAgain = standing.dueAgain.yuanText
            unpayable = standing.unpayable.yuanText
            unanswered = standing.unanswered.yuanText
        }
    }

    /// As of when the last run read.
    public let asOf: String
    let months: [Month]

    /// Reads the ledger, never a row of a sheet.
    public init(_ ledger: LedgerReader, county: CountyCode?, period: Period?) throws {
        let figures = try MonthFigures(ledger, county: county)
        let names = try ledger.countyNames()
        asOf = try ledger.setting("asOf") ?? ""
        let date = CivilDate(iso: asOf) ?? CivilDate(dayNumber: 0)
        let keys = figures.keys.filter { period == nil || $0.period == period }.sorted {
            ($0.period, $0.county) < ($1.period, $1.county)
        }
        months = keys.map { key in
            let name = names[key.county]?.name ?? key.county.text
            let page = figures.month(key, asOf: date, files: [])
            let rows = figures.townships(key, asOf: date).map { figure in
                Row(
                    period: key.period.description, county: key.county.text, countyName: name, township: figure.name,
                    state: figure.state.rawValue, standing: figure.standing, warnings: figure.warnings,
                    people: figure.people, paid: figure.paid.yuanText, heldRows: figure.heldRows,
                    pending: figure.pending.yuanText, batch: page.batch)
            }
            return Month(period: key.period, county: key.county, countyName: name, page: page, rows: rows)
        }
    }

    /// Every township's month, by period, county, township.
    public var rows: [Row] { months.flatMap(\.rows) }

    /// Every county's month, by period, county.
    public var monthRows: [MonthRow] {
        months.map { month in
            MonthRow(
                period: month.period.description, county: month.county.text, countyName: month.countyName,
                batch: month.page.batch, passedTo: month.page.passedTo?.description, people: month.page.people,
                paid: month.page.paid.yuanText,
                heldRows: month.page.heldRows, pending: month.page.pending.yuanText,
                outstanding: month.page.outstanding.yuanText, bank: month.page.bank.map(Bank.init))
        }
    }

    public var isEmpty: Bool { months.isEmpty }

    // MARK: Text

    /// A heading a county's month, its townships under it.
    ///
    /// - Parameter isBrief: only the townships that sent nothing or have something held or excluded.
    public func text(_ language: Language, isBrief: Bool = false) -> String {
        func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }
        guard !months.isEmpty else {
            return say("账本里还没有这样的月份。", "The ledger has no such month yet.")
        }
        var parts = [say("截止日期 \(asOf)", "as of \(asOf)")]
        for month in months {
            let sent = month.rows.count { $0.state == "received" || $0.state == "withFindings" }
            let missing = month.rows.count { $0.state == "missing" }
            var head = "\(month.period) \(month.county.text) \(month.countyName)  "
            head += say("已报 \(sent)/\(month.rows.count)", "submitted \(sent)/\(month.rows.count)")
            if missing > 0 { head += say("，未报 \(missing)", ", missing \(missing)") }
            head += say(
                "；计发 \(month.page.people) 人 \(month.page.paid.yuanText) 元",
                "; \(Counted.people(month.page.people)) paid \(month.page.paid.yuanText) yuan")
            if month.page.heldRows > 0 {
                head += say(
                    "，暂缓 \(month.page.heldRows) 行（待核 \(month.page.pending.yuanText) 元）",
                    ", \(Counted.rows(month.page.heldRows)) held (\(month.page.pending.yuanText) yuan to be confirmed)")
            }
            if month.page.outstanding > .zero {
                head += say(
                    "，待扣回 \(month.page.outstanding.yuanText) 元",
                    ", \(month.page.outstanding.yuanText) yuan still to be taken back")
            }
            let open =
                month.page.passedTo.map { say("不单独关账，列入 \($0)", "not closed by itself, goes into \($0)") }
                ?? say("未关账", "open")
            head += "；" + (month.page.batch.map { say("已关账 \($0)", "closed \($0)") } ?? open)
            if language == .en { head = head.replacingOccurrences(of: "；", with: "; ") }
            if let bank = month.page.bank { head += "\n  " + bank.text(language) }
            var table = TextTable([
                (say("乡镇", "township"), .left), (say("报送", "state"), .left), (say("暂缓/不计", "standing"), .right),
                (say("提醒", "warnings"), .right), (say("人数", "people"), .right), (say("计发（元）", "paid"), .right),
                (say("暂缓（行）", "held rows"), .right), (say("待核（元）", "pending"), .right),
            ])
            let told = month.rows.filter { !isBrief || $0.state == "missing" || $0.standing + $0.heldRows > 0 }
            for row in told {
                table.add([
                    row.township, StatusReport.stateText(row.state, language), "\(row.standing)", "\(row.warnings)",
                    "\(row.people)", row.paid, "\(row.heldRows)", row.pending,
                ])
            }
            parts.append(head + (table.isEmpty ? "" : "\n" + table.text(indent: "  ")))
        }
        return parts.joined(separator: "\n\n")
    }

    private static func stateText(_ state: String, _ language: Language) -> String {
        switch RunPageModel.State(rawValue: state) {
        case .received: language == .zh ? "✓ 已报" : "✓ submitted"
        case .withFindings: language == .zh ? "! 已报有问题" : "! with findings"
        case .missing: language == .zh ? "✕ 未报" : "✕ missing"
        case .awaited: language == .zh ? "… 待报" : "… awaited"
        case nil: state
        }
    }

    // MARK: For programs

    private struct Document: Encodable {
        var asOf: String
        var months: [MonthRow]
        var townships: [Row]
    }

    /// JSON with sorted keys: `asOf`, `months`, `townships`.
    public func json() throws -> String {
        let document = Document(asOf: asOf, months: monthRows, townships: rows)
        return try JSONOutput.text(document)
    }

    private static let schema = CSVSchema(
        name: "status", title: "报送状态",
        columns: [
            "period", "county", "countyName", "township", "state", "standing", "warnings", "people", "paid", "heldRows",
            "pending", "batch",
        ].map { CSVColumn($0) }, primaryKey: ["period", "county", "township"])

    /// The same as CSV, as every other CSV is written.
    public func csv() throws -> [UInt8] {
        let cells = rows.map { row in
            [
                row.period, row.county, row.countyName, row.township, row.state, "\(row.standing)", "\(row.warnings)",
                "\(row.people)", row.paid, "\(row.heldRows)", row.pending, row.batch ?? "",
            ]
        }
        return try CSVWriter.bytes(of: CSVTable(StatusReport.schema, rows: cells))
    }
}
