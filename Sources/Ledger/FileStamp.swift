import GRDB
import Glibc

extension LedgerDatabase {
    /// How the ledger's file lies on the disk: device, inode, size, times of content and of status to the nanosecond.
    /// Equal stamps: nobody wrote to it between. Nil while its write-ahead log holds what the file does not.
    public func stamp() -> String? {
        var log = stat()
        if stat(path + "-wal", &log) == 0, log.st_size > 0 { return nil }
        return fileStamp
    }

    /// The stamp that the file will have when the ledger is closed; nil where somebody else is at it.
    public func stampAtClosing() throws -> String? {
        try settle() ? fileStamp : nil
    }

    private var fileStamp: String? {
        var file = stat()
        guard stat(path, &file) == 0 else { return nil }
        func time(_ time: timespec) -> String { "\(time.tv_sec).\(time.tv_nsec)" }
        return "\(file.st_dev) \(file.st_ino) \(file.st_size) \(time(file.st_mtim)) \(time(file.st_ctim))"
    }

    /// Moves what the write-ahead log holds into the file, as closing would; whether all of it was moved. Waits for
    /// nobody.
    private func settle() throws -> Bool {
        try LedgerError.naming(path) {
            try queue.writeWithoutTransaction { db in
                do {
                    let moved = try db.checkpoint(.passive)
                    return moved.walFrameCount == moved.checkpointedFrameCount
                } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                    return false
                }
            }
        }
    }
}
