import Domain
import Forms
import Foundation
import Reports
import Settings
import Sheets
import Tables
import Testing

@testable import Stages

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

private let reader: FormReader = {
    do { return FormReader(forms: try FormFiles.load(folder: root + "/pipelines/forms"), marks: .standard) } catch {
        fatalError("\(error)")
    }
}()

private func read(_ workbook: ReportWorkbook, path: String = "表.xlsx") throws -> (Workbook, WorkbookReading) {
    let bytes = try XLSXWriter.bytes(of: workbook)
    let sent = try WorkbookOpener.open(bytes: bytes)
    return (sent, reader.read(sent, path: path))
}

private func findings(_ reading: WorkbookReading) -> [Finding] { reading.sheets.flatMap(\.findings) }

private let people = [
    AttendanceTemplate.Person(
        name: "才让·卓玛", id: "630202199001019013", sendingUnit: "乐都区审计局", village: "大庄村", days: Set(1...28)),
    AttendanceTemplate.Person(
        name: "马文", id: "630202198502029039", sendingUnit: "海东市交通运输局", village: "大庄村", days: Set(1...9)),
    AttendanceTemplate.Person(
        name: "马文", id: "630202198502029039", sendingUnit: "海东市交通运输局", village: "新庄村", days: Set(10...28)),
]

private func template(_ period: Period) -> AttendanceTemplate {
    AttendanceTemplate(county: "乐都区", township: "李家乡", period: period, people: people)
}

@Suite("Templates")
struct TemplateTests {
    @Test("An empty attendance template reads back: every row, the month, no finding", arguments: [2, 4, 12])
    func emptyAttendance(month: Int) throws {
        let period = try #require(Period(year: 2019, month: month))
        let (workbook, reading) = try read(template(period).workbook())
        #expect(workbook.sheets.map(\.name) == ["2019年\(month)月", "填写说明"])
        #expect(findings(reading).isEmpty)
        let block = try #require(reading.submitted.blocks.first)
        #expect(reading.submitted.blocks.count == 1)
        #expect(block.period == period)
        #expect(block.layout == .grid)
        #expect(block.rows.map(\.name.text) == people.map(\.name))
        #expect(block.rows.map { $0.residentID?.text } == people.map(\.id))
        #expect(block.rows.map { $0.village?.text } == people.map(\.village))
        #expect(block.rows.allSatisfy { $0.days.allSatisfy { $0.morning == .blank && $0.afternoon == .blank } })
        #expect(block.rows.map { $0.total?.halfDays?.count } == [0, 0, 0])
    }

    @Test("Its legend says what its marks mean")
    func legend() throws {
        let period = try #require(Period("2019-02"))
        let (_, reading) = try read(template(period).workbook())
        let legend = try #require(reading.sheets.first?.sections.first?.legend)
        #expect(legend.map(\.status) == AttendanceTemplate.marks.map(\.status))
        #expect(legend.count == 8)
    }

    @Test("Only days of the posting and of the month can be filled in, from a list")
    func openCells() throws {
        let period = try #require(Period("2019-02"))
        let sheet = try #require(template(period).workbook().sheets.first)
        #expect(sheet.isProtected)
        let open = sheet.cells.filter { $0.style.isUnlocked && $0.row >= 4 && $0.row < 7 }
        #expect(open.count == 28 + 9 + 19)
        #expect(open.allSatisfy { (5...32).contains($0.column) })
        for cell in open {
            #expect(sheet.validations.contains { $0.range.contains(row: cell.row, column: cell.column) })
        }
        // 10 February of one who has left, and the 29th of nobody.
        for (row, column) in [(5, 14), (4, 33)] {
            let cell = try #require(sheet.cells.first { $0.row == row && $0.column == column })
            #expect(!cell.style.isUnlocked && cell.style.fill != nil)
            #expect(!sheet.validations.contains { $0.range.contains(row: row, column: column) })
        }
    }

    @Test("Every other form is read back as itself, without a finding", arguments: FormID.allCases)
    func emptyForm(id: FormID) throws {
        guard id != .attendance else { return }
        let catalogue = try FormFiles.load(folder: root + "/pipelines/forms")
        let definition = try #require(catalogue.definition(id))
        let (_, reading) = try read(TemplateMaker.template(definition).workbook())
        #expect(findings(reading).isEmpty)
        #expect(reading.sheets.map(\.form) == [id, nil])
        #expect(reading.sheets[1].isGuidance)
        #expect(reading.sheets[0].sections.first?.columns.map(\.field) == definition.fields.map(\.field))
        #expect(reading.submitted.formRows.isEmpty)
    }

    @Test(
        "Every column of every form says what to fill in: an example, choices, accepted words",
        arguments: FormID.allCases)
    func notes(id: FormID) throws {
        let catalogue = try FormFiles.load(folder: root + "/pipelines/forms")
        let definition = try #require(catalogue.definition(id))
        let sheet = try #require(TemplateMaker.template(definition).workbook().sheets.first)
        #expect(sheet.comments.count == definition.fields.count)
        for (column, field) in definition.fields.enumerated() {
            let note = try #require(sheet.comments.first { $0.cell == CellAddress(row: 1, column: column) }).text
            #expect(note.utf8.count > "必填。文字。".utf8.count && !note.contains("文字。"), "\(field.heading) \(note)")
            let choices = sheet.validations.first { $0.range.left == column }
            guard field.kind == .choice || field.kind == .flag || !field.offers.isEmpty else {
                #expect(choices == nil)
                continue
            }
            guard case .values(let words)? = choices?.source else {
                Issue.record("\(field.heading) has no choices")
                continue
            }
            #expect(choices?.isStrict == (field.kind == .choice || field.kind == .flag))
            // What is offered is understood.
            for word in words where field.kind == .choice {
                #expect(
                    field.choices.contains { $0.word == word || $0.synonyms.contains(word) }, "\(field.heading) \(word)"
                )
            }
            for choice in field.choices where !choice.synonyms.isEmpty {
                #expect(note.contains("\(choice.word)（\(choice.synonyms[0])"), "\(note)")
            }
        }
    }

    @Test("Codes have six digits, keys of money and grades are chosen, what the bank did not pay can be said")
    func choices() throws {
        let catalogue = try FormFiles.load(folder: root + "/pipelines/forms")
        func column(_ id: FormID, _ field: FieldID) throws -> (note: String, choices: [String]) {
            let definition = try #require(catalogue.definition(id))
            let sheet = try #require(TemplateMaker.template(definition).workbook().sheets.first)
            let place = try #require(definition.fields.firstIndex { $0.field == field })
            let choices = sheet.validations.first { $0.range.left == place }?.source
            guard case .values(let words)? = choices else { return (sheet.comments[place].text, []) }
            return (sheet.comments[place].text, words)
        }
        #expect(try column(.countyRegister, "code").note.contains("六位"))
        #expect(try column(.villageRegister, "hardshipCategory").choices.first == "一类")
        #expect(try column(.unitAssessment, "grade").choices.first == "优秀")
        #expect(try column(.commendations, "category").choices.contains("先进集体"))
        #expect(try column(.bankReturns, "result").choices == ["成功", "退回", "未付"])
        #expect(try column(.roster, "postingRole").note.contains("第一书记（书记、1书记"))
    }

    @Test("What a bank can answer is one list: in the form, in the template, to the reader and in the manual")
    func bankAnswers() throws {
        let catalogue = try FormFiles.load(folder: root + "/pipelines/forms")
        let definition = try #require(catalogue.definition(.bankReturns))
        let words = try #require(definition.fields.first { $0.field == .result }).choices.map(\.word)
        #expect(words == ["成功", "退回", "未付"])
        #expect(words.allSatisfy { BankResult(word: $0) != nil })
        let sheet = try #require(TemplateMaker.template(definition).workbook().sheets.first)
        #expect(sheet.validations.contains { $0.source == .values(words) })
        let manual = try String(contentsOfFile: root + "/docs/财务手册.md", encoding: .utf8)
        #expect(manual.contains("结果（\(words.joined(separator: "／"))）"))
    }

    @Test("Rows are by village, name and ID; two postings in one village are one row")
    func rows() throws {
        func day(_ month: Int, _ day: Int) throws -> CivilDate { try #require(CivilDate(2018, month, day)) }
        let source = SourceCell(file: "花名册.xlsx", sheet: "", address: CellAddress(row: 2, column: 1))
        let county = try #require(CountyCode("630202"))
        func posting(_ village: String, _ start: CivilDate, _ end: CivilDate?) -> Posting {
            Posting(
                county: county, township: "李家乡", village: village, role: .teamMember, roleText: "队员",
                sendingUnit: "审计局", start: start, end: end, source: source)
        }
        let cadre = Cadre(
            id: try #require(ResidentID("630202199001019013")), name: PersonName("才让·卓玛"),
            postings: [
                posting("新庄村", try day(5, 1), try day(11, 3)), posting("新庄村", try day(11, 20), nil),
                posting("大庄村", try day(11, 4), try day(11, 19)), posting("远村", try day(12, 1), nil),
            ])
        let people = TemplateMaker.people(of: [cadre], county: county, in: try #require(Period("2018-11")))
        let rows = try #require(people["李家乡"])
        #expect(rows.map(\.village) == ["大庄村", "新庄村"])
        #expect(rows[0].days == Set(4...19))
        #expect(rows[1].days == Set(1...3).union(20...30))
    }

    @Test("A file that somebody may have filled in is not overwritten")
    func noOverwriting() throws {
        let folder = NSTemporaryDirectory() + "/template-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var flags = RunOptions.Flags()
        flags.pipeline = root + "/pipelines/nightly.yaml"
        let maker = TemplateMaker(language: .zh)
        let file = try maker.form(.training, options: RunOptions(flags))
        let path = try #require(try maker.write([file], to: folder, replaces: false).first)
        // The same again is no harm.
        #expect(try maker.write([file], to: folder, replaces: false) == [path])
        try Data("已填写".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: RunFailure.self) { try maker.write([file], to: folder, replaces: false) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("已填写".utf8))
        #expect(try maker.write([file], to: folder, replaces: true) == [path])
    }
}
