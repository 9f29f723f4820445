import Domain
import Foundation
import Glibc

/// One run at a time over a ledger. A stage holds a lock of its own: an older program starts stages as processes.
public final class RunLock {
    private let descriptor: Int32

    /// The lock of whole runs, or of one stage.
    public enum Kind: String, Sendable { case run, stage }

    /// - Throws: `RunFailure.locked` while another process holds it.
    public init(ledger: String, kind: Kind) throws {
        let path = "\(ledger).\(kind.rawValue).lock"
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw RunFailure.refused(
                BilingualText(
                    zh: "无法创建账本目录 \(folder)。请检查权限。",
                    en: "cannot create the ledger's folder \(folder). Check its permissions."))
        }
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "无法写入账本目录 \(folder)：\(String(cString: strerror(errno)))。",
                    en: "cannot write to the ledger's folder \(folder): \(String(cString: strerror(errno)))."))
        }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            close(descriptor)
            throw RunFailure.locked(path)
        }
    }

    deinit { close(descriptor) }
}
