import Domain
import Foundation
import Glibc
import Ledger
import Sheets

/// Tells a ledger that was lost from one that never was. Source: spec §10.
///
/// A ledger that vanished, was emptied, mixed up or put back from an old copy looks like a first run, and a month would
/// be issued twice. So beside the originals stands which ledger they belong to and how much it had taken in
/// (`LedgerMark`), and in the output which batches were issued (`IssuedBatches`); a run that finds them ahead of its
/// ledger stops.
enum LostState {
    /// Before a ledger is opened, and with that perhaps made: refuses where there is none beside what one left behind.
    ///
    /// A ledger file without a byte that nothing else speaks of is what a first run left that was killed: it goes.
    /// - Throws: `RunFailure.refused`.
    static func checkPresence(_ options: RunOptions) throws {
        var status = stat()
        let isThere = stat(options.ledger, &status) == 0
        if isThere, status.st_size > 0 { return }
        let originals = OriginalStore(ledgerPath: options.ledger)
        let batches = try IssuedBatches.read(output: options.output)
        let evidence =
            originals.isEmpty ? batches.first.map { "\(options.output) (\($0.id))" } : originals.folder
        guard let evidence else {
            if isThere { unlink(options.ledger) }
            return
        }
        throw refused(
            "账本 \(options.ledger) \(isThere ? "是空的" : "不见了")，而 \(evidence) 还在。",
            "the ledger \(options.ledger) is \(isThere ? "empty" : "missing"), but \(evidence) is there.")
    }

    /// Refuses a ledger that is not the one its originals and closed files were made with, or is older than they are.
    ///
    /// - Throws: `RunFailure.refused`.
    static func check(_ ledger: LedgerDatabase, _ options: RunOptions) throws {
        let originals = OriginalStore(ledgerPath: options.ledger)
        let mark = try LedgerMark.read(originals)
        try ledger.read { reader in
            let own = try LedgerMark.of(reader)
            let isUsed = try reader.hasSubmissions()
            if let mark {
                guard let own, own.id == mark.id else {
                    throw refused(
                        "账本 \(options.ledger) 与 \(originals.folder) 中的原件不属于同一套（\(own?.id ?? "新账本") ≠ \(mark.id)）。",
                        "the ledger \(options.ledger) is not the one of the originals in \(originals.folder) "
                            + "(\(own?.id ?? "a new one") instead of \(mark.id)).")
                }
                guard own.generation >= mark.generation else {
                    throw refused(
                        "账本 \(options.ledger) 比旁边的原件旧（第 \(own.generation) 代，原件已到第 \(mark.generation) 代）。",
                        "the ledger \(options.ledger) is older than the originals beside it (generation "
                            + "\(own.generation), they are of \(mark.generation)).")
                }
            } else if own == nil, !isUsed, !originals.isEmpty {
                throw refused(
                    "账本 \(options.ledger) 是空的，而 \(originals.folder) 中留有原件。",
                    "the ledger \(options.ledger) is empty, but \(originals.folder) holds originals.")
            }
            try check(try IssuedBatches.read(output: options.output), reader, isUsed: isUsed, options)
        }
    }

    /// Batches that lie in the output must be the ledger's; another county's ledger may write there too.
    private static func check(
        _ issued: [IssuedBatches.Entry], _ ledger: LedgerReader, isUsed: Bool, _ options: RunOptions
    ) throws {
        guard !issued.isEmpty else { return }
        let known = Dictionary(uniqueKeysWithValues: try ledger.batches().map { ($0.id, $0) })
        let counties = Set(try ledger.countyNames().keys.map(\.text)).union(known.values.map(\.month.county.text))
        for entry in issued where !isUsed || counties.contains(entry.county) {
            guard let batch = known[entry.id] else {
                throw refused(
                    "输出目录 \(options.output) 中有已关账的批次 \(entry.id)，账本 \(options.ledger) 却不知道它：账本比输出旧。",
                    "\(options.output) holds the closed batch \(entry.id), which the ledger \(options.ledger) does not "
                        + "know: the ledger is older than the output.")
            }
            guard Fingerprint.sha256(Array(batch.manifest.utf8)) == entry.manifest else {
                throw refused(
                    "输出目录 \(options.output) 中的批次 \(entry.id) 不是账本 \(options.ledger) 关的那一个。",
                    "the batch \(entry.id) in \(options.output) is not the one that the ledger \(options.ledger) closed."
                )
            }
        }
    }

    private static func refused(_ zh: String, _ en: String) -> RunFailure {
        .refused(
            BilingualText(
                zh: zh + "没有运行，以免重复发放。请用 zhucun restore 从最近的备份恢复账本；没有备份时见运维手册“账本丢失”。",
                en: en
                    + " Nothing was run, so that nobody is paid twice. Restore the ledger from the newest backup with "
                    + "`zhucun restore`; without one see «a lost ledger» in the manual."))
    }
}

extension LedgerDatabase {
    /// The ledger of a command, made on first use; never in the place of one that was lost.
    ///
    /// - Throws: `RunFailure.refused`, `LedgerError`.
    public static func open(_ options: RunOptions) throws -> LedgerDatabase {
        try LostState.checkPresence(options)
        let ledger = try LedgerDatabase(path: options.ledger)
        try LostState.check(ledger, options)
        return ledger
    }
}

/// Which ledger originals belong to, and how much it had taken in: `<ledger>.originals/ledger`.
struct LedgerMark: Hashable {
    /// 32 hexadecimal digits, drawn when the ledger was made.
    let id: String
    /// Counts up whenever the ledger takes something in or closes a month.
    let generation: Int

    private static func path(_ originals: OriginalStore) -> String { originals.folder + "/ledger" }

    /// Nil where there is none, as beside a ledger of an older program.
    ///
    /// - Throws: `RunFailure.refused` where it is there and does not read.
    static func read(_ originals: OriginalStore) throws -> LedgerMark? {
        guard access(path(originals), F_OK) == 0 else { return nil }
        let words = AtomicFile.contents(path(originals)).map { String(decoding: $0, as: UTF8.self) }?
            .split(whereSeparator: \.isWhitespace).map(String.init)
        guard let words, words.count == 2, let generation = Int(words[1]) else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "\(path(originals)) 已损坏，无法确认账本与原件是否一套。请从备份恢复 .originals 目录，或用 zhucun verify --all 检查后删除该文件。",
                    en:
                        "\(path(originals)) is damaged: whether ledger and originals belong together cannot be told. "
                        + "Restore the folder .originals from a backup, or check with `zhucun verify --all` and remove it."
                ))
        }
        return LedgerMark(id: words[0], generation: generation)
    }

    /// What a ledger says of itself; nil before its first run, or of an older program.
    static func of(_ ledger: LedgerReader) throws -> LedgerMark? {
        guard let id = try ledger.setting("ledger.id") else { return nil }
        return LedgerMark(id: id, generation: try ledger.setting("ledger.generation").flatMap { Int($0) } ?? 0)
    }

    /// Names the ledger if it has no name yet, and notes beside the originals how far it is. Called when nothing is
    /// being written: by a run before it takes anything in, by a restore after it.
    static func establish(_ ledger: LedgerDatabase, _ originals: OriginalStore) throws {
        if try ledger.read({ try LedgerMark.of($0) }) == nil {
            let id = (0..<4).map { _ in UInt32.random(in: 0 ... .max) }
                .map { String(repeating: "0", count: 8 - String($0, radix: 16).count) + String($0, radix: 16) }.joined()
            try ledger.write(isDurable: true) { writer in
                try writer.setSetting("ledger.id", id)
                try writer.setSetting("ledger.generation", "0")
            }
        }
        try note(ledger, originals)
    }

    /// Within a commit that must not be lost unseen.
    static func advance(_ ledger: LedgerWriter) throws {
        guard let mark = try of(ledger.reader) else { return }
        try ledger.setSetting("ledger.generation", "\(mark.generation + 1)")
    }

    /// Writes beside the originals how far the ledger is, after the commit is on the disk.
    static func note(_ ledger: LedgerDatabase, _ originals: OriginalStore) throws {
        guard let mark = try ledger.read({ try LedgerMark.of($0) }) else { return }
        let bytes = Array("\(mark.id) \(mark.generation)\n".utf8)
        guard AtomicFile.contents(path(originals)) != bytes else { return }
        // Its name must not be on the disk before its content: an empty mark would stop the next run.
        try AtomicFile.write(
            bytes, to: path(originals), mode: OriginalStore.fileMode, folderMode: OriginalStore.folderMode,
            isDurable: true)
    }
}

/// The batches whose closed files lie in an output folder: `output/.batches`, a line each of id and the SHA-256 of its
/// manifest. The same months closed give the same bytes.
enum IssuedBatches {
    struct Entry: Hashable {
        let id: String
        /// SHA-256 of the manifest.
        let manifest: String

        /// `630202` of `ZC-630202-201811`.
        var county: String { String(id.dropFirst(3).prefix(6)) }
    }

    private static let name = "/.batches"

    /// As the file says; where there is none (an older program, a file lost), as the closed manifests in the output do.
    static func read(output: String) throws -> [Entry] {
        if let bytes = AtomicFile.contents(output + name) {
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ").map(String.init)
                return words.count == 2 ? Entry(id: words[0], manifest: words[1]) : nil
            }
        }
        return try scan(output)
    }

    /// Keeps what the ledger closed, beside what other ledgers closed into the output; on the disk when it returns.
    static func write(_ batches: [BatchRecord], output: String) throws {
        var entries: [String: String] = [:]
        for entry in try read(output: output) { entries[entry.id] = entry.manifest }
        for batch in batches { entries[batch.id] = Fingerprint.sha256(Array(batch.manifest.utf8)) }
        let bytes = Array(entries.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined().utf8)
        guard AtomicFile.contents(output + name) != bytes else { return }
        try AtomicFile.write(bytes, to: output + name, isDurable: true)
    }

    private static func names(_ folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.sorted()
    }

    private static func scan(_ output: String) throws -> [Entry] {
        struct Manifest: Decodable {
            let batch: String?
        }
        var entries: [Entry] = []
        for month in names(output) where Period(month) != nil {
            for county in names("\(output)/\(month)") where CountyCode(String(county.prefix(6))) != nil {
                let path = "\(output)/\(month)/\(county)/finance/manifest-\(month).json"
                guard let bytes = AtomicFile.contents(path) else { continue }
                // What does not read is no manifest of a closed month; `verify` names it.
                guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)),
                    let batch = manifest.batch
                else { continue }
                entries.append(Entry(id: batch, manifest: Fingerprint.sha256(bytes)))
            }
        }
        return entries
    }
}
