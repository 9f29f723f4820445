import Domain
import GRDB

/// Sums of what a county's month pays, kept beside its lines: who shows every month of every county adds up no line.
enum PaidSums {
    static let table = """
        -- Sums of payment_line (batch empty) and of batch_line. kind: month (name empty), unit or township. Derived.
        CREATE TABLE paid_sum (
            kind TEXT NOT NULL, county TEXT NOT NULL, period TEXT NOT NULL, batch TEXT NOT NULL, name TEXT NOT NULL,
            people INTEGER NOT NULL, half_days INTEGER NOT NULL, total INTEGER NOT NULL, adjusted INTEGER NOT NULL,
            PRIMARY KEY (kind, county, period, batch, name)
        ) WITHOUT ROWID;
        """

    /// Adds up the lines of a table that a condition picks: once for the month, once by unit and once by township.
    static func add(_ db: Database, from lines: String, where condition: String, _ key: StatementArguments) throws {
        let batch = lines == "batch_line" ? "l.batch" : "''"
        let amount = "l.stipend + coalesce(l.hardship, 0) + coalesce(l.qinghai, 0) + coalesce(l.township_subsidy, 0)"
        let sums = """
            count(DISTINCT l.person) AS people, sum(l.half_days) AS half_days, sum(\(amount)) AS total,
            sum(CASE WHEN l.origin_period <> l.period THEN \(amount) ELSE 0 END) AS adjusted
            """
        // Who is paid through two units of a township stands with both.
        let parts = """
            SELECT l.county, l.period, \(batch) AS batch, l.unit, l.township, \(sums) FROM \(lines) l
            WHERE \(condition) GROUP BY 1, 2, 3, 4, 5
            """
        let queries =
            [
                """
                SELECT 'month', l.county, l.period, \(batch), '', \(sums) FROM \(lines) l
                WHERE \(condition) GROUP BY 2, 3, 4
                """
            ]
            + ["unit", "township"].map { kind in
                """
                SELECT '\(kind)', county, period, batch, \(kind), sum(people), sum(half_days), sum(total), sum(adjusted)
                FROM (\(parts)) GROUP BY 2, 3, 4, 5
                """
            }
        for query in queries {
            try db.cachedStatement(sql: "INSERT INTO paid_sum \(query)").execute(arguments: key)
        }
    }

    /// Forgets those of an open month.
    static func forget(_ db: Database, _ month: CountyMonth) throws {
        for kind in ["month", "unit", "township"] {
            try db.cachedStatement(
                sql: "DELETE FROM paid_sum WHERE kind = ? AND county = ? AND period = ? AND batch = ''"
            ).execute(arguments: [kind, month.county.text, month.period.description])
        }
    }
}

/// What a county's month pays through a sending unit, or in a township, summed; a closed month as it was issued.
public struct PaidSum: Hashable, Sendable {
    public enum Part: String, Sendable { case unit, township }

    public var month: CountyMonth
    public var part: Part
    public var name: String
    public var people: Int
    /// All lines, adjustments among them.
    public var total: Fen
    /// Adjustment lines alone.
    public var adjusted: Fen
}

extension LedgerReader {
    /// Sums by county, month, part and name.
    public func paidSums(_ county: CountyCode? = nil) throws -> [PaidSum] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT p.county, p.period, p.kind, p.name, p.people, p.total, p.adjusted FROM paid_sum p
                LEFT JOIN batch b ON b.county = p.county AND b.period = p.period
                WHERE p.kind <> 'month' AND p.batch = coalesce(b.id, '') AND p.county = coalesce(?, p.county)
                ORDER BY 1, 2, 3, 4
                """, arguments: [county?.text])
        var sums: [PaidSum] = []
        while let row = try rows.next() {
            guard let county = CountyCode(row[0] as String), let period = Period(row[1] as String),
                let part = PaidSum.Part(rawValue: row[2])
            else { continue }
            sums.append(
                PaidSum(
                    month: CountyMonth(county: county, period: period), part: part, name: row[3], people: row[4],
                    total: Fen(row[5]), adjusted: Fen(row[6])))
        }
        return sums
    }

    /// Sums of every month, closed ones as they were issued, by county and month.
    public func monthTotals() throws -> [MonthTotals] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT m.county, m.period, b.id, coalesce(p.people, 0), coalesce(p.half_days, 0), coalesce(p.total, 0),
                    (SELECT count(*) FROM held_line WHERE county = m.county AND period = m.period)
                FROM (SELECT county, period FROM month_pay UNION SELECT county, period FROM batch) m
                LEFT JOIN batch b ON b.county = m.county AND b.period = m.period
                LEFT JOIN paid_sum p ON p.kind = 'month' AND p.county = m.county AND p.period = m.period
                    AND p.batch = coalesce(b.id, '')
                ORDER BY m.county, m.period
                """)
        return rows.compactMap { row in
            guard let county = CountyCode(row[0] as String), let period = Period(row[1] as String) else { return nil }
            return MonthTotals(
                month: CountyMonth(county: county, period: period), people: row[3], days: HalfDays(row[4]),
                total: Fen(row[5]), held: row[6], batch: row[2])
        }
    }
}
