import Foundation
import TestSupport
import Testing

@Suite("Where a field comes from")
struct ProvenanceTests {
    private struct Explanation: Decodable {
        struct Registered: Decodable { let title, subject, value, file, sheet, cell: String }
        let registered: [Registered]
    }

    @Test("explain and the yearly workbook name the cell of each field, from whichever list it came")
    func fields() throws {
        let place = try Workplace()
        let id = "630202198001011236"
        try place.write(
            "花名册.csv",
            """
            花名册
            姓名,身份证号,派出单位,驻村职务,县(区),乡镇,村,驻村开始日期,银行账号
            张世安,\(id),区财政局,第一书记,乐都区,碾伯镇,大庄村,2018-01-01,6228480000000000011
            """, time: 1_540_000_000)
        try place.write(
            "账号更正.csv",
            """
            花名册
            姓名,身份证号,驻村职务,县(区),乡镇,村,驻村开始日期,派出单位,银行账号
            张世安,\(id),,乐都区,碾伯镇,大庄村,2018-01-01,,6228480000000000029
            """, time: 1_541_000_000)
        try place.run()
        let result = try place.command("explain", id, "--period", "2018-11", "--format", "json")
        let shown = try #require(try JSONDecoder().decode([Explanation].self, from: Data(result.output.utf8)).first)
        let unit = try #require(shown.registered.first { $0.title == "派出单位" })
        #expect(unit.file == "花名册.csv" && unit.cell == "C3" && unit.value == "区财政局")
        let account = try #require(shown.registered.first { $0.title == "银行账号" })
        #expect(account.file == "账号更正.csv" && account.cell == "I3" && account.value == "622848*********0029")
        let role = try #require(shown.registered.first { $0.title == "驻村职务" })
        #expect(role.file == "花名册.csv" && role.subject == "碾伯镇大庄村")
        let text = try place.command("explain", id, "--period", "2018-11").output
        #expect(text.contains("账号更正.csv I3"))
        let books = try XLSXTexts.texts(below: place.output + "/2018") { $0.contains("年度台账") }
        let book = try #require(books.values.first)
        #expect(book.contains("登记来源") && book.contains("账号更正.csv A3:I3"))
    }
}
