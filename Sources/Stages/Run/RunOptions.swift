import Domain
import Foundation
import Glibc
import Settings

/// Where a run reads and writes, after flags, pipeline file and the last run were looked at.
public struct RunOptions: Sendable {
    /// The pipeline file that was read.
    public var pipeline: String
    public var inbox: String
    public var ledger: String
    public var output: String
    public var policy: String
    public var forms: String
    public var regions: String
    /// Profile files; the first is `payments`.
    public var exports: [String]
    public var asOf: CivilDate
    public var county: CountyCode?
    /// Worker threads, at least 1.
    public var jobs: Int
    public var language: Language
    public var limits: [String: Int]
    public var authority: Authority
    /// Who is expected to send; nil where nothing is.
    public var expectations: Expectations?
    /// The key under which people are named to the province; nil where none is at hand.
    public var key: String?
    /// What the province gave back to the county.
    public var claims: String?
    public var records: String?
    public var quotas: String?
    /// Times of receipt, for copies that lost theirs.
    public var received: String?
    /// Whether an inbox that lost its files is taken as it is.
    public var acceptsVanished: Bool
    public var isQuiet: Bool
    public var isVerbose: Bool

    /// What a user said on the command line; nil where nothing.
    public struct Flags: Sendable {
        public var pipeline: String?
        public var inbox: String?
        public var ledger: String?
        public var output: String?
        public var policy: String?
        public var asOf: CivilDate?
        public var county: CountyCode?
        public var jobs: Int?
        public var acceptsVanished = false
        public var key: String?
        public var claims: String?
        public var records: String?
        public var quotas: String?
        public var received: String?
        public var language: Language = .en
        public var isQuiet = false
        public var isVerbose = false

        public init() {}
    }

    /// Options of a run: flags override the pipeline file.
    public init(_ flags: Flags) throws {
        let path = try PipelineChoice.path(flags.pipeline)
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            throw isThere && isFolder.boolValue ? RunFailure.folderForPipeline(path) : RunFailure.noSuchFile(path)
        }
        let file = try PipelineFile.parse(text, file: path)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        func beside(_ name: String) -> String { name.hasPrefix("/") ? name : folder + "/" + name }
        pipeline = path
        inbox = flags.inbox ?? file.inbox
        ledger = flags.ledger ?? file.ledger
        output = flags.output ?? file.output
        policy = flags.policy ?? beside(file.policy)
        forms = beside(file.forms)
        regions = beside(file.regions)
        exports = file.exports.map { beside("\(file.exportFolder)/\($0).yaml") }
        asOf = flags.asOf ?? file.asOf ?? RunOptions.today
        county = flags.county
        jobs = max(1, flags.jobs ?? ProcessInfo.processInfo.activeProcessorCount)
        language = flags.language
        limits = file.limits
        authority = file.authority
        expectations = file.expectations
        acceptsVanished = flags.acceptsVanished
        key = flags.key ?? file.provinceKey.map(beside)
        claims = flags.claims
        records = flags.records
        quotas = flags.quotas
        received = flags.received
        isQuiet = flags.isQuiet
        isVerbose = flags.isVerbose
    }

    /// Today in Asia/Shanghai (UTC+8 since 1991), whatever the zone of the machine's clock.
    public static var today: CivilDate {
        let seconds = Int(Date().timeIntervalSince1970.rounded(.down)) + 8 * 3600
        return CivilDate(dayNumber: Int32(seconds / 86_400))
    }
}

/// Files that come with the program.
public enum InstalledFiles {
    /// The path of a file that ships with the program: below `ZHUCUN_HOME`, else beside the program itself. The folder
    /// in which it was started has no say.
    public static func path(_ name: String) throws -> String {
        guard let path = found(["share/zhucun/" + name, name]) else { throw RunFailure.noData(name) }
        return path
    }

    /// The folder of the manuals; nil where the program came without.
    public static var manuals: String? { found(["share/doc/zhucun", "docs"]) }

    /// The first of the names that is there, as near to the program as can be.
    private static func found(_ names: [String]) -> String? {
        var roots: [String] = []
        if let home = ProcessInfo.processInfo.environment["ZHUCUN_HOME"], !home.isEmpty { roots.append(home) }
        var folder = executableFolder
        // As installed (bin/ beside share/), or built in the source folder (some levels below it).
        for _ in 0..<5 {
            roots.append(folder)
            folder = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        }
        for root in roots {
            for name in names {
                let path = root + "/" + name
                if FileManager.default.fileExists(atPath: path) { return path }
            }
        }
        return nil
    }

    /// A path that means the same from every folder.
    public static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    /// The folder of the running program; the stages lie beside the driver.
    public static var executableFolder: String {
        URL(fileURLWithPath: executable).deletingLastPathComponent().path
    }

    private static var executable: String {
        if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") { return path }
        // No /proc, as in a bare chroot: what the shell did to find the program.
        let name = CommandLine.arguments[0]
        let searched = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = name.contains("/") ? [""] : searched.split(separator: ":")
        for folder in folders {
            let path = folder.isEmpty ? name : folder + "/" + name
            if access(path, X_OK) == 0, let real = realpath(path, nil) {
                defer { free(real) }
                return String(cString: real)
            }
        }
        return name
    }
}
