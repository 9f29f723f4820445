import Domain
import Ledger
import Work

/// Normalize: registers are merged, blocks find their county, and every affected month its persons, places and days.
///
/// Reads what ingest committed; commits county records and months in one transaction.
public struct NormalizeStage: Sendable {
    /// What it did.
    public struct Summary: Sendable {
        /// Counties whose registers came out otherwise.
        public var counties = 0
        public var months = 0
    }

    private let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    public func run(progress: ProgressBar) throws -> Summary {
        let summary = try match(progress)
        try ExpectedArrivals(context).update()
        return summary
    }

    private func match(_ progress: ProgressBar) throws -> Summary {
        var summary = Summary()
        try OldBatches(context).read()
        let isCurrent = try context.ledger.read { ledger in
            let work = try ledger.work()
            return try work.holds(.registers, RegisterStep(context, ledger).inputs(work))
                && AssignmentStep.isCurrent(ledger, work) && MonthStep.stale(context, ledger, work).isEmpty
                && work.output(.handedBack) == ledger.handedBackDigest(HandBackHeader.Kind.claims.rawValue)
        }
        if isCurrent { return summary }
        try context.ledger.write { ledger in
            var work = try ledger.reader.work()
            let registers = RegisterStep(context, ledger.reader)
            let blocks = AssignmentStep(context: context, ledger: ledger)
            var isMerged = false
            if try !work.holds(.registers, registers.inputs(work)) {
                isMerged = true
                let made = try registers.make(ledger, &work)
                summary.counties = made.counties
                try blocks.assignAgain(made.registers, &work)
            } else if try !AssignmentStep.isCurrent(ledger.reader, work), try blocks.assignByContext(work) {
                try blocks.assignNew(try registers.read(), &work)
            }
            var months = try MonthStep(context, ledger)
            summary.months = try months.make(&work, progress)
            if summary.months > 0 || isMerged {
                try DecisionsLeftOver.tell(ledger, handedOverBy: context.handsOver)
            }
        }
        return summary
    }
}
