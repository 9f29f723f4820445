import CStorage
import Glibc

/// What must last is on the disk before anyone is told: a file's content, and the folder that says it is there.
public enum DiskSync {
    /// A file and the folder that names it.
    ///
    /// - Throws: `ReportWriteError.file`.
    public static func file(_ path: String) throws(ReportWriteError) {
        try sync(path, O_RDONLY)
        try folder(AtomicFile.parent(of: path))
    }

    /// Which files a folder has.
    ///
    /// - Throws: `ReportWriteError.file`.
    public static func folder(_ path: String) throws(ReportWriteError) { try sync(path, O_RDONLY | O_DIRECTORY) }

    /// Everything that was written to the file system of that path: one wait for any number of files.
    ///
    /// - Throws: `ReportWriteError.file`.
    public static func fileSystem(of path: String) throws(ReportWriteError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw AtomicFile.failure(path, "open") }
        defer { close(descriptor) }
        guard disk_sync_file_system(descriptor) == 0 else { throw AtomicFile.failure(path, "syncfs") }
    }

    private static func sync(_ path: String, _ flags: Int32) throws(ReportWriteError) {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw AtomicFile.failure(path, "open") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw AtomicFile.failure(path, "fsync") }
    }
}
