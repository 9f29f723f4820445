import Domain
import Tables

/// The small parts that every workbook has.
extension PartBytes {
    mutating func addDeclaration() { add("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n") }

    mutating func add(contentTypes workbook: ReportWorkbook, comments: Int) {
        let office = "application/vnd.openxmlformats-officedocument."
        func override(_ part: String, _ type: String) {
            add("<Override PartName=\"/")
            add(plain: part)
            add("\" ContentType=\"")
            add(plain: type)
            add("+xml\"/>")
        }
        add("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">")
        add(
            "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
        )
        add("ContentType=\"application/xml\"/>")
        if comments > 0 {
            add("<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>")
        }
        override("docProps/app.xml", office + "extended-properties")
        override("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties")
        if workbook.isReport { override("docProps/custom.xml", office + "custom-properties") }
        override("xl/workbook.xml", office + "spreadsheetml.sheet.main")
        override("xl/styles.xml", office + "spreadsheetml.styles")
        override("xl/sharedStrings.xml", office + "spreadsheetml.sharedStrings")
        for number in 1...max(1, workbook.sheets.count) {
            override("xl/worksheets/sheet\(number).xml", office + "spreadsheetml.worksheet")
        }
        for number in 0..<comments { override("xl/comments\(number + 1).xml", office + "spreadsheetml.comments") }
        add("</Types>")
    }

    mutating func add(rootRelations workbook: ReportWorkbook) {
        beginRelations()
        add(relation: 1, "officeDocument", "xl/workbook.xml")
        add("<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/")
        add("metadata/core-properties\" Target=\"docProps/core.xml\"/>")
        add(relation: 3, "extended-properties", "docProps/app.xml")
        if workbook.isReport { add(relation: 4, "custom-properties", "docProps/custom.xml") }
        add("</Relationships>")
    }

    mutating func add(workbookRelations workbook: ReportWorkbook) {
        beginRelations()
        let count = workbook.sheets.count
        for number in 1...max(1, count) { add(relation: number, "worksheet", "worksheets/sheet\(number).xml") }
        add(relation: count + 1, "styles", "styles.xml")
        add(relation: count + 2, "sharedStrings", "sharedStrings.xml")
        add("</Relationships>")
    }

    mutating func add(commentRelations number: Int) {
        beginRelations()
        add(relation: 1, "vmlDrawing", "../drawings/vmlDrawing\(number).vml")
        add(relation: 2, "comments", "../comments\(number).xml")
        add("</Relationships>")
    }

    private mutating func beginRelations() {
        add("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">")
    }

    private mutating func add(relation number: Int, _ type: StaticString, _ target: String) {
        add("<Relationship Id=\"rId", number, "\" Type=\"")
        add("http://schemas.openxmlformats.org/officeDocument/2006/relationships/")
        add(type)
        add("\" Target=\"")
        add(plain: target)
        add("\"/>")
    }

    // MARK: Properties

    mutating func add(coreProperties workbook: ReportWorkbook) {
        add("<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" ")
        add("xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" ")
        add("xmlns:dcmitype=\"http://purl.org/dc/dcmitype/\" ")
        add("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">")
        if !workbook.title.isEmpty { add("<dc:title>", workbook.title, "</dc:title>") }
        if !workbook.subject.isEmpty { add("<dc:subject>", workbook.subject, "</dc:subject>") }
        add("<dc:creator>", workbook.author, "</dc:creator>")
        add("<cp:lastModifiedBy>", workbook.author, "</cp:lastModifiedBy>")
        let day = workbook.created.iso + "T00:00:00Z"
        add("<dcterms:created xsi:type=\"dcterms:W3CDTF\">", day, "</dcterms:created>")
        add("<dcterms:modified xsi:type=\"dcterms:W3CDTF\">", day, "</dcterms:modified></cp:coreProperties>")
    }

    private mutating func add(_ before: StaticString, _ text: String, _ after: StaticString) {
        add(before)
        add(text: text)
        add(after)
    }

    mutating func addApplicationProperties() {
        add("<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">")
        add("<Application>Microsoft Excel</Application><DocSecurity>0</DocSecurity><AppVersion>12.0000</AppVersion>")
        add("</Properties>")
    }

    /// By this a report is known when it comes back, whatever program saved it since.
    mutating func addCustomProperties() {
        add("<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" ")
        add("xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">")
        add("<property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"2\" name=\"")
        add(text: Workbook.ownProperty)
        add("\"><vt:lpwstr>", Workbook.reportKind, "</vt:lpwstr></property></Properties>")
    }

    // MARK: The list of sheets

    mutating func add(sheetList workbook: ReportWorkbook) {
        add("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" ")
        add("xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">")
        add("<fileVersion appName=\"xl\" lastEdited=\"4\" lowestEdited=\"4\" rupBuild=\"4505\"/>")
        add("<workbookPr defaultThemeVersion=\"124226\"/>")
        add("<bookViews><workbookView xWindow=\"240\" yWindow=\"15\" windowWidth=\"16095\" windowHeight=\"9660\"/>")
        add("</bookViews><sheets>")
        for (index, sheet) in workbook.sheets.enumerated() {
            add("<sheet name=\"")
            add(text: sheet.name)
            add("\" sheetId=\"", index + 1, "\"")
            // The first is what its reader sees at once.
            if sheet.isHidden, index > 0 { add(" state=\"hidden\"") }
            add(" r:id=\"rId", index + 1, "\"/>")
        }
        add("</sheets>")
        addNames(workbook)
        add("<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/></workbook>")
    }

    /// What prints on every page, what prints at all, what is filtered: names that every program knows.
    private mutating func addNames(_ workbook: ReportWorkbook) {
        let named = workbook.sheets.enumerated().filter { _, sheet in
            sheet.page.repeatedRows != nil || sheet.page.printArea != nil || sheet.filter != nil
        }
        guard !named.isEmpty else { return }
        add("<definedNames>")
        for (index, sheet) in named {
            if let filter = sheet.filter {
                addName("_xlnm._FilterDatabase", index, isHidden: true)
                add(range: filter, of: sheet)
            }
            if let area = sheet.page.printArea {
                addName("_xlnm.Print_Area", index)
                add(range: area, of: sheet)
            }
            if let rows = sheet.page.repeatedRows {
                addName("_xlnm.Print_Titles", index)
                add(text: SheetName.quoted(sheet.name))
                add("!$", rows.lowerBound + 1, ":$")
                add(rows.upperBound + 1)
                add("</definedName>")
            }
        }
        add("</definedNames>")
    }

    private mutating func addName(_ name: StaticString, _ sheet: Int, isHidden: Bool = false) {
        add("<definedName name=\"")
        add(name)
        add("\" localSheetId=\"", sheet, isHidden ? "\" hidden=\"1\">" : "\">")
    }

    private mutating func add(range: CellRange, of sheet: ReportSheet) {
        add(text: SheetName.quoted(sheet.name))
        add("!$")
        add(plain: CellAddress.columnName(range.left))
        add("$", range.top + 1, ":$")
        add(plain: CellAddress.columnName(range.right))
        add("$", range.bottom + 1, "</definedName>")
    }
}
