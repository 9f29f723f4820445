import Domain
import Tables

/// The sheet of instructions of a template. The reader passes it over by its name and title
/// (`pipelines/forms/guidance.yaml`).
enum InstructionSheet {
    static let name = "填写说明"

    static func sheet(
        for form: String, _ lines: [String], table: (left: String, right: String, rows: [(String, String)])
    ) -> ReportSheet {
        var sheet = ReportSheet(name: name)
        sheet.columns = [ReportColumn(.fixed(6)), ReportColumn(.fixed(22)), ReportColumn(.fixed(66))]
        sheet.putMerged(0, 0...2, .text("填写说明（驻村干部\(form)）"), ReportLook.title.with { $0.horizontal = .left })
        sheet.rowHeights[0] = 32
        var row = 1
        let text = ReportStyle(size: 11, horizontal: .left, vertical: .top, wraps: true)
        for (index, line) in lines.enumerated() {
            sheet.put(row, 0, .text("\(index + 1)."), text.with { $0.horizontal = .right })
            sheet.putMerged(row, 1...2, .text(line), text)
            row += 1
        }
        if !table.rows.isEmpty {
            row += 1
            sheet.put(row, 1, .text(table.left), ReportLook.heading)
            sheet.put(row, 2, .text(table.right), ReportLook.heading)
            for (left, right) in table.rows {
                row += 1
                sheet.put(row, 1, .text(left), ReportLook.text)
                sheet.put(row, 2, .text(right), ReportLook.text)
            }
        }
        sheet.page = ReportPage(isLandscape: false)
        sheet.isProtected = true
        return sheet
    }
}
