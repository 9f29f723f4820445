import Domain
import Foundation
import Settings
import Tables
import Testing

@Suite("Export profiles")
struct ExportProfileFileTests {
    private func shipped(_ name: String) throws -> ExportProfile {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("pipelines/exports/\(name).yaml")
        return try ExportProfileFile.profile(String(contentsOf: file, encoding: .utf8), file: "\(name).yaml")
    }

    @Test("The shipped default is the specification's table")
    func standard() throws {
        let profile = try shipped("default")
        #expect(profile == ExportProfile.standard)
    }

    @Test("The shipped bank profile is GB18030 with bars and five columns")
    func bank() throws {
        let profile = try shipped("bank")
        #expect(profile.columns.map(\.heading) == ["序号", "姓名", "账号", "金额", "身份证号"])
        #expect(profile.dialect == CSVDialect(encoding: .gb18030, separator: "|"))
        #expect(profile.removesSpacesInNames)
        #expect(profile.isNetted)
    }

    @Test("A profile can fix columns, filter, net, add totals, be a workbook, keep numbers text")
    func features() throws {
        let profile = try ExportProfileFile.profile(
            """
            name: rural
            fileName: rural-{period}.xlsx
            format: xlsx
            only: {bank: [农商银行]}
            totals: 合计
            columns:
              - {fixed: 代发补助, heading: 用途}
              - {field: bankAccount, heading: 账号, text: true}
              - {field: total}
            """, file: "rural.yaml")
        #expect(profile.format == .xlsx)
        #expect(profile.filters == [ExportProfile.Filter(field: .bank, texts: ["农商银行"])])
        #expect(profile.totalsLabel == "合计")
        #expect(profile.columns.map(\.content) == [.fixed("代发补助"), .field(.bankAccount), .field(.total)])
        #expect(profile.columns.map(\.isText) == [false, true, false])
        #expect(profile.isNetted, "accounts and sums, nothing that only one line has")
        let period = try #require(Period("2018-11"))
        let county = try #require(CountyCode("630202"))
        #expect(
            profile.fileName(period: period, county: county, countyName: "乐都区", isClosed: false)
                == "rural-2018-11-草稿.xlsx")
    }

    @Test("A copy that kept its original's name or file name is refused, and told of which file it is the copy")
    func copies() throws {
        func file(_ name: String, _ fileName: String) -> (text: String, file: String) {
            ("name: \(name)\nfileName: \(fileName)\ncolumns: [{field: name}]", "\(name)/\(fileName)")
        }
        let first = file("a", "a-{period}.csv")
        #expect(try ExportProfileFile.profiles([first, file("b", "b-{period}.csv")]).map(\.name) == ["a", "b"])
        for (copy, key) in [(file("a", "b-{period}.csv"), "name"), (file("b", "a-{period}.csv"), "fileName")] {
            let error = #expect(throws: SettingsFileError.self) { try ExportProfileFile.profiles([first, copy]) }
            #expect(error?.problem.zh.contains("\(key) 与 a/a-{period}.csv 的相同") == true)
        }
    }

    @Test("A bank's profile of version 1.0 has a row a line where a batch of that version is proven")
    func firstVersion() throws {
        let text = "name: b\nfileName: b-{period}.csv\ncolumns: [{field: name}, {field: bankAccount}, {field: total}]"
        #expect(try ExportProfileFile.profile(text, file: "b.yaml").isNetted)
        #expect(try ExportProfileFile.profile(text, file: "b.yaml", netsByDefault: false).isNetted == false)
    }

    @Test(
        "What is wrong is refused with its key",
        arguments: [
            ("name: A B\nfileName: x-{period}.csv\ncolumns: [{field: name}]", "name"),
            ("name: a\nfileName: ../{period}\ncolumns: [{field: name}]", "fileName"),
            ("name: a\nfileName: x.csv\ncolumns: [{field: name}]", "fileName"),
            ("name: a\nfileName: x-{period}.csv\ncolumns: [{field: nme}]", "columns[0].field"),
            ("name: a\nfileName: x-{period}.csv\ncolumns: [{field: name}, {field: name}]", "columns[1]"),
            ("name: a\nfileName: x-{period}.csv\ncolumns: []", "columns"),
            ("name: a\nfileName: x-{period}.csv\nencoding: gbk\ncolumns: [{field: name}]", "encoding"),
            ("name: a\nfileName: x-{period}.csv\nseparator: ab\ncolumns: [{field: name}]", "separator"),
            ("name: a\nfileName: x-{period}.csv\ncolour: red\ncolumns: [{field: name}]", "colour"),
            ("name: a\nfileName: x-{period}.csv\nnet: true\ncolumns: [{field: village}]", "net"),
            ("name: a\nfileName: x-{period}.csv\nformat: xlsx\ncolumns: [{field: name}]", "fileName"),
            ("name: a\nfileName: x-{period}.csv\nonly: {colour: [x]}\ncolumns: [{field: name}]", "only.colour"),
            ("name: a\nfileName: x-{period}.csv\ncolumns: [{fixed: x}]", "columns[0]"),
        ])
    func refused(_ text: String, _ key: String) throws {
        let error = #expect(throws: SettingsFileError.self) { try ExportProfileFile.profile(text, file: "x.yaml") }
        #expect(error?.key == key)
    }
}
