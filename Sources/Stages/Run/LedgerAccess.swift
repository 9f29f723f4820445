import Domain
import Foundation
import Glibc

/// Who runs the program.
public enum SystemUser {
    /// Its name, else its number.
    public static var name: String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "#\(getuid())" }
        return String(cString: name)
    }
}

/// Who may write a ledger and its output, asked before anything is touched. Source: spec §10.
///
/// One user owns a ledger: what another writes beside it, root included, its owner can neither read nor prove later.
public enum LedgerAccess {
    /// Refuses a user who is not the owner of ledger and output, and names the right one.
    ///
    /// - Throws: `RunFailure.refused`.
    public static func checkWriting(_ options: RunOptions) throws {
        let ledger = InstalledFiles.absolute(options.ledger)
        if let owner = owner(of: ledger), owner != geteuid() { throw refusal(ledger, owner) }
        let folder = URL(fileURLWithPath: ledger).deletingLastPathComponent().path
        try checkFolder(folder)
        try checkFolder(InstalledFiles.absolute(options.output))
    }

    /// Refuses where there is no ledger, or one that this user may not read.
    ///
    /// - Throws: `RunFailure.noLedger` before the first run, else `RunFailure.refused`.
    public static func checkReading(_ options: RunOptions) throws {
        let ledger = InstalledFiles.absolute(options.ledger)
        if access(ledger, R_OK) == 0 { return }
        let folder = nearest(URL(fileURLWithPath: ledger).deletingLastPathComponent().path)
        for path in [ledger, folder] {
            if let owner = owner(of: path), owner != geteuid(), access(path, path == folder ? X_OK : R_OK) != 0 {
                throw refusal(path, owner)
            }
        }
        if owner(of: ledger) == nil {
            try LostState.checkPresence(options)
            throw RunFailure.noLedger(options.ledger)
        }
        throw RunFailure.refused(
            BilingualText(
                zh: "无法读取账本 \(ledger)。请检查权限。",
                en: "the ledger \(ledger) cannot be read. Check its permissions."))
    }

    /// A folder that is there must be this user's to write; where it is not, one must be able to make it.
    private static func checkFolder(_ folder: String) throws {
        if let owner = owner(of: folder) {
            // Root may write anywhere, and its files would then be in the way of the folder's owner.
            if owner != geteuid(), geteuid() == 0 || access(folder, W_OK | X_OK) != 0 { throw refusal(folder, owner) }
        } else if geteuid() != 0 {
            let above = nearest(folder)
            guard access(above, W_OK | X_OK) != 0, let owner = owner(of: above) else { return }
            // Nobody is to run as root for want of a folder: mostly the path counts from another place than was meant.
            throw owner == 0 ? cannotMake(folder, below: above) : refusal(above, owner)
        }
    }

    /// The deepest folder of a path that exists.
    private static func nearest(_ folder: String) -> String {
        var path = folder
        while path != "/", owner(of: path) == nil { path = URL(fileURLWithPath: path).deletingLastPathComponent().path }
        return path
    }

    private static func owner(of path: String) -> uid_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_uid : nil
    }

    private static func name(_ user: uid_t) -> String {
        guard let entry = getpwuid(user), let name = entry.pointee.pw_name else { return "#\(user)" }
        return String(cString: name)
    }

    private static func cannotMake(_ folder: String, below above: String) -> RunFailure {
        let (mine, here) = (name(geteuid()), FileManager.default.currentDirectoryPath)
        return .refused(
            BilingualText(
                zh: "没有目录 \(folder)，用户 \(mine) 也不能在 \(above) 里新建。流程文件里的 inbox、ledger、output "
                    + "请写以 / 开头的完整路径：不这样写的从当前目录 \(here) 算起。什么都没有改动。",
                en:
                    "there is no folder \(folder), and \(mine) may not make it in \(above). In the pipeline file inbox, "
                    + "ledger and output are best absolute paths: others count from the current folder \(here). "
                    + "Nothing was touched."))
    }

    private static func refusal(_ path: String, _ owner: uid_t) -> RunFailure {
        let (right, mine) = (name(owner), name(geteuid()))
        return .refused(
            BilingualText(
                zh: "\(path) 属于用户 \(right)，现在的用户是 \(mine)。请改用该用户：sudo -u '\(right)' zhucun …。什么都没有改动。",
                en:
                    "\(path) belongs to the user \(right), and this is \(mine). Run it as that user: "
                    + "sudo -u '\(right)' zhucun …. Nothing was touched."))
    }
}
