import Domain
import Stages

/// What `zhucun` says when it is called without a command.
enum FirstWords {
    static func text(_ language: Language) -> String {
        language == .zh
            ? """
            驻村 zhucun \(ProgramVersion.text)：从各乡镇的表格到生活补助发放表。

            第一次使用：
              1. 新建目录 inbox，放入花名册、村名录、派出单位名录和各乡镇考勤表（任意子目录，.xlsx .xls .et .csv）。
              2. 运行 zhucun run（或 zhucun run --inbox 目录 --output 目录）。
              3. 用浏览器打开 output/index.html，看报送、计发、暂缓和下一步。

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
              1. Make a folder `inbox`; put the roster (花名册), village register (村名录), unit register (派出单位名录)
                 and the attendance sheets (考勤) there, in any sub-folder (.xlsx .xls .et .csv).
              2. Run `zhucun run` (or `zhucun run --inbox DIR --output DIR`).
              3. Open output/index.html in a browser: what came in, what is paid and held, what to do next.

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
