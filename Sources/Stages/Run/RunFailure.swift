import Domain

/// Why a run could not be done at all: exit code 2, nothing half-written.
public enum RunFailure: Error, CustomStringConvertible {
    case noSuchFile(String)
    /// A file that ships with the program and is not beside it.
    case noData(String)
    /// A folder where a pipeline file is read.
    case folderForPipeline(String)
    case noInbox(String)
    case inboxUnreadable(String)
    case noLedger(String)
    case locked(String)
    case refused(BilingualText)

    /// One line for the operator: what happened, what to do.
    public func message(_ language: Language) -> String {
        let text: BilingualText =
            switch self {
            case .noSuchFile(let path):
                BilingualText(zh: "找不到文件 \(path)。请检查路径。", en: "no such file: \(path). Check the path.")
            case .noData(let name):
                BilingualText(
                    zh: "程序旁边没有随它提供的 \(name)。请用安装包或 make install 安装，不要只复制程序；或用环境变量 ZHUCUN_HOME 指明源码目录。",
                    en:
                        "\(name), which ships with the program, is not beside it. Install the package or use `make install`, do not copy the program alone; or name the sources by ZHUCUN_HOME."
                )
            case .folderForPipeline(let path):
                BilingualText(
                    zh: "\(path) 是文件夹，不是流程文件。收件目录请用 --inbox \(path) 指定。",
                    en: "\(path) is a folder, not a pipeline file. Name an inbox with --inbox \(path).")
            case .noInbox(let path):
                BilingualText(
                    zh: "找不到收件目录 \(path)。请新建该目录并放入各乡镇的表格，或用 --inbox 指定。",
                    en:
                        "no such inbox: \(path). Create the folder and put the workbooks there, or name it with --inbox."
                )
            case .inboxUnreadable(let path):
                BilingualText(
                    zh: "无法读取收件目录 \(path)。请检查权限。", en: "the inbox \(path) cannot be read. Check its permissions.")
            case .noLedger(let path):
                BilingualText(
                    zh: "还没有账本 \(path)。请先运行 zhucun run。", en: "there is no ledger \(path) yet. Run `zhucun run` first.")
            case .locked(let path):
                BilingualText(
                    zh: "另一个运行正在进行（锁：\(path)）。请等它结束后再试。",
                    en: "another run is going on (lock: \(path)). Try again when it has ended.")
            case .refused(let text): text
            }
        return text.text(language)
    }

    public var description: String { message(.en) }

    /// 75 for a held lock, else 2.
    public var exitCode: Int32 { if case .locked = self { 75 } else { 2 } }
}
