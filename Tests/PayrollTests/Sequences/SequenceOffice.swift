import Domain
import Foundation
import Ledger
import Logging
import Stages
import TestSupport
import Testing

/// An inbox, a ledger and an output in a temporary folder, and the stages over them in this process.
final class SequenceOffice {
    let folder: TemporaryFolder
    /// Name of the policy file that a run takes.
    var policy = "sixty"
    var asOf = CivilDate(2019, 12, 31)
    private var clock = 1_600_000_000

    static let policies = ["sixty": "60.00", "seventy": "70.00"]

    /// One allowance of everybody; its share of a day is a whole fen in every month.
    private static let allowance = """

        rateTables:
          townshipSubsidy:
            title: 乡镇工作补贴
            unit: 元/人·月
            source: 样例
            keys: [cadre.role]
            rows: [{key: [工作队员], from: 2018-10-01, value: \(Fen(SequenceWorld.allowance).yuanText)}]

        """

    /// - Parameter acceptsTotals: whether policy takes a stated total for evidence.
    init(hasAllowance: Bool = false, acceptsTotals: Bool = false) throws {
        folder = try TemporaryFolder(inMemory: true)
        try FileManager.default.createDirectory(atPath: folder.at("inbox"), withIntermediateDirectories: true)
        let text = try String(contentsOfFile: PackageRoot.at("pipelines/policy/qinghai-2018-231.yaml"), encoding: .utf8)
        for (name, rate) in Self.policies {
            let own =
                text.replacingOccurrences(of: "value: 60.00", with: "value: \(rate)")
                .replacingOccurrences(of: "value: false", with: "value: \(acceptsTotals)")
                + (hasAllowance ? Self.allowance : "")
            try own.write(toFile: policyPath(name), atomically: true, encoding: .utf8)
        }
    }

    func policyPath(_ name: String) -> String { folder.at("\(name).yaml") }

    var output: String { folder.at("output") }
    var ledgerPath: String { folder.at("ledger/z.sqlite") }

    func options() throws -> RunOptions {
        var flags = RunOptions.Flags()
        flags.pipeline = PackageRoot.at("pipelines/nightly.yaml")
        flags.inbox = folder.at("inbox")
        flags.ledger = ledgerPath
        flags.output = output
        flags.policy = policyPath(policy)
        flags.asOf = asOf
        flags.jobs = 1
        return try RunOptions(flags)
    }

    func context() throws -> RunContext {
        try RunContext(try options(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// A file of the inbox, weeks newer than the one before it.
    func write(_ path: String, _ rows: [[String]], days: Int = 30) throws {
        let full = folder.at("inbox/" + path)
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: full).deletingLastPathComponent().path, withIntermediateDirectories: true)
        let text = rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
        try text.write(toFile: full, atomically: true, encoding: .utf8)
        clock += days * 86_400
        FileTree.setModified(full, clock)
    }

    /// Makes the reports and expects `verify` to prove every batch.
    func expectProven() throws {
        try run(reporting: true)
        let verify = VerifyStage(try context())
        for batch in try verify.batches() {
            let result = try verify.verify(batch.id)
            #expect(result.isProven, "\(batch.id) \((result.problems + result.obstacles).map(\.en))")
        }
    }

    func run(reporting: Bool = false) throws {
        let context = try context()
        let progress = ProgressBar("test", isQuiet: true)
        _ = try IngestStage(context).run(progress: progress)
        _ = try NormalizeStage(context).run(progress: progress)
        _ = try ComputeStage(context).run(progress: progress)
        if reporting { _ = try ReportStage(context).run(progress: progress) }
    }

    func close(_ month: CountyMonth) throws {
        _ = try CloseStage(try context()).close(month.period, county: month.county, reports: false)
    }

    /// Final files of a closed month by name, with their SHA-256, as the ledger names them.
    func files(_ month: CountyMonth) throws -> [String: String] {
        try context().ledger.read { ledger in
            Dictionary(
                try ledger.files(batch: BatchRecord.id(month)).map { ($0.name, $0.sha256) },
                uniquingKeysWith: { first, _ in first })
        }
    }

    /// The same of what lies in the output.
    func digests(_ month: CountyMonth) -> [String: String] {
        finance(month).contents.mapValues { data in
            var hash = SHA256()
            hash.update(data)
            return hash.hex()
        }
    }

    /// The finance folder of a closed month, whatever its county was called then.
    func finance(_ month: CountyMonth) -> FileTree {
        let place = output + "/\(month.period)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        let own = names.sorted().first {
            $0.hasPrefix(month.county.text)
                && FileManager.default.fileExists(atPath: "\(place)/\($0)/finance/manifest-\(month.period).json")
        }
        return FileTree("\(place)/\(own ?? "")/finance")
    }
}
