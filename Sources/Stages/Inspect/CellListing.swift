import Domain
import Tables

/// Every cell of a workbook as CSV, for machines: `inspect --cells`. Source: spec §4.
///
/// RFC 4180 with CRLF and a header line, UTF-8 without BOM. What stands in a cell is given as it is: no formula guard,
/// no masking. A formula shows its cached value; one without is left out, as nothing stands there.
public enum CellListing {
    /// `sheet,cell,type,value`, by sheet, row, column.
    public static func csv(_ workbook: Workbook) -> String {
        var text = "sheet,cell,type,value\r\n"
        for sheet in workbook.sheets {
            let name = quoted(sheet.name)
            for row in sheet.rows {
                for cell in row.cells where cell.value != .empty && cell.value != .text("") {
                    let address = CellAddress(row: row.index, column: cell.column)
                    text += name
                    text += ","
                    text += address.a1
                    text += ","
                    text += cell.value.typeName
                    text += ","
                    text += quoted(cell.value.display)
                    text += "\r\n"
                }
            }
        }
        return text
    }

    static func quoted(_ text: String) -> String {
        let bytes = text.utf8
        let isPlain = !bytes.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0D || $0 == 0x0A }
        if isPlain, bytes.first != 0x20, bytes.last != 0x20 { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { result += "\"" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
