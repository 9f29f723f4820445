import Domain
import Foundation
import FoundationXML
import Reports
import Tables
import Testing

@testable import Sheets

@Suite("Own workbooks and the library's")
struct TwinTests {
    private func expectTwins(_ workbook: ReportWorkbook, _ comment: String) throws {
        let own = try WorkbookPicture(XLSXWriter.bytes(of: workbook, by: .own))
        let library = try WorkbookPicture(XLSXWriter.bytes(of: workbook, by: .library))
        #expect(own.parts.keys.sorted() == library.parts.keys.sorted(), "\(comment)")
        for (name, lines) in library.parts {
            guard let mine = own.parts[name], mine != lines else { continue }
            let place = zip(mine, lines).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            let index = place ?? min(mine.count, lines.count)
            Issue.record(
                """
                \(comment), \(name), line \(index): own
                \(mine.indices.contains(index) ? mine[index] : "ends")
                library
                \(lines.indices.contains(index) ? lines[index] : "ends")
                """)
        }
    }

    @Test("The statement, the yearly ledger and the province's tables say the same whoever writes them")
    func reports() throws {
        try expectTwins(#require(SampleStatement.statement()).workbook(), "statement")
        try expectTwins(SampleYear.ledger().workbook(), "ledger")
    }

    @Test("Random workbooks say the same whoever writes them, and read back the same")
    func random() throws {
        let count = ProcessInfo.processInfo.environment["ZHUCUN_TWINS"].flatMap(UInt64.init) ?? 30
        for seed in 1...count {
            var random = RandomWorkbook(seed: seed)
            let workbook = random.workbook()
            try expectTwins(workbook, "seed \(seed)")
            try expectReads(workbook, "seed \(seed)")
        }
    }

    /// Every text and number comes back as it was put in.
    private func expectReads(_ workbook: ReportWorkbook, _ comment: String) throws {
        let read = try WorkbookOpener.open(bytes: XLSXWriter.bytes(of: workbook, by: .own))
        for (sheet, grid) in zip(workbook.sheets, read.sheets) {
            for cell in sheet.cells {
                let value = grid.cell(cell.row, cell.column)?.value
                switch cell.value {
                case .text(let text), .link(let text, _, _), .formula(_, .text(let text)):
                    guard !text.isEmpty else { continue }
                    guard case .text(let found) = value, Array(found.utf8) == Array(text.utf8) else {
                        Issue.record("\(comment): \(text) came back as \(String(describing: value))")
                        continue
                    }
                case .number(let number) where [.general, .amount, .digits].contains(cell.style.numberFormat):
                    #expect(value == .number(number.double), "\(comment)")
                default: break
                }
            }
        }
    }

    @Test("Bytes repeat, and every relation leads to a part that has a type")
    func package() throws {
        for seed in 100...120 as ClosedRange<UInt64> {
            var random = RandomWorkbook(seed: seed)
            let workbook = random.workbook()
            let bytes = try XLSXWriter.bytes(of: workbook, by: .own)
            #expect(try XLSXWriter.bytes(of: workbook, by: .own) == bytes)
            let faults = try PackageCheck.faults(bytes).joined(separator: "; ")
            #expect(faults.isEmpty, "seed \(seed): \(faults)")
        }
    }

    @Test("A part that is not XML, or a container that lost a byte, is found before the file gets its name")
    func readBack() throws {
        let workbook = try #require(SampleStatement.statement()).workbook()
        let bytes = try XLSXWriter.bytes(of: workbook, by: .own)
        let whole = try WorkbookPicture(bytes).parts
        let sheets = workbook.sheets.count
        #expect(ReadBack.fault(in: bytes, sheets: sheets) == nil)
        #expect(ReadBack.fault(in: bytes, sheets: sheets + 1) == "xl/worksheets/sheet\(sheets + 1).xml is missing")
        for place in stride(from: 0, to: bytes.count, by: 97) {
            var damaged = bytes
            damaged[place] ^= 0x10
            if ReadBack.fault(in: damaged, sheets: sheets) != nil { continue }
            // The last byte of a part has bits that say nothing.
            #expect(try WorkbookPicture(damaged).parts == whole, "byte \(place)")
        }
        #expect(ReadBack.fault(in: Array(bytes.dropLast(9)), sheets: sheets) != nil)
        #expect(ReadBack.fault(in: [], sheets: 1) != nil)
    }

    @Test("What passes for XML here passes for it everywhere")
    func form() throws {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        let good = head + "<a:b x=\"1\" y:z=\"甲 &amp; &quot;\"><c/><d>乙&lt;\n</d><c x=\"\"></c></a:b>"
        #expect(isGood(Array(good.utf8)))
        for bad in [
            "", head, "<a>", head + head + "<a/>", head + "<a>", head + "</a>", head + "<a></b>", head + "<a/><b/>",
            head + "<a/> ",
            head + "<a x=\"1\" x=\"2\"/>", head + "<a x='1'/>", head + "<a>&nbsp;</a>", head + "<a>&</a>",
            head + "<a>\u{1}</a>", head + "<a>\u{FFFE}</a>", head + "<a x=\"<\"/>", head + "<1/>", head + "<a b/>",
            head + "<a>]]></a>", head + "<a\n/>", head + "<a>", "\u{FEFF}" + head + "<a/>",
        ] {
            #expect(!isGood(Array(bad.utf8)), "\(bad)")
        }
        var random = RandomBytes(seed: 7)
        var accepted = 0
        for _ in 0..<4000 {
            let text = random.mutated(Array(good.utf8), keeping: head.utf8.count)
            guard isGood(text) else { continue }
            accepted += 1
            #expect(XMLParser(data: Data(text)).parse(), "\(String(decoding: text, as: UTF8.self))")
        }
        #expect(accepted > 200)
    }

    private func isGood(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { XMLForm.isGood($0) } }
}
