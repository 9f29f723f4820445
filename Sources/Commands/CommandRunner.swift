import ArgumentParser
import Domain
import Foundation
import Ledger
import Logging
import Settings
import Sheets
import Stages

/// Runs the body of a command: failures become one clear line on stderr and the right exit code.
public enum CommandRunner {
    public static func run(_ language: Language, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            throw report(error, language)
        }
    }

    /// The same for commands that wait.
    public static func run(_ language: Language, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            throw report(error, language)
        }
    }

    private static func chinese(_ error: LedgerError) -> String {
        switch error {
        case .cannotCreate(let path): "无法创建账本 \(path)。请检查目录权限和磁盘空间。"
        case .newerSchema(let path): "账本 \(path) 是更新版本的 zhucun 写的。请升级程序后再运行。"
        case .notALedger(let path): "\(path) 不是 zhucun 的账本。请检查 --ledger 的路径。"
        case .missingOriginal(let hash): "留存的原件 \(hash) 不见了。请从备份恢复账本旁的 .originals 目录。"
        }
    }

    private static func report(_ error: any Error, _ language: Language) -> ExitCode {
        let failure = error as? RunFailure
        let message: String =
            switch error {
            case let error as RunFailure: error.message(language)
            case let error as SettingsFileError: error.message(language)
            case let error as ReportWriteError:
                language == .zh ? "无法写出结果：\(error)" : "cannot write the results: \(error)"
            case let error as LedgerError: language == .zh ? chinese(error) : "\(error)"
            case let error as CocoaError:
                (language == .zh ? "文件操作失败：" : "file operation failed: ")
                    + (error.filePath.map { "\($0): " } ?? "") + error.localizedDescription
            default: "\(error)"
            }
        Console.error("zhucun: \(message)")
        return ExitCode(failure?.exitCode ?? 2)
    }
}

/// What goes to the terminal. stdout is for results only.
public enum Console {
    public static func print(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
    public static func error(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// A log to stderr; `--quiet` leaves errors only, `--verbose` shows everything.
    public static func logger(_ label: String, isQuiet: Bool, isVerbose: Bool) -> Logger {
        var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = isVerbose ? .debug : isQuiet ? .error : .warning
        return logger
    }
}
