import Domain
import Tables
import Testing

@testable import Sheets

@Suite("Reading text") struct TextReadingTests {
    private func shown(_ text: String) throws -> [String: String] {
        try WorkbookOpener.open(bytes: Array(text.utf8)).sheets[0].shown
    }

    @Test("The separator is the one that most lines agree on, whatever stands inside quotes or in a title")
    func separators() throws {
        #expect(try shown("a,b\nc,d\n")["B2"] == "d")
        #expect(try shown("考勤，汇总，表\n姓名\t日期\n张三\t11.5,11.6\n")["B3"] == "11.5,11.6")
        #expect(try shown("x;y;z\n\"1,2,3,4\";5;6\n")["A2"] == "1,2,3,4")
        #expect(try shown("姓名,请假\n甲,11.5；11.9\n乙,11.5;11.6\n")["B3"] == "11.5;11.6")
        #expect(try shown("只有一列\n第二行\n") == ["A1": "只有一列", "A2": "第二行"])
        #expect(try shown("sep=;\na,b;c\n") == ["A1": "a,b", "B1": "c"])
    }

    @Test("Rows are numbered as a spreadsheet program numbers them", arguments: ["\n", "\r\n", "\r"])
    func rowNumbers(end: String) throws {
        let text = ["a,1", "", "b,\"x\(end)y\"", "", "", ",c"].joined(separator: end)
        #expect(
            try shown(text) == ["A1": "a", "B1": "1", "A3": "b", "B3": "x\(end)y", "B6": "c"])
        #expect(try shown(end + end + "a,b") == ["A3": "a", "B3": "b"])
        #expect(try shown("a,b" + end + "\"\"\"q\"\"\",\"\"" + end) == ["A1": "a", "B1": "b", "A2": "\"q\""])
    }

    @Test("Spaces stay, empty fields are no cells, ID numbers kept from becoming numbers lose their wrapping")
    func fields() throws {
        #expect(
            try shown(" a , ,\n=\"632123199001019003\",5\" x,'1\n")
                == ["A1": " a ", "B1": " ", "A2": "632123199001019003", "B2": "5\" x", "C2": "'1"])
    }

    @Test("A quote that does not close, or closes in the middle of a field, never swallows the rest")
    func quotes() {
        #expect(refusal(Array("a,b\n\"c,d\ne,f\n".utf8)) == .fileDamagedContainer)
        #expect(refusal(Array("a,b\n\"c\"x,d\n\"e\",f\n".utf8)) == .fileDamagedContainer)
    }

    @Test("Rare and private characters survive GB18030")
    func gb18030() throws {
        // 㛃 䶮 and U+E000, with an ASCII comma between.
        let bytes: [UInt8] = [0x82, 0x30, 0xF1, 0x34, 0x2C, 0xFE, 0x9F, 0x2C, 0xAA, 0xA1]
        let sheet = try WorkbookOpener.open(bytes: bytes).sheets[0]
        #expect(sheet.shown["B1"] == "䶮")
        #expect(sheet.shown["C1"] == "\u{E000}")
        #expect(sheet.shown["A1"]?.unicodeScalars.count == 1)
    }

    @Test("Text with bytes that no encoding explains is refused")
    func junk() {
        #expect(refusal(Array("a,b\n".utf8) + [0x81]) == .fileNotText)
        #expect(refusal(Array("a,b\n\u{1}".utf8)) == .fileNotText)
        #expect(refusal([0xEF, 0xBB, 0xBF, 0xC4, 0xE3]) == .fileNotText)
        #expect(refusal([0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00]) == .fileNotText)
        #expect(refusal([0xFF, 0xFE, 0x41]) == .fileNotText)
    }
}
