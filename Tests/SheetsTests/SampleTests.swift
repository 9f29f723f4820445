import Domain
import Glibc
import Tables
import Testing

@testable import Sheets

/// The shared samples, where they lie beside the package.
private enum Samples {
    static let inbox =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/shared/samples/inbox"
    static var areThere: Bool { access(inbox, R_OK) == 0 }
}

@Suite("Shared samples", .enabled(if: Samples.areThere)) struct SampleTests {
    @Test(
        "Files that are refused, by their reason",
        arguments: [
            ("考勤/达拉乡2018年11月考勤表.xlsx", FindingReason.fileDamagedContainer), ("考勤/系统导出考勤.xls", .fileHTML),
            ("考勤/考勤汇总（有密码）.xlsx", .fileEncrypted), ("考勤/来历不明的表.xlsx", .fileExternalEntity),
        ])
    func refused(name: String, reason: FindingReason) throws {
        #expect(refusal(try SheetFile.bytes(path: "\(Samples.inbox)/\(name)")) == reason)
    }

    @Test("A sheet of every format is read", arguments: [("考勤/瞿昙镇考勤.xls", 244), ("考勤/寿乐镇考勤记录.csv", 482)])
    func read(name: String, cells: Int) throws {
        let workbook = try WorkbookOpener.open(path: "\(Samples.inbox)/\(name)")
        #expect(workbook.sheets.reduce(0) { $0 + $1.rows.reduce(0) { $0 + $1.cells.count } } == cells)
    }
}
