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

    @Test(
        "Formats that show year and month and no day name a month",
        arguments: [
            ("yyyy\"年\"m\"月\"", true), ("[$-804]yyyy\"年\"m\"月\";@", true), ("[DBNum1][$-804]yyyy\"年\"m\"月\";@", true),
            ("yyyy-mm", true), ("mmm-yy", true), ("e\"年\"m\"月\"", true), ("yyyy\\年m\\月", true),
            ("yyyy\"年\"m\"月考勤表 day\"", true), ("yyyy-mm-dd", false), ("yyyy\"年\"m\"月\"d\"日\"", false),
            ("m\"月\"", false),
            ("yyyy", false), ("d", false), ("yyyy/m aaa", false), ("yyyy-mm h:mm", false), ("General", false),
            ("0.00", false),
            ("mm:ss", false), ("", false),
        ])
    func months(code: String, isMonth: Bool) {
        #expect(MonthFormat.isMonth(code: code.utf8) == isMonth)
    }

    @Test("Built-in formats of months")
    func builtInMonths() {
        #expect((0...60).filter { MonthFormat.isMonth(builtIn: $0) } == [17, 27, 36, 50, 52, 57])
    }

    @Test("Formats that show a sign or a word in place of a number: what is shown stands in the cell")
    func words() {
        func shown(_ code: String, _ numbers: Double...) -> [String?] {
            numbers.map { WordFormat(code: code)?.shown($0) }
        }
        #expect(shown("[=1]\"△\";[=2]\"√\";General", 1, 2, 3, 0) == ["△", "√", nil, nil])
        #expect(shown("\"√\";;\"×\"", 1, 8, -1, 0) == ["√", "√", nil, "×"])
        #expect(shown("\"√\"", 1, 0, -3) == ["√", "√", "√"])
        #expect(shown("[>=8]\\√;[>=4]\\√\\/\\△;\\×", 8, 4.5, 1) == ["√", "√/△", "×"])
        #expect(shown("[Red]\"出勤\";\"缺勤\"", 0, -1) == ["出勤", "缺勤"])
        #expect(shown("√;-0;×", 1, -1, 0) == ["√", nil, "×"])
        // Numbers shown as numbers, noughts as dashes or nothing.
        for code in [
            "General", "0\"天\"", "#,##0.00", "0;-0;\"-\"", "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", ";;;",
            "0;-0;;@", "yyyy\"年\"m\"月\"", "[DBNum1]General", "@", "\"第\"0\"天\"", "0;-0;0;\"文字\"", "",
        ] { #expect(WordFormat(code: code) == nil, "\(code)") }
    }
}
