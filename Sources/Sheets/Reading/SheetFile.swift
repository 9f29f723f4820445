import Domain
import Glibc

/// The bytes of a file of the inbox, read once, so that the caller's SHA-256 is of what was understood.
public enum SheetFile {
    /// The whole file. A symbolic link is followed; whether it may be is the caller's question.
    ///
    /// Throws: `fileIsFolder`, `fileNotReadable`, `fileEmpty`, `fileTooLarge`.
    public static func bytes(path: String, limits: ReadingLimits = ReadingLimits()) throws(WorkbookRefusal) -> [UInt8] {
        try bytes(rawPath: Array(path.utf8), limits: limits)
    }

    /// The same for a path of whatever bytes.
    public static func bytes(rawPath: [UInt8], limits: ReadingLimits = ReadingLimits()) throws(WorkbookRefusal)
        -> [UInt8]
    {
        let name = rawPath.map(CChar.init(bitPattern:)) + [0]
        // Without O_NONBLOCK a FIFO would hold the run up for ever.
        let descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw notReadable(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw notReadable(errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR:
            throw WorkbookRefusal(
                .fileIsFolder, FileName.text(rawPath.split(separator: 0x2F).last.map(Array.init) ?? []))
        default: throw WorkbookRefusal(.fileNotReadable, "不是普通文件")
        }
        guard status.st_size > 0 else { throw WorkbookRefusal(.fileEmpty) }
        guard status.st_size <= limits.fileBytesMax else {
            throw .tooLarge("文件超过\(limits.fileBytesMax >> 20)兆字节")
        }
        let size = Int(status.st_size)
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                count += got
            }
        }
        guard failure == 0 else { throw notReadable(failure) }
        // Someone is still writing it: half a file must not pass for a whole one.
        guard bytes.count == size else { throw WorkbookRefusal(.fileNotReadable, "读取时文件正在变化") }
        return bytes
    }

    private static func notReadable(_ code: Int32) -> WorkbookRefusal {
        switch code {
        case EACCES, EPERM: WorkbookRefusal(.fileNotReadable, "没有读取权限")
        case ENOENT: WorkbookRefusal(.fileNotReadable, "文件不存在")
        default: WorkbookRefusal(.fileNotReadable, String(cString: strerror(code)))
        }
    }
}
