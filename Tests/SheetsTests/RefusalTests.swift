import Domain
import Tables
import Testing

@testable import Sheets

@Suite("Files that are refused whole") struct RefusalTests {
    private let rows = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData>"
    private var parts: BookParts { BookParts(sheet: rows, strings: "<si><t>文</t></si>") }

    @Test("The unspoilt container is read")
    func unspoilt() { #expect(refusal(parts.bytes) == nil) }

    @Test("A part that is needed and missing, doubled, damaged or not what it should be")
    func neededParts() {
        for name in parts.parts.map(\.name) where name != "_rels/.rels" {
            var missing = parts
            missing.remove(name)
            #expect(refusal(missing.bytes) == .fileDamagedContainer, "missing \(name)")
        }
        for part in parts.parts {
            var doubled = parts
            doubled.parts.append((part.name.uppercased(), part.data))
            #expect(refusal(doubled.bytes) == .fileDamagedContainer, "doubled \(part.name)")

            var zip = PlainZip()
            for other in parts.parts {
                zip.add(other.name, other.data, checksum: other.name == part.name ? 0 : nil)
            }
            #expect(refusal(zip.bytes) == .fileDamagedContainer, "checksum of \(part.name)")

            var broken = parts
            broken.set(part.name, Array(part.data.dropLast(3)))
            #expect(refusal(broken.bytes) == .fileDamagedContainer, "unclosed \(part.name)")
        }
        var twice = PlainZip()
        for part in parts.parts { twice.add(part.name, part.data) }
        twice.repeatDirectory()
        #expect(refusal(twice.bytes) == .fileDamagedContainer)
    }

    @Test("A part behind a password")
    func encryptedParts() {
        var zip = PlainZip()
        for part in parts.parts { zip.add(part.name, part.data, flags: 1) }
        #expect(refusal(zip.bytes) == .fileEncrypted)
    }

    @Test("A part nobody needs may be damaged or doubled")
    func unneeded() {
        var zip = PlainZip()
        for part in parts.parts { zip.add(part.name, part.data) }
        zip.add("docProps/app.xml", [0x3C], checksum: 1)
        zip.add("xl/media/image1.png", [1])
        zip.add("xl/media/image1.png", [2])
        #expect(refusal(zip.bytes) == nil)
    }

    @Test(
        "Content that contradicts itself",
        arguments: [
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c></row>",
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>2</v></c></row>",
            "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>", "<row r=\"0\"/>", "<row r=\"1048577\"/>",
            "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", "<row r=\"1\"><c r=\"A1\"><v>nan</v></c></row>",
            "<row r=\"1\"><c r=\"A1\"><v>1e999</v></c></row>", "<row r=\"1\"><c r=\"A1\"><v>0x10</v></c></row>",
            "<row r=\"1\"><c r=\"A1\" t=\"b\"><v>2</v></c></row>",
        ])
    func contradictions(row: String) {
        let parts = BookParts(sheet: "<sheetData>\(row)</sheetData>", strings: "<si><t>文</t></si>")
        #expect(refusal(parts.bytes) == .fileDamagedContainer)
    }

    @Test("A document type in any part that is read")
    func documentTypes() {
        for part in parts.parts {
            var spoilt = parts
            spoilt.set(
                part.name, Array("<!DOCTYPE x [<!ENTITY y SYSTEM \"http://example.invalid/\">]>".utf8) + part.data)
            #expect(refusal(spoilt.bytes) == .fileExternalEntity, "\(part.name)")
        }
    }

    @Test(
        "Cut off anywhere, a container is damaged",
        arguments: ["openpyxl.xlsx", "libreoffice.xlsx", "xlwt.xls", "libreoffice.xls"])
    func truncated(name: String) throws {
        let whole = try Fixture.bytes(name)
        let expected = try WorkbookOpener.open(bytes: whole)
        for part in 1..<50 {
            let cut = Array(whole.prefix(whole.count * part / 50))
            do throws(WorkbookRefusal) {
                // An .xls may lose what stands behind its workbook stream, never a part of it.
                #expect(try WorkbookOpener.open(bytes: cut) == expected, "\(part)/50")
                #expect(name.hasSuffix("xls"), "\(part)/50")
            } catch {
                #expect(error.reason == .fileDamagedContainer || error.reason == .fileNotText, "\(part)/50: \(error)")
            }
        }
    }

    @Test("Bombs and whatever exceeds a limit")
    func limits() throws {
        #expect(refusal(try Fixture.bytes("bomb.xlsx")) == .fileBomb)
        let book = try Fixture.bytes("openpyxl.xlsx")
        func limited(_ change: (inout ReadingLimits) -> Void) -> FindingReason? {
            var limits = ReadingLimits()
            change(&limits)
            return refusal(book, limits)
        }
        #expect(limited { $0.partBytesMax = 1000 } == .fileBomb)
        #expect(limited { $0.totalBytesMax = 2000 } == .fileBomb)
        #expect(limited { ($0.ratioMax, $0.ratioFloorBytes) = (1, 10) } == .fileBomb)
        #expect(limited { $0.fileBytesMax = 1000 } == .fileTooLarge)
        #expect(limited { $0.rowsMax = 8 } == .fileTooLarge)
        #expect(limited { $0.rowsMax = 9 } == nil)
        #expect(limited { $0.columnsMax = 6 } == .fileTooLarge)
        #expect(limited { $0.columnsMax = 7 } == nil)
        #expect(limited { $0.cellsMax = 31 } == .fileTooLarge)
        #expect(limited { $0.textBytesMax = 20 } == .fileTooLarge)
        #expect(limited { $0.sheetsMax = 1 } == .fileTooLarge)
        #expect(limited { $0.mergesMax = 1 } == .fileTooLarge)
        #expect(limited { $0.entriesMax = 5 } == .fileTooLarge)
    }

    @Test("Formats that are known by name and not read")
    func otherFormats() {
        func text(_ text: String) -> FindingReason? { refusal(Array(text.utf8)) }
        #expect(refusal([]) == .fileEmpty)
        #expect(text("\u{FEFF}\r\n \r\n") == .fileEmpty)
        #expect(text("<html><table><tr><td>姓名") == .fileHTML)
        #expect(text("\r\n <!-- x --> <!DOCTYPE HTML>\n<p>") == .fileHTML)
        #expect(text("<TABLE border=1>") == .fileHTML)
        #expect(text("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">") == .fileHTML)
        #expect(text("MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n") == .fileHTML)
        #expect(text("From: <Saved by WPS>\r\nSubject: x\r\nMIME-Version: 1.0\r\n") == .fileHTML)
        #expect(refusal([0xFF, 0xFE] + "<html>考勤".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }) == .fileHTML)
        #expect(
            text("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook>")
                == .fileUnsupportedFormat)
        #expect(refusal([0x09, 0x08, 0x08, 0x00, 0x00, 0x05, 0x05, 0x00, 0, 0, 0, 0]) == .fileOldBinary)
        #expect(refusal([0x09, 0x00, 0x04, 0x00, 0x02, 0x00, 0x10, 0x00]) == .fileOldBinary)
        #expect(refusal([0x09, 0x04, 0x06, 0x00, 0x00, 0x04, 0x10, 0x00]) == .fileOldBinary)
        #expect(text("%PDF-1.4\n") == .fileUnsupportedFormat)
        #expect(refusal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) == .fileUnsupportedFormat)
        #expect(refusal([0x00, 0x01, 0x02, 0x03, 0xFE, 0xFF]) == .fileNotText)
        #expect(refusal([0xC3, 0x28, 0xFF, 0x2C]) == .fileNotText)
        #expect(refusal([0x50, 0x4B, 0x03, 0x04, 0x00]) == .fileDamagedContainer)
        #expect(refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) == .fileDamagedContainer)
        for (part, reason) in [
            ("xl/workbook.bin", FindingReason.fileUnsupportedFormat), ("content.xml", .fileUnsupportedFormat),
            ("word/document.xml", .fileUnsupportedFormat), ("读我.txt", .fileUnsupportedFormat),
        ] {
            var zip = PlainZip()
            zip.add("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8))
            zip.add(part, [])
            #expect(refusal(zip.bytes) == reason, "\(part)")
        }
    }

    @Test("An .xls whose only stream is that of Excel 95")
    func oldBook() throws {
        let name = Array("Workbook".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        var bytes = try Fixture.bytes("xlwt.xls")
        let start = try #require((0..<(bytes.count - 16)).first { Array(bytes[$0..<($0 + 16)]) == name })
        let book = Array("Book".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } + [UInt8](repeating: 0, count: 8)
        bytes.replaceSubrange(start..<(start + 16), with: book)
        bytes[start + 64] = 10
        #expect(refusal(bytes) == .fileOldBinary)
    }

    @Test("Every refusal says what is wrong in both languages, no gap left in the text")
    func messages() {
        for bytes in [[], [0x50, 0x4B, 0x03, 0x04, 0x00], Array("<html>".utf8), Array("%PDF".utf8), [0, 1, 2]] {
            do throws(WorkbookRefusal) {
                _ = try WorkbookOpener.open(bytes: bytes)
                Issue.record("read")
            } catch {
                let finding = error.finding(file: "考勤/甲.xlsx")
                #expect(finding.file == "考勤/甲.xlsx")
                for language in Language.allCases { #expect(!finding.message(language).contains("{")) }
            }
        }
    }

    @Test("Files that are none")
    func paths() {
        func reason(_ path: String) -> FindingReason? {
            do throws(WorkbookRefusal) {
                _ = try WorkbookOpener.open(path: path)
                return nil
            } catch { return error.reason }
        }
        #expect(reason("/tmp") == .fileIsFolder)
        #expect(reason("/tmp/there is no such file.xlsx") == .fileNotReadable)
        #expect(reason("/dev/null") == .fileNotReadable)
    }
}

@Suite("Files made to take for ever") struct SlowFileTests {
    @Test("An element with a hundred thousand attributes")
    func attributes() {
        let many = (0..<100_000).map { "a\($0)=''" }.joined(separator: " ")
        let parts = BookParts(sheet: "<sheetData \(many)/>")
        #expect(refusal(parts.bytes) == .fileBomb)
    }

    @Test("A row in thousands of pieces, columns hidden thousands of times")
    func pieces() throws {
        let columns = String(repeating: "<col min=\"1\" max=\"16384\" hidden=\"1\"/>", count: 20_000)
        let rows = (0..<16_000).reversed().map {
            "<row r=\"1\"><c r=\"\(CellAddress.columnName($0))1\"><v>1</v></c></row>"
        }
        let parts = BookParts(sheet: "<cols>\(columns)</cols><sheetData>\(rows.joined())</sheetData>")
        let grid = try WorkbookOpener.open(bytes: parts.bytes).sheets[0]
        #expect(grid.rows.map(\.cells.count) == [16_000])
        #expect(grid.hiddenColumns.count == 16_000)
    }

    @Test("Sheets of an .xls that overlap")
    func overlaps() {
        var book = BareBook()
        for _ in 0..<200 { book.global(0x85, BareBook.u32(0) + [0, 0, 1, 0, 0x53]) }
        for row in 0..<100 { book.cell(0x201, row, 0, []) }
        #expect(refusal(book.bytes) == .fileDamagedContainer)
    }
}
