import Codec
import Domain
import Foundation
import Ledger
import Work

/// A file that lies in one county's folder and speaks of another one: a version of it, bytes and all. Source: spec §11.
///
/// A county alone reads its own folder; what of it is another's travels as it was sent, so that sheets, decisions and
/// bank returns count there as in one ledger, with the same file, cell and original.
struct GuestWorkbook: Packable, Hashable {
    /// Relative to the inbox.
    var path: String
    /// Time of receipt. Unit: nanoseconds since 1970.
    var received: Int
    var sha256: String
    /// Whether it lies there now: not an earlier version, nor taken away.
    var isCurrent: Bool
    var bytes: [UInt8]

    /// Under which what is for a county is sealed.
    static func label(_ county: CountyCode) -> String { "workbooks of county \(county.text)" }

    func pack(_ writer: inout PackWriter) {
        writer.write(path)
        writer.write(received)
        writer.write(sha256)
        writer.write(isCurrent)
        writer.write(raw: bytes)
    }

    init(_ reader: inout PackReader) throws(PackingError) {
        path = try reader.string()
        received = try reader.int()
        sha256 = try reader.string()
        isCurrent = try reader.bool()
        bytes = try reader.rawBytes()
    }

    init(_ version: FileVersion, _ bytes: [UInt8]) {
        path = version.record.path
        received = version.record.modified
        sha256 = version.record.sha256
        isCurrent = version.isCurrent
        self.bytes = bytes
    }
}

/// Which files of a ledger lie in one county's folder and hold attendance of another one.
struct MisfiledSheets: Sendable {
    /// Counties they speak of, by the county in whose folder they lie, then by path.
    private var counties: [CountyCode: [String: Set<CountyCode>]] = [:]
    /// Their versions, as a digest.
    private var marks: [CountyCode: String] = [:]

    init(_ ledger: LedgerReader, _ scope: CountyScope) throws {
        for (path, county) in try ledger.attendancePaths() {
            guard let home = scope.home(path), home != county else { continue }
            counties[home, default: [:]][path, default: []].insert(county)
        }
        for (home, paths) in counties {
            var print = Fingerprint()
            for path in paths.keys.sorted() {
                for version in try ledger.versions(of: path) { print.add("\(version.record.id) \(version.isCurrent)") }
            }
            marks[home] = print.value
        }
    }

    /// Those in a county's folder.
    func paths(in home: CountyCode) -> [String: Set<CountyCode>] { counties[home] ?? [:] }

    /// Changes with what lies in a county's folder; empty for nothing.
    func mark(_ home: CountyCode) -> String { marks[home] ?? "" }
}

/// What the province gave back of such files; made where it is not taken in yet.
struct GuestWorkbooks {
    /// What was taken in last. Shape: `{"digest":…,"paths":[…]}`.
    private struct Taken: Codable {
        var digest = ""
        var paths: [String] = []
    }

    /// The one part of `records-for-<C>.json` that ingest needs.
    private struct Given: Decodable { var workbooks: [String]? }

    private static let setting = "guest workbooks"

    /// Each file's versions in the order in which they came.
    let files: [GuestWorkbook]
    /// Paths that were among them before.
    let gone: [String]
    private let taken: Taken

    /// Nil where nothing was given, or the ledger has it.
    ///
    /// - Throws: `RunFailure` where the key is not at hand or a file cannot be opened.
    init?(_ context: RunContext, _ ledger: LedgerReader) throws {
        let kind = HandBackHeader.Kind.records.rawValue
        let before = try ledger.setting(GuestWorkbooks.setting).map {
            try JSONDecoder().decode(Taken.self, from: Data($0.utf8))
        }
        let digest = try ledger.handedBackDigest(kind)
        guard digest != before?.digest ?? "", let file = try ledger.handedBack(kind) else { return nil }
        var files: [GuestWorkbook] = []
        for sealed in try JSONDecoder().decode(Given.self, from: Data(file.payload)).workbooks ?? [] {
            guard let bytes = try context.provinceKey(ledger)?.open(sealed, for: GuestWorkbook.label(file.county))
            else { throw RunFailure.refused(HandBackClaims.damaged(HandBackHeader.fileName(.records, file.county))) }
            files += try [GuestWorkbook](packed: bytes)
        }
        self.files = files
        let paths = Set(files.map(\.path))
        gone = (before?.paths ?? []).filter { !paths.contains($0) }
        taken = Taken(digest: digest, paths: paths.sorted())
    }

    /// Notes that they were taken in.
    func keep(_ ledger: LedgerWriter) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try ledger.setSetting(
            GuestWorkbooks.setting, String(decoding: try encoder.encode(taken), as: UTF8.self))
    }
}
