import Domain
import Foundation
import Ledger
import Sheets

/// `output/metrics.prom`: the last run in the Prometheus text format 0.0.4, the only output with clock time.
public struct RunMetrics: Sendable {
    public static let fileName = "metrics.prom"

    /// A metric with its samples, all gauges: they tell of the last run, not of a process.
    struct Metric: Sendable {
        var name: String
        var help: String
        var samples: [(labels: [(String, String)], value: String)]
    }

    private let metrics: [Metric]
    /// The text of the ledger's own metrics; empty without a ledger.
    private let state: String

    /// What the driver knows of a run when it ends.
    public struct Outcome: Sendable {
        /// 0, 1, 2 or 75.
        public var exitCode: Int32
        /// Unit: seconds.
        public var seconds: Double
        /// Seconds since 1970 when the run ended.
        public var endedAt: Int
        /// Files by what became of them, as the ingest stage counted: seen, read, refused; nil where it did not end.
        public var files: [String: Int]?

        public init(exitCode: Int32, seconds: Double, endedAt: Int, files: [String: Int]?) {
            self.exitCode = exitCode
            self.seconds = seconds
            self.endedAt = endedAt
            self.files = files
        }
    }

    /// Metrics of a run; without a ledger only those of the run itself.
    public init(_ outcome: Outcome, ledger: LedgerReader?) throws {
        var metrics = [
            Metric("zhucun_last_run_exit_code", "Exit code of the last run.", "\(outcome.exitCode)"),
            Metric("zhucun_last_run_duration_seconds", "How long the last run took.", Self.decimal(outcome.seconds)),
            Metric("zhucun_last_run_timestamp_seconds", "When the last run ended.", "\(outcome.endedAt)"),
            Metric("zhucun_build_info", "Version of the program.", "1", [("version", ProgramVersion.text)]),
        ]
        if let files = outcome.files {
            for (key, help) in [
                ("seen", "Files in the inbox."), ("read", "Files that were new or changed and read in the last run."),
                ("refused", "Files that the last run refused."),
            ] {
                if let count = files[key] { metrics.append(Metric("zhucun_files_\(key)", help, "\(count)")) }
            }
        }
        self.metrics = metrics
        state = try ledger.map { try Self.keptState($0) ?? Self.text(Self.state($0)) } ?? ""
    }

    /// The ledger's own metrics as the last finished run kept them; nil where the ledger was changed since.
    private static func keptState(_ ledger: LedgerReader) throws -> String? {
        guard let kept = try ledger.setting(setting), let end = kept.firstIndex(of: "\n"),
            try String(kept[..<end]) == "\(ledger.revision())"
        else { return nil }
        return String(kept[kept.index(after: end)...])
    }

    private static let setting = "metrics"

    /// Keeps the ledger's own metrics with the revision that this transaction makes.
    static func keepState(_ ledger: LedgerWriter) throws {
        let reader = ledger.reader
        try ledger.setSetting(setting, "\(reader.revision() + 1)\n" + text(state(reader)))
    }

    private static func state(_ ledger: LedgerReader) throws -> [Metric] {
        let inbox = try ledger.inboxCounts()
        let totals = try ledger.monthTotals()
        let held = try ledger.paySummaries()
        func labels(_ month: CountyMonth) -> [(String, String)] {
            [("county", month.county.text), ("period", month.period.description)]
        }
        var findings: [FindingReason: Int] = [:]
        let received = try ledger.monthSummaries()
        let tallies =
            try ledger.generalTally() + received.values.flatMap(\.findings) + held.values.flatMap(\.findings)
        for tally in tallies { findings[tally.reason, default: 0] += tally.count }
        var byCode: [String: Int] = [:]
        var labelsOf: [String: [(String, String)]] = [:]
        for (reason, count) in findings {
            let entry = reason.entry
            let labels = [
                ("code", entry.code.rawValue), ("severity", entry.severity.rawValue), ("effect", entry.effect.rawValue),
            ]
            let key = labels.map(\.1).joined(separator: " ")
            byCode[key, default: 0] += count
            labelsOf[key] = labels
        }
        return [
            Metric("zhucun_inbox_files", "Files that lie in the inbox.", "\(inbox.present)"),
            Metric("zhucun_inbox_files_unreadable", "Files in the inbox that cannot be read.", "\(inbox.refused)"),
            Metric(
                "zhucun_standing_findings", "Findings that hold or exclude something.",
                "\(try ledger.standingFindings(county: nil))"),
            Metric(
                name: "zhucun_people_paid", help: "People with a payment line, by county and period.",
                samples: totals.map { (labels($0.month), "\($0.people)") }),
            Metric(
                name: "zhucun_paid_fen", help: "Sum of the payment lines in fen, by county and period.",
                samples: totals.map { (labels($0.month), "\($0.total.amount)") }),
            Metric(
                name: "zhucun_held_rows", help: "Held rows, by county and period.",
                samples: totals.map { (labels($0.month), "\($0.held)") }),
            Metric(
                name: "zhucun_held_pending_fen", help: "What the held rows would pay in fen, by county and period.",
                samples: totals.map { total in
                    (labels(total.month), "\(held[total.month]?.held.reduce(0) { $0 + $1.pending.amount } ?? 0)")
                }),
            Metric(
                name: "zhucun_period_closed", help: "1 where the county's period is closed.",
                samples: totals.map { (labels($0.month), $0.batch == nil ? "0" : "1") }),
            Metric(
                name: "zhucun_findings", help: "Findings by code, severity and effect.",
                samples: byCode.sorted { $0.key < $1.key }.map { (labelsOf[$0.key] ?? [], "\($0.value)") }),
        ]
    }

    /// The file's text.
    public var text: String { Self.text(metrics) + state }

    private static func text(_ metrics: [Metric]) -> String {
        var text = ""
        for metric in metrics where !metric.samples.isEmpty {
            text += "# HELP \(metric.name) \(metric.help)\n# TYPE \(metric.name) gauge\n"
            for sample in metric.samples {
                let labels = sample.labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
                text += metric.name + (labels.isEmpty ? "" : "{\(labels)}") + " \(sample.value)\n"
            }
        }
        return text
    }

    /// Writes the file into the output folder, whole or not at all.
    public func write(output: String) throws {
        try AtomicFile.makeFolder(output)
        try AtomicFile.write(Array(text.utf8), to: output + "/" + Self.fileName)
    }

    private static func decimal(_ seconds: Double) -> String {
        let thousandths = Int((max(0, seconds) * 1000).rounded())
        let rest = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    private static func escaped(_ label: String) -> String {
        var text = ""
        for scalar in label.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

extension RunMetrics.Metric {
    /// A metric of one sample.
    init(_ name: String, _ help: String, _ value: String, _ labels: [(String, String)] = []) {
        self.init(name: name, help: help, samples: [(labels, value)])
    }
}
