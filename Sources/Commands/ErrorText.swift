import Codec
import Domain
import Foundation
import Ledger
import Settings
import Sheets
import Stages

/// What went wrong, as a sentence in the reader's language with what to do: no words of the database or the system.
enum ErrorText {
    static func sentence(_ error: any Error, _ language: Language) -> String {
        switch error {
        case let error as RunFailure: error.message(language)
        case let error as SettingsFileError: error.message(language)
        case let error as ReportWriteError: error.text.text(language)
        case let error as LedgerError: error.text.text(language)
        case is PackingError: packing.text(language)
        case let error as DecodingError: decoding(error).text(language)
        case let error as CocoaError: file(error).text(language)
        default: "\(error)"
        }
    }

    private static let packing = BilingualText(
        zh: "账本中有一段内容读不出来：账本已损坏，或由另一版本的程序写成。请运行 zhucun verify --all 检查，必要时从备份恢复。",
        en:
            "a part of the ledger does not read: it is damaged, or of another version. Check it with "
            + "`zhucun verify --all`, restore it if need be.")

    private static func decoding(_ error: DecodingError) -> BilingualText { packing }

    private static func file(_ error: CocoaError) -> BilingualText {
        let path = error.filePath ?? error.url?.path ?? ""
        let code: Int32 =
            switch error.code {
            case .fileWriteOutOfSpace: ENOSPC
            case .fileWriteNoPermission, .fileReadNoPermission: EACCES
            case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
            case .fileWriteVolumeReadOnly: EROFS
            case .fileReadTooLarge: EFBIG
            default: (error.underlying as? POSIXError)?.code.rawValue ?? EIO
            }
        return FileFault(path: path, errno: code).text
    }
}
