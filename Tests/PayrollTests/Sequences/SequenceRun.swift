import Domain
import Foundation
import Ledger
import Stages
import TestSupport
import Testing

/// One random sequence of everything that can happen to two counties of one ledger.
final class SequenceRun {
    private let seed: UInt64
    private var generator: SeededGenerator
    let office: SequenceOffice
    var world = SequenceWorld()
    let report = SequenceReport()
    /// Final files by name, as the ledger named them when it closed the month.
    var closed: [CountyMonth: [String: String]] = [:]
    /// Policy that each closed month is read with, and that of the run.
    var governing: [CountyMonth: String] = [:]
    var backup: (folder: String, batches: Int)?
    /// Bank lines that somebody answered, and those of them that came back: batch, person, account.
    var answered: [[String]: Bool] = [:]
    var closedAnswers: [SequenceClosedLine: SequenceWorld.Answer] = [:]
    let last: Period
    private let looksAtFiles: Bool
    private(set) var step = 0

    /// - Parameter isLong: with five months, and every file looked at; else two, and files of some sequences.
    init(seed: UInt64, isLong: Bool) throws {
        self.seed = seed
        last = SequenceWorld.months[isLong ? 4 : 1]
        looksAtFiles = isLong || seed % 20 == 1
        generator = SeededGenerator(seed)
        world.acceptsTotals = seed % 3 == 0
        office = try SequenceOffice(hasAllowance: true, acceptsTotals: seed % 3 == 0)
    }

    func random(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

    func log(_ what: String) { report.steps.append("\(step) \(what)") }

    /// Plays it, checks after every step, and closes what can be closed at the end. The first step after which a thing
    /// is wrong ends it, told with its seed and all steps before.
    func play(steps: Int) {
        do {
            try writeRegisters()
            for place in world.places { try submit(place, SequenceWorld.months[0], leavesOut: false) }
            try office.run()
            for number in 1...steps {
                step = number
                try act()
                try check()
            }
            try finish()
        } catch {
            Issue.record(
                """
                seed \(seed), step \(step) of \(steps): \(error)
                  \(report.steps.joined(separator: "\n  "))
                """)
        }
    }

    private func act() throws {
        switch random(0..<35) {
        case 0..<8: try submitAnywhere()
        case 8: try move(between: false)
        case 9, 10: try move(between: true)
        case 11: try rename()
        case 12: try newAccount()
        case 13: try newPolicy()
        case 14: try adopt()
        case 15: try spotCheck()
        case 16, 17: try bankReturn()
        case 18: try wrongMonth()
        case 19: try backUpOrRestore()
        case 20..<25: try decide()
        case 25: try endOrReopen()
        case 26: try withdraw()
        case 27, 28: try correctPlace()
        default: try closeNext()
        }
    }

    // MARK: Looking

    func check() throws {
        try office.context().ledger.read { ledger in
            let policy = office.policy
            let governing = governing
            let oracle = SequenceOracle(
                world: world, ledger: ledger,
                rate: { county, month in
                    let key = CountyMonth(county: SequenceWorld.counties[county], period: month)
                    return governing[key] ?? policy == "sixty" ? 60 : 70
                }, closedAnswers: closedAnswers, returned: Set(answered.filter(\.value).keys), report: report)
            try oracle.check()
        }
        try report.settle()
    }

    /// Closing never deadlocks; no closed byte changed; every batch is proven; what files say adds up.
    private func finish() throws {
        for county in 0..<2 {
            while firstOpen(county) <= last {
                let before = closed.count
                try close(county, firstOpen(county))
                if closed.count == before { break }
                try check()
            }
        }
        guard looksAtFiles else { return }
        try office.run(reporting: true)
        for (month, files) in closed.sorted(by: { $0.key < $1.key }) {
            report.expect(!files.isEmpty, "\(month) has no files")
            report.expect(office.digests(month) == files, "\(month) changed")
        }
        log("verify")
        let verify = VerifyStage(try office.context())
        for batch in try verify.batches() {
            let result = try verify.verify(batch.id)
            report.expect(result.isProven, "\(batch.id): \((result.problems + result.obstacles).map(\.en))")
        }
        log("explain")
        try SequenceFiles(office, report).check(closed.keys.sorted())
        try report.settle()
    }
}
