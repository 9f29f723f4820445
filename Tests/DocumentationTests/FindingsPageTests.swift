import Domain
import Foundation
import Testing

/// The clerks' page of findings is made from the catalogue, so that it cannot drift from it.
@Suite("The page of findings")
struct FindingsPageTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let page = root.appendingPathComponent("docs/问题目录.md")

    @Test("says what the catalogue says (make docs writes it anew)")
    func followsTheCatalogue() throws {
        let wanted = try FindingsPageTests.text()
        let stands = (try? String(contentsOf: FindingsPageTests.page, encoding: .utf8)) ?? ""
        if ProcessInfo.processInfo.environment["ZHUCUN_RECORD_DOCS"] == nil {
            #expect(stands == wanted, "docs/问题目录.md differs from the catalogue: run `make docs` and read the diff")
        } else {
            try wanted.write(to: FindingsPageTests.page, atomically: true, encoding: .utf8)
        }
    }

    @Test("names every code once, with every reason under it")
    func isComplete() throws {
        let text = try FindingsPageTests.text()
        for code in FindingCode.allCases {
            #expect(text.components(separatedBy: "（`\(code.rawValue)`）").count == 2, "\(code.rawValue)")
        }
        for reason in FindingReason.allCases {
            #expect(text.contains(FindingsPageTests.filled(reason.entry.advice.zh)), "\(reason.rawValue)")
        }
    }

    private static func text() throws -> String {
        var lines = [
            "# 问题目录", "",
            "程序可能提出的每一种问题：是什么意思，影响什么，怎么改。反馈表和 findings.csv 里的“代码”就是下面括号里的词。",
            "本页由程序自己的问题目录生成，与程序完全一致。", "",
            "| 影响 | 意思 |", "|---|---|",
            "| 暂缓发放 | 这一行（或这个文件）改好以前不发钱 |",
            "| 不计当日 | 只是那几天不发钱，其余照发 |",
            "| 已采用 | 程序已按说明的方式读取，请核对 |",
            "| 无 | 不影响发放，请留意 |", "",
            "“……”处在反馈表里会写明具体的内容。", "",
        ]
        let examples = try examples()
        for code in FindingCode.allCases {
            lines += ["## \(code.chinese)（`\(code.rawValue)`）", "", "| 级别 | 影响 | 说明 | 怎么改 |", "|---|---|---|---|"]
            for reason in FindingReason.allCases where reason.code == code {
                let entry = reason.entry
                lines.append(
                    "| \(entry.severity.chinese) | \(entry.effect.chinese) | \(filled(entry.message.zh)) | "
                        + "\(filled(entry.advice.zh)) |")
            }
            lines.append("")
            if let example = examples[code.rawValue] { lines += ["例（见 fixtures/inbox）：\(example)。", ""] }
        }
        return lines.joined(separator: "\n")
    }

    private static func filled(_ template: String) -> String {
        var text = template.replacingOccurrences(of: "|", with: "\\|")
        for number in 0...9 { text = text.replacingOccurrences(of: "{\(number)}", with: "……") }
        return text
    }

    /// A place in the sample inbox for each code that occurs there.
    private static func examples() throws -> [String: String] {
        let file = root.appendingPathComponent("fixtures/expected/findings.csv")
        var examples: [String: String] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard fields.count > 6, examples[fields[0]] == nil, !fields[3].isEmpty else { continue }
            let either = { (text: String) in text.split(separator: "|").first.map(String.init) ?? "" }
            var place = either(fields[3])
            if !fields[4].isEmpty { place += "，工作表“\(fields[4])”" }
            if !fields[5].isEmpty { place += "，单元格 \(either(fields[5]))" }
            if !fields[6].isEmpty { place += "（\(fields[6])）" }
            examples[fields[0]] = place
        }
        return examples
    }
}
