import Domain
import Foundation
import Reports
import Sheets
import Tables
import Testing

/// A folder of its own for each test.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = NSTemporaryDirectory() + "/writers-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}

@Suite("Workbooks")
struct XLSXWriterTests {
    @Test("The same statement gives the same bytes, and the second write leaves the file alone")
    func repeats() throws {
        let statement = try #require(SampleStatement.statement())
        try withFolder { folder in
            let path = folder + "/a/b/生活补助发放表-2018-11.xlsx"
            #expect(try XLSXWriter.write(statement.workbook(), to: path) == .written)
            let first = try #require(AtomicFile.contents(path))
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? Int) == 0o640)
            let folderMode = try FileManager.default.attributesOfItem(atPath: folder + "/a/b")[.posixPermissions]
            #expect((folderMode as? Int) == 0o750)
            // A modification time that only a write would change.
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
            #expect(try XLSXWriter.write(statement.workbook(), to: path) == .unchanged)
            let after = try FileManager.default.attributesOfItem(atPath: path)
            #expect((after[.modificationDate] as? Date) == Date(timeIntervalSince1970: 1_000_000))
            #expect(try XLSXWriter.bytes(of: statement.workbook(), temporaryFolder: folder) == first)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/a/b")
            #expect(left == ["生活补助发放表-2018-11.xlsx"])
            if let copy = ProcessInfo.processInfo.environment["ZHUCUN_KEEP_STATEMENT"] {
                try AtomicFile.write(first, to: copy)
            }
        }
    }

    @Test("A folder that cannot be written is an error that names the path, and nothing is left behind")
    func unwritable() throws {
        let statement = try #require(SampleStatement.statement())
        try withFolder { folder in
            try AtomicFile.write([1], to: folder + "/file")
            #expect(throws: ReportWriteError.self) {
                try XLSXWriter.write(statement.workbook(), to: folder + "/file/x.xlsx")
            }
        }
    }

    @Test("Comments, drop-downs, protection, links, dates, hidden columns and odd texts are written and repeat")
    func features() throws {
        let day = try #require(CivilDate(2018, 11, 30))
        let plain = ReportStyle(border: .thin)
        var sheet = ReportSheet(name: "甲'乙")
        sheet.columns = [ReportColumn(.fit(min: 4, max: 30)), ReportColumn(.fixed(9), isHidden: true)]
        let texts = ["=1+1", "＝1", "_x0041_", "a\u{1}b", "\u{6}", String(repeating: "长", count: 40_000), "", "𠮷"]
        for (row, text) in texts.enumerated() { sheet.put(row, 0, .text(text), plain) }
        sheet.put(8, 0, .day(day), plain.with { $0.numberFormat = .date })
        sheet.put(9, 0, .dateTime(day, seconds: 3600), plain)
        sheet.put(10, 0, .link(text: "去", sheet: "甲'乙", cell: CellAddress(row: 2, column: 1)), plain)
        sheet.put(11, 0, .double(.infinity), plain)
        sheet.put(12, 0, .boolean(true), plain.with { $0.isUnlocked = true })
        sheet.put(13, 0, .formula("\"a\"&\"b\"", stored: .text("ab")), plain)
        sheet.comments = [ReportComment(cell: CellAddress(row: 0, column: 0), text: "请更正：=1+1 不是姓名")]
        let range = CellRange(top: 12, left: 0, bottom: 12, right: 0)
        sheet.validations = [
            ReportValidation(range: range, source: .values(["√", "△", ""]), errorTitle: "符号", errorMessage: "请选择"),
            ReportValidation(range: range, source: .range("'甲''乙'!$A$1:$A$3"), isStrict: false),
        ]
        sheet.isProtected = true
        sheet.filter = CellRange(top: 0, left: 0, bottom: 5, right: 1)
        sheet.tabColor = 0xC00000
        sheet.hiddenRows = [3]
        let workbook = ReportWorkbook(title: "甲 & <乙>", created: day, sheets: [sheet])
        try withFolder { folder in
            let first = try XLSXWriter.bytes(of: workbook, temporaryFolder: folder)
            let second = try XLSXWriter.bytes(of: workbook, temporaryFolder: folder)
            #expect(first == second)
            if let kept = ProcessInfo.processInfo.environment["ZHUCUN_KEEP_REPORTS"] {
                try AtomicFile.write(first, to: kept + "/features.xlsx")
            }
        }
    }

    @Test("Two sheets of one name are refused, and the file stays as it was")
    func refused() throws {
        let day = try #require(CivilDate(2018, 11, 30))
        let workbook = ReportWorkbook(
            title: "x", created: day, sheets: [ReportSheet(name: "甲"), ReportSheet(name: "甲")])
        try withFolder { folder in
            try AtomicFile.write([1, 2, 3], to: folder + "/x.xlsx")
            #expect(throws: ReportWriteError.self) { try XLSXWriter.write(workbook, to: folder + "/x.xlsx") }
            #expect(AtomicFile.contents(folder + "/x.xlsx") == [1, 2, 3])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.xlsx"])
        }
    }
}
