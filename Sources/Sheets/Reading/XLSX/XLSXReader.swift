import Domain
import Tables

/// Reads .xlsx and .xlsm.
///
/// Only the parts that hold cells are inflated; each of them must be there once, whole and well-formed.
public enum XLSXReader: SheetReading {
    public static let format = WorkbookFormat.xlsx

    public static func read(
        _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits = ReadingLimits()
    ) throws(WorkbookRefusal) -> Workbook {
        let container = try ZipContainer(bytes, limits: limits)
        let path = try workbookPath(container)
        let workbook = WorkbookPart(path: path, limits: limits)
        try workbook.read(from: container)
        let relationships = RelationshipsPart(of: path)
        try relationships.read(from: container)

        var shared = XLSXContext(dateSystem: workbook.dateSystem)
        if let styles = try target("styles", of: relationships) {
            let part = StylesPart(path: styles)
            try part.read(from: container)
            shared.formats = part.formats
        }
        if let strings = try target("sharedStrings", of: relationships) {
            let part = SharedStringsPart(path: strings, limits: limits)
            try part.read(from: container)
            shared.strings = part.strings
        }

        var sheets: [CellGrid] = []
        var budget = ReadingBudget(limits)
        for sheet in workbook.sheets {
            guard let relationship = relationships.all.first(where: { $0.id == sheet.relationship }),
                let path = relationship.path
            else { throw .damaged("工作表“\(sheet.name)”没有内容") }
            // Sheets without cells.
            if ["chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"].contains(relationship.kind) {
                continue
            }
            let part = WorksheetPart(path: path, shared: shared, budget: budget)
            try part.read(from: container)
            budget = part.budget
            sheets.append(try part.finish(name: sheet.name, isHidden: sheet.isHidden))
        }
        return Workbook(format: .xlsx, sheets: sheets, properties: properties(container))
    }

    /// Custom document properties. No cell hangs on them: where they cannot be read the workbook has none.
    private static func properties(_ container: ZipContainer) -> [String: String] {
        let path = "docProps/custom.xml"
        guard container.has(path) else { return [:] }
        let part = CustomPropertiesPart(path: path)
        do { try part.read(from: container) } catch { return [:] }
        return part.texts
    }

    /// Where the container says its workbook is; a container without one is refused by what it is.
    private static func workbookPath(_ container: ZipContainer) throws(WorkbookRefusal) -> String {
        var path: String?
        if container.has("_rels/.rels") {
            let root = RelationshipsPart(of: "")
            try root.read(from: container)
            path = root.all.first { $0.kind == "officeDocument" }?.path
        }
        if container.has("xl/workbook.bin") || path?.hasSuffix(".bin") == true { throw .unsupported("xlsb") }
        if container.has("word/document.xml") { throw .unsupported("Word 文档") }
        if container.has("ppt/presentation.xml") { throw .unsupported("PowerPoint 文档") }
        if let path { return path }
        if container.has("xl/workbook.xml") { return "xl/workbook.xml" }
        if container.has("mimetype"), container.has("content.xml") { throw .unsupported("ods") }
        throw .unsupported("zip 压缩包")
    }

    /// The one part of that kind, nil where the workbook has none.
    private static func target(
        _ kind: String, of relationships: RelationshipsPart
    ) throws(WorkbookRefusal) -> String? {
        let found = relationships.all.filter { $0.kind == kind }
        guard found.count <= 1 else { throw .damaged("部件\(kind)重复") }
        guard let first = found.first else { return nil }
        guard let path = first.path else { throw .damaged("部件\(kind)在文件之外") }
        return path
    }
}
