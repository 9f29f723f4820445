import Domain
import Tables
import Testing

@testable import Sheets

/// Mutated files must neither crash nor hang; whatever is read is whole, whatever is not has a reason.
@Suite("Mutated files") struct MutationTests {
    static let rounds = 1200

    private func mutated(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...8, using: &random) where !result.isEmpty {
            let place = Int.random(in: 0..<result.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: result[place] = UInt8.random(in: 0...255, using: &random)
            case 1: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: result[place] = [0x00, 0xFF, 0x7F, 0x80, 0x22, 0x3C].randomElement(using: &random) ?? 0
            case 3: result.removeSubrange(place..<min(result.count, place + Int.random(in: 1...16, using: &random)))
            case 4:
                let from = Int.random(in: 0..<result.count, using: &random)
                let piece = Array(result[from..<min(result.count, from + Int.random(in: 1...32, using: &random))])
                result.insert(contentsOf: piece, at: place)
            default:
                for index in place..<min(result.count, place + 4) { result[index] = 0xFF }
            }
        }
        return result
    }

    private func open(_ bytes: [UInt8]) {
        do throws(WorkbookRefusal) {
            let workbook = try WorkbookOpener.open(bytes: bytes)
            for sheet in workbook.sheets {
                #expect(zip(sheet.rows, sheet.rows.dropFirst()).allSatisfy { $0.index < $1.index })
                #expect(
                    sheet.rows.allSatisfy { row in
                        zip(row.cells, row.cells.dropFirst()).allSatisfy { $0.column < $1.column }
                    })
            }
        } catch {
            #expect(error.reason.rawValue.hasPrefix("file"))
        }
    }

    @Test(
        "Any byte of the file",
        arguments: [
            "openpyxl.xlsx", "libreoffice.xlsx", "xlwt.xls", "libreoffice.xls", "formulas-libreoffice.xls",
            "long-strings.xls", "gb18030.csv", "utf8.csv", "utf16le-tab.txt",
        ])
    func files(name: String) throws {
        let bytes = try Fixture.bytes(name)
        var random = SplitMix(seed: 20_181_105)
        for _ in 0..<MutationTests.rounds { open(mutated(bytes, &random)) }
    }

    @Test(
        "The workbook stream inside an .xls, its records well framed",
        arguments: ["xlwt.xls", "libreoffice.xls", "formulas-libreoffice.xls"])
    func records(name: String) throws {
        let bytes = try Fixture.bytes(name)
        let stream = try bytes.withUnsafeBytes { try #require(try CompoundFile($0).stream("Workbook")) }
        var random = SplitMix(seed: 2018)
        for _ in 0..<MutationTests.rounds {
            var mutant = stream
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 8..<mutant.count, using: &random)
                mutant[place] = UInt8.random(in: 0...255, using: &random)
            }
            open(mutant)
        }
    }

    @Test("The XML inside an .xlsx, packed again with right checksums")
    func xml() throws {
        let strings = "<si><r><t>驻</t></r><r><t>村_x000A_</t></r><rPh><t>x</t></rPh></si><si><t>B&amp;C</t></si>"
        let styles = """
            <numFmts><numFmt numFmtId="176" formatCode="[$-804]yyyy&quot;年&quot;m\\-d;@"/></numFmts>\
            <cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="20"/></cellXfs>
            """
        let sheet = """
            <cols><col min="2" max="3" hidden="1" width="9"/></cols><sheetData><row r="1" hidden="1" ht="12">\
            <c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>43405.25</v></c><c r="C1" t="b"><v>1</v></c></row>\
            <row r="2"><c r="A2" t="inlineStr"><is><t>文</t></is></c><c r="B2"><f>A1</f><v>1.5E3</v></c>\
            <c r="C2" t="d"><v>2018-11-05T08:30:00</v></c><c r="D2" t="e"><v>#N/A</v></c></row></sheetData>\
            <mergeCells><mergeCell ref="A1:B2"/></mergeCells>
            """
        let parts = BookParts(sheet: sheet, strings: strings, styles: styles)
        var random = SplitMix(seed: 630_202)
        for _ in 0..<(MutationTests.rounds * 2) {
            var mutant = parts
            let index = Int.random(in: 0..<mutant.parts.count, using: &random)
            mutant.parts[index].data = mutated(mutant.parts[index].data, &random)
            open(mutant.bytes)
        }
    }

    @Test("Many threads read at once and get the same")
    func threads() async throws {
        let names = ["openpyxl.xlsx", "libreoffice.xlsx", "xlwt.xls", "gb18030.csv"]
        let files = try names.map { try Fixture.bytes($0) }
        let expected = try files.map { try WorkbookOpener.open(bytes: $0) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for round in 0..<64 {
                let file = files[round % files.count]
                let wanted = expected[round % files.count]
                group.addTask { try WorkbookOpener.open(bytes: file) == wanted }
            }
            for try await same in group { #expect(same) }
        }
    }
}
