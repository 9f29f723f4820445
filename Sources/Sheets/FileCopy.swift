import Glibc

/// Copies of large files, a piece at a time.
public enum FileCopy {
    /// A new private file with the bytes of another.
    ///
    /// - Throws: `ReportWriteError.file`; there is then no copy.
    public static func copy(_ source: String, to target: String, mode: mode_t) throws(ReportWriteError) {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw AtomicFile.failure(source, "open") }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard output >= 0 else { throw AtomicFile.failure(target, "open") }
        do throws(ReportWriteError) {
            var buffer = [UInt8](repeating: 0, count: 1 << 20)
            while true {
                let got = read(input, &buffer, buffer.count)
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else { throw AtomicFile.failure(source, "read") }
                if got == 0 { break }
                try AtomicFile.writeAll(buffer[..<got], to: output, path: target)
            }
            guard fsync(output) == 0 else { throw AtomicFile.failure(target, "fsync") }
        } catch {
            close(output)
            unlink(target)
            throw error
        }
        guard close(output) == 0 else {
            let error = AtomicFile.failure(target, "close")
            unlink(target)
            throw error
        }
    }
}
