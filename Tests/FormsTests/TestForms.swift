import Domain
import Forms
import Foundation
import Settings
import Tables

/// The shipped forms with the table of spec §5.5.
enum TestForms {
    static let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let catalogue: FormCatalogue = {
        do { return try FormFiles.load(folder: packageRoot.appendingPathComponent("pipelines/forms").path) } catch {
            fatalError("\(error)")
        }
    }()
    static let reader = FormReader(forms: catalogue, marks: .standard, explains: true)

    /// A workbook of one sheet, drawn.
    static func read(_ picture: Picture, path: String = "考勤/表.xlsx") -> WorkbookReading {
        reader.read(Workbook(format: .xlsx, sheets: [picture.grid]), path: path)
    }

    /// Half-days of presence by name, of rows that nothing holds.
    static func presentHalves(_ reading: WorkbookReading) -> [String: Int] {
        var halves: [String: Int] = [:]
        for row in reading.submitted.blocks.flatMap(\.rows) where !row.findings.contains(where: { $0.effect == .held })
        {
            for day in row.days {
                halves[row.name.text, default: 0] +=
                    (day.morning == .present ? 1 : 0) + (day.afternoon == .present ? 1 : 0)
            }
        }
        return halves.filter { $0.value > 0 }
    }

    /// Every finding's reason and cell: `unreadName B4`.
    static func told(_ reading: WorkbookReading) -> [String] {
        findings(reading).map { "\($0.reason) \($0.cell?.a1 ?? "")" }
    }

    /// All findings of a reading, those of blocks and rows included.
    static func findings(_ reading: WorkbookReading) -> [Finding] {
        let submitted = reading.submitted
        return submitted.findings + submitted.blocks.flatMap { $0.findings + $0.rows.flatMap(\.findings) }
            + submitted.formRows.flatMap(\.findings)
    }
}

/// A suite that draws sheets of November 2018.
protocol NovemberSuite {}

extension NovemberSuite {
    /// The headings of its days.
    static var days: String { (1...30).map(String.init).joined(separator: "|") }
    /// A month of presence.
    static var ticks: String { String(repeating: "√|", count: 29) + "√" }
    var days: String { Self.days }
    var ticks: String { Self.ticks }

    func read(_ picture: String, path: String = "考勤/表.xlsx") -> WorkbookReading {
        TestForms.read(Picture(picture), path: path)
    }
}

extension SheetReading {
    /// What a cell was for the reader.
    func role(_ address: CellAddress) -> CellRole? { cells.first { $0.cell == address }?.role }
}
