import Domain
import Tables

/// The comments of a sheet: their texts, and the boxes that a reader sees.
struct CommentParts {
    private let comments: [ReportComment]
    private let columns: [Int]
    private let rows: [Int: Int]
    private let rowHeight: Int

    init(_ sheet: ReportSheet, _ layout: ReportLayout) {
        comments = sheet.comments.sorted { $0.cell < $1.cell }
        columns = zip(sheet.columns, layout.columnWidths).map { $0.isHidden ? 0 : Grid.pixels(width: $1) }
        rowHeight = Grid.pixels(height: sheet.defaultRowHeight ?? Grid.defaultHeight)
        var rows = layout.rowHeights.mapValues { Grid.pixels(height: $0) }
        for row in sheet.hiddenRows { rows[row] = 0 }
        self.rows = rows
    }

    var count: Int { comments.count }

    /// The part `xl/comments1.xml`.
    func writeTexts(_ xml: inout PartBytes) {
        xml.add("<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">")
        xml.add("<authors><author></author></authors><commentList>")
        for comment in comments {
            xml.add("<comment ref=\"")
            xml.add(row: comment.cell.row, column: comment.cell.column)
            xml.add("\" authorId=\"0\"><text><r><rPr><sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"")
            xml.add(text: ReportStyle.Font.song.rawValue)
            xml.add("\"/><family val=\"2\"/></rPr><t")
            xml.add(spaceOf: comment.text)
            xml.add(">")
            xml.add(text: comment.text)
            xml.add("</t></r></text></comment>")
        }
        xml.add("</commentList></comments>")
    }

    /// The part `xl/drawings/vmlDrawing1.vml`. `number`: of the drawing's first shape, in thousands of 1,024.
    func writeBoxes(_ number: Int, _ xml: inout PartBytes) {
        xml.add("<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" ")
        xml.add("xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\">")
        xml.add("<o:idmap v:ext=\"edit\" data=\"")
        // A thousand and twenty-four shapes have one number in common.
        for index in 0...(comments.count / 1024) {
            if index > 0 { xml.add(",") }
            xml.add(number + index)
        }
        xml.add("\"/></o:shapelayout><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" ")
        xml.add("path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>")
        xml.add("<v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>")
        for (index, comment) in comments.enumerated() { writeBox(comment, number * 1024 + index + 1, index + 1, &xml) }
        xml.add("</xml>")
    }

    private func writeBox(_ comment: ReportComment, _ shape: Int, _ order: Int, _ xml: inout PartBytes) {
        let box = CommentBox(comment)
        let column: (Int) -> Int = { columns.indices.contains($0) ? columns[$0] : 64 }
        let row: (Int) -> Int = { rows[$0] ?? rowHeight }
        // Right of the cell, a little higher.
        let left = end(comment.cell.column + 1, 15, size: column)
        let top = comment.cell.row == 0 ? end(0, 2, size: row) : end(comment.cell.row - 1, 10, size: row)
        let right = end(left.place, left.pixels + CommentBox.width, size: column)
        let bottom = end(top.place, top.pixels + box.height, size: row)
        let across = (0..<left.place).reduce(left.pixels) { $0 + column($1) }
        let down = above(top.place) + top.pixels
        xml.add("<v:shape id=\"_x0000_s", shape, "\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:")
        xml.add(ReportDecimal(digits: across * 75, scale: 2))
        xml.add("pt;margin-top:")
        xml.add(ReportDecimal(digits: down * 75, scale: 2))
        xml.add("pt;width:")
        xml.add(ReportDecimal(digits: CommentBox.width * 75, scale: 2))
        xml.add("pt;height:")
        xml.add(ReportDecimal(digits: box.height * 75, scale: 2))
        xml.add("pt;z-index:", order, ";visibility:")
        xml.add(comment.isVisible ? "visible" : "hidden")
        xml.add("\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/>")
        xml.add("<v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>")
        xml.add("<v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>")
        xml.add("<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>")
        let anchor = [
            left.place, left.pixels, top.place, top.pixels, right.place, right.pixels, bottom.place, bottom.pixels,
        ]
        xml.add(plain: anchor.map(String.init).joined(separator: ", "))
        xml.add("</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>", comment.cell.row, "</x:Row><x:Column>")
        xml.add(comment.cell.column)
        xml.add(comment.isVisible ? "</x:Column><x:Visible/></x:ClientData>" : "</x:Column></x:ClientData>")
        xml.add("</v:shape>")
    }

    /// The row or column in which something ends that begins in `first` and is so long.
    private func end(_ first: Int, _ length: Int, size: (Int) -> Int) -> (place: Int, pixels: Int) {
        var place = first
        var rest = length
        while rest >= size(place) {
            rest -= size(place)
            place += 1
        }
        return (place, rest)
    }

    /// How far below the sheet's top a row begins. Unit: pixels.
    private func above(_ row: Int) -> Int {
        rows.reduce(row * rowHeight) { $0 + ($1.key < row ? $1.value - rowHeight : 0) }
    }
}
