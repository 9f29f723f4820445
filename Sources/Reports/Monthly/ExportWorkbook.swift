import Domain
import Tables

/// An export of payments as a workbook: for banks that take nothing else. Source: spec §9.
public enum ExportWorkbook {
    /// One sheet; accounts and IDs are text, amounts numbers.
    public static func workbook(_ table: CSVTable, profile: ExportProfile, created: CivilDate) -> ReportWorkbook {
        var sheet = ReportSheet(name: SheetName.unique([profile.title], taken: [])[0])
        let columns = table.schema.columns
        sheet.columns = columns.map { _ in ReportColumn(.fixed(20)) }
        var top = 0
        if profile.dialect.hasHeader {
            for (index, column) in columns.enumerated() {
                sheet.put(0, index, .text(column.name), ReportLook.heading)
            }
            top = 1
            sheet.frozenAt = CellAddress(row: 1, column: 0)
        }
        for (line, row) in table.rows.enumerated() {
            for (index, text) in row.enumerated() where !text.isEmpty {
                let isAmount = [.total, .livingStipend].contains(profile.columns[index].field)
                if isAmount, profile.amounts == .yuan, let amount = Fen(yuanText: text) {
                    sheet.put(top + line, index, .amount(amount), ReportLook.amount)
                } else {
                    sheet.put(top + line, index, .text(text), ReportLook.text)
                }
            }
        }
        sheet.page = ReportPage(isLandscape: true, repeatedRows: 0...0)
        return ReportWorkbook(
            title: profile.title, subject: profile.title, author: "驻村", created: created, sheets: [sheet])
    }
}
