import Domain
import Tables

/// A workbook made by this program alone: XML part by part, compressed as it comes.
///
/// It does what most reports need; charts and data bars are the library's (`LibraryWorkbook`). Tests hold every element
/// of both against each other.
struct OwnWorkbook: ~Copyable {
    private let workbook: ReportWorkbook
    private var zip: ZipBytes
    private var xml = PartBytes(room: 1 << 16)
    private var styles = StyleTable()
    private var texts = SharedTexts()

    private init(_ workbook: ReportWorkbook) throws(ReportWriteError) {
        guard let zip = ZipBytes() else { throw WrittenWorkbook.failure(workbook, "out of memory") }
        self.zip = zip
        self.workbook = workbook
    }

    /// Whether it has everything that the workbook needs.
    static func canWrite(_ workbook: ReportWorkbook) -> Bool {
        workbook.sheets.allSatisfy { $0.charts.isEmpty && $0.dataBars.isEmpty }
    }

    static func bytes(of workbook: ReportWorkbook) throws(ReportWriteError) -> [UInt8] {
        var own = try OwnWorkbook(workbook)
        try own.write()
        return own.zip.finished()
    }

    private mutating func write() throws(ReportWriteError) {
        let workbook = workbook
        let commented = workbook.sheets.indices.filter { !workbook.sheets[$0].comments.isEmpty }
        try add("[Content_Types].xml") { $0.add(contentTypes: workbook, comments: commented.count) }
        try add("_rels/.rels") { $0.add(rootRelations: workbook) }
        try add("docProps/core.xml") { $0.add(coreProperties: workbook) }
        try add("docProps/app.xml") { $0.addApplicationProperties() }
        if workbook.isReport { try add("docProps/custom.xml") { $0.addCustomProperties() } }
        try add("xl/workbook.xml") { $0.add(sheetList: workbook) }
        try add("xl/_rels/workbook.xml.rels") { $0.add(workbookRelations: workbook) }
        var drawing = 0
        var shapes = 1
        for (index, sheet) in workbook.sheets.enumerated() {
            let part = SheetPart(sheet, isFirst: index == 0)
            xml.clear()
            xml.addDeclaration()
            try part.write(&xml, &styles, &texts)
            try keep("xl/worksheets/sheet\(index + 1).xml")
            guard !sheet.comments.isEmpty else { continue }
            drawing += 1
            let comments = part.comments
            try add("xl/worksheets/_rels/sheet\(index + 1).xml.rels") { $0.add(commentRelations: drawing) }
            try add("xl/comments\(drawing).xml") { comments.writeTexts(&$0) }
            xml.clear()
            comments.writeBoxes(shapes, &xml)
            try keep("xl/drawings/vmlDrawing\(drawing).vml")
            shapes += 1 + comments.count / 1024
        }
        xml.clear()
        xml.addDeclaration()
        styles.write(&xml)
        try keep("xl/styles.xml")
        xml.clear()
        xml.addDeclaration()
        texts.write(&xml)
        try keep("xl/sharedStrings.xml")
    }

    private mutating func add(_ name: String, _ body: (inout PartBytes) -> Void) throws(ReportWriteError) {
        xml.clear()
        xml.addDeclaration()
        body(&xml)
        try keep(name)
    }

    private mutating func keep(_ name: String) throws(ReportWriteError) {
        guard zip.add(name, xml.bytes) else { throw WrittenWorkbook.failure(workbook, "\(name) is too large") }
    }
}
