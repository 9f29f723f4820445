import Domain
import Foundation
import TestSupport
import Testing

/// What only people can decide: finding, 裁定表, LibreOffice fills it in, inbox, next run. Source: spec §5.8.
@Suite("The loop of a decision")
struct DecisionLoopTests {
    private static let form = "630202-乐都区/finance/裁定表-2018-11.xlsx"

    /// Who is decided about, in the order of the form's sheet, and what is typed.
    private static let answers: [(name: String, code: String, answer: String, change: String)] = [
        ("杜若水", "total-mismatch", "认可", ""), ("祁小林", "name-mismatch", "不认可", ""),
        ("龙行雨", "unknown-mark", "改为", "出勤"), ("熊初墨", "no-daily-evidence", "改为", "20"),
        ("万里云", "spot-check-conflict", "认可", ""), ("汪洋", "no-daily-evidence", "不认可", ""),
    ]

    /// Opens the form, types the answers beside code and name, saves it into the inbox.
    private func fill(_ place: Workplace, decider: String, date: String = "2018-12-06") throws {
        let target = place.inbox + "/裁定"
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        let cases = DecisionLoopTests.answers.map { answer in
            """
            If code = "\(answer.code)" And person = "\(answer.name)" Then
            sheet.getCellByPosition(10, row).String = "\(answer.answer)"
            sheet.getCellByPosition(11, row).String = "\(answer.change)"
            sheet.getCellByPosition(12, row).String = "\(decider)"
            sheet.getCellByPosition(13, row).String = "\(date)"
            sheet.getCellByPosition(14, row).String = "县委会议纪要〔2018〕12号"
            End If
            """
        }.joined(separator: "\n")
        let macro = """
            Sub Fill
            Dim hidden(0) As New com.sun.star.beans.PropertyValue
            hidden(0).Name = "Hidden"
            hidden(0).Value = True
            form = ConvertToURL("\(place.output)/2018-11/\(DecisionLoopTests.form)")
            doc = StarDesktop.loadComponentFromURL(form, "_blank", 0, hidden())
            sheet = doc.Sheets.getByIndex(0)
            For row = 2 To 60
            code = sheet.getCellByPosition(1, row).String
            person = sheet.getCellByPosition(5, row).String
            \(cases)
            Next row
            Dim kind(0) As New com.sun.star.beans.PropertyValue
            kind(0).Name = "FilterName"
            kind(0).Value = "Calc MS Excel 2007 XML"
            doc.storeToURL(ConvertToURL("\(target)/已填裁定表.xlsx"), kind())
            doc.close(True)
            End Sub
            """
        try LibreOffice.run(macro: macro, in: place.folder.path)
    }

    /// Writes another number into a cell of a workbook's only sheet, all else as it is.
    private func change(_ cell: String, from old: String, to new: String, in path: String, _ place: Workplace) throws {
        let script = """
            import re, shutil, sys, zipfile
            path, cell, old, new = sys.argv[1:]
            changed = 0
            with zipfile.ZipFile(path) as source, zipfile.ZipFile(path + ".new", "w", zipfile.ZIP_DEFLATED) as target:
                for name in source.namelist():
                    data = source.read(name)
                    if name.startswith("xl/worksheets/sheet"):
                        pattern = f'(<c r="{cell}"[^>]*>(?:(?!</c>).)*<v>){old}(</v>)'
                        text, count = re.subn(pattern, lambda m: m[1] + new + m[2], data.decode("utf-8"), flags=re.S)
                        changed += count
                        data = text.encode("utf-8")
                    target.writestr(name, data)
            shutil.move(path + ".new", path)
            sys.exit(0 if changed == 1 else 1)
            """
        let result = try BuiltProgram(path: "/usr/bin/python3").run(["-c", script, path, cell, old, new])
        #expect(result.exit == 0, "\(result.error)")
    }

    private func days(_ place: Workplace, _ name: String) throws -> String? {
        try place.finance("payments").first { $0["姓名"] == name }?["出勤天数"]
    }

    private func codes(_ place: Workplace, _ name: String) throws -> [String] {
        try place.findings().filter { $0.row["姓名"] == name }.compactMap { $0.row["代码"] }
    }

    @Test(
        "filled in by LibreOffice it takes effect, is traced everywhere, and falls when the township's cell changes",
        .enabled(if: LibreOffice.path != nil), .timeLimit(.minutes(5)))
    func loop() throws {
        let place = try Workplace.month()
        #expect(try place.run().exit == 1)
        #expect(try days(place, "杜若水") == nil)
        #expect(try days(place, "龙行雨") != nil)
        let before = try days(place, "龙行雨").flatMap(Double.init) ?? 0
        try fill(place, decider: "王书记")
        #expect(FileManager.default.fileExists(atPath: place.inbox + "/裁定/已填裁定表.xlsx"))
        #expect(try place.run().exit == 1)

        #expect(try days(place, "杜若水") == "16.0" || days(place, "杜若水") == "16")
        #expect(try days(place, "龙行雨").flatMap(Double.init) == before + 0.5, "its column is half a day")
        #expect(try days(place, "熊初墨").flatMap(Double.init) == 20)
        #expect(try days(place, "祁小林") == nil)
        #expect(try place.finance("held").allSatisfy { $0["姓名"] != "祁小林" }, "decided, so not pending")
        for answer in DecisionLoopTests.answers {
            let codes = try codes(place, answer.name)
            #expect(codes.contains("decision-used"), "\(answer.name)")
            #expect(!codes.contains(answer.code), "\(answer.name)")
        }
        let line = try #require(try place.finance("payments").first { $0["姓名"] == "杜若水" })
        #expect(line["说明"] == "裁定：认可，王书记 2018-12-06，依据 县委会议纪要〔2018〕12号")
        let manifest = try String(
            contentsOfFile: place.output + "/2018-11/630202-乐都区/finance/manifest-2018-11.json", encoding: .utf8)
        #expect(manifest.contains("县委会议纪要〔2018〕12号"))
        let changes = try CSVText(path: place.output + "/changes.csv").rows
        #expect(changes.filter { $0["类别"] == "金额" }.map { $0["文件"] } == ["裁定/已填裁定表.xlsx"])
        let explained = try place.command("explain", "杜若水", "--period", "2018-11")
        #expect(explained.output.contains("王书记 2018-12-06"), "\(explained.output)")
        let texts = try PlainUnzip.texts(place.output + "/2018-11/" + DecisionLoopTests.form)
        #expect(texts.contains("王书记"), "settled ones stand on the second sheet")

        // Nothing new: nothing is written.
        let tree = place.outputs
        #expect(try place.run().exit == 1)
        #expect(place.outputs.differences(tree).isEmpty)

        // The township mends a cell: the answer was about another one.
        try change("AJ4", from: "17", to: "19", in: place.inbox + "/考勤/马营乡考勤表.xlsx", place)
        #expect(try place.run().exit == 1)
        #expect(try codes(place, "杜若水").contains("total-mismatch"))
        #expect(try days(place, "杜若水") == nil)
        let stale = try place.findings().filter { $0.row["代码"] == FindingReason.decisionStale.code.rawValue }
        #expect(stale.count == 1)
        #expect(stale.first?.row["文件"] == "裁定/已填裁定表.xlsx")
        #expect(stale.first?.row["单元格"]?.hasPrefix("K") == true)
    }

    @Test(
        "who may decide is what the pipeline file says", .enabled(if: LibreOffice.path != nil),
        .timeLimit(.minutes(5)))
    func authority() throws {
        let place = try Workplace.month()
        #expect(try place.run().exit == 1)
        try fill(place, decider: "王书记")
        let pipelines = PackageRoot.at("pipelines")
        try place.folder.write(
            "zhucun.yaml",
            """
            inbox: \(place.inbox)
            ledger: \(place.ledger)
            output: \(place.output)
            policy: \(place.policy)
            forms: \(pipelines)/forms
            regions: \(pipelines)/regions/qinghai.yaml
            exportFolder: \(pipelines)/exports
            asOf: "2018-12-05"
            authority: {decisions: [裁定], deciders: [李部长]}
            """)
        let run = ["run", "--pipeline", place.folder.at("zhucun.yaml"), "--quiet"]
        #expect(try Workplace.zhucun.run(run, in: place.folder.path).exit == 1)
        #expect(try days(place, "杜若水") == nil)
        let refused = try place.findings().filter { $0.row["代码"] == "not-authorised" }
        #expect(refused.count == DecisionLoopTests.answers.count)
        #expect(refused.allSatisfy { $0.row["文件"] == "裁定/已填裁定表.xlsx" })
        #expect(refused.allSatisfy { $0.row["单元格"]?.hasPrefix("M") == true }, "the decider's cell")
    }

    @Test("a row that decides nothing yet is told in the month that it is about, though no other decision stands")
    func toldAlone() throws {
        let place = try Workplace.month()
        try FileManager.default.createDirectory(atPath: place.inbox + "/裁定", withIntermediateDirectories: true)
        try """
        乐都区裁定表（2018年11月）
        所属期,代码,姓名,处理,裁定人,裁定日期,依据,证据
        2018-11,total-mismatch,杜若水,认可,王书记,2999-12-06,会议纪要,0123456789abcdef01234567
        2018-11,name-mismatch,祁小林,认可,王书记,2018-12-04,会议纪要,
        """.write(toFile: place.inbox + "/裁定/裁定表.csv", atomically: true, encoding: .utf8)
        #expect(try place.run().exit == 1)
        let told = try place.findings().filter { $0.row["文件"] == "裁定/裁定表.csv" }
        #expect(told.map(\.report) == ["2018-11", "2018-11"])
        #expect(told.compactMap { $0.row["代码"] } == ["decision-stale", "decision-stale"])
        #expect(told.compactMap { $0.row["单元格"] }.sorted() == ["D4", "F3"])
        #expect(told.contains { $0.row["说明"]?.contains("2999-12-06 还没有到") == true })
    }
}
