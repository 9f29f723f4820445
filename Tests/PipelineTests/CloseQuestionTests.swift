import Foundation
import TestSupport
import Testing

/// Source: spec §4 `close`: asks where stdin is a terminal; stdout only for results.
@Suite("The question before a closing")
struct CloseQuestionTests {
    /// `close --json` with a terminal as stdin, on which somebody types: exit code, then stdout and stderr.
    private func close(_ place: Workplace, typing answer: String) throws -> (exit: Int, output: String, error: String) {
        let script = """
            import os, pty, subprocess, sys
            far, near = pty.openpty()
            command = subprocess.Popen(sys.argv[2:], stdin=near, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            os.write(far, (sys.argv[1] + "\\n").encode())
            output, error = command.communicate()
            sys.stdout.buffer.write(output)
            sys.stderr.buffer.write(error)
            sys.exit(command.returncode)
            """
        let result = try BuiltProgram(path: "/usr/bin/python3").run(
            [
                "-c", script, answer, Workplace.zhucun.path, "close", "2018-10", "--json", "--ledger", place.ledger,
                "--output", place.output, "--language", "en",
            ], in: place.folder.path)
        return (Int(result.exit), result.output, result.error)
    }

    @Test("with --json it is asked beside what it is about on stderr, and stdout has JSON or nothing")
    func terminal() throws {
        let place = try Workplace()
        let id = "630202198001011236"
        try place.write(
            "花名册.csv",
            """
            花名册
            姓名,身份证号,派出单位,职级,驻村职务,县(区),乡镇,村,驻村开始日期
            张世安,\(id),区财政局,科员,工作队员,乐都区,碾伯镇,大庄村,2018-01-01
            """, time: 1_540_000_000)
        let days = (1...31).map(String.init).joined(separator: ",")
        try place.write(
            "考勤.csv",
            "乐都区碾伯镇2018年10月驻村干部考勤表\n姓名,身份证号,村,\(days)\n张世安,\(id),大庄村,√\(String(repeating: ",", count: 30))\n",
            time: 1_541_100_000)
        try place.run()
        let refused = try close(place, typing: "no")
        #expect(refused.exit == 2 && refused.output.isEmpty)
        #expect(refused.error.contains("pays 1 person, 1 day, 60.00 yuan"), "\(refused.error)")
        #expect(refused.error.contains("no bank can pay: 1 row, 60.00 yuan"))
        #expect(refused.error.contains("Type yes to close it:"))
        let closed = try close(place, typing: "yes")
        #expect(closed.exit == 0, "\(closed.error)")
        let told = try #require(
            try JSONSerialization.jsonObject(with: Data(closed.output.utf8)) as? [String: Any], "\(closed.output)")
        #expect(told["closed"] as? [String] == ["ZC-630202-201810"])
    }
}
