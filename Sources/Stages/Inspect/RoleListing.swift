import Domain
import Forms

/// Every cell that holds something and what it was for the reader, as CSV: `inspect --roles`. Source: spec §5.7.
///
/// Quoted as `inspect --cells`; the lines of a file add up to its non-blank cells.
public enum RoleListing {
    /// `sheet,cell,type,value,role`, by sheet, row, column.
    public static func csv(_ inspection: WorkbookInspection) -> String {
        var text = "sheet,cell,type,value,role\r\n"
        for sheet in inspection.sheets {
            let name = CellListing.quoted(sheet.sheet)
            for cell in sheet.cells {
                text += name + "," + cell.cell.a1 + "," + cell.value.typeName + ","
                text += CellListing.quoted(cell.value.display) + "," + cell.role.contractName + "\r\n"
            }
        }
        return text
    }
}
