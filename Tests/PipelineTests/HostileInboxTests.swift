import Domain
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("What an inbox may hold")
struct HostileInboxTests {
    private let paid = TestPosting("张世安", TestID.make(1), township: "碾伯镇", village: "大庄村")
    private let formula = TestPosting("=1+1", TestID.make(2), township: "碾伯镇", village: "大庄村")
    private let script = TestPosting(
        "<script>alert(1)</script>", TestID.make(3), township: "碾伯镇", village: "新庄村")

    private func place() throws -> Workplace {
        let place = try Workplace()
        let county = TestCounty(postings: [paid, formula, script])
        try county.writeRegisters(to: place.inbox)
        try county.writeAttendance(
            #require(Period("2018-11")), township: "碾伯镇",
            [
                .init(paid, present: 1...20), .init(formula, present: 1...3), .init(script, present: 1...2),
                .init("外来=人", TestID.make(77).text, village: "大庄村", marks: [1: "√"]),
            ], to: place.inbox + "/碾伯镇.xlsx")
        return place
    }

    @Test("each bad file is named with what to do, the rest is paid, exit 1")
    func badFiles() throws {
        let place = try place()
        let good = try Data(contentsOf: URL(fileURLWithPath: place.inbox + "/碾伯镇.xlsx"))
        let month = PackageRoot.at("fixtures/inbox/考勤/")
        func write(_ name: String, _ bytes: Data) throws { try place.folder.write("inbox/" + name, bytes) }
        try write("截断.xlsx", good.prefix(good.count / 2))
        try write("空.xlsx", Data())
        try write("空表.csv", Data())
        try write("网页.xls", Data("<html><body><table><tr><td>1</td></tr></table></body></html>".utf8))
        try write("文档.xlsx", Data("%PDF-1.4 nothing".utf8))
        try write("通知.txt", Data("关于召开会议的通知\n请各乡镇准时参加\n".utf8))
        try write("有密码.xlsx", Data(contentsOf: URL(fileURLWithPath: month + "考勤汇总（有密码）.xlsx")))
        try write("外部实体.xlsx", Data(contentsOf: URL(fileURLWithPath: month + "来历不明的表.xlsx")))
        try write("~$碾伯镇.xlsx", Data("lock".utf8))
        try write(".hidden.xlsx", Data("hidden".utf8))
        let files = FileManager.default
        try files.createDirectory(atPath: place.inbox + "/文件夹.xlsx", withIntermediateDirectories: true)
        #expect(mkfifo(place.inbox + "/管道.xlsx", 0o600) == 0)
        try files.createSymbolicLink(atPath: place.inbox + "/断链.xlsx", withDestinationPath: "nowhere.xlsx")
        try files.createSymbolicLink(atPath: place.inbox + "/外链.xlsx", withDestinationPath: "/etc/passwd")
        try files.createSymbolicLink(atPath: place.inbox + "/回环", withDestinationPath: ".")
        let result = try place.run()
        #expect(result.exit == 1, "\(result.error)")
        let found = Dictionary(grouping: try place.findings().map(\.row)) { $0["文件"] ?? "" }
        for (file, code) in [
            ("截断.xlsx", "unreadable-file"), ("空.xlsx", "unreadable-file"), ("空表.csv", "unreadable-file"),
            ("网页.xls", "unreadable-file"), ("文档.xlsx", "unreadable-file"), ("通知.txt", "unknown-form"),
            ("有密码.xlsx", "encrypted-file"), ("外部实体.xlsx", "unsafe-file"), ("文件夹.xlsx", "unreadable-file"),
        ] {
            let rows = found[file] ?? []
            #expect(rows.map { $0["代码"] ?? "" } == [code], "\(file)")
            #expect(rows.allSatisfy { !($0["处理建议"] ?? "").isEmpty && $0["影响"] == "暂缓发放" }, "\(file)")
        }
        for file in ["~$碾伯镇.xlsx", ".hidden.xlsx", "管道.xlsx", "断链.xlsx", "外链.xlsx"] {
            #expect(found[file] == nil, "\(file) is passed over")
        }
        let paid = try place.finance("payments")
        #expect(paid.count == 3)
        #expect(paid.first { $0["姓名"] == "张世安" }?["合计"] == "1200.00")
        let verbose = try place.run("--verbose")
        for file in ["管道.xlsx", "断链.xlsx", "外链.xlsx"] {
            #expect(result.error.contains(file) || verbose.error.contains(file), "\(file) is named in the log")
        }
        #expect(!verbose.error.contains("root:"))
    }

    @Test("a zip bomb is refused and its neighbours are paid")
    func bomb() throws {
        let place = try place()
        // A workbook whose sheet inflates to a few hundred times its size.
        try TestWorkbook.write(
            [
                (
                    "考勤",
                    [["乐都区碾伯镇2018年11月考勤表"]]
                        + (0..<3000).map { _ in
                            Array(repeating: TestWorkbook.Value("aaaaaaaaaaaaaaaaaaaaaaaa"), count: 40)
                        }
                )
            ], to: place.inbox + "/炸弹.xlsx")
        try place.folder.write(
            "strict.yaml",
            String(contentsOfFile: PackageRoot.at("pipelines/nightly.yaml"), encoding: .utf8)
                .replacingOccurrences(of: "partBytesMax: 134217728", with: "partBytesMax: 500000")
                .replacingOccurrences(of: "policy: policy", with: "policy: \(PackageRoot.at("pipelines/policy"))")
                .replacingOccurrences(of: "forms: forms", with: "forms: \(PackageRoot.at("pipelines/forms"))")
                .replacingOccurrences(of: "regions: regions", with: "regions: \(PackageRoot.at("pipelines/regions"))"))
        try FileManager.default.createSymbolicLink(
            atPath: place.folder.at("exports"), withDestinationPath: PackageRoot.at("pipelines/exports"))
        let result = try Workplace.zhucun.run(
            ["run", place.folder.at("strict.yaml")] + place.runArguments.dropFirst(), in: place.folder.path)
        #expect(result.exit == 1, "\(result.error)")
        let codes = try place.findings().filter { $0.row["文件"] == "炸弹.xlsx" }.map { $0.row["代码"] ?? "" }
        #expect(codes == ["unsafe-file"])
        #expect(try place.finance("payments").count == 3)
    }

    @Test("names that a spreadsheet or a browser would run come out as text")
    func names() throws {
        let place = try place()
        try place.run()
        for path in FileTree(place.output).files.keys.sorted() where path.hasSuffix(".csv") {
            // The bank's profile is in GB18030, without formulas in its own right: no cell begins with other than text.
            if path.contains("bank") { continue }
            for record in try CSVText(path: place.output + "/" + path).records {
                for value in record {
                    guard let first = value.first, "=+-@＝＋－＠\t".contains(first) else { continue }
                    let isNumber = value.dropFirst().allSatisfy { $0.isNumber || $0 == "." } && first == "-"
                    #expect(isNumber, "\(path): \(value)")
                }
            }
        }
        #expect(try place.finance("payments").contains { $0["姓名"] == "'=1+1" })
        for (path, entry) in FileTree(place.output).files where path.hasSuffix(".html") || path.hasSuffix(".json") {
            if path.hasSuffix(".html") {
                #expect(!String(decoding: entry.bytes, as: UTF8.self).contains("<script>alert(1)"), "\(path)")
            }
        }
        for text in try XLSXTexts.sheets(below: place.output) {
            #expect(!text.contains("<f>1+1</f>") && !text.contains("<f>=1+1</f>"))
        }
    }
}
