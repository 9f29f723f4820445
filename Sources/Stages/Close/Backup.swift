import Domain
import Foundation
import Glibc
import Ledger
import Sheets

/// Backup and restore of the ledger with its kept originals: one command each. Source: spec §10.
///
/// What was copied is read back before it takes the name of a backup; a good one is never replaced by a bad one.
public enum Backup {
    /// What was copied.
    public struct Outcome: Sendable {
        /// Originals copied anew.
        public var copied = 0
        /// Originals that are gone or damaged where they should be, by hash; the rest is copied all the same.
        public var damaged: [String] = []
        /// Batches in the output that the restored ledger does not know.
        public var unknownBatches: [String] = []
    }

    private static let name = "/zhucun.sqlite"
    private static let part = "/.zhucun.sqlite.part"

    /// Copies ledger and originals into a folder, while a run may be going on.
    ///
    /// The ledger is copied first, as one consistent state; originals only ever grow, so all it names are there.
    /// - Throws: `RunFailure`, `LedgerError`, `ReportWriteError`; an older backup in the folder is then as it was.
    public static func make(_ options: RunOptions, to folder: String) throws -> Outcome {
        try LedgerAccess.checkReading(options)
        let ledger = try LedgerDatabase.open(options)
        try AtomicFile.makeFolder(folder, mode: OriginalStore.folderMode, isDurable: true)
        let part = folder + self.part
        do {
            try clear(part)
            // Private before its first byte is written.
            try AtomicFile.createPrivate(part)
            try ledger.backup(to: part)
            let copy = try LedgerDatabase(path: part)
            try copy.checkIntegrity()
            _ = try copy.checkSums()
            var outcome = Outcome()
            try copyOriginals(
                try copy.read { try $0.originalHashes() }, from: OriginalStore(ledgerPath: options.ledger),
                to: OriginalStore(folder: folder + "/originals"), &outcome)
            try copy.close()
            try publish(part, folder + name)
            return outcome
        } catch {
            try clear(part)
            throw error
        }
    }

    /// Puts a backup in the place of a ledger that is not there.
    ///
    /// - Throws: `RunFailure.refused` where a ledger stands already, or the folder holds no backup; there is then no
    ///   ledger still.
    public static func restore(from folder: String, _ options: RunOptions) throws -> Outcome {
        let path = options.ledger
        let source = folder + name
        guard access(source, F_OK) == 0 else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "\(folder) 中没有备份（缺 zhucun.sqlite）。", en: "\(folder) holds no backup (no zhucun.sqlite)."))
        }
        var status = stat()
        guard stat(path, &status) != 0 || status.st_size == 0 else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "账本 \(path) 已存在。请先把它移走，再恢复。", en: "the ledger \(path) exists. Move it away before restoring."))
        }
        try AtomicFile.makeFolder(AtomicFile.parent(of: path), mode: OriginalStore.folderMode, isDurable: true)
        let part = path + ".part"
        do {
            try clear(part)
            try FileCopy.copy(source, to: part, mode: OriginalStore.fileMode)
            let copy = try LedgerDatabase(path: part)
            try copy.checkIntegrity()
            _ = try copy.checkSums()
            var outcome = Outcome()
            let originals = OriginalStore(ledgerPath: path)
            try copyOriginals(
                try copy.read { try $0.originalHashes() }, from: OriginalStore(folder: folder + "/originals"),
                to: originals, &outcome)
            // What a later ledger left is not this one's: from now on it is the ledger.
            try LedgerMark.establish(copy, originals)
            // Where the backup's machine wrote to says nothing of this one's files.
            try copy.write(isDurable: true) {
                try $0.setSetting("output", InstalledFiles.absolute(options.output))
            }
            let known = Set(try copy.read { try $0.batches().map(\.id) })
            outcome.unknownBatches = try IssuedBatches.read(output: options.output).map(\.id)
                .filter { !known.contains($0) }
            try copy.close()
            // A write-ahead log without its ledger would be played into the restored one.
            for leftover in ["-wal", "-shm", "-journal"] { try remove(path + leftover) }
            try publish(part, path)
            return outcome
        } catch {
            try clear(part)
            throw error
        }
    }

    /// Every original that the ledger names, read and compared with its name on both sides; what else lies there too.
    private static func copyOriginals(
        _ hashes: [String], from source: OriginalStore, to target: OriginalStore, _ outcome: inout Outcome
    ) throws {
        for hash in Set(hashes).union(source.hashes).sorted() where !target.holds(hash) {
            guard let bytes = AtomicFile.contents(source.path(hash)), Fingerprint.sha256(bytes) == hash else {
                if hashes.contains(hash) { outcome.damaged.append(hash) }
                continue
            }
            try target.keep(bytes, sha256: hash)
            outcome.copied += 1
        }
        try target.sync()
    }

    private static func publish(_ part: String, _ path: String) throws {
        try DiskSync.file(part)
        guard rename(part, path) == 0 else { throw AtomicFile.failure(path, "rename") }
        try DiskSync.folder(AtomicFile.parent(of: path))
    }

    private static func clear(_ part: String) throws {
        for ending in ["", "-wal", "-shm", "-journal"] { try remove(part + ending) }
    }

    private static func remove(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else { throw AtomicFile.failure(path, "unlink") }
    }
}
