import Domain
import Foundation
import Ledger

/// Backup and restore of the ledger with its kept originals: one command each.
public enum Backup {
    /// Copies ledger and originals into a folder, while a run may be going on.
    ///
    /// The ledger is copied first, as one consistent state; originals only ever grow, so all it names are there.
    /// - Returns: number of originals copied anew.
    public static func make(ledger path: String, to folder: String) throws -> Int {
        guard FileManager.default.fileExists(atPath: path) else { throw RunFailure.noLedger(path) }
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let part = folder + "/.zhucun.sqlite.part"
        try? files.removeItem(atPath: part)
        try LedgerDatabase(path: path).backup(to: part)
        let copied = try copyOriginals(OriginalStore(ledgerPath: path).folder, folder + "/originals")
        // Only a whole copy takes the name of a backup.
        let target = folder + "/zhucun.sqlite"
        guard rename(part, target) == 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: target])
        }
        return copied
    }

    /// Puts a backup in the place of a ledger that is not there.
    ///
    /// - Throws: `RunFailure.refused` where a ledger stands already, or the folder holds no backup.
    public static func restore(from folder: String, ledger path: String) throws -> Int {
        let files = FileManager.default
        let source = folder + "/zhucun.sqlite"
        guard files.fileExists(atPath: source) else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "\(folder) 中没有备份（缺 zhucun.sqlite）。", en: "\(folder) holds no backup (no zhucun.sqlite)."))
        }
        guard !files.fileExists(atPath: path) else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "账本 \(path) 已存在。请先把它移走，再恢复。", en: "the ledger \(path) exists. Move it away before restoring."))
        }
        let copied = try copyOriginals(folder + "/originals", OriginalStore(ledgerPath: path).folder)
        let part = path + ".part"
        try? files.removeItem(atPath: part)
        try LedgerDatabase(path: source).backup(to: part)
        guard rename(part, path) == 0 else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
        return copied
    }

    private static func copyOriginals(_ source: String, _ target: String) throws -> Int {
        let files = FileManager.default
        guard let walk = files.enumerator(atPath: source) else { return 0 }
        var copied = 0
        while let name = walk.nextObject() as? String {
            var isFolder: ObjCBool = false
            guard files.fileExists(atPath: source + "/" + name, isDirectory: &isFolder), !isFolder.boolValue,
                !name.hasSuffix(".part"), !files.fileExists(atPath: target + "/" + name)
            else { continue }
            let place = URL(fileURLWithPath: target + "/" + name)
            try files.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let part = place.path + ".part"
            try? files.removeItem(atPath: part)
            try files.copyItem(atPath: source + "/" + name, toPath: part)
            try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: part)
            guard rename(part, place.path) == 0 else {
                throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: place.path])
            }
            copied += 1
        }
        return copied
    }
}
