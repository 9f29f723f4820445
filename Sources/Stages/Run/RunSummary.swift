import Domain
import Foundation
import Ledger

/// What a run left behind: for the operator's eyes and the exit code.
public struct RunSummary: Sendable {
    /// A county's month in a line.
    public struct Month: Sendable {
        public var month: CountyMonth
        public var countyName: String
        public var people: Int
        public var total: Fen
        public var held: Int
        public var batch: String?
    }

    /// Findings that hold or exclude something now: exit code 1 where there are any.
    public var standing: Int
    /// None for a quiet run, which shows none.
    public var months: [Month]
    public var output: String
    /// Unit: seconds.
    public var seconds: Double

    /// Reads the ledger after a run.
    public init(_ options: RunOptions, seconds: Double) throws {
        let ledger = try LedgerDatabase(path: options.ledger)
        (standing, months) = try ledger.read { reader in
            (
                try reader.standingFindings(county: options.county),
                try options.isQuiet ? [] : RunSummary.months(reader, options.county)
            )
        }
        output = options.output
        self.seconds = seconds
    }

    private static func months(_ reader: LedgerReader, _ county: CountyCode?) throws -> [Month] {
        let names = try reader.countyNames()
        return try reader.monthTotals().filter { county == nil || $0.month.county == county }.map {
            Month(
                month: $0.month, countyName: names[$0.month.county]?.name ?? $0.month.county.text, people: $0.people,
                total: $0.total, held: $0.held, batch: $0.batch)
        }
    }

    /// At most the dozen latest months, then where the results are.
    public func text(_ language: Language) -> String {
        var lines = months.sorted {
            $0.month.period == $1.month.period ? $0.month < $1.month : $0.month.period > $1.month.period
        }
        .prefix(12).map { month in
            let state = month.batch.map { " \($0)" } ?? ""
            return language == .zh
                ? "\(month.month.period) \(month.countyName)：\(month.people) 人，\(month.total.yuanText) 元，暂缓 \(month.held) 行\(state)"
                : "\(month.month.period) \(month.countyName): \(Counted.people(month.people)), \(month.total.yuanText) yuan, "
                    + "\(Counted.rows(month.held)) held\(state)"
        }
        if months.count > 12 {
            lines.append(language == .zh ? "……共 \(months.count) 个县区月份" : "… \(months.count) county months in all")
        }
        lines.append(
            language == .zh
                ? (standing > 0
                    ? "有 \(standing) 个问题使人员暂缓或日期不计，见 \(output)/findings.csv 和各县区 findings.csv" : "没有暂缓或不计的问题")
                : (standing > 0
                    ? "\(standing) findings hold or exclude something: see \(output)/findings.csv and each county's findings.csv"
                    : "nothing is held or excluded"))
        lines.append(language == .zh ? "结果：\(output)/" : "results: \(output)/")
        return lines.joined(separator: "\n")
    }
}
