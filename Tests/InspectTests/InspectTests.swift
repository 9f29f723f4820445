import Domain
import Forms
import Foundation
import Settings
import Sheets
import Tables
import Testing

@testable import Stages

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

/// A text file in a folder of its own, inspected.
private func inspect(_ text: String, name: String = "考勤.csv") throws -> WorkbookInspection {
    let folder = NSTemporaryDirectory() + "/inspect-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    return try inspect(path: folder + "/" + name)
}

private func inspect(path: String) throws -> WorkbookInspection {
    var flags = RunOptions.Flags()
    flags.pipeline = root + "/pipelines/nightly.yaml"
    return try WorkbookInspection(file: path, options: RunOptions(flags))
}

/// Fictional: day of birth as month of birth, sequence 900 and up.
private let someID = "630202199001019013"

private let grid = """
    雨润镇2018年11月驻村干部考勤表
    注：√出勤 △请假 ☆值星
    姓名,身份证号,村,1,2,3,4,5,出勤天数
    才让·卓玛,\(someID),石磨岭村,√,△,√,?,√,3
    """

@Suite("inspect")
struct InspectTests {
    @Test("The text says form, layout, month with its source, headings, legend, and masks every ID")
    func text() throws {
        let inspection = try inspect(grid)
        let text = InspectionText.lines(of: inspection, language: .zh, isColoured: false, width: 100)
            .joined(separator: "\n")
        for part in [
            "考勤表", "A 每人一行、每日一列", "所属期 2018-11（标题）", "A3 姓名", "B3 身份证号", "√ 出勤 → 出勤", "unknown-mark [错误·不计当日] G4 才让·卓玛",
            "unknown-legend",
        ] {
            #expect(text.contains(part), "\(part) is missing in:\n\(text)")
        }
        #expect(!text.contains(someID))
        #expect(inspection.holdsSomething)
    }

    @Test("Colours are ANSI codes, and only where they were asked for")
    func colours() throws {
        let inspection = try inspect(grid)
        let plain = InspectionText.lines(of: inspection, language: .en, isColoured: false, width: 100)
        #expect(!plain.contains { $0.contains("\u{1B}") })
        #expect(plain.contains { $0.contains("NIfmmmmmS") })
        let coloured = InspectionText.lines(of: inspection, language: .en, isColoured: true, width: 100)
        #expect(coloured.contains { $0.contains("\u{1B}[33m√") })
        #expect(!coloured.contains { $0.contains(someID) })
    }

    @Test("What stands in a cell does not steer the terminal")
    func escapes() throws {
        let inspection = try inspect("值班安排\u{1B}]0;x\u{7}\n甲,乙\u{1B}[2J\n")
        let text = InspectionText.lines(of: inspection, language: .en, isColoured: false, width: 80)
        #expect(!text.contains { $0.contains("\u{1B}") || $0.contains("\u{7}") })
    }

    @Test("JSON has the documented keys")
    func json() throws {
        let document = InspectionJSON.document(of: try inspect(grid), language: .en)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
        #expect(
            Set(object.keys) == ["file", "format", "isRefused", "holdsSomething", "sheets", "findings"])
        let sheet = try #require((object["sheets"] as? [[String: Any]])?.first)
        #expect(sheet["form"] as? String == "attendance")
        let section = try #require((sheet["sections"] as? [[String: Any]])?.first)
        #expect(section["layout"] as? String == "A")
        #expect(section["period"] as? String == "2018-11")
        #expect(section["firstRow"] as? Int == 4)
        #expect(section["rowCount"] as? Int == 1)
        let columns = try #require(section["columns"] as? [[String: Any]])
        #expect(columns.contains { $0["field"] as? String == "residentID" && $0["cell"] as? String == "B3" })
        #expect(!document.contains(someID))
        let manual = try String(contentsOfFile: root + "/docs/inspect.md", encoding: .utf8)
        for key in Set(object.keys).union(sheet.keys).union(section.keys) where key != "findings" && key != "sheets" {
            #expect(manual.contains(key + "`") || manual.contains(key + "[]`"), "\(key) is not documented")
        }
    }

    @Test("Cells are listed as they stand, with types, quoted as RFC 4180 asks")
    func cells() throws {
        let day = try #require(CivilDate(2018, 11, 5))
        let workbook = Workbook(
            format: .xlsx,
            sheets: [
                CellGrid(
                    name: "一月,二月",
                    rows: [
                        CellRow(
                            index: 0,
                            cells: [
                                Cell(column: 0, value: .text("=1+1")), Cell(column: 1, value: .text("甲\"乙\"\n丙")),
                                Cell(column: 2, value: .empty), Cell(column: 27, value: .number(0.5)),
                            ]),
                        CellRow(
                            index: 9,
                            cells: [
                                Cell(column: 0, value: .date(day)), Cell(column: 1, value: .boolean(true)),
                                Cell(column: 2, value: .error("#REF!")),
                                Cell(column: 3, value: .dateTime(day, seconds: 3_661)),
                                Cell(column: 4, value: .empty, isFormula: true, isUncachedFormula: true),
                            ]),
                    ])
            ])
        #expect(
            CellListing.csv(workbook) == """
                sheet,cell,type,value\r
                "一月,二月",A1,text,=1+1\r
                "一月,二月",B1,text,"甲""乙""\n丙"\r
                "一月,二月",AB1,number,0.5\r
                "一月,二月",A10,date,2018-11-05\r
                "一月,二月",B10,boolean,TRUE\r
                "一月,二月",C10,error,#REF!\r
                "一月,二月",D10,date,2018-11-05T01:01:01\r\n
                """)
    }

    @Test("Roles are listed a cell a line under the contract's headings, and add up to the cells that hold something")
    func roleListing() throws {
        let inspection = try inspect(grid, name: "考勤.csv")
        let lines = RoleListing.csv(inspection).split(separator: "\r\n").map(String.init)
        #expect(lines[0] == "sheet,cell,type,value,role")
        #expect(lines.contains(",A1,text,雨润镇2018年11月驻村干部考勤表,title"))
        #expect(lines.contains(",A4,text,才让·卓玛,field"))
        #expect(lines.contains(",D4,text,√,mark"))
        #expect(lines.contains(",I4,text,3,stated figure"))
        #expect(lines.count == 1 + 2 + 9 + 9)
        let roles: Set = [
            "title", "label", "heading", "field", "mark", "stated figure", "legend", "sub-heading", "noise", "unread",
        ]
        #expect(
            Set(lines.dropFirst().compactMap { $0.split(separator: ",").last.map(String.init) }).isSubset(of: roles))
    }

    @Test("A refused file is a finding with what to do; a missing one and a folder are failures")
    func refused() throws {
        let inspection = try inspect("<html><body><table></table></body></html>", name: "导出.xls")
        #expect(inspection.workbook == nil)
        #expect(inspection.findings.map(\.code) == [.unreadableFile])
        #expect(inspection.holdsSomething)
        let text = InspectionText.lines(of: inspection, language: .zh, isColoured: false, width: 80)
        #expect(text.contains { $0.contains("→ ") })
        #expect(throws: RunFailure.self) { try inspect(path: "/nowhere/考勤.xlsx") }
        #expect(throws: RunFailure.self) { try inspect(path: NSTemporaryDirectory()) }
    }

    @Test("Instructions are passed over by name and title together; a table under that name is read")
    func guidance() throws {
        let reader = FormReader(
            forms: try FormFiles.load(folder: root + "/pipelines/forms"), marks: .standard)
        func sheet(_ name: String, _ rows: [[String]]) -> CellGrid {
            CellGrid(
                name: name,
                rows: rows.enumerated().map { index, texts in
                    CellRow(
                        index: index,
                        cells: texts.enumerated().map { Cell(column: $0.offset, value: .text($0.element)) })
                })
        }
        let table = grid.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        let attendance = sheet("11月", table)
        func codes(_ sheets: [CellGrid]) -> [FindingCode] {
            reader.read(Workbook(format: .xlsx, sheets: sheets), path: "考勤.xlsx").submitted.findings.map(\.code)
        }
        let instructions = sheet("填写说明", [["填写说明（驻村干部考勤表）"], ["1.", "请填写"]])
        #expect(codes([instructions, attendance]) == [])
        #expect(codes([sheet("填写说明 (2)", [["填写说明（驻村干部考勤表）"]]), attendance]) == [])
        // Another county's notes are no form, as before.
        #expect(codes([sheet("填写说明", [["请注意"]]), attendance]) == [.unknownForm])
        #expect(codes([sheet("Sheet2", [["填写说明（驻村干部考勤表）"]]), attendance]) == [.unknownForm])
        // Nothing but instructions is a file without a form.
        #expect(codes([instructions]) == [.unknownForm])
        let named = reader.read(
            Workbook(format: .xlsx, sheets: [sheet("填写说明", table)]), path: "考勤.xlsx")
        #expect(named.submitted.blocks.count == 1)
    }

    @Test("A guidance file with a wrong key is refused")
    func guidanceFile() {
        #expect(throws: FormFiles.Failure.self) {
            try FormFiles.parseGuidance("passOver: [{sheet: 说明, titel: 说明}]", file: "guidance.yaml")
        }
        #expect(throws: FormFiles.Failure.self) { try FormFiles.parseGuidance("forms: []", file: "guidance.yaml") }
    }
}
