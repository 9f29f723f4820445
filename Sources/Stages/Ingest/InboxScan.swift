import Domain
import Glibc
import Logging
import Sheets

/// A file of the inbox as the file system shows it.
struct ScannedFile: Hashable, Sendable {
    /// Relative to the inbox, with `/`; what is not UTF-8 as it was meant.
    let path: String
    /// The same in the bytes of the file system.
    let rawPath: [UInt8]
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
    private let scope: CountyScope
    private let logger: Logger
    private var files: [ScannedFile] = []
    private var visited: Set<[UInt64]> = []

    /// By path (Unicode code points).
    ///
    /// - Parameter scope: which folders are looked into.
    static func files(of inbox: String, scope: CountyScope, logger: Logger) throws -> [ScannedFile] {
        var status = stat()
        guard stat(inbox, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw RunFailure.noInbox(inbox) }
        guard access(inbox, R_OK | X_OK) == 0 else { throw RunFailure.inboxUnreadable(inbox) }
        guard let real = realpath(inbox, nil) else { throw RunFailure.noInbox(inbox) }
        defer { free(real) }
        var scan = InboxScan(root: inbox, realRoot: String(cString: real), scope: scope, logger: logger)
        scan.walk(Place())
        return scan.files.sorted { $0.path < $1.path }
    }

    private init(root: String, realRoot: String, scope: CountyScope, logger: Logger) {
        self.root = root
        self.realRoot = realRoot
        self.scope = scope
        self.logger = logger
    }

    private static let workbookEndings = [".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt"]

    /// A place below the inbox: as it is shown, and in the bytes of the file system.
    private struct Place {
        var shown = ""
        var raw: [UInt8] = []

        func child(_ name: [UInt8], shown text: String) -> Place {
            Place(shown: shown.isEmpty ? text : shown + "/" + text, raw: raw.isEmpty ? name : raw + [0x2F] + name)
        }
    }

    private func path(_ place: Place) -> [CChar] {
        (Array(root.utf8) + (place.raw.isEmpty ? [] : [0x2F] + place.raw)).map(CChar.init(bitPattern:)) + [0]
    }

    private mutating func walk(_ folder: Place) {
        var status = stat()
        // A link back up must not be walked for ever.
        if stat(path(folder), &status) == 0,
            !visited.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted
        {
            return
        }
        guard let directory = opendir(path(folder)) else {
            logger.warning("folder not readable", metadata: ["folder": "\(folder.shown)"])
            files.append(
                ScannedFile(path: folder.shown, rawPath: folder.raw, size: 0, modified: 0, problem: .fileNotReadable))
            return
        }
        var names: [(shown: String, raw: [UInt8])] = []
        while let entry = readdir(directory) {
            let raw = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            names.append((FileName.text(raw), raw))
        }
        closedir(directory)
        names.sort {
            $0.shown == $1.shown ? $0.raw.lexicographicallyPrecedes($1.raw) : $0.shown < $1.shown
        }
        var taken: Set<String> = []
        for (shown, raw) in names where !shown.hasPrefix(".") && !shown.hasPrefix("~$") {
            // Two names of other bytes that are shown alike are two files.
            var name = shown
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(shown)(\(number))"
                number += 1
            }
            visit(folder.child(raw, shown: name), shown)
        }
    }

    private mutating func visit(_ place: Place, _ name: String) {
        let path = path(place)
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFLNK {
            guard let real = realpath(path, nil) else {
                logger.warning("passed over: broken link", metadata: ["file": "\(place.shown)"])
                return
            }
            defer { free(real) }
            guard strncmp(real, realRoot + "/", realRoot.utf8.count + 1) == 0 else {
                logger.warning("passed over: link out of the inbox", metadata: ["file": "\(place.shown)"])
                return
            }
            guard stat(path, &status) == 0 else { return }
        }
        func add(size: Int, modified: Int, _ problem: FindingReason?) {
            files.append(
                ScannedFile(path: place.shown, rawPath: place.raw, size: size, modified: modified, problem: problem))
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            guard scope.holds(folder: place.shown) else { return }
            if InboxScan.workbookEndings.contains(where: { name.lowercased().hasSuffix($0) }) {
                add(size: 0, modified: 0, .fileIsFolder)
            }
            walk(place)
        case S_IFREG:
            let modified = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
            add(size: Int(status.st_size), modified: modified, nil)
        default: logger.warning("passed over: not a regular file", metadata: ["file": "\(place.shown)"])
        }
    }
}
