import Foundation
import Glibc
import Ledger

/// Original bytes under their SHA-256 beside the ledger, so that every cell that was paid on can be shown years later.
struct OriginalStore: Sendable {
    /// `<ledger>.originals`.
    let folder: String

    init(ledgerPath: String) { folder = ledgerPath + ".originals" }

    func path(_ sha256: String) -> String { "\(folder)/\(sha256.prefix(2))/\(sha256)" }

    /// Keeps bytes; what is kept already is left alone.
    func keep(_ bytes: [UInt8], sha256: String) throws {
        let path = path(sha256)
        if access(path, F_OK) == 0 { return }
        let part = "\(path).\(getpid()).\(UInt(bitPattern: pthread_self().hashValue)).part"
        var descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if descriptor < 0, errno == ENOENT {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(sha256.prefix(2))", withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        }
        guard descriptor >= 0 else { throw failure(part) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + written, bytes.count - written) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let error = failure(part)
                close(descriptor)
                unlink(part)
                throw error
            }
            written += count
        }
        guard close(descriptor) == 0, rename(part, path) == 0 else {
            let error = failure(part)
            unlink(part)
            throw error
        }
    }

    /// The bytes of a hash.
    ///
    /// - Throws: `LedgerError.missingOriginal` where they are gone or are not what their name says.
    func bytes(_ sha256: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path(sha256)) else {
            throw LedgerError.missingOriginal(sha256)
        }
        let bytes = [UInt8](data)
        guard Fingerprint.sha256(bytes) == sha256 else { throw LedgerError.missingOriginal(sha256) }
        return bytes
    }

    private func failure(_ path: String) -> CocoaError {
        CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path, "errno": errno])
    }
}
