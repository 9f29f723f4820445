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
