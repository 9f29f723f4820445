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
        ])
    func refused(_ text: String, _ key: String) throws {
        let error = #expect(throws: SettingsFileError.self) { try ExportProfileFile.profile(text, file: "x.yaml") }
        #expect(error?.key == key)
    }
}
