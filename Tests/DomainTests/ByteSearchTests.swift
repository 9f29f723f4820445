import Domain
import Testing

@Suite("Searching folded texts byte by byte")
struct ByteSearchTests {
    @Test(
        "a part is found where it stands first, at the indexes of the text",
        arguments: [
            ("碾伯镇2018年11月考勤表", "考勤"), ("上午出勤下午请假", "下午"), ("ababab", "ab"), ("半", "半"), ("扎西·才让", "·"), ("abc", "d"),
            ("", "a"),
            ("ab", "abc"), ("出出勤", "出勤"),
        ])
    func found(_ text: String, _ part: String) {
        let found = text.firstBytes(of: part)
        #expect(found == text.firstRange(of: part))
        #expect(text.hasBytes(of: part) == text.contains(part))
        if let found { #expect(text[found] == part) }
    }

    @Test("an empty part stands nowhere")
    func empty() { #expect("出勤".firstBytes(of: "") == nil && !"".hasBytes(of: "")) }
}
