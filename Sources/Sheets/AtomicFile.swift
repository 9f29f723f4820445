import Glibc

/// Files that are either as they were or as they shall be, never in between.
///
/// A new content goes to `.<name>.part` beside the file and is renamed over it; the same content leaves the file and
/// its modification time alone. Files 0640, folders 0750 whatever the umask. Source: spec §9.
public enum AtomicFile {
    /// What writing did.
    public enum Outcome: Hashable, Sendable { case written, unchanged }

    /// Files of the outputs.
    public static let fileMode: mode_t = 0o640
    /// Folders of the outputs.
    public static let folderMode: mode_t = 0o750

    /// Makes the file hold those bytes.
    ///
    /// - Parameter isDurable: file and folder are on the disk before it returns; for files that are written once, as
    ///   those of a closed month.
    /// - Throws: `ReportWriteError.file`: disk full, no permission, a folder in its place. The file is then as it was.
    @discardableResult
    public static func write(
        _ bytes: [UInt8], to path: String, mode: mode_t = fileMode, folderMode: mode_t = folderMode,
        isDurable: Bool = false
    ) throws(ReportWriteError) -> Outcome {
        if try keeps(bytes, at: path, mode: mode) {
            // It may have been written when it did not have to last.
            if isDurable { try DiskSync.file(path) }
            return .unchanged
        }
        try makeFolder(parent(of: path), mode: folderMode, isDurable: isDurable)
        try writePart(bytes, of: path, mode: mode, isDurable: isDurable)
        try renamePart(of: path)
        if isDurable { try DiskSync.folder(parent(of: path)) }
        return .written
    }

    /// Whether a file holds the bytes already; it then has the mode too.
    static func keeps(_ bytes: [UInt8], at path: String, mode: mode_t = fileMode) throws(ReportWriteError) -> Bool {
        guard holds(path, bytes) else { return false }
        try setMode(path, mode)
        return true
    }

    /// Writes what shall be a file's content beside it.
    static func writePart(
        _ bytes: [UInt8], of path: String, mode: mode_t = fileMode, isDurable: Bool = false
    ) throws(ReportWriteError) {
        let part = partPath(of: path)
        let descriptor = try create(part)
        do throws(ReportWriteError) {
            try writeAll(bytes[...], to: descriptor, path: part)
            guard fchmod(descriptor, mode) == 0 else { throw failure(part, "chmod") }
            if isDurable, fsync(descriptor) != 0 { throw failure(part, "fsync") }
        } catch {
            close(descriptor)
            unlink(part)
            throw error
        }
        guard close(descriptor) == 0 else {
            let error = failure(part, "close")
            unlink(part)
            throw error
        }
    }

    /// Gives that content the file's name.
    static func renamePart(of path: String) throws(ReportWriteError) {
        let part = partPath(of: path)
        guard rename(part, path) == 0 else {
            let error = failure(path, "rename")
            unlink(part)
            throw error
        }
    }

    /// A new empty file that nobody else may read.
    ///
    /// - Throws: `ReportWriteError.file`.
    public static func createPrivate(_ path: String) throws(ReportWriteError) {
        guard close(try create(path)) == 0 else { throw failure(path, "close") }
    }

    /// A new file that nobody else may read until it is whole. What a killed run left under the name goes.
    private static func create(_ part: String) throws(ReportWriteError) -> Int32 {
        for _ in 0..<3 {
            let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            if descriptor >= 0 { return descriptor }
            guard errno == EEXIST, unlink(part) == 0 || errno == ENOENT else { break }
        }
        throw failure(part, "open")
    }

    /// Keeps what a file holds under a second name, until what takes its place is known to stay.
    ///
    /// - Returns: whether there was anything to keep.
    static func keepOld(of path: String) throws(ReportWriteError) -> Bool {
        let old = hiddenPath(of: path, ending: oldEnding)
        if unlink(old) != 0, errno != ENOENT { throw failure(old, "unlink") }
        if link(path, old) == 0 { return true }
        if errno == ENOENT { return false }
        throw failure(old, "link")
    }

    /// Gives a file the content back that was kept of it. False where the system refuses.
    static func putBackOld(of path: String) -> Bool { rename(hiddenPath(of: path, ending: oldEnding), path) == 0 }

    /// Forgets what was kept of a file, by this run or one that was killed.
    static func forgetOld(of path: String) { unlink(hiddenPath(of: path, ending: oldEnding)) }

    /// `.x.csv.part`, `.x.csv.was`: the name of the file that a killed run left this beside; nil for other names.
    public static func isLeftover(_ name: String) -> String? {
        guard name.hasPrefix("."), let ending = [partEnding, oldEnding].first(where: name.hasSuffix) else { return nil }
        return String(name.dropFirst().dropLast(ending.count))
    }

    private static let partEnding = ".part"
    private static let oldEnding = ".was"

    /// The temporary name beside a file; hidden, the same in every run, so that a killed run leaves no heap of them.
    static func partPath(of path: String) -> String { hiddenPath(of: path, ending: partEnding) }

    private static func hiddenPath(of path: String, ending: String) -> String {
        let folder = parent(of: path)
        let name = path.split(separator: "/", omittingEmptySubsequences: true).last.map(String.init) ?? path
        // A file name has at most 255 bytes.
        let shown =
            name.utf8.count <= 240
            ? name
            : String(
                name.utf8.reduce(into: UInt64(14_695_981_039_346_656_037)) {
                    $0 = ($0 ^ UInt64($1)) &* 1_099_511_628_211
                }, radix: 16)
        return folder + "/." + shown + ending
    }

    /// The folder of a path; `.` where it names none.
    public static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Creates a folder and those above it; what exists is left as it is.
    public static func makeFolder(
        _ path: String, mode: mode_t = folderMode, isDurable: Bool = false
    ) throws(ReportWriteError) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw .file(path: path, call: "mkdir", errno: ENOTDIR, reason: reason(ENOTDIR))
            }
            return
        }
        let above = parent(of: path)
        if above != path, above != "." { try makeFolder(above, mode: mode, isDurable: isDurable) }
        if mkdir(path, mode) != 0 {
            if errno == EEXIST { return }
            throw failure(path, "mkdir")
        }
        guard chmod(path, mode) == 0 else { throw failure(path, "chmod") }
        if isDurable { try DiskSync.folder(above) }
    }

    /// The bytes of a file; nil where it cannot be read.
    public static func contents(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let size = Int(status.st_size)
        var complete = true
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = read(descriptor, buffer.baseAddress! + count, size - count)
                if got < 0 && errno == EINTR { continue }
                guard got > 0 else { break }
                count += got
            }
            complete = count == size
        }
        return complete ? bytes : nil
    }

    private static func holds(_ path: String, _ bytes: [UInt8]) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) == bytes.count else {
            return false
        }
        return contents(path) == bytes
    }

    private static func setMode(_ path: String, _ mode: mode_t) throws(ReportWriteError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(path, "stat") }
        if status.st_mode & 0o7777 != mode, chmod(path, mode) != 0 { throw failure(path, "chmod") }
    }

    static func writeAll(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, path: String) throws(ReportWriteError) {
        var done = 0
        while done < bytes.count {
            let wrote = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, bytes.count - done) }
            if wrote < 0 && errno == EINTR { continue }
            guard wrote > 0 else { throw failure(path, "write") }
            done += wrote
        }
    }

    /// What the system's last call said of a path.
    public static func failure(_ path: String, _ call: String) -> ReportWriteError {
        let code = errno
        return .file(path: path, call: call, errno: code, reason: reason(code))
    }

    private static func reason(_ code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        // strerror is not safe to call from several threads.
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
