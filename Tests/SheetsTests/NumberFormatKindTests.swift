import Testing

@testable import Sheets

@Suite("Number formats") struct NumberFormatKindTests {
    @Test(
        "Codes that show dates, times, both or neither",
        arguments: [
            ("General", NumberFormatKind.number), ("0.00E+00", .number), ("#,##0.00_);[Red]\\(#,##0.00\\)", .number),
            ("@", .number), ("0\"天\"", .number), ("G/通用格式", .number), ("[Red]General", .number), ("0%", .number),
            ("¥#,##0.00", .number), ("[DBNum2][$-804]General\"元整\"", .number), ("\"day\"0", .number),
            ("yyyy-mm-dd", .date), ("yyyy\"年\"m\"月\"d\"日\"", .date), ("[$-804]yyyy\"年\"m\"月\"", .date),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", .date), ("m/d", .date), ("aaaa", .date), ("[$-804]aaa;@", .date),
            ("d", .date), ("mmm", .date), ("[Red]yyyy/m/d;@", .date), ("[DBNum1][$-804]m\"月\"d\"日\"", .date),
            ("e\"年\"m\"月\"", .date), ("h:mm", .time), ("h:mm AM/PM", .time), ("mm:ss.0", .time),
            ("上午/下午h\"时\"mm\"分\"", .time),
            ("yyyy/m/d h:mm;@", .dateTime), ("yyyy-mm-dd\\ hh:mm:ss", .dateTime), ("m/d/yy h:mm AM/PM", .dateTime),
            ("[h]:mm:ss", .number), ("[mm]:ss", .number), ("[ss]", .number),
        ])
    func codes(code: String, kind: NumberFormatKind) {
        #expect(NumberFormatKind(code: code.utf8) == kind)
    }

    @Test("Built-in formats, the Chinese ones included")
    func builtIn() {
        #expect((0...13).allSatisfy { NumberFormatKind(builtIn: $0) == .number })
        #expect((14...17).allSatisfy { NumberFormatKind(builtIn: $0) == .date })
        #expect((18...21).allSatisfy { NumberFormatKind(builtIn: $0) == .time })
        #expect(NumberFormatKind(builtIn: 22) == .dateTime)
        #expect([27, 31, 36, 50, 51, 57, 58].allSatisfy { NumberFormatKind(builtIn: $0) == .date })
        #expect(NumberFormatKind(builtIn: 46) == .number)
        #expect(NumberFormatKind(builtIn: 59) == .number)
    }
}
