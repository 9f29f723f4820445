import Foundation
import Glibc

/// What lies in a folder, for comparing before and after.
public struct FileTree: Equatable, Sendable {
    /// A file as the file system shows it.
    public struct Entry: Equatable, Sendable {
        public var bytes: Data
        /// Unit: nanoseconds since 1970.
        public var modified: Int
        /// Permission bits.
        public var mode: UInt32
    }

    /// Regular files by path below the folder.
    public var files: [String: Entry] = [:]
    /// Permission bits of folders, the root under the empty path.
    public var folders: [String: UInt32] = [:]

    public init(_ root: String, without skipped: Set<String> = []) {
        walk(root, "", skipped)
    }

    private mutating func walk(_ root: String, _ below: String, _ skipped: Set<String>) {
        let path = below.isEmpty ? root : root + "/" + below
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            folders[below] = status.st_mode & 0o7777
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            for name in names where !skipped.contains(name) {
                walk(root, below.isEmpty ? name : below + "/" + name, skipped)
            }
        } else if status.st_mode & S_IFMT == S_IFREG {
            files[below] = Entry(
                bytes: FileManager.default.contents(atPath: path) ?? Data(),
                modified: Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec),
                mode: status.st_mode & 0o7777)
        }
    }

    /// The bytes alone, by path.
    public var contents: [String: Data] { files.mapValues(\.bytes) }

    /// Paths whose bytes differ, or that only one of the two has.
    public func differences(_ other: FileTree) -> [String] {
        Set(files.keys).union(other.files.keys).filter { files[$0]?.bytes != other.files[$0]?.bytes }.sorted()
    }

    /// Sets the modification time of a file. Unit: seconds since 1970.
    public static func setModified(_ path: String, _ seconds: Int) {
        var times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
        utimensat(AT_FDCWD, path, &times, 0)
    }
}
