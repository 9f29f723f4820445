import Domain
import Tables

/// The XML of one sheet, element by element in the order that the file format asks for.
struct SheetPart: ~Copyable {
    private let sheet: ReportSheet
    private let layout: ReportLayout
    private let isFirst: Bool

    init(_ sheet: ReportSheet, isFirst: Bool) {
        self.sheet = sheet
        self.isFirst = isFirst
        layout = ReportLayout(of: sheet)
    }

    /// Boxes of comments are placed by the sheet's widths and heights.
    var comments: CommentParts { CommentParts(sheet, layout) }

    /// - Throws: `ReportWriteError.workbook` where a cell lies outside what the format has.
    func write(
        _ xml: inout PartBytes, _ styles: inout StyleTable, _ texts: inout SharedTexts
    ) throws(ReportWriteError) {
        xml.add("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" ")
        xml.add("xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">")
        writeProperties(&xml)
        let order = try CellOrder(sheet)
        xml.add("<dimension ref=\"")
        xml.add(order.range)
        xml.add("\"/>")
        writeView(&xml)
        writeColumns(&xml)
        xml.add("<sheetData>")
        var rows = RowWriter(sheet, layout, order)
        rows.write(&xml, &styles, &texts)
        xml.add("</sheetData>")
        if sheet.isProtected {
            xml.add("<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatColumns=\"0\" formatRows=\"0\"/>")
        }
        if let filter = sheet.filter { xml.add("<autoFilter ref=\"", filter, "\"/>") }
        writeMerges(&xml)
        try writeValidations(&xml)
        writeLinks(order, &xml)
        writePage(&xml)
        if !sheet.comments.isEmpty { xml.add("<legacyDrawing r:id=\"rId1\"/>") }
        xml.add("</worksheet>")
    }

    // MARK: Before the cells

    private func writeProperties(_ xml: inout PartBytes) {
        guard sheet.tabColor != nil || sheet.page.fitsWidth else { return }
        xml.add("<sheetPr>")
        if let color = sheet.tabColor {
            xml.add("<tabColor rgb=\"FF")
            xml.add(color: color)
            xml.add("\"/>")
        }
        if sheet.page.fitsWidth { xml.add("<pageSetUpPr fitToPage=\"1\"/>") }
        xml.add("</sheetPr>")
    }

    private func writeView(_ xml: inout PartBytes) {
        xml.add("<sheetViews><sheetView")
        if !sheet.showsGridlines { xml.add(" showGridLines=\"0\"") }
        if isFirst { xml.add(" tabSelected=\"1\"") }
        xml.add(" workbookViewId=\"0\"")
        if let frozen = sheet.frozenAt, frozen.row > 0 || frozen.column > 0 {
            xml.add("><pane")
            if frozen.column > 0 { xml.add(" xSplit=\"", frozen.column, "\"") }
            if frozen.row > 0 { xml.add(" ySplit=\"", frozen.row, "\"") }
            xml.add(" topLeftCell=\"")
            xml.add(row: frozen.row, column: frozen.column)
            xml.add("\" activePane=\"")
            if frozen.column == 0 {
                xml.add("bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\"/>")
            } else if frozen.row == 0 {
                xml.add("topRight\" state=\"frozen\"/><selection pane=\"topRight\"/>")
            } else {
                xml.add("bottomRight\" state=\"frozen\"/>")
                writeSelection("topRight", CellAddress(row: 0, column: frozen.column), &xml)
                writeSelection("bottomLeft", CellAddress(row: frozen.row, column: 0), &xml)
                xml.add("<selection pane=\"bottomRight\"/>")
            }
            xml.add("</sheetView></sheetViews>")
        } else {
            xml.add("/></sheetViews>")
        }
    }

    private func writeSelection(_ pane: StaticString, _ cell: CellAddress, _ xml: inout PartBytes) {
        xml.add("<selection pane=\"")
        xml.add(pane)
        xml.add("\" activeCell=\"")
        xml.add(row: cell.row, column: cell.column)
        xml.add("\" sqref=\"")
        xml.add(row: cell.row, column: cell.column)
        xml.add("\"/>")
    }

    private func writeColumns(_ xml: inout PartBytes) {
        xml.add("<sheetFormatPr defaultRowHeight=\"")
        xml.add(sheet.usualHeight ?? Grid.defaultHeight)
        xml.add(sheet.usualHeight == nil ? "\"/>" : "\" customHeight=\"1\"/>")
        guard !sheet.columns.isEmpty else { return }
        xml.add("<cols>")
        for (index, column) in sheet.columns.enumerated() {
            xml.add("<col min=\"", index + 1, "\" max=\"")
            xml.add(index + 1)
            xml.add("\" width=\"")
            xml.add(Grid.storedWidth(layout.columnWidths[index]))
            xml.add(column.isHidden ? "\" hidden=\"1\" customWidth=\"1\"/>" : "\" customWidth=\"1\"/>")
        }
        xml.add("</cols>")
    }

    // MARK: After the cells

    private func writeMerges(_ xml: inout PartBytes) {
        let merges = sheet.merges.filter { $0.top != $0.bottom || $0.left != $0.right }
        guard !merges.isEmpty else { return }
        xml.add("<mergeCells count=\"", merges.count, "\">")
        for merge in merges { xml.add("<mergeCell ref=\"", merge, "\"/>") }
        xml.add("</mergeCells>")
    }

    private func writeLinks(_ order: CellOrder, _ xml: inout PartBytes) {
        guard !order.links.isEmpty else { return }
        xml.add("<hyperlinks>")
        for index in order.links {
            let cell = sheet.cells[index]
            guard case .link(let text, let target, let address) = cell.value else { continue }
            xml.add("<hyperlink ref=\"")
            xml.add(row: cell.row, column: cell.column)
            xml.add("\" location=\"")
            xml.add(text: SheetName.quoted(target))
            xml.add("!")
            xml.add(row: address.row, column: address.column)
            xml.add("\" display=\"")
            xml.add(attribute: CellContent.text(text))
            xml.add("\"/>")
        }
        xml.add("</hyperlinks>")
    }

    private func writePage(_ xml: inout PartBytes) {
        let page = sheet.page
        xml.add("<printOptions horizontalCentered=\"1\"/><pageMargins left=\"")
        let side = Double(page.sideMarginMillimetres) / CellContent.inch
        xml.add(side)
        xml.add("\" right=\"")
        xml.add(side)
        xml.add("\" top=\"")
        xml.add(Double(page.topMarginMillimetres) / CellContent.inch)
        xml.add("\" bottom=\"")
        xml.add(Double(page.bottomMarginMillimetres) / CellContent.inch)
        xml.add("\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"")
        xml.add(page.paper == .a3 ? "8\"" : "9\"")
        if page.fitsWidth {
            xml.add(" fitToHeight=\"")
            xml.add(page.pagesDownMost)
            xml.add("\"")
        }
        xml.add(page.isLandscape ? " orientation=\"landscape\"/>" : " orientation=\"portrait\"/>")
        if !page.header.isEmpty || page.numbersPages {
            xml.add("<headerFooter>")
            if !page.header.isEmpty {
                xml.add("<oddHeader>")
                xml.add(text: CellContent.header(page.header))
                xml.add("</oddHeader>")
            }
            if page.numbersPages {
                xml.add("<oddFooter>")
                xml.add(text: CellContent.pageNumbers)
                xml.add("</oddFooter>")
            }
            xml.add("</headerFooter>")
        }
        guard !page.breaks.isEmpty else { return }
        xml.add("<rowBreaks count=\"", page.breaks.count, "\" manualBreakCount=\"")
        xml.add(page.breaks.count)
        xml.add("\">")
        for row in page.breaks { xml.add("<brk id=\"", row, "\" max=\"16383\" man=\"1\"/>") }
        xml.add("</rowBreaks>")
    }
}

extension SheetPart {
    private func writeValidations(_ xml: inout PartBytes) throws(ReportWriteError) {
        guard !sheet.validations.isEmpty else { return }
        xml.add("<dataValidations count=\"", sheet.validations.count, "\">")
        for validation in sheet.validations { try write(validation, &xml) }
        xml.add("</dataValidations>")
    }

    private func write(_ validation: ReportValidation, _ xml: inout PartBytes) throws(ReportWriteError) {
        xml.add("<dataValidation type=\"list\"")
        if !validation.isStrict { xml.add(" errorStyle=\"warning\"") }
        xml.add(" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\"")
        // The file format's limits: titles 32, messages 255 characters.
        writeText(" errorTitle=\"", validation.errorTitle.prefix(32), &xml)
        writeText(" error=\"", validation.errorMessage.prefix(255), &xml)
        writeText(" promptTitle=\"", validation.inputTitle.prefix(32), &xml)
        writeText(" prompt=\"", validation.inputMessage.prefix(255), &xml)
        xml.add(" sqref=\"", validation.range, "\"><formula1>")
        switch validation.source {
        case .values(let list):
            let text = list.filter { !$0.isEmpty }.joined(separator: ",")
            guard text.unicodeScalars.count <= 255 else {
                let cell = CellAddress(row: validation.range.top, column: validation.range.left)
                throw .workbook(sheet: sheet.name, part: "validation at \(cell.a1)", reason: "the list is too long")
            }
            xml.add(text: "\"" + text + "\"")
        case .range(let range): xml.add(text: range)
        }
        xml.add("</formula1></dataValidation>")
    }

    private func writeText(_ attribute: StaticString, _ text: Substring, _ xml: inout PartBytes) {
        guard !text.isEmpty else { return }
        xml.add(attribute)
        xml.add(attribute: String(text))
        xml.add("\"")
    }
}

extension PartBytes {
    /// Markup, a number, markup.
    mutating func add(_ before: StaticString, _ number: Int, _ after: StaticString) {
        add(before)
        add(number)
        add(after)
    }

    /// Markup, a range, markup.
    mutating func add(_ before: StaticString, _ range: CellRange, _ after: StaticString) {
        add(before)
        add(range)
        add(after)
    }
}

extension ReportSheet {
    /// The height of rows that have none of their own, where it is not the format's. Unit: points.
    var usualHeight: Double? { defaultRowHeight == Grid.defaultHeight ? nil : defaultRowHeight }
}

/// What the file format's grid measures.
enum Grid {
    static let defaultHeight = 15.0
    static let defaultWidth = 8.43

    /// A column's width as the format stores it: with five pixels of air, of seven a digit.
    static func storedWidth(_ width: Double) -> Double {
        (Double(pixels(width: width)) / 7 * 256).rounded(.down) / 256
    }

    static func pixels(width: Double) -> Int { width < 1 ? Int(width * 12 + 0.5) : Int(width * 7 + 0.5) + 5 }

    static func pixels(height: Double) -> Int { Int(4.0 / 3 * height) }
}
