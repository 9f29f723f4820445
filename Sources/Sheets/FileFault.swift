import Domain
import Glibc

/// What the system says of a file, as a sentence with what to do.
public struct FileFault: Hashable, Sendable {
    public let path: String
    public let errno: Int32

    public init(path: String, errno: Int32) {
        self.path = path
        self.errno = errno
    }

    public var text: BilingualText {
        let (zh, en) = cause
        return BilingualText(zh: "\(path)：\(zh)", en: "\(path): \(en)")
    }

    private var cause: (String, String) {
        switch errno {
        case ENOSPC, EDQUOT: ("磁盘已满或超出配额。请腾出空间后再运行。", "the disk or quota is full. Make room and run again.")
        case EACCES, EPERM: ("没有权限。请检查文件和目录的权限。", "permission denied. Check the permissions of file and folder.")
        case EROFS: ("磁盘为只读。请检查挂载方式。", "the disk is read-only. Check how it is mounted.")
        case EIO: ("磁盘读写出错。请检查磁盘。", "the disk fails to read or write. Check it.")
        case ENOENT: ("找不到文件或目录。请检查路径。", "no such file or folder. Check the path.")
        case ENOTDIR: ("路径中有一段不是目录。请检查路径。", "a part of the path is no folder. Check the path.")
        case EISDIR, EEXIST, ENOTEMPTY:
            ("该位置已有同名的目录或文件。请把它移走。", "a folder or file of that name is in the way. Move it away.")
        case ENAMETOOLONG: ("文件名太长。请改短。", "the name is too long. Shorten it.")
        case EMFILE, ENFILE: ("打开的文件太多。请提高系统限制（ulimit -n）。", "too many open files. Raise the limit (ulimit -n).")
        case ENOMEM: ("内存不足。请减少 --jobs 或增加内存。", "memory is out. Use fewer --jobs or add memory.")
        case EBUSY, ETXTBSY: ("文件正被另一个程序占用。请稍后再试。", "in use by another program. Try again later.")
        default:
            (
                "文件操作失败（系统代码 \(errno)）。请检查磁盘和权限。",
                "the file operation failed (system code \(errno)). Check disk and permissions."
            )
        }
    }
}
