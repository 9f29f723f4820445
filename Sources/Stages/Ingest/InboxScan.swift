import Domain
import Glibc
import Logging

/// A file of the inbox as the file system shows it.
struct ScannedFile: Hashable, Sendable {
    /// Relative to the inbox, with `/`.
    let path: String
    /// Unit: bytes.
    let size: Int
    /// Unit: nanoseconds since 1970.
    let modified: Int
    /// A folder whose name pretends to be a workbook, or one that cannot be opened.
    let problem: FindingReason?
}

/// Walks the inbox. Source: spec §5.1.
///
/// Any folder depth; names beginning with `~$` or `.` are skipped; links leading out of the inbox, FIFOs and devices
/// are passed over and named in the log.
struct InboxScan {
    private let root: String
    private let realRoot: String
    private let logger: Logger
    private var files: [ScannedFile] = []
    private var visited: Set<[UInt64]> = []

    /// By path (Unicode code points).
    static func files(of inbox: String, logger: Logger) throws -> [ScannedFile] {
        var status = stat()
        guard stat(inbox, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw RunFailure.noInbox(inbox) }
        guard access(inbox, R_OK | X_OK) == 0 else { throw RunFailure.inboxUnreadable(inbox) }
        guard let real = realpath(inbox, nil) else { throw RunFailure.noInbox(inbox) }
        defer { free(real) }
        var scan = InboxScan(root: inbox, realRoot: String(cString: real), logger: logger)
        scan.walk("")
        return scan.files.sorted { $0.path < $1.path }
    }

    private init(root: String, realRoot: String, logger: Logger) {
        self.root = root
        self.realRoot = realRoot
        self.logger = logger
    }

    private static let workbookEndings = [".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt"]

    private mutating func walk(_ folder: String) {
        let path = folder.isEmpty ? root : root + "/" + folder
        var status = stat()
        // A link back up must not be walked for ever.
        if stat(path, &status) == 0, !visited.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted {
            return
        }
        guard let directory = opendir(path) else {
            logger.warning("folder not readable", metadata: ["folder": "\(folder)"])
            files.append(ScannedFile(path: folder, size: 0, modified: 0, problem: .fileNotReadable))
            return
        }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        closedir(directory)
        for name in names.sorted() where !name.hasPrefix(".") && !name.hasPrefix("~$") {
            visit(folder.isEmpty ? name : folder + "/" + name, name)
        }
    }

    private mutating func visit(_ relative: String, _ name: String) {
        let path = root + "/" + relative
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFLNK {
            guard let real = realpath(path, nil) else {
                logger.warning("passed over: broken link", metadata: ["file": "\(relative)"])
                return
            }
            defer { free(real) }
            guard String(cString: real).hasPrefix(realRoot + "/") else {
                logger.warning("passed over: link out of the inbox", metadata: ["file": "\(relative)"])
                return
            }
            guard stat(path, &status) == 0 else { return }
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            if InboxScan.workbookEndings.contains(where: { name.lowercased().hasSuffix($0) }) {
                files.append(ScannedFile(path: relative, size: 0, modified: 0, problem: .fileIsFolder))
            }
            walk(relative)
        case S_IFREG:
            let modified = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
            files.append(ScannedFile(path: relative, size: Int(status.st_size), modified: modified, problem: nil))
        default: logger.warning("passed over: not a regular file", metadata: ["file": "\(relative)"])
        }
    }
}
