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

    /// All findings of a reading, those of blocks and rows included.
    static func findings(_ reading: WorkbookReading) -> [Finding] {
        let submitted = reading.submitted
        return submitted.findings + submitted.blocks.flatMap { $0.findings + $0.rows.flatMap(\.findings) }
            + submitted.formRows.flatMap(\.findings)
    }
}

extension SheetReading {
    /// What a cell was for the reader.
    func role(_ address: CellAddress) -> CellRole? { cells.first { $0.cell == address }?.role }
}
