import CStorage
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
            #expect(try XLSXWriter.bytes(of: statement.workbook()) == first)
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
            let first = try XLSXWriter.bytes(of: workbook)
            let second = try XLSXWriter.bytes(of: workbook)
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

    @Test("A part of a workbook that cannot be kept, whichever it is, is an error, and the file stays as it was")
    func partsThatFail() throws {
        let workbook = try #require(SampleStatement.statement()).workbook()
        try withFolder { folder in
            try AtomicFile.write([1, 2, 3], to: folder + "/x.xlsx")
            _ = try XLSXWriter.bytes(of: workbook, by: .library)
            let parts = workbook_memory_parts()
            #expect(parts > 8, "the library keeps its parts elsewhere")
            defer { workbook_memory_fail_at(0) }
            for part in 1...parts {
                workbook_memory_fail_at(part)
                #expect(throws: ReportWriteError.self, "part \(part)") {
                    try AtomicFile.write(XLSXWriter.bytes(of: workbook, by: .library), to: folder + "/x.xlsx")
                }
            }
            #expect(AtomicFile.contents(folder + "/x.xlsx") == [1, 2, 3])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["x.xlsx"])
        }
    }

    @Test("Threads that write workbooks of other dates at once do not take each other's date")
    func datesOfThreads() async throws {
        let first = try #require(CivilDate(2018, 11, 30))
        let other = try #require(CivilDate(2021, 2, 28))
        func workbook(_ day: CivilDate) -> ReportWorkbook {
            ReportWorkbook(title: "x", created: day, sheets: [ReportSheet(name: "甲")])
        }
        let wanted = try [first, other].map { try XLSXWriter.bytes(of: workbook($0), by: .library) }
        #expect(wanted[0] != wanted[1])
        let differing = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<400 {
                group.addTask {
                    let day = number % 2 == 0 ? first : other
                    return try XLSXWriter.bytes(of: workbook(day), by: .library) != wanted[number % 2]
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(differing == 0)
    }

    @Test("U+FFFE, U+FFFF, NUL and ESC never make a workbook that does not open: they come out as U+FFFD")
    func illegalCharacters() throws {
        let day = try #require(CivilDate(2018, 11, 30))
        for bad in ["\u{FFFE}", "\u{FFFF}", "\0", "\u{1B}", "\u{B}"] {
            let text = "张\(bad)三"
            var sheet = ReportSheet(name: SheetName.unique([text])[0])
            sheet.put(0, 0, .text(text), ReportStyle())
            sheet.put(1, 0, .link(text: text, sheet: sheet.name, cell: CellAddress(row: 0, column: 0)), ReportStyle())
            sheet.put(2, 0, .formula("\"\(text)\"", stored: .text(text)), ReportStyle())
            sheet.comments = [ReportComment(cell: CellAddress(row: 0, column: 0), text: text)]
            let range = CellRange(top: 0, left: 0, bottom: 0, right: 0)
            sheet.validations = [
                ReportValidation(range: range, source: .values([text]), errorTitle: text, errorMessage: text)
            ]
            sheet.page.header = text
            let bytes = try XLSXWriter.bytes(of: ReportWorkbook(title: text, created: day, sheets: [sheet]))
            let read = try WorkbookOpener.open(bytes: bytes)
            #expect(read.sheets[0].cell(0, 0)?.value == .text("张\u{FFFD}三"))
            #expect(read.sheets[0].cell(2, 0)?.value == .text("张\u{FFFD}三"))
        }
        #expect(LegalText.legal("\t甲\r\n𠮷\u{FFFD}") == "\t甲\r\n𠮷\u{FFFD}")
    }

    @Test("A temporary file is new and private; what stands under its name is not written through")
    func temporaryFiles() throws {
        try withFolder { folder in
            try AtomicFile.write([9], to: folder + "/precious")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/.x.csv.part", withDestinationPath: folder + "/precious")
            try AtomicFile.write([1], to: folder + "/x.csv", isDurable: true)
            #expect(AtomicFile.contents(folder + "/precious") == [9])
            #expect(AtomicFile.contents(folder + "/x.csv") == [1])
            try AtomicFile.write([1], to: folder + "/x.csv", isDurable: true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["precious", "x.csv"])
        }
    }
}
