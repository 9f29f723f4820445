import Domain
import Tables
import Testing

@testable import Sheets

@Suite("Reading .xlsx") struct XLSXReadingTests {
    private func sheet(_ parts: BookParts) throws -> CellGrid { try WorkbookOpener.open(bytes: parts.bytes).sheets[0] }

    private func data(_ rows: String) -> String { "<sheetData>\(rows)</sheetData>" }

    @Test("Rich runs are joined, phonetic runs left out, escapes undone")
    func sharedStrings() throws {
        let strings = """
            <si><r><rPr><b/></rPr><t xml:space="preserve">驻 </t></r><r><t>村</t></r>\
            <rPh sb="0" eb="1"><t>zhu</t></rPh></si>\
            <si><t>a_x000D__x000A_b_x005F_x0041_</t></si><si><t>_xD842__xDFB7_ &amp; &#20840;<![CDATA[<t>]]></t></si>\
            <si><t/></si><si><t xml:space="preserve">  </t></si><si><t>_x12_ _xZZZZ_</t></si>
            """
        let cells = (0..<6).map { "<c r=\"\(["A", "B", "C", "D", "E", "F"][$0])1\" t=\"s\"><v> \($0) </v></c>" }
        let grid = try sheet(BookParts(sheet: data("<row r=\"1\">\(cells.joined())</row>"), strings: strings))
        #expect(
            grid.shown == [
                "A1": "驻 村", "B1": "a\r\nb_x0041_", "C1": "𠮷 & 全<t>", "E1": "  ", "F1": "_x12_ _xZZZZ_",
            ])
    }

    @Test("A stray value beside an inline string, an empty style and characters that no file can hold hurt nothing")
    func smallThings() throws {
        let rows = """
            <row><c t="inlineStr"><v>7</v><is><t>张三</t></is></c><c t="inlineStr"><is><t>李四</t></is><v>8</v></c>\
            <c s=""><v>1</v></c><c t="inlineStr"><is><t>王_x0000_五_xFFFE_</t></is></c></row>
            """
        let grid = try sheet(BookParts(sheet: data(rows)))
        #expect(grid.shown == ["A1": "张三", "B1": "李四", "C1": "1", "D1": "王\u{FFFD}五\u{FFFD}"])
        #expect(grid.replaced == CellAddress(row: 0, column: 3))
    }

    @Test(
        "Cells and rows without an address follow on; those out of order are sorted; a wrong dimension does not matter")
    func addresses() throws {
        let rows = """
            <row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row>\
            <row r="5"><c r="C5"><v>3</v></c><c r="A5"><v>1</v></c><c><v>2</v></c></row>\
            <row><c r="B6"><v>6</v></c></row><row r="3" hidden="1"><c r="A3"><v>9</v></c></row>\
            <row r="5"><c r="D5"><v>4</v></c></row>
            """
        let grid = try sheet(BookParts(sheet: "<dimension ref=\"A1:A1\"/>" + data(rows)))
        #expect(
            grid.shown == [
                "A1": "a", "B1": "1", "A3": "9", "A5": "1", "B5": "2", "C5": "3", "D5": "4", "B6": "6",
            ])
        #expect(grid.rows.map(\.index) == [0, 2, 4, 5])
        #expect(grid.rows.map(\.isHidden) == [false, true, false, false])
    }

    @Test("Every cell type is read for what it is")
    func types() throws {
        let rows = """
            <row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#REF!</v></c>\
            <c r="D1" t="d"><v>2018-11-05</v></c><c r="E1" t="d"><v>2018-11-05T08:30:00.000Z</v></c>\
            <c r="F1" t="d"><v>08:30:00</v></c><c r="G1" t="str"><f>A1</f><v>文</v></c>\
            <c r="H1" t="str"><f>A1</f><v></v></c><c r="I1"><f>A1</f></c><c r="J1"><f>A1</f><v/></c>\
            <c r="K1"><f t="shared" si="0"/><v>1.5E-3</v></c><c r="L1" s="0"/><c r="M1" t="n"><v>-0.1</v></c>\
            <c r="N1"><v>632123199001019003</v></c></row>
            """
        let grid = try sheet(BookParts(sheet: data(rows)))
        #expect(grid.value("A1") == .boolean(true))
        #expect(grid.value("B1") == .boolean(false))
        #expect(grid.value("C1") == .error("#REF!"))
        #expect(grid.value("D1")?.display == "2018-11-05")
        #expect(grid.value("E1")?.display == "2018-11-05T08:30:00")
        #expect(grid.value("F1") == .time(seconds: 30_600))
        #expect(grid.value("G1") == .text("文"))
        #expect(grid.value("H1") == nil)
        #expect(grid.cell(0, 8)?.isUncachedFormula == true)
        #expect(grid.cell(0, 9)?.isUncachedFormula == true)
        #expect(grid.cell(0, 10) == Cell(column: 10, value: .number(0.0015), isFormula: true))
        #expect(grid.value("L1") == nil)
        #expect(grid.value("M1") == .number(-0.1))
        #expect(grid.value("N1") == .number(632_123_199_001_019_008))
    }

    @Test("A number is a date where its style says so")
    func dates() throws {
        let styles = """
            <numFmts count="2"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/>\
            <numFmt numFmtId="177" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
            <cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="14"/><xf numFmtId="177"/><xf numFmtId="20"/></cellXfs>\
            <dxfs><dxf><numFmt numFmtId="176" formatCode="0.00"/></dxf></dxfs>
            """
        let rows = """
            <row r="1"><c r="A1" s="1"><v>43405</v></c><c r="B1" s="2"><v>60</v></c><c r="C1" s="2"><v>61</v></c>\
            <c r="D1" s="3"><v>43405.5</v></c><c r="E1" s="4"><v>0.35416666666666669</v></c><c r="F1"><v>43405</v></c>\
            <c r="G1" s="2"><v>43404.9999999</v></c></row>
            """
        let grid = try sheet(BookParts(sheet: data(rows), styles: styles))
        #expect(
            grid.shown == [
                "A1": "2018-11-01", "B1": "60", "C1": "1900-03-01", "D1": "43405.5", "E1": "08:30:00", "F1": "43405",
                "G1": "2018-11-01",
            ])
        #expect(grid.rows[0].cells.filter(\.showsMonth).map(\.column) == [0])
        let later = try sheet(
            BookParts(
                sheet: data("<row r=\"1\"><c r=\"A1\" s=\"2\"><v>0</v></c></row>"), styles: styles,
                properties: "<workbookPr date1904=\"1\"/>"))
        #expect(later.shown == ["A1": "1904-01-01"])
    }

    @Test("Strict documents, other prefixes, UTF-16 parts and byte order marks are read")
    func dialects() throws {
        let strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
        var parts = BookParts(
            worksheet: """
                <x:worksheet xmlns:x="\(strict)"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>严格</x:t>\
                </x:is></x:c></x:row></x:sheetData></x:worksheet>
                """)
        parts.set(
            "xl/workbook.xml",
            """
            <workbook xmlns="\(strict)" xmlns:rel="http://purl.oclc.org/ooxml/officeDocument/relationships"><sheets>\
            <sheet name="S" sheetId="1" rel:id="rId1"/></sheets></workbook>
            """)
        #expect(try sheet(parts).shown == ["A1": "严格"])

        let plain =
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet>"
            + data("<row><c t=\"inlineStr\"><is><t>宽𠮷</t></is></c></row>") + "</worksheet>"
        let little: [UInt8] = [0xFF, 0xFE] + plain.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let big: [UInt8] = [0xFE, 0xFF] + plain.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        for wide in [little, big] {
            parts.set("xl/worksheets/sheet1.xml", wide)
            #expect(try sheet(parts).shown == ["A1": "宽𠮷"])
        }
        let marked =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet>" + data("<row><c><v>7</v></c></row>")
            + "</worksheet>"
        parts.set("xl/worksheets/sheet1.xml", [0xEF, 0xBB, 0xBF] + Array(marked.utf8))
        #expect(try sheet(parts).shown == ["A1": "7"])
    }

    @Test("Parts are found where the relationships say, in whatever case; sheets without cells are passed over")
    func targets() throws {
        var parts = BookParts(sheet: data("<row><c><v>1</v></c></row>"))
        parts.remove("xl/worksheets/sheet1.xml")
        parts.set("Main/Sheet.XML", "<worksheet>\(data("<row><c><v>5</v></c></row>"))</worksheet>")
        parts.set(
            "xl/_rels/workbook.xml.rels",
            BookParts.relationships([("rId1", "worksheet", "../main/sheet.xml"), ("rId2", "chartsheet", "c.xml")]))
        parts.set(
            "xl/workbook.xml",
            """
            <workbook xmlns:r="\(BookParts.office)"><sheets><sheet name="图" r:id="rId2"/>\
            <sheet name="S" state="veryHidden" r:id="rId1"/></sheets></workbook>
            """)
        let workbook = try WorkbookOpener.open(bytes: parts.bytes)
        #expect(workbook.sheets.map(\.name) == ["S"])
        #expect(workbook.sheets[0].isHidden)
        #expect(workbook.sheets[0].shown == ["A1": "5"])
    }

    @Test("Hidden rows and columns by flag and by zero size; merges in order")
    func hiddenParts() throws {
        let rows = """
            <row r="1" ht="0" customHeight="1"><c r="A1"><v>1</v></c><c r="E1"><v>1</v></c></row>\
            <row r="2" hidden="true"><c r="A2"><v>2</v></c></row><row r="3" hidden="0" ht="12.5"><c r="A3"><v>3</v></c></row>
            """
        let columns = "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/><col min=\"4\" max=\"16384\" width=\"0\"/></cols>"
        let merges =
            "<mergeCells><mergeCell ref=\"C3:B2\"/><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"D4\"/></mergeCells>"
        let grid = try sheet(BookParts(sheet: columns + data(rows) + merges))
        #expect(grid.rows.map(\.isHidden) == [true, true, false])
        #expect(grid.hiddenColumns == [1, 3, 4])
        #expect(
            grid.merges == [
                CellRange(top: 0, left: 0, bottom: 0, right: 1), CellRange(top: 1, left: 1, bottom: 2, right: 2),
            ])
    }

    @Test("A sheet of many thousand styled but empty rows holds nothing")
    func emptyRows() throws {
        let rows = (1...50_000).map { "<row r=\"\($0)\" spans=\"1:3\" s=\"1\"><c r=\"A\($0)\" s=\"0\"/></row>" }
        let grid = try sheet(BookParts(sheet: data(rows.joined())))
        #expect(grid.rows.isEmpty)
    }
}
