import Domain
import GRDB

/// Why a ledger cannot be used.
public enum LedgerError: Error, CustomStringConvertible {
    case cannotCreate(String)
    case newerSchema(String)
    case notALedger(String)
    case missingOriginal(String)
    /// The file could not be read or written.
    case storage(String, Fault)

    /// A row whose checksum is not that of its content.
    case damagedRow(String, table: String)

    /// Rows of a closed batch are gone, or others than it was closed with.
    case missingRows(String, batch: String)

    /// What the database says of its file.
    public enum Fault: Hashable, Sendable {
        case full, unreadable, notAllowed, busy, damaged, outOfMemory
        /// A result of SQLite for which there is no sentence.
        case other(code: Int)
    }

    /// What happened and what to do.
    public var text: BilingualText {
        switch self {
        case .cannotCreate(let path):
            BilingualText(
                zh: "无法创建账本 \(path)。请检查目录权限和磁盘空间。",
                en: "cannot create the ledger \(path). Check the folder's permissions and the space on its disk.")
        case .newerSchema(let path):
            BilingualText(
                zh: "账本 \(path) 是更新版本的 zhucun 写的。请升级程序后再运行。",
                en: "the ledger \(path) was written by a newer version of zhucun. Upgrade the program.")
        case .notALedger(let path):
            BilingualText(
                zh: "\(path) 不是 zhucun 的账本。请检查 --ledger 的路径。",
                en: "\(path) is not a ledger of zhucun. Check the path of --ledger.")
        case .missingOriginal(let hash):
            BilingualText(
                zh: "留存的原件 \(hash) 不见了或被改动。请从备份恢复账本旁的 .originals 目录。",
                en: "the kept original \(hash) is missing or was changed. Restore the folder .originals from a backup.")
        case .storage(let path, let fault): LedgerError.text(path, fault)
        case .damagedRow(let path, let table):
            BilingualText(
                zh: "账本 \(path) 中有一行内容与校验和不符（表 \(table)）：磁盘损坏，或被人改动。没有据此计算、发放或关账。"
                    + "请用 zhucun restore 从备份恢复。",
                en:
                    "a row of the ledger \(path) (table \(table)) is not what its checksum says: the disk damaged it or "
                    + "somebody changed it. Nothing was computed, paid or closed on it. Restore a backup with "
                    + "`zhucun restore`.")
        case .missingRows(let path, let batch):
            BilingualText(
                zh: "账本 \(path) 中批次 \(batch) 的记录不全：有行被删除，或不是关账时的那些行。没有据此计算、发放或关账，以免重复发放。"
                    + "请用 zhucun verify \(batch) 查看缺了什么，用 zhucun restore 从备份恢复。",
                en:
                    "rows of the batch \(batch) are gone from the ledger \(path), or are not those it was closed with. "
                    + "Nothing was computed, paid or closed on it, so that nobody is paid twice. See what is missing "
                    + "with `zhucun verify \(batch)`, and restore a backup with `zhucun restore`.")
        }
    }

    private static func text(_ path: String, _ fault: Fault) -> BilingualText {
        switch fault {
        case .full:
            BilingualText(
                zh: "账本 \(path) 所在磁盘已满。请腾出空间后再运行；已有内容没有损失。",
                en: "the disk of the ledger \(path) is full. Make room and run again; nothing was lost.")
        case .unreadable:
            BilingualText(
                zh: "账本 \(path) 所在磁盘读写出错。请检查磁盘；账本停在上一次提交的状态。",
                en:
                    "the disk of the ledger \(path) fails to read or write. Check it; the ledger stands as last "
                    + "committed.")
        case .notAllowed:
            BilingualText(
                zh: "没有权限打开或写入账本 \(path)。请检查文件和目录的权限。",
                en: "the ledger \(path) may not be opened or written. Check the permissions of file and folder.")
        case .busy:
            BilingualText(
                zh: "账本 \(path) 正被另一个程序占用。请稍后再试。",
                en: "the ledger \(path) is in use by another program. Try again later.")
        case .damaged:
            BilingualText(
                zh: "账本 \(path) 已损坏。请用 zhucun restore 从备份恢复。",
                en: "the ledger \(path) is damaged. Restore it from a backup with `zhucun restore`.")
        case .outOfMemory:
            BilingualText(
                zh: "内存不足，账本 \(path) 没有改动。请减少 --jobs 或增加内存后再运行。",
                en: "memory is out; the ledger \(path) was not changed. Run again with fewer --jobs or more memory.")
        case .other(let code):
            BilingualText(
                zh: "账本 \(path) 出错（SQLite 代码 \(code)）。请运行 zhucun verify --all 检查，必要时从备份恢复。",
                en:
                    "the ledger \(path) failed (SQLite code \(code)). Check it with `zhucun verify --all`, "
                    + "restore it if need be.")
        }
    }

    public var description: String { text.en }

    /// What the database throws, as an error that names the file.
    static func naming<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            if let table = error.message?.split(separator: "damaged row: ").last, error.message != String(table) {
                throw LedgerError.damagedRow(path, table: String(table))
            }
            if error.resultCode == .SQLITE_NOTADB { throw LedgerError.notALedger(path) }
            throw LedgerError.storage(path, fault(error.resultCode))
        }
    }

    private static func fault(_ code: ResultCode) -> Fault {
        switch code {
        case .SQLITE_FULL: .full
        case .SQLITE_IOERR: .unreadable
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .notAllowed
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
        case .SQLITE_CORRUPT: .damaged
        case .SQLITE_NOMEM: .outOfMemory
        default: .other(code: Int(code.rawValue))
        }
    }
}
