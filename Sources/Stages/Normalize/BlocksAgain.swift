import Domain
import Forms
import Ledger
import Matching
import Rules
import Sheets

/// Blocks as another policy's marks read them: from the kept originals. Other marks mean other statuses.
struct BlocksAgain {
    private let context: RunContext
    private let reader: FormReader

    init(_ context: RunContext, _ policy: Policy) throws {
        self.context = context
        reader = try context.formReader(marks: policy.marks, explains: false)
    }

    func read(_ blocks: [SubmittedBlock], _ submissions: [Int: SubmissionRecord]) throws -> [SubmittedBlock] {
        var read: [Int: [AttendanceBlock]] = [:]
        return try blocks.map { submitted in
            let id = submitted.order.arrival
            if read[id] == nil, let record = submissions[id] {
                let workbook = try WorkbookOpener.open(
                    bytes: try context.originals.bytes(record.sha256), limits: context.limits)
                read[id] = reader.read(workbook, path: record.path).submitted.blocks
            }
            let again = read[id]?.first {
                $0.sheet == submitted.block.sheet && $0.index == submitted.block.index
                    && $0.period == submitted.block.period
            }
            guard let again, again.rows.count == submitted.block.rows.count else { return submitted }
            return SubmittedBlock(
                order: submitted.order, block: again, rowIndexes: submitted.rowIndexes, mendedTo: submitted.mendedTo)
        }
    }
}
