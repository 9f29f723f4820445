import Domain
import Tables

/// Tells files that this program wrote: by their document property, their header line, or title and headings.
///
/// Source: spec §5.1.
struct OwnOutputs {
    let headers: OwnHeaders
    let foreign: ForeignSheets

    /// What the file is called; nil where it is none of the program's.
    func name(_ workbook: Workbook) -> String? {
        if let kind = workbook.properties[Workbook.ownProperty], kind == Workbook.reportKind { return "工作簿" }
        for grid in workbook.sheets {
            if workbook.format == .text, isOwnList(grid) { return "CSV" }
            if let title = ownTitle(grid) { return title }
        }
        return nil
    }

    private func isOwnList(_ grid: CellGrid) -> Bool {
        guard let row = grid.rows.first else { return false }
        var headings = row.cells.map(\.value.display)
        while let last = headings.last, last.isEmpty { headings.removeLast() }
        return headers.contains(headings)
    }

    /// A title of the program's over the headings that belong to it.
    private func ownTitle(_ grid: CellGrid) -> String? {
        guard !foreign.own.isEmpty, case .text(let title)? = grid.rows.first?.firstFilled?.value,
            title.utf8.count <= 200
        else { return nil }
        let key = TextFolding.key(title)
        for own in foreign.own where ByteText.contains(key, TextFolding.key(own.title)) {
            var found: Set<String> = []
            for row in grid.rows.prefix(6) {
                for cell in row.cells { if case .text(let text) = cell.value { found.insert(TextFolding.key(text)) } }
            }
            if own.headings.allSatisfy({ found.contains(TextFolding.key($0)) }) { return TextFolding.trimmed(title) }
        }
        return nil
    }
}
