import Foundation
import Testing

@Suite("Random sequences over two counties of one ledger, against an independent oracle")
struct SequenceTests {
    /// Sequences and steps: `ZHUCUN_SEQUENCES=1000` plays a thousand of twenty steps.
    static let count = ProcessInfo.processInfo.environment["ZHUCUN_SEQUENCES"].flatMap { Int($0) }
    static let first = ProcessInfo.processInfo.environment["ZHUCUN_SEQUENCES_FROM"].flatMap { Int($0) } ?? 1

    static let steps =
        ProcessInfo.processInfo.environment["ZHUCUN_SEQUENCE_STEPS"].flatMap { Int($0) } ?? (count == nil ? 3 : 20)

    @Test(
        "nobody is paid a day twice, what was issued and is owed makes up what is due, and every batch is proven",
        arguments: first..<(first + (count ?? 40)))
    func sequence(seed: Int) throws {
        try SequenceRun(seed: UInt64(seed), isLong: Self.count != nil).play(steps: Self.steps)
    }
}
