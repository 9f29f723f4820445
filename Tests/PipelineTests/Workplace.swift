import Foundation
import TestSupport

/// A folder with an inbox, a ledger and an output of its own, and the built programs to run on them.
struct Workplace {
    let folder: TemporaryFolder
    var policy: String
    var asOf: String

    static let zhucun = BuiltProgram("zhucun")

    var inbox: String { folder.at("inbox") }
    var ledger: String { folder.at("ledger/z.sqlite") }
    var output: String { folder.at("output") }

    /// With an empty inbox.
    init(
        asOf: String = "2018-12-05", policy: String = PackageRoot.at("pipelines/policy/qinghai-2018-231.yaml")
    ) throws {
        folder = try TemporaryFolder()
        self.asOf = asOf
        self.policy = policy
        try FileManager.default.createDirectory(atPath: folder.at("inbox"), withIntermediateDirectories: true)
    }

    /// The county month of the fixtures.
    static func month() throws -> Workplace {
        let place = try Workplace()
        try place.copy(PackageRoot.at("fixtures/inbox"), to: place.inbox)
        let run = try RunRecord(path: PackageRoot.at("fixtures/expected/run.json"))
        for (file, time) in run.mtimes {
            if let date = ISO8601DateFormatter().date(from: time) {
                FileTree.setModified(place.inbox + "/" + file, Int(date.timeIntervalSince1970))
            }
        }
        return place
    }

    /// The county year of the fixtures.
    static func year() throws -> Workplace {
        let place = try Workplace(asOf: "2019-06-30", policy: PackageRoot.at("fixtures/policy-samples.yaml"))
        try place.copy(PackageRoot.at("fixtures/year/inbox"), to: place.inbox)
        let tree = FileTree(place.inbox)
        for path in tree.files.keys { FileTree.setModified(place.inbox + "/" + path, 1_560_000_000) }
        return place
    }

    struct RunRecord: Decodable {
        var mtimes: [String: String]

        init(path: String) throws {
            self = try JSONDecoder().decode(RunRecord.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }

    /// Copies what lies in a folder into another, over what is there.
    func copy(_ source: String, to target: String) throws {
        let files = FileManager.default
        guard let walk = files.enumerator(atPath: source) else { return }
        while let name = walk.nextObject() as? String {
            let from = source + "/" + name
            let to = target + "/" + name
            var isFolder: ObjCBool = false
            guard files.fileExists(atPath: from, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                try files.createDirectory(atPath: to, withIntermediateDirectories: true)
            } else {
                try files.createDirectory(
                    atPath: URL(fileURLWithPath: to).deletingLastPathComponent().path,
                    withIntermediateDirectories: true)
                try Data(contentsOf: URL(fileURLWithPath: from)).write(to: URL(fileURLWithPath: to))
            }
        }
    }

    /// Puts a text file into the inbox, received at that time (Unix seconds).
    func write(_ name: String, _ text: String, time: Int) throws {
        try folder.write("inbox/" + name, text)
        FileTree.setModified(inbox + "/" + name, time)
    }

    // MARK: Running

    var runArguments: [String] {
        [
            "run", "--inbox", inbox, "--ledger", ledger, "--output", output, "--policy", policy, "--as-of", asOf,
            "--quiet",
        ]
    }

    @discardableResult
    func run(_ more: String...) throws -> BuiltProgram.Result {
        try Workplace.zhucun.run(runArguments + more, in: folder.path)
    }

    /// Another command on the same ledger and output.
    @discardableResult
    func command(_ arguments: String...) throws -> BuiltProgram.Result {
        try Workplace.zhucun.run(
            arguments + ["--ledger", ledger, "--output", output, "--language", "en"], in: folder.path)
    }

    // MARK: Looking

    /// Everything below the output but the metrics, which tell the time.
    var outputs: FileTree { FileTree(output, without: ["metrics.prom"]) }

    /// Every `findings.csv`, with the first folder of its place (`root` for the output folder's own).
    func findings() throws -> [(report: String, row: [String: String])] {
        var found: [(report: String, row: [String: String])] = []
        for path in FileTree(output).files.keys.sorted() where path.hasSuffix("findings.csv") {
            let first = path.split(separator: "/")[0]
            let report = first == "findings.csv" ? "root" : String(first)
            found += try CSVText(path: output + "/" + path).rows.map { (report, $0) }
        }
        return found
    }

    /// Rows of every `<prefix>-….csv` of finance.
    func finance(_ prefix: String) throws -> [[String: String]] {
        try FileTree(output).files.keys.sorted().filter { $0.contains("/finance/\(prefix)-") && $0.hasSuffix(".csv") }
            .flatMap { try CSVText(path: output + "/" + $0).rows }
    }

    /// `630202-乐都区` of the fixtures.
    func folder(_ period: String, county: String = "630202-乐都区") -> String { "\(output)/\(period)/\(county)" }
}
