import Foundation
import Glibc
import TestSupport

/// Runs the programs with `Tests/Faults/faults.c` preloaded: every call that changes ledger, originals, output, backup
/// is counted, one of them fails, or all are recorded.
final class FaultHarness: Sendable {
    /// How a call fails; see `faults.c`.
    enum Kind: String, CaseIterable, Sendable {
        case io = "EIO"
        case noSpace = "ENOSPC"
        case notAllowed = "EACCES"
        case short = "SHORT"
        case full = "FULL"
        case kill = "KILL"
    }

    struct Outcome: Sendable {
        var result: BuiltProgram.Result
        /// Calls that were made.
        var calls: Int
        /// Calls that failed.
        var faults: Int
    }

    /// Whether every call is to fail, and not only a sample of them.
    static var isThorough: Bool { ProcessInfo.processInfo.environment["ZHUCUN_FAULTS"] == "all" }

    private let folder: TemporaryFolder
    private let library: String

    /// Builds the library with the toolchain's own compiler.
    init() throws {
        folder = try TemporaryFolder()
        library = folder.at("faults.so")
        let clang = BuiltProgram(path: "/usr/bin/env")
        let built = try clang.run([
            "clang", "-shared", "-fPIC", "-O1", "-o", library, PackageRoot.at("Tests/Faults/faults.c"), "-ldl",
        ])
        precondition(built.exit == 0, "faults.c does not build: \(built.error)")
    }

    /// Runs a command of `zhucun`; the call of that number fails.
    func run(_ place: Workplace, _ arguments: [String], failing call: Int = 0, _ kind: Kind = .io) throws -> Outcome {
        try run(place, arguments, ["FAULTS_AT": "\(call)", "FAULTS_KIND": kind.rawValue])
    }

    /// Runs a command and records what it does to the files.
    func record(_ place: Workplace, _ arguments: [String]) throws -> (outcome: Outcome, log: [UInt8]) {
        let log = folder.at("log-" + UUID().uuidString)
        try Data().write(to: URL(fileURLWithPath: log))
        defer { try? FileManager.default.removeItem(atPath: log) }
        let outcome = try run(place, arguments, ["FAULTS_LOG": log])
        return (outcome, [UInt8](try Data(contentsOf: URL(fileURLWithPath: log))))
    }

    private func run(
        _ place: Workplace, _ arguments: [String], _ environment: [String: String]
    ) throws -> Outcome {
        let count = folder.at("count-" + UUID().uuidString)
        try Data(count: 16).write(to: URL(fileURLWithPath: count))
        defer { try? FileManager.default.removeItem(atPath: count) }
        var variables = environment
        variables["FAULTS_UNDER"] = FaultHarness.watched(place).joined(separator: ":")
        variables["FAULTS_COUNT"] = count
        variables["LD_PRELOAD"] = library
        let result = try Workplace.zhucun.run(arguments, in: place.folder.path, environment: variables)
        let numbers = try Data(contentsOf: URL(fileURLWithPath: count)).withUnsafeBytes {
            [$0.load(as: UInt64.self), $0.load(fromByteOffset: 8, as: UInt64.self)]
        }
        return Outcome(result: result, calls: Int(numbers[0]), faults: Int(numbers[1]))
    }

    /// What a person would lose: ledger, originals, output, backup.
    static func watched(_ place: Workplace) -> [String] {
        [place.folder.at("ledger"), place.output, place.folder.at("backup")]
    }

    /// The calls to fail: all of them, or a few spread over them.
    static func calls(_ count: Int, sample: Int) -> [Int] {
        if isThorough { return Array(1...max(1, count)) }
        return (0..<sample).map { 1 + (count - 1) * $0 / max(1, sample - 1) }
    }
}

/// Copies of a place's folders, to begin again from the same state.
struct PlaceState {
    private let files: [String: FileTree]

    init(_ place: Workplace) {
        var files: [String: FileTree] = [:]
        for folder in FaultHarness.watched(place) { files[folder] = FileTree(folder) }
        self.files = files
    }

    /// Puts every file back as it was, its time and mode too.
    func restore() throws {
        for (folder, tree) in files {
            if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
            for path in tree.folders.keys.sorted() {
                let at = path.isEmpty ? folder : folder + "/" + path
                try FileManager.default.createDirectory(atPath: at, withIntermediateDirectories: true)
                chmod(at, tree.folders[path] ?? 0o700)
            }
            for (path, entry) in tree.files {
                try entry.bytes.write(to: URL(fileURLWithPath: folder + "/" + path))
                chmod(folder + "/" + path, entry.mode)
                var times = [
                    timespec(tv_sec: entry.modified / 1_000_000_000, tv_nsec: entry.modified % 1_000_000_000),
                    timespec(tv_sec: entry.modified / 1_000_000_000, tv_nsec: entry.modified % 1_000_000_000),
                ]
                utimensat(AT_FDCWD, folder + "/" + path, &times, 0)
            }
        }
    }
}
