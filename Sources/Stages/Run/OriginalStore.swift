import Foundation
import Glibc
import Ledger
import Sheets
import Synchronization

/// Original bytes under their SHA-256 beside the ledger, so that every cell that was paid on can be shown years later.
struct OriginalStore: Sendable {
    /// `<ledger>.originals`.
    let folder: String

    static let fileMode: mode_t = 0o600
    static let folderMode: mode_t = 0o700

    init(ledgerPath: String) { folder = ledgerPath + ".originals" }

    init(folder: String) { self.folder = folder }

    func path(_ sha256: String) -> String { "\(folder)/\(sha256.prefix(2))/\(sha256)" }

    /// Keeps bytes. What is kept already is left alone if it is what its name says: a file that exists may be empty or
    /// damaged since, and is then written again.
    ///
    /// - Parameter isDurable: on the disk before it returns; else `sync` says when all of them are.
    /// - Throws: `ReportWriteError`.
    func keep(_ bytes: [UInt8], sha256: String, isDurable: Bool = false) throws {
        // Two workers can have the same bytes under two names.
        let stripe = Self.stripes[sha256.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFF } % Self.stripes.count]
        try stripe.mutex.withLock { _ in
            _ = try AtomicFile.write(
                bytes, to: path(sha256), mode: Self.fileMode, folderMode: Self.folderMode, isDurable: isDurable)
        }
    }

    private final class Stripe: Sendable {
        let mutex = Mutex(())
    }
    private static let stripes = (0..<16).map { _ in Stripe() }

    /// Waits until everything kept so far is on the disk: once for all of them, before the commit that names them.
    ///
    /// - Throws: `ReportWriteError`.
    func sync() throws {
        if access(folder, F_OK) == 0 { try DiskSync.fileSystem(of: folder) }
    }

    /// The bytes of a hash.
    ///
    /// - Throws: `LedgerError.missingOriginal` where they are gone or are not what their name says.
    func bytes(_ sha256: String) throws -> [UInt8] {
        guard let bytes = AtomicFile.contents(path(sha256)), Fingerprint.sha256(bytes) == sha256 else {
            throw LedgerError.missingOriginal(sha256)
        }
        return bytes
    }

    /// Whether the bytes of a hash lie there in their length: what a look at the folder can tell.
    func seemsToHold(_ sha256: String, size: Int) -> Bool {
        var status = stat()
        return stat(path(sha256), &status) == 0 && Int(status.st_size) == size
    }

    /// Whether nothing was ever kept.
    var isEmpty: Bool { names(folder).allSatisfy { $0.count != 2 } }

    /// Every hash of which a file lies there.
    var hashes: [String] {
        names(folder).filter { $0.count == 2 }.flatMap { names(folder + "/" + $0) }.filter { $0.count == 64 }
    }

    private func names(_ folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// Whether the kept bytes of a hash are there and are what their name says.
    func holds(_ sha256: String) -> Bool {
        guard let bytes = AtomicFile.contents(path(sha256)) else { return false }
        return Fingerprint.sha256(bytes) == sha256
    }
}
