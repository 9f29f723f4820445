import Domain
import Foundation
import Ledger
import Work

/// Compute: what every affected month pays, and what corrections to closed months mean for the first open one.
///
/// Reads what normalize committed; commits lines and held rows in one transaction.
public struct ComputeStage: Sendable {
    /// What it did.
    public struct Summary: Sendable {
        public var months = 0
    }

    private let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    public func run(progress: ProgressBar) throws -> Summary {
        try context.ledger.checkBatches()
        let (pay, years) = try context.ledger.read { ledger in
            let work = try ledger.work()
            return (try PayStep(context, ledger, work), try YearStep(context, ledger, work))
        }
        let counties = pay.staleCounties
        let jobs = try context.ledger.read { try years.staleYears($0) }
        var summary = Summary()
        try context.ledger.write { ledger in
            for (name, value) in [
                ("policy.path", context.options.policy), ("policy.sha256", context.policySHA256),
                ("asOf", context.options.asOf.iso), ("inbox", InstalledFiles.absolute(context.options.inbox)),
                ("output", InstalledFiles.absolute(context.options.output)),
            ] { try ledger.setSetting(name, value) }
            // Whoever speaks of this run later means the policy it had, even where it computed nothing.
            try context.originals.keep(Array(context.policyText.utf8), sha256: context.policySHA256)
            try years.make(jobs, ledger)
            guard !counties.isEmpty else { return }
            progress.begin(counties.count)
            try OrderedParallel.forEach(
                counties, jobs: context.options.jobs, window: 4,
                makeWorker: { try context.ledger.reader() },
                work: { reader, county in try reader.read { try pay.make(county, $0) } },
                take: { _, results in
                    progress.advance()
                    for result in results {
                        try pay.store(result, ledger)
                        summary.months += 1
                    }
                })
        }
        return summary
    }
}
