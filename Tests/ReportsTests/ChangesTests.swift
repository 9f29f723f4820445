import Domain
import Reports
import Tables
import Testing

@Suite("What differs since the last report")
struct ChangesTests {
    private let county = CountyCode("630202")!
    private let period = Period(year: 2018, month: 11)!

    private func scope(
        _ findings: [Finding] = [], people: Int = 0, yuan: Int = 0, files: [String: String] = [:]
    ) -> ReportedScope {
        ReportedScope(
            month: (county, period), people: people, total: .yuan(yuan),
            sources: files.map { FileDigest(path: $0.key, sha256: $0.value, sizeBytes: 1) }, findings: findings)
    }

    private func mark(_ value: String, _ a1: String, file: String = "甲乡.xlsx") -> Finding {
        Finding(
            .unknownMark, period: period, county: county, township: "甲乡", file: file, sheet: "Sheet1",
            cell: CellAddress(a1: a1), person: "样例甲", personID: "630202199001011234", value: value, arguments: [value])
    }

    private func cells(_ before: ReportedScope?, _ after: ReportedScope?, cause: String = "") -> [[String]] {
        let rows = ChangesReport.rows(before: before, after: after, fallbackCause: cause)
        return ChangesReport.table(rows, countyNames: [county: "样例县"]).rows
    }

    @Test("the columns are those of the contract")
    func columns() {
        #expect(
            ChangesReport.schema.columns.map(\.name).joined(separator: ",") == "类别,变化,所属期,县区,乡镇,代码,姓名,身份证号,变更前,变更后,文件")
    }

    @Test("on the first run everything is new")
    func first() {
        let rows = cells(nil, scope([mark("◎", "E5")], people: 2, yuan: 120, files: ["甲乡.xlsx": "a"]))
        #expect(
            rows == [
                ["金额", "新增", "2018-11", "样例县", "", "", "", "", "", "2 人 120.00 元", "甲乡.xlsx"],
                [
                    "发现", "新增", "2018-11", "样例县", "甲乡", "unknown-mark", "样例甲", "630202********1234", "",
                    "Sheet1!E5 ◎", "甲乡.xlsx",
                ],
            ])
    }

    @Test("a finding that is gone is cleared, one whose value is another is changed")
    func clearedAndChanged() {
        let before = scope([mark("◎", "E5")])
        #expect(cells(before, scope()).map { $0[1] } == ["消除"])
        #expect(cells(before, scope()).first?[8] == "Sheet1!E5 ◎")
        let changed = cells(before, scope([mark("※", "E5")]))
        #expect(changed.map { [$0[1], $0[8], $0[9]] } == [["变更", "Sheet1!E5 ◎", "Sheet1!E5 ※"]])
    }

    @Test("the same problem in another cell or another file is no change")
    func moved() {
        #expect(cells(scope([mark("◎", "E5")]), scope([mark("◎", "E6", file: "甲乡更正.xlsx")])).isEmpty)
    }

    @Test("what concerns a file goes with the file")
    func files() {
        func refused(_ file: String) -> ReportedScope {
            ReportedScope(month: nil, findings: [Finding(.fileEncrypted, file: file)])
        }
        #expect(
            cells(refused("a.xlsx"), refused("b.xlsx")).map { [$0[1], $0[10]] } == [
                ["消除", "a.xlsx"], ["新增", "b.xlsx"],
            ])
    }

    @Test("an amount names the file that caused it: new, another, gone; else what the caller says")
    func cause() {
        let before = scope(people: 2, yuan: 120, files: ["甲乡.xlsx": "a", "乙镇.xlsx": "b"])
        let mended = scope(people: 3, yuan: 180, files: ["甲乡.xlsx": "c", "乙镇.xlsx": "b", "丙乡.xlsx": "d"])
        #expect(
            cells(before, mended).map { Array($0[8...]) } == [["2 人 120.00 元", "3 人 180.00 元", "丙乡.xlsx；甲乡.xlsx"]])
        #expect(cells(before, scope(people: 1, yuan: 60, files: ["甲乡.xlsx": "a"])).map { $0[10] } == ["乙镇.xlsx（已不采用）"])
        let other = scope(people: 2, yuan: 130, files: ["甲乡.xlsx": "a", "乙镇.xlsx": "b"])
        #expect(cells(before, other, cause: "政策文件").map { $0[10] } == ["政策文件"])
        #expect(cells(before, before).isEmpty)
    }

    @Test("a scope is kept and comes back the same, whatever its texts hold")
    func packing() throws {
        for value in ["◎", "", "a\nb", "a\u{1F}b", "s", "p", "1"] {
            let original = scope(
                [mark(value, "E5"), mark("x", "F5")], people: 2, yuan: 120, files: ["s": "a", "甲\t乡.xlsx": "b"])
            let back = try #require(ReportedScope(packed: original.packed))
            #expect(back.packed == original.packed)
            // Marks that divide lines and fields are blanks once kept.
            let isPlain = value.unicodeScalars.allSatisfy { $0.value >= 0x20 }
            #expect(cells(original, back).isEmpty == isPlain)
            #expect(try #require(ReportedScope(packed: back.packed)) == back)
        }
        #expect(ReportedScope(packed: "") == nil && ReportedScope(packed: "2\u{1F}x") == nil)
    }

    @Test("rows are in order of month, county, kind, township, code, person")
    func order() {
        let rows = ChangesReport.rows(
            before: nil,
            after: scope(
                [mark("◎", "E5"), Finding(.missingSubmission, period: period, county: county, township: "丙乡")],
                people: 1, yuan: 60))
        let table = ChangesReport.table(rows.reversed(), countyNames: [:]).rows
        #expect(table.map { $0[5] } == ["", "missing-submission", "unknown-mark"])
        #expect(table.first?[3] == "630202")
    }

    @Test("people are told amounts and how many findings came and went")
    func lines() {
        let rows = ChangesReport.rows(
            before: scope([mark("◎", "E5")], people: 2, yuan: 120, files: ["甲乡.xlsx": "a"]),
            after: scope(people: 3, yuan: 180, files: ["甲乡.xlsx": "b"]))
        #expect(
            ChangesReport.lines(rows, countyNames: [county: "样例县"]) == [
                "2018-11 样例县：2 人 120.00 元 → 3 人 180.00 元（甲乡.xlsx）", "问题：消除 1",
            ])
        func many(_ count: Int) -> String {
            let files = Dictionary(uniqueKeysWithValues: (1...count).map { ("\($0)乡.xlsx", "a") })
            let rows = ChangesReport.rows(before: nil, after: scope(people: 3, yuan: 180, files: files))
            return ChangesReport.lines(rows, countyNames: [county: "样例县"])[0]
        }
        #expect(many(3).hasSuffix("（1乡.xlsx；2乡.xlsx；3乡.xlsx）"))
        #expect(many(5).hasSuffix("（1乡.xlsx；2乡.xlsx 等 5 个文件）"))
        #expect(many(11).hasSuffix("（10乡.xlsx；11乡.xlsx 等 11 个文件）"))
    }
}
