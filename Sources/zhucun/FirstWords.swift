import Domain
import Foundation
import Stages

/// What `zhucun` says when it is called without a command.
enum FirstWords {
    /// - Parameters:
    ///   - inbox: where this machine's files go; nil where its settings cannot be read: `zhucun settings` says why.
    ///   - manuals: the folder of the manuals, where they are installed.
    static func text(_ language: Language, inbox: String?, output: String?, manuals: String?) -> String {
        let inbox = inbox ?? "inbox"
        let output = output ?? "output"
        let isThere = FileManager.default.fileExists(atPath: inbox)
        let told =
            manuals.map { folder in
                language == .zh
                    ? "\n\n手册在 \(folder)：运维手册（安装、每晚运行）、财务手册（发放、关账、回盘）、填报手册（乡镇）。"
                    : "\n\nManuals (in Chinese): \(folder). For the operator 运维手册, for finance 财务手册, for townships 填报手册."
            } ?? ""
        return words(language, inbox, output, isThere) + told
    }

    private static func words(_ language: Language, _ inbox: String, _ output: String, _ isThere: Bool) -> String {
        language == .zh
            ? """
            驻村 zhucun \(ProgramVersion.text)：从各乡镇的表格到生活补助发放表。

            第一次使用：
              1. \(isThere ? "在 \(inbox) 放入" : "新建目录 \(inbox)，放入")花名册、村名录、派出单位名录和各乡镇考勤表（任意子目录，.xlsx .xls .et .csv）。
              2. 运行 zhucun run（或 zhucun run --inbox 目录 --output 目录）。
              3. 用浏览器打开 \(output)/index.html，看报送、计发、暂缓和下一步。

            常用命令：
              zhucun inspect 文件   程序怎样理解一张表
              zhucun template       生成各乡镇的填报模板
              zhucun status         各乡镇逐月报送、暂缓、关账情况
              zhucun explain        一个人为什么发这么多
              zhucun close 年-月    关账
              zhucun policy         有效的政策参数
              zhucun settings       用的是哪个流程文件、收件目录、账本、结果目录
              zhucun --help         全部命令和选项
            """
            : """
            zhucun \(ProgramVersion.text): from the townships' workbooks to the payment statement.

            The first time:
              1. \(isThere ? "Into" : "Make a folder") \(inbox)\(isThere ? "" : "; there") put
                 the roster (花名册), village register (村名录), unit register (派出单位名录) and the attendance sheets (考勤),
                 in any sub-folder (.xlsx .xls .et .csv).
              2. Run `zhucun run` (or `zhucun run --inbox DIR --output DIR`).
              3. Open \(output)/index.html in a browser: what came in, what is paid and held, what to do next.

            Often used:
              zhucun inspect FILE   how one workbook is understood
              zhucun template       pre-filled attendance sheets
              zhucun status         what is submitted, missing, held, closed
              zhucun explain        why a person is paid what they are paid
              zhucun close yyyy-mm  freezes a month
              zhucun policy         the policy parameters in force
              zhucun settings       which pipeline file, inbox, ledger and output are used
              zhucun --help         every command and option
            """
    }
}
