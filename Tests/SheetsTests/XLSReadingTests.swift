import Domain
import Tables
import Testing

@testable import Sheets

@Suite("Reading .xls record by record") struct XLSReadingTests {
    private func sheet(_ book: BareBook) throws -> CellGrid { try WorkbookOpener.open(bytes: book.bytes).sheets[0] }

    @Test("Numbers in all their records")
    func numbers() throws {
        var book = BareBook()
        book.cell(0x203, 0, 0, BareBook.double(22.5))
        book.cell(0x27E, 0, 1, BareBook.u32(7 << 2 | 2))
        book.cell(0x27E, 0, 2, BareBook.u32(-5 << 2 | 2))
        book.cell(0x27E, 0, 3, BareBook.u32(1050 << 2 | 3))
        book.cell(0x27E, 0, 4, BareBook.u32(Int(0.5.bitPattern >> 32)))
        let rk = BareBook.u16(0) + BareBook.u32(1 << 2 | 2)
        book.add(0xBD, BareBook.u16(1) + BareBook.u16(3) + rk + rk + BareBook.u16(4))
        let grid = try sheet(book)
        #expect(
            grid.shown == ["A1": "22.5", "B1": "7", "C1": "-5", "D1": "10.5", "E1": "0.5", "D2": "1", "E2": "1"])
    }

    @Test("Texts in all their records, formatting runs and phonetic data passed over, lone halves of characters too")
    func texts() throws {
        var book = BareBook()
        let rich =
            BareBook.u16(2) + [0x0D] + BareBook.u16(1) + BareBook.u32(4) + [0x7B, 0x9A, 0x51, 0x67]
            + [0, 0, 1, 0] + [9, 9, 9, 9]
        book.global(0xFC, BareBook.u32(2) + BareBook.u32(2) + rich + BareBook.narrow("caf\u{65}"))
        book.cell(0xFD, 0, 0, BareBook.u32(0))
        book.cell(0xFD, 0, 1, BareBook.u32(1))
        book.cell(0x204, 0, 2, BareBook.wide("文字"))
        book.cell(0xD6, 0, 3, BareBook.narrow("rich") + BareBook.u16(1) + [0, 0, 0, 0])
        book.cell(0x204, 0, 4, BareBook.u16(1) + [1, 0x00, 0xD8])
        book.cell(0x204, 0, 5, BareBook.narrow(""))
        let grid = try sheet(book)
        #expect(
            grid.shown == ["A1": "驻村", "B1": "cafe", "C1": "文字", "D1": "rich", "E1": "\u{FFFD}"])
    }

    @Test("A shared text split within its characters changes its width at the seam")
    func seams() throws {
        var book = BareBook()
        let first = BareBook.u32(1) + BareBook.u32(1) + BareBook.u16(6) + [0] + Array("abc".utf8)
        book.global(0xFC, first)
        book.global(0x3C, [1] + BareBook.u16(0x4E00))
        book.global(0x3C, [0] + Array("de".utf8))
        book.cell(0xFD, 0, 0, BareBook.u32(0))
        #expect(try sheet(book).shown == ["A1": "abc一de"])
    }

    @Test("Formula results of every kind, with what may stand between a formula and its text")
    func formulas() throws {
        var book = BareBook()
        book.formula(0, 0, result: BareBook.double(3))
        book.formula(0, 1, result: [0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
        book.add(0x4BC, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        book.add(0x207, BareBook.wide("结果"))
        book.formula(0, 2, result: [1, 0, 1, 0, 0, 0, 0xFF, 0xFF])
        book.formula(0, 3, result: [2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF])
        book.formula(0, 4, result: [3, 0, 0, 0, 0, 0, 0xFF, 0xFF], cache: 0)
        let grid = try sheet(book)
        #expect(grid.shown == ["A1": "3", "B1": "结果", "C1": "TRUE", "D1": "#N/A"])
        #expect(grid.rows[0].cells.allSatisfy { $0.isFormula && !$0.isUncachedFormula })

        var missing = BareBook()
        missing.formula(0, 1, result: [0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
        #expect(refusal(missing.bytes) == .fileDamagedContainer)
    }

    @Test("Dates by format; a format the workbook declares goes before the built-in one")
    func dates() throws {
        var book = BareBook()
        book.global(0x41E, BareBook.u16(200) + BareBook.wide("yyyy\"年\"m\"月\"d\"日\""))
        for format in [0, 14, 200, 46, 20] { book.global(0xE0, BareBook.u16(0) + BareBook.u16(format)) }
        for style in 0..<5 { book.cell(0x203, style, 0, style: style, BareBook.double(43_409.25)) }
        book.cell(0x203, 5, 0, style: 4, BareBook.double(0.25))
        #expect(
            try sheet(book).shown == [
                "A1": "43409.25", "A2": "2018-11-05T06:00:00", "A3": "2018-11-05T06:00:00", "A4": "43409.25",
                "A5": "2018-11-05T06:00:00", "A6": "06:00:00",
            ])
        book.cell(0x203, 6, 0, style: 5, BareBook.double(1))
        #expect(refusal(book.bytes) == .fileDamagedContainer)
    }

    @Test("A date shown as year and month says so, in single and in multiple records")
    func months() throws {
        var book = BareBook()
        book.global(0x41E, BareBook.u16(200) + BareBook.wide("yyyy\"年\"m\"月\""))
        for format in [0, 14, 200, 17] { book.global(0xE0, BareBook.u16(0) + BareBook.u16(format)) }
        for style in 0..<4 { book.cell(0x203, style, 0, style: style, BareBook.double(43_405)) }
        func rk(_ style: Int) -> [UInt8] { BareBook.u16(style) + BareBook.u32(43_405 << 2 | 2) }
        book.add(0xBD, BareBook.u16(4) + BareBook.u16(0) + rk(1) + rk(2) + BareBook.u16(1))
        let grid = try sheet(book)
        #expect(
            grid.rows.flatMap { row in row.cells.filter(\.showsMonth).map { [row.index, $0.column] } } == [
                [2, 0], [3, 0], [4, 1],
            ])
    }

    @Test("Hidden rows and columns by flag and by zero size, hidden sheets, merges, charts inside a sheet")
    func hidden() throws {
        var book = BareBook()
        func row(_ index: Int, height: Int, options: Int) -> [UInt8] {
            BareBook.u16(index) + BareBook.u16(0) + BareBook.u16(9) + BareBook.u16(height) + BareBook.u32(0)
                + BareBook.u16(options) + BareBook.u16(0)
        }
        book.add(0x208, row(0, height: 255, options: 0))
        book.add(0x208, row(1, height: 255, options: 0x20))
        book.add(0x208, row(2, height: 0, options: 0))
        book.add(0x208, row(3, height: 0x8000, options: 0))
        book.add(0x7D, BareBook.u16(1) + BareBook.u16(1) + BareBook.u16(2048) + BareBook.u16(0) + BareBook.u16(1))
        book.add(0x7D, BareBook.u16(3) + BareBook.u16(255) + BareBook.u16(0) + BareBook.u16(0) + BareBook.u16(0))
        for index in 0..<4 { book.cell(0x203, index, 4, BareBook.double(1)) }
        // A chart's own cells are not the sheet's.
        book.add(0x809, BareBook.u16(0x600) + BareBook.u16(0x20))
        book.cell(0x203, 0, 4, BareBook.double(9))
        book.add(0x0A, [])
        book.add(0xE5, BareBook.u16(1) + BareBook.u16(0) + BareBook.u16(1) + BareBook.u16(2) + BareBook.u16(3))
        book.visibility = 2
        let grid = try sheet(book)
        #expect(grid.rows.map(\.isHidden) == [false, true, true, false])
        #expect(grid.hiddenColumns == [1, 3, 4])
        #expect(grid.merges == [CellRange(top: 0, left: 2, bottom: 1, right: 3)])
        #expect(grid.isHidden)
        #expect(grid.shown["E1"] == "1")
    }

    @Test("Passwords, doubled cells, indices out of range and streams that stop")
    func refusals() {
        var locked = BareBook()
        locked.global(0x2F, [1, 0])
        #expect(refusal(locked.bytes) == .fileEncrypted)

        var doubled = BareBook()
        doubled.cell(0x203, 0, 0, BareBook.double(1))
        doubled.cell(0x203, 1, 0, BareBook.double(1))
        doubled.cell(0x203, 0, 0, BareBook.double(2))
        #expect(refusal(doubled.bytes) == .fileDamagedContainer)

        var outside = BareBook()
        outside.cell(0xFD, 0, 0, BareBook.u32(0))
        #expect(refusal(outside.bytes) == .fileDamagedContainer)

        var whole = BareBook()
        whole.cell(0x203, 0, 0, BareBook.double(1))
        for length in 8..<whole.bytes.count {
            #expect(refusal(Array(whole.bytes.prefix(length))) == .fileDamagedContainer, "\(length)")
        }
    }

    @Test("A workbook of sheets without cells has none")
    func charts() throws {
        var book = BareBook()
        book.sheetKind = 2
        #expect(try WorkbookOpener.open(bytes: book.bytes).sheets.isEmpty)
    }

    @Test("Chains of a compound file that run in circles end")
    func rings() throws {
        let whole = try Fixture.bytes("libreoffice.xls")
        let tableSector = try whole.withUnsafeBytes { try #require(LittleEndian(bytes: $0).u32(76)) }
        let table = (tableSector + 1) * 512
        // Every sector points to itself.
        var ring = whole
        for index in 0..<128 {
            ring.replaceSubrange((table + index * 4)..<(table + index * 4 + 4), with: BareBook.u32(index))
        }
        #expect(refusal(ring) == .fileDamagedContainer)
    }
}
