import Domain
import Tables
import Testing

@testable import Sheets

@Suite("The same content by every program") struct SameContentTests {
    static let cells = [
        "A1": "乐都区碾伯镇驻村干部考勤表（2018年11月）",
        "A3": "姓名", "B3": "身份证号", "C3": "日期", "D3": "出勤天数", "E3": "备注", "F3": "时间", "G3": "隐藏列",
        "A4": "马㛃", "B4": "632123199001019003", "C4": "2018-11-05", "D4": "22.5", "E4": "第一行\n第二行",
        "F4": "2018-11-05T08:30:15", "G4": "1",
        "B5": "632123198502029017", "C5": "2018-12-31", "D5": "0", "E5": "a,b;c \"引号\"", "F5": "17:45:00", "G5": "2",
        "A6": "才让·䶮卓玛", "B6": "632123197903039024", "C6": "2018-11-05", "D6": "0.1", "E6": " 前后空格 ", "G6": "3",
        "A9": "合计", "D9": "22.6", "E9": "√△○×　①", "F9": "TRUE",
    ]

    @Test(
        "A workbook gives the same cells, merges and hidden parts whoever wrote it",
        arguments: [
            "openpyxl.xlsx", "xlsxwriter.xlsx", "libxlsxwriter.xlsx", "libreoffice.xlsx", "xlwt.xls", "libreoffice.xls",
        ])
    func workbooks(name: String) throws {
        let workbook = try Fixture.workbook(name)
        #expect(workbook.format == (name.hasSuffix("x") ? .xlsx : .xls))
        #expect(workbook.sheets.map(\.name) == ["11月", "隐藏"])
        #expect(workbook.sheets.map(\.isHidden) == [false, true])
        let sheet = workbook.sheets[0]
        #expect(sheet.shown == SameContentTests.cells)
        #expect(
            sheet.merges == [
                CellRange(top: 0, left: 0, bottom: 0, right: 5), CellRange(top: 3, left: 0, bottom: 4, right: 0),
            ])
        #expect(sheet.hiddenColumns == [6])
        #expect(sheet.rows.filter(\.isHidden).map(\.index) == [5])
        #expect(sheet.value("C4") == CivilDate(2018, 11, 5).map(CellValue.date))
        #expect(sheet.value("D4") == .number(22.5))
        #expect(sheet.value("F5") == .time(seconds: 63_900))
        #expect(sheet.value("F9") == .boolean(true))
        #expect(workbook.sheets[1].shown == ["A1": "隐藏表"])
    }

    @Test(
        "A text file gives the same cells in every encoding and with every separator",
        arguments: [
            "utf8.csv", "utf8-bom.csv", "gb18030.csv", "gb18030-semicolon.xls", "utf16le-tab.txt", "utf16be.csv",
            "utf16le-bare.txt",
        ])
    func texts(name: String) throws {
        let workbook = try Fixture.workbook(name)
        #expect(workbook.format == .text)
        #expect(workbook.sheets.map(\.name) == [""])
        #expect(workbook.sheets[0].shown == SameContentTests.cells)
        #expect(workbook.sheets[0].rows.allSatisfy { $0.cells.allSatisfy { $0.value.typeName == "text" } })
    }

    @Test("Formulas give their stored results, by LibreOffice in both formats")
    func storedFormulas() throws {
        for name in ["formulas-libreoffice.xlsx", "formulas-libreoffice.xls"] {
            let sheet = try Fixture.workbook(name).sheets[0]
            // An empty text as a result is no cell.
            #expect(
                sheet.shown == [
                    "A1": "2", "A2": "文字", "A3": "TRUE", "A4": "#DIV/0!", "A6": "2018-11-05", "A7": "#N/A",
                ])
            #expect(sheet.rows.allSatisfy { $0.cells.allSatisfy { $0.isFormula && !$0.isUncachedFormula } })
            #expect(sheet.value("A4") == .error("#DIV/0!"))
        }
        #expect(try Fixture.workbook("formula-empty-libreoffice.xls").sheets[0].shown == ["A2": "x"])
    }

    @Test(
        "Formulas without a stored result are told apart", arguments: ["formulas-openpyxl.xlsx", "formulas-xlwt.xls"])
    func uncachedFormulas(name: String) throws {
        let sheet = try Fixture.workbook(name).sheets[0]
        #expect(!sheet.isEmpty)
        #expect(sheet.rows.allSatisfy { $0.cells.allSatisfy { $0.isUncachedFormula && $0.value == .empty } })
        #expect(sheet.rows.count == (name.hasSuffix("x") ? 7 : 2))
    }

    @Test("Dates that count from 1904", arguments: ["dates-1904.xlsx", "dates-1904.xls"])
    func from1904(name: String) throws {
        let sheet = try Fixture.workbook(name).sheets[0]
        #expect(sheet.shown == ["A1": "2018-11-05", "A2": "2018-11-05T08:30:15"])
    }

    @Test("Texts of an .xls run over the seams between records")
    func longStrings() throws {
        let sheet = try Fixture.workbook("long-strings.xls").sheets[0]
        #expect(sheet.rows.count == 30)
        for row in sheet.rows {
            let body =
                row.index % 2 == 1 ? String(repeating: "驻村", count: 400) : String(repeating: "narrow ", count: 150)
            #expect(row.cell(0)?.value == .text("\(row.index):" + body))
        }
    }
}
