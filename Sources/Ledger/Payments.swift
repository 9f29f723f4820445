import Codec
import Domain
import Foundation
import GRDB
import Work

/// A county's month as computed.
public struct MonthPay: Sendable {
    public var month: CountyMonth
    /// In statement order.
    public var lines: [PaymentLine]
    /// In statement order.
    public var held: [HeldLine]
    public var outstanding: [OutstandingLine]
    /// Of computing: missing rates, changed and held closed lines.
    public var findings: [Finding]
    public var detail: PayDetail
    /// What the figures rest on beside the marks. It is no figure: that it reads otherwise makes no paper anew.
    public var trace = PayTrace()

    public init(
        month: CountyMonth, lines: [PaymentLine] = [], held: [HeldLine] = [], outstanding: [OutstandingLine] = [],
        findings: [Finding] = [], detail: PayDetail = PayDetail()
    ) {
        self.detail = detail
        self.month = month
        self.lines = lines
        self.held = held
        self.outstanding = outstanding
        self.findings = findings
    }
}

/// What another policy file would change in a closed month. Source: spec §8, `policy-changed`.
public struct PolicyChange: Hashable, Sendable, Codable {
    /// IDs, sorted.
    public var people: [String]
    /// New less present.
    public var net: Fen

    public init(people: [String], net: Fen) {
        self.people = people
        self.net = net
    }
}

/// What computing a month says beside its lines; most months have none of it.
public struct PayDetail: Hashable, Sendable, Codable {
    /// Questions about closed lines that stand against a newer reading.
    public var decisions = MonthDecisions()
    /// Of a closed month that the present policy file would pay otherwise.
    public var policyChange: PolicyChange?
    /// Days that other counties' batches issued and this county's reading claims; of the month itself.
    public var settlements: [SettlementLine] = []
    /// Months before, of which the month's files speak as well: what stands since they were closed.
    public var laterSettlements: [SettlementLine] = []

    public init() {}

    public var isEmpty: Bool { self == PayDetail() }
}

extension MonthPay {
    /// Digest of everything that is kept of it.
    public func output() throws -> String {
        var print = Fingerprint()
        for line in lines {
            for value in LineColumns.values(line) {
                switch (value?.databaseValue ?? .null).storage {
                case .string(let text): print.add(text)
                case .int64(let number): print.add(String(number))
                case .null: print.add("\u{1F}")
                case .double(let number): print.add("\(number)")
                case .blob(let data): print.add(Fingerprint.sha256([UInt8](data)))
                }
            }
        }
        print.add(try held.json())
        print.add(try outstanding.json())
        print.add(Fingerprint.sha256(findings.packed))
        if !detail.isEmpty { print.add(try detail.json()) }
        return print.value
    }
}

/// Columns of `payment_line` and `batch_line` that hold a line, in one order.
enum LineColumns {
    static let names = """
        county, period, origin_period, person, name, unit_code, unit, township, village, bank, account, half_days,
        daily_rate, stipend, hardship, qinghai, township_subsidy, note, reissue
        """
    static let count = 19
    static var placeholders: String { Array(repeating: "?", count: count).joined(separator: ", ") }

    static func values(_ line: PaymentLine) -> [DatabaseValueConvertible?] {
        [
            line.county.text, line.period.description, line.originPeriod.description, line.person.text, line.name,
            line.unitCode, line.sendingUnit, line.township, line.village, line.bank, line.bankAccount,
            line.halfDays.count, line.dailyRate.amount, line.livingStipend.amount, line.hardshipAllowance?.amount,
            line.qinghaiAllowance?.amount, line.townshipSubsidy?.amount, line.note,
            line.reissue.map { "\($0.batch)|\($0.account)" },
        ]
    }

    /// A line from those columns, beginning with the first of the row.
    static func line(_ row: Row, batch: String?) throws -> PaymentLine {
        guard let county = CountyCode(row[0] as String), let period = Period(row[1] as String),
            let origin = Period(row[2] as String), let person = ResidentID(row[3] as String)
        else { throw PackingError(what: "payment line") }
        return PaymentLine(
            county: county, period: period, originPeriod: origin, batch: batch, person: person, name: row[4],
            unitCode: row[5], sendingUnit: row[6], township: row[7], village: row[8], bank: row[9],
            bankAccount: row[10], halfDays: HalfDays(row[11]), dailyRate: Fen(row[12]), livingStipend: Fen(row[13]),
            hardshipAllowance: (row[14] as Int?).map(Fen.init), qinghaiAllowance: (row[15] as Int?).map(Fen.init),
            townshipSubsidy: (row[16] as Int?).map(Fen.init), note: row[17],
            reissue: (row[18] as String?).map(reissue))
    }

    private static func reissue(_ text: String) -> PaymentLine.Reissue {
        let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        return PaymentLine.Reissue(batch: String(parts[0]), account: parts.count > 1 ? String(parts[1]) : "")
    }
}

/// Sums of a county's month.
public struct MonthTotals: Sendable {
    public var month: CountyMonth
    public var people: Int
    public var days: HalfDays
    public var total: Fen
    public var held: Int
    /// Nil while the month is open.
    public var batch: String?
}

extension LedgerReader {
    /// The findings of computing a county's month.
    public func payFindings(_ month: CountyMonth) throws -> [Finding] {
        guard
            let bytes = try [UInt8].fetchBlob(
                db, "SELECT findings FROM month_pay WHERE county = ? AND period = ?",
                [month.county.text, month.period.description])
        else { return [] }
        return try [Finding](packed: bytes)
    }

    /// What a closed month owes or is owed beside what was issued for it, as it was last computed.
    public func correction(_ month: CountyMonth) throws -> [PaymentLine] {
        let data = try Data.fetchOne(
            db,
            sql: "SELECT correction FROM checked_month_pay WHERE county = ? AND period = ? AND correction IS NOT NULL",
            arguments: [month.county.text, month.period.description])
        return try data.map { try JSONDecoder().decode([PaymentLine].self, from: $0) } ?? []
    }

    /// What computing a month said beside its lines; empty where it said nothing.
    public func payDetail(_ month: CountyMonth) throws -> PayDetail {
        let data = try Data.fetchOne(
            db, sql: "SELECT detail FROM checked_month_pay WHERE county = ? AND period = ? AND detail IS NOT NULL",
            arguments: [month.county.text, month.period.description])
        return try data.map { try JSONDecoder().decode(PayDetail.self, from: $0) } ?? PayDetail()
    }

    /// What a county's month was last worked out from beside its marks; nothing where an earlier version did.
    public func trace(_ month: CountyMonth) throws -> PayTrace {
        let bytes = try [UInt8].fetchBlob(
            db, "SELECT trace FROM checked_month_pay WHERE county = ? AND period = ? AND trace IS NOT NULL",
            [month.county.text, month.period.description])
        return try bytes.map { try PayTrace(packed: $0) } ?? PayTrace()
    }

    /// Lines of an open month about days of other months: corrections, and what is paid again.
    public func laterLines(_ month: CountyMonth) throws -> [PaymentLine] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(LineColumns.names) FROM checked_payment_line
                WHERE county = ? AND period = ? AND origin_period <> period ORDER BY id
                """,
            arguments: [month.county.text, month.period.description]
        ).map { try LineColumns.line($0, batch: nil) }
    }

    /// A county's open month as computed; nil where it was not.
    public func pay(_ month: CountyMonth) throws -> MonthPay? {
        let key: StatementArguments = [month.county.text, month.period.description]
        guard
            let state = try Row.fetchOne(
                db, sql: "SELECT findings, outstanding FROM checked_month_pay WHERE county = ? AND period = ?",
                arguments: key)
        else { return nil }
        let lines = try Row.fetchAll(
            db,
            sql: "SELECT \(LineColumns.names) FROM checked_payment_line WHERE county = ? AND period = ? ORDER BY id",
            arguments: key
        ).map { try LineColumns.line($0, batch: nil) }
        let decoder = JSONDecoder()
        let held = try Row.fetchAll(
            db, sql: "SELECT payload FROM checked_held_line WHERE county = ? AND period = ? ORDER BY id", arguments: key
        ).map { try decoder.decode(HeldLine.self, from: $0[0] as Data) }
        return MonthPay(
            month: month, lines: lines, held: held,
            outstanding: try decoder.decode([OutstandingLine].self, from: state[1] as Data),
            findings: try [Finding](packed: [UInt8](state[0] as Data)), detail: try payDetail(month))
    }
}

extension LedgerWriter {
    /// Replaces what a county's month pays.
    ///
    /// - Parameter correction: of a closed month, what it owes or is owed beside what was issued for it.
    public func replace(_ pay: MonthPay, correction: [PaymentLine]? = nil) throws {
        let key: StatementArguments = [pay.month.county.text, pay.month.period.description]
        try db.cachedStatement(sql: "DELETE FROM payment_line WHERE county = ? AND period = ?").execute(arguments: key)
        try db.cachedStatement(sql: "DELETE FROM held_line WHERE county = ? AND period = ?").execute(arguments: key)
        let insert = try db.cachedStatement(
            sql: "INSERT INTO payment_line (\(LineColumns.names)) VALUES (\(LineColumns.placeholders))")
        for line in pay.lines { try insert.execute(arguments: StatementArguments(LineColumns.values(line))) }
        try PaidSums.forget(db, pay.month)
        try PaidSums.add(db, from: "payment_line", where: "l.county = ? AND l.period = ?", key)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let hold = try db.cachedStatement(sql: "INSERT INTO held_line (county, period, payload) VALUES (?, ?, ?)")
        for line in pay.held {
            try hold.execute(
                arguments: [pay.month.county.text, pay.month.period.description, try encoder.encode(line)])
        }
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO month_pay
                    (county, period, findings, standing, outstanding, summary, correction, detail, trace)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                pay.month.county.text, pay.month.period.description, pay.findings.packed.blob,
                pay.findings.count(where: \.stands), try encoder.encode(pay.outstanding),
                try PaySummary(pay).json(), try correction.map { try encoder.encode($0) },
                try pay.detail.isEmpty ? nil : encoder.encode(pay.detail), pay.trace.packed.blob,
            ])
    }
}
