import Foundation
import TestSupport

/// A file system of which only that is sure to survive a power cut what was asked to: played from a record of calls.
///
/// A record is entries of: op (a byte), lengths of path and other path (UInt32 each), offset (Int64), count (Int64),
/// path, other path, and for a write its bytes. Ops: `c` created, `t` truncated to offset, `w` written, `s` synced,
/// `S` whole file system synced, `r` renamed, `u` unlinked, `m` folder made, `d` folder removed.
struct PowerReplay {
    /// What a cut leaves of the calls before it.
    enum Model: String, CaseIterable {
        /// Everything: the process was killed, the machine went on.
        case everything
        /// Names as they were last, contents only as far as they were synced.
        case namesWithoutContents
        /// Only names whose folder was synced, with synced contents.
        case syncedOnly
    }

    private struct Call {
        let op: UInt8
        let path: String
        let other: String
        let offset: Int
        let bytes: ArraySlice<UInt8>
    }

    private final class Content {
        var now: [UInt8]
        var synced: [UInt8]
        init(_ bytes: [UInt8]) {
            now = bytes
            synced = bytes
        }
    }

    private let calls: [Call]
    private let start: [String: [UInt8]]
    private let startFolders: Set<String>
    private let roots: [String]

    var count: Int { calls.count }

    /// - Parameter roots: the folders watched; what lies there now is on the disk.
    init(log: [UInt8], roots: [String], before: [String: FileTree]) {
        self.roots = roots
        var calls: [Call] = []
        var at = 0
        func number(_ size: Int) -> Int {
            var value = 0
            for index in (0..<size).reversed() { value = value << 8 | Int(log[at + index]) }
            at += size
            return value
        }
        while at < log.count {
            let op = log[at]
            at += 1
            let lengths = (number(4), number(4))
            let offset = number(8)
            let size = number(8)
            let path = String(decoding: log[at..<at + lengths.0], as: UTF8.self)
            at += lengths.0
            let other = String(decoding: log[at..<at + lengths.1], as: UTF8.self)
            at += lengths.1
            let bytes = op == UInt8(ascii: "w") ? log[at..<at + size] : []
            at += bytes.count
            calls.append(Call(op: op, path: path, other: other, offset: offset, bytes: bytes))
        }
        self.calls = calls
        var start: [String: [UInt8]] = [:]
        var folders: Set<String> = []
        for (root, tree) in before {
            for path in tree.folders.keys { folders.insert(path.isEmpty ? root : root + "/" + path) }
            for (path, entry) in tree.files { start[root + "/" + path] = [UInt8](entry.bytes) }
        }
        self.start = start
        startFolders = folders
    }

    /// Files and folders after a cut behind the first `cut` calls. Shared memory of the database is never on a disk.
    func state(cut: Int, _ model: Model) -> (files: [String: [UInt8]], folders: Set<String>) {
        var names = start.mapValues { Content($0) }
        var folders = startFolders
        var sureNames = names
        var sureFolders = folders
        func sync(folder: String) {
            for (path, content) in names where Self.parent(path) == folder { sureNames[path] = content }
            for path in sureNames.keys where Self.parent(path) == folder && names[path] == nil { sureNames[path] = nil }
            for path in folders where Self.parent(path) == folder { sureFolders.insert(path) }
        }
        for call in calls[..<cut] {
            switch call.op {
            case UInt8(ascii: "c"): names[call.path] = Content([])
            case UInt8(ascii: "t"):
                guard let content = names[call.path] else { continue }
                content.now = Array(content.now.prefix(call.offset))
                content.now += [UInt8](repeating: 0, count: max(0, call.offset - content.now.count))
            case UInt8(ascii: "w"):
                guard let content = names[call.path] else { continue }
                let end = call.offset + call.bytes.count
                if content.now.count < end { content.now += [UInt8](repeating: 0, count: end - content.now.count) }
                content.now.replaceSubrange(call.offset..<end, with: call.bytes)
            case UInt8(ascii: "s"):
                if let content = names[call.path] { content.synced = content.now } else { sync(folder: call.path) }
            case UInt8(ascii: "S"):
                for content in names.values { content.synced = content.now }
                sureNames = names
                sureFolders = folders
            case UInt8(ascii: "r"):
                names[call.other] = names[call.path]
                names[call.path] = nil
            case UInt8(ascii: "u"): names[call.path] = nil
            case UInt8(ascii: "m"): folders.insert(call.path)
            default: folders.remove(call.path)
            }
        }
        let kept = model == .syncedOnly ? sureNames : names
        var files: [String: [UInt8]] = [:]
        for (path, content) in kept where !path.hasSuffix("-shm") {
            files[path] = model == .everything ? content.now : content.synced
        }
        return (files, model == .syncedOnly ? sureFolders : folders)
    }

    private static func parent(_ path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    /// Puts the state in the place of what lies in the folders now.
    func materialise(cut: Int, _ model: Model) throws {
        let (files, folders) = state(cut: cut, model)
        for root in roots where FileManager.default.fileExists(atPath: root) {
            try FileManager.default.removeItem(atPath: root)
        }
        for folder in folders.sorted() {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        for (path, bytes) in files {
            // A file whose folder did not survive did not either.
            guard folders.contains(PowerReplay.parent(path)) else { continue }
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        }
    }

    /// A number for the state, to pass over what was looked at already.
    func fingerprint(cut: Int, _ model: Model) -> Int {
        let (files, folders) = state(cut: cut, model)
        var hasher = Hasher()
        for path in files.keys.sorted() {
            hasher.combine(path)
            hasher.combine(files[path])
        }
        hasher.combine(folders.sorted())
        return hasher.finalize()
    }
}
