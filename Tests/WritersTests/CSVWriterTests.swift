import Domain
import Reports
import Sheets
import Tables
import Testing

@Suite("CSV files")
struct CSVWriterTests {
    private func table(_ rows: [[String]]) -> CSVTable {
        CSVTable(CSVSchema(name: "t", title: "t", columns: [CSVColumn("甲"), CSVColumn("乙")]), rows: rows)
    }

    private func text(_ table: CSVTable) throws -> String {
        String(decoding: try CSVWriter.bytes(of: table).dropFirst(3), as: UTF8.self)
    }

    @Test("A file begins with a BOM and the headings, lines end in CRLF, quotes as RFC 4180 asks")
    func shape() throws {
        let bytes = try CSVWriter.bytes(of: table([["a,b", "c\"d"], ["e\nf", " g"], ["", "h"]]))
        #expect(Array(bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
        #expect(
            String(decoding: bytes.dropFirst(3), as: UTF8.self)
                == "甲,乙\r\n\"a,b\",\"c\"\"d\"\r\n\"e\nf\",\" g\"\r\n,h\r\n")
    }

    @Test(
        "Text that a spreadsheet would run as a formula gets a leading apostrophe",
        arguments: [
            "=1+1", "+A1", "-x", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "\tx", "-1-2", "+", "-", "1-", "--1", "-.5",
        ])
    func injection(_ cell: String) throws {
        let expected = cell == "1-" ? cell : "'" + cell
        let quoted = expected
        #expect(try text(table([[cell, ""]])) == "甲,乙\r\n\(quoted),\r\n")
    }

    @Test("Plain numbers are left as they are", arguments: ["-780.00", "+5", "-13", "0", "-0.5"])
    func numbers(_ cell: String) throws {
        #expect(try text(table([[cell, ""]])) == "甲,乙\r\n\(cell),\r\n")
    }

    @Test("A carriage return at the front is guarded and quoted")
    func carriageReturn() throws {
        #expect(try text(table([["\r=1", ""]])) == "甲,乙\r\n\"'\r=1\",\r\n")
    }

    @Test("GB18030 holds rare characters, and what it cannot hold is an error with its place")
    func gb18030() throws {
        let dialect = CSVDialect(encoding: .gb18030)
        let bytes = try CSVWriter.bytes(of: table([["䶮㛃", "𠀀"]]), dialect: dialect)
        #expect(Array(bytes.prefix(5)) == [0xBC, 0xD7, 0x2C, 0xD2, 0xD2])
        #expect(
            throws: ReportWriteError.encoding(table: "t", row: 3, column: "乙", scalar: 0xE81E, encoding: "gb18030")
        ) {
            try CSVWriter.bytes(of: table([["a", "b"], ["c", "\u{E81E}"]]), dialect: dialect)
        }
    }

    @Test("Another separator, no header line")
    func bank() throws {
        let dialect = CSVDialect(separator: "|", hasHeader: false)
        let bytes = try CSVWriter.bytes(of: table([["a,b", "c|d"]]), dialect: dialect)
        #expect(String(decoding: bytes.dropFirst(3), as: UTF8.self) == "a,b|\"c|d\"\r\n")
    }
}
