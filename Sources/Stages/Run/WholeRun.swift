import Domain
import Ledger
import Work

/// The four stages in turn, in one process; each commits its own work before the next begins.
public struct WholeRun {
    public enum Stage: String, Sendable {
        case ingest = "zhucun-ingest"
        case normalize = "zhucun-normalize"
        case compute = "zhucun-compute"
        case report = "zhucun-report"
    }

    private let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    /// - Parameters:
    ///   - came: told what came in, before it is looked into.
    ///   - progress: the bar of a stage.
    /// - Returns: files of closed months that were missing or changed and were put back.
    public func run(
        came: (IngestStage.Summary) -> Void, progress: (Stage) -> ProgressBar
    ) throws -> [ReportStage.Restored] {
        try BatchCheck.trustIfUntouched(context)
        try HandedBack(context).take()
        came(try IngestStage(context).run(progress: progress(.ingest)))
        try context.ledger.checkBatches()
        let settled = try settlement()
        // The ledger is as a finished run on these inputs left it: there is nothing that a stage could find to do.
        let isSettled = try context.ledger.read { ledger in
            try ledger.setting("settled") == "\(ledger.revision()) \(settled)"
                && ReportStage(context).holdsFiles(ledger)
        }
        if isSettled {
            let isTold = try context.ledger.read { ledger in
                try !ChangeReports.isFresh(ledger) && (ledger.setting(WholeRun.restored) ?? "").isEmpty
            }
            if !isTold {
                try context.ledger.write { ledger in
                    try ChangeReports.forgetFreshness(ledger)
                    try ledger.setSetting(WholeRun.restored, "")
                    try keep(settled, ledger)
                }
            }
            try BatchCheck.note(context)
            return []
        }
        _ = try NormalizeStage(context).run(progress: progress(.normalize))
        _ = try ComputeStage(context).run(progress: progress(.compute))
        let report = try ReportStage(context).run(progress: progress(.report))
        try context.ledger.write { ledger in
            try ledger.setSetting(WholeRun.restored, report.restored.map(\.path).joined(separator: "\n"))
            try keep(settled, ledger)
        }
        try BatchCheck.note(context)
        return report.restored
    }

    /// The setting that names the files that the last run put back.
    static let restored = "reported.restored"

    /// Notes that a run was finished on these inputs; the note is a change as well.
    private func keep(_ settled: String, _ ledger: LedgerWriter) throws {
        try RunMetrics.keepState(ledger)
        try ledger.setSetting("settled", "\(ledger.reader.revision() + 1) \(settled)")
    }

    /// Digest of everything beside the ledger that the stages after ingest read.
    private func settlement() throws -> String {
        let options = context.options
        var inputs = Inputs()
        inputs.add("program", ProgramVersion.exchange)
        inputs.add("policy", context.policySHA256)
        inputs.add("policy path", options.policy)
        inputs.add("as of", options.asOf.iso)
        inputs.add("county", options.county?.text ?? "")
        inputs.add("key", options.key ?? "")
        inputs.add("inbox", InstalledFiles.absolute(options.inbox))
        inputs.add("output", InstalledFiles.absolute(options.output))
        inputs.add("regions", try context.text(options.regions))
        for (index, path) in options.exports.enumerated() { inputs.add("export \(index)", try context.text(path)) }
        let authority = options.authority
        for (name, list) in [
            ("decisions", authority.decisions), ("bank returns", authority.bankReturns),
            ("deciders", authority.deciders), ("registers", authority.registers),
        ] { inputs.add(name, list.joined(separator: "\n")) }
        if let expected = options.expectations {
            inputs.add("expectations", "\(expected.from) \(expected.day) \(expected.counties.map(\.text))")
        }
        return inputs.digest
    }
}
