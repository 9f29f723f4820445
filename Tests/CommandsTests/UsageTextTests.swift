import Domain
import Testing

@testable import Commands

@Suite("Help and usage errors in one language")
struct UsageTextTests {
    private static let help = """
        OVERVIEW: 关账：冻结一个月 / freeze a month

        中文的说明。
        The same in English.
          attendance 考勤表

        USAGE: zhucun close <period> [--format <format>]

        ARGUMENTS:
          <period>                所属期 / the month (yyyy-mm).

        OPTIONS:
          --county <county>       只关一个县区（六位代码）/ one county only (six-digit code).
          --format <format>       格式 / format: text or json. (values: text, json; default: text)
          --an-option-with-a-long-name <value>
                                  长名字 / a long name.
          -h, --help              Show help information.

          See 'zhucun help <subcommand>' for detailed help.
        """

    @Test("Chinese help holds no English sentence, and English help no Chinese")
    func oneLanguage() {
        let chinese = UsageText(Self.help).text(.zh, columns: 100)
        #expect(chinese.contains("概述：关账：冻结一个月\n"))
        #expect(chinese.contains("中文的说明。") && !chinese.contains("The same"))
        #expect(chinese.contains("  <period>                所属期\n"))
        #expect(chinese.contains("  --county <county>       只关一个县区（六位代码）\n"))
        #expect(chinese.contains("  --format <format>       格式（可用 text, json；默认 text）\n"))
        #expect(chinese.contains("  --an-option-with-a-long-name <value>\n                          长名字\n"))
        #expect(chinese.contains("显示帮助。") && chinese.contains("zhucun help <子命令>"))
        let english = UsageText(Self.help).text(.en, columns: 100)
        #expect(english.contains("OVERVIEW: freeze a month\n") && english.contains("The same in English."))
        #expect(english.contains("format: text or json. (values: text, json; default: text)\n"))
        let isChinese = english.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        // The list of forms has names of both languages.
        #expect(isChinese && english.contains("  attendance 考勤表"))
        #expect(!english.replacing("考勤表", with: "").unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    }

    @Test("lines fit the terminal, a CJK character counting as two columns")
    func wraps() {
        let text =
            "OVERVIEW: x\n\nUSAGE: y\n\nOPTIONS:\n  --long                  "
            + "很长的一段说明，读的人要在窄窗口里也能看清楚每一个字，标点不到行首。 / words that go on and on and on and on"
        for language in Language.allCases {
            for line in UsageText(text).text(language, columns: 50).split(separator: "\n") {
                let width = line.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
                #expect(width <= 52, "\(line)")
                #expect(!"，。".contains(line.drop { $0 == " " }.first ?? "x"))
            }
        }
    }

    @Test(
        "what the parser says of arguments is said in Chinese",
        arguments: [
            ("Missing expected argument '<period>'", "缺少参数 <period>"),
            ("Unknown option '--outptu'. Did you mean '--output'?", "没有选项 --outptu，是不是 --output？"),
            ("Unknown option '--bogus'", "没有选项 --bogus"),
            ("Missing value for '--ledger <ledger>'", "缺少 --ledger <ledger> 的值"),
            ("Unexpected argument 'rnu'", "多余的参数：rnu"),
            ("2 unexpected arguments: 'a', 'b'", "多余的 2 个参数：a、b"),
            (
                "The value 'pdf' is invalid for '--format <format>'. Please provide one of 'text', 'json' or 'csv'.",
                "pdf 不能作为 --format <format> 的值，可用：text、json、csv"
            ),
            ("The value '2018' is invalid for '<period>'", "2018 不能作为 <period> 的值"),
        ])
    func errors(_ english: String, _ chinese: String) {
        let message =
            "Error: \(english)\nUsage: zhucun close <period>\n  See 'zhucun close --help' for more information."
        #expect(
            UsageText(message).text(.zh, columns: 80)
                == "错误：\(chinese)\n用法：zhucun close <period>\n  详见 zhucun close --help")
        #expect(UsageText(message).text(.en, columns: 80) == message)
    }

    @Test(
        "an option that no slip of the hand makes of another is no suggestion",
        arguments: [
            ("--frob", "--jobs", false), ("--bogus", "--output", false), ("--x", "--to", false),
            ("--ledgr", "--ledger", true), ("--out", "--output", true), ("--job", "--jobs", true),
            ("--ot", "--to", true), ("--polciy", "--policy", true), ("--recieved", "--received", true),
        ])
    func suggestions(_ written: String, _ meant: String, _ isNear: Bool) {
        let message = "Error: Unknown option '\(written)'. Did you mean '\(meant)'?\nUsage: zhucun"
        #expect(UsageText(message).text(.en, columns: 80).contains("Did you mean") == isNear)
        #expect(UsageText(message).text(.zh, columns: 80).contains("是不是") == isNear)
        #expect(UsageText(message).text(.zh, columns: 80).hasPrefix("错误：没有选项 \(written)"))
    }

    @Test("a command's own usage error of both languages is told in one")
    func validation() {
        let message = "Error: --jobs 至少为 1 / --jobs must be at least 1\nUsage: zhucun"
        #expect(UsageText(message).text(.zh, columns: 80) == "错误：--jobs 至少为 1\n用法：zhucun")
        #expect(UsageText(message).text(.en, columns: 80) == "Error: --jobs must be at least 1\nUsage: zhucun")
    }

    @Test("the version, a completion script and the like pass as they are")
    func others() {
        #expect(UsageText("1.0.0").text(.zh, columns: 80) == "1.0.0")
        #expect(UsageText("#compdef zhucun\n/ x").text(.zh, columns: 80) == "#compdef zhucun\n/ x")
    }
}
