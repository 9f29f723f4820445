import Domain
import Forms
import Foundation
import Ledger
import Logging
import Rules
import Settings
import Sheets

/// The version of the program, and of what it understands: part of every fingerprint.
public enum ProgramVersion {
    public static let text = "1.0.0"
    /// Counts up whenever reading or understanding a workbook changes.
    static let understanding = "11"
    /// Counts up whenever matching, computing or reporting changes.
    static let computing = "15"
    /// Counts up whenever counties and their province hand each other something else of the same results.
    static let handing = "2"
    /// Counties and their province exchange only what one version of the program made.
    static var exchange: String { "\(text) \(understanding).\(computing).\(handing)" }
    /// Counts up whenever the workbooks of a batch get another look or other bytes: those of earlier batches are then
    /// proven by what was kept of them, not by making them again.
    static let papers = 4
}

/// What every stage of a run shares: options, data files, the ledger.
public struct RunContext: Sendable {
    public let options: RunOptions
    public let ledger: LedgerDatabase
    public let policy: Policy
    public let policyText: String
    public let policySHA256: String
    public let logger: Logger
    /// Whether the county hands to its province what its sheets claim: now, or since an earlier run.
    let keepsClaims: Bool
    /// The county that is run alone, where what its folder holds of others is handed over to them.
    var handsOver: CountyCode? { keepsClaims ? options.county : nil }
    let originals: OriginalStore

    /// Opens the ledger and reads the policy file.
    ///
    /// - Parameter policyText: the policy to use in place of the file's present text.
    public init(_ options: RunOptions, logger: Logger, policyText: String? = nil) throws {
        self.options = options
        self.logger = logger
        logger.debug("pipeline file: \(options.pipeline)")
        guard let text = policyText ?? (try? String(contentsOfFile: options.policy, encoding: .utf8)) else {
            throw RunFailure.noSuchFile(options.policy)
        }
        self.policyText = text
        policySHA256 = Fingerprint.sha256(Array(text.utf8))
        policy = try PolicyFile.policy(from: text, file: options.policy)
        ledger = try LedgerDatabase.open(options)
        originals = OriginalStore(ledgerPath: options.ledger)
        keepsClaims = try options.key != nil || ledger.read { try $0.setting(ProvinceKey.setting) } != nil
    }

    /// The counties shipped with the program.
    func regions() throws -> [CountyRecord] {
        try RegionFile.region(from: try text(options.regions), file: options.regions).countyRecords
    }

    /// A county of which no register was received: as shipped, else named by its code.
    func shippedCounty(_ code: CountyCode) throws -> CountyRecord {
        try regions().first { $0.code == code }
            ?? CountyRecord(code: code, name: code.text, prefecture: "", isDeepPoverty: false)
    }

    /// The province of the shipped region file.
    func region() throws -> Region {
        try RegionFile.region(from: try text(options.regions), file: options.regions)
    }

    func text(_ path: String) throws -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { throw RunFailure.noSuchFile(path) }
        return text
    }

    /// The reader of forms and sheets, with the policy's marks.
    public func formReader() throws -> FormReader {
        try formReader(marks: policy.marks, explains: false)
    }

    /// The same with another policy's marks. `explains`: with roles of cells, as return workbooks need them.
    func formReader(marks: [AttendanceStatus: [String]], explains: Bool) throws -> FormReader {
        FormReader(
            forms: try FormFiles.load(folder: options.forms), marks: MarkTable(marks: marks),
            own: try OwnFiles.headers(options), explains: explains)
    }

    /// Limits of the pipeline file over the defaults.
    public var limits: ReadingLimits { options.readingLimits }

    /// Name of the policy file, without its folder.
    var policyFileName: String { URL(fileURLWithPath: options.policy).lastPathComponent }

    /// What a file's understanding depends on besides its bytes and path.
    func understandingVersion() throws -> String { try understandingVersion(marks: policy.marks) }

    /// The same under another policy's marks.
    func understandingVersion(marks: [AttendanceStatus: [String]]) throws -> String {
        var print = Fingerprint()
        print.add(ProgramVersion.understanding)
        for name in try FileManager.default.contentsOfDirectory(atPath: options.forms).sorted()
        where name.hasSuffix(".yaml") {
            print.add(name)
            print.add(try text(options.forms + "/" + name))
        }
        for status in AttendanceStatus.allCases { print.add((marks[status] ?? []).joined(separator: "\u{1F}")) }
        for (name, value) in options.limits.sorted(by: { $0.key < $1.key }) { print.add("\(name)=\(value)") }
        return print.value
    }

    /// Tells who looks (`--verbose`) what is done again: `month/630202/2018-11`.
    func made(_ result: String) { logger.debug("made \(result)") }
}
