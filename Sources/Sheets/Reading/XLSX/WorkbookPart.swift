/// `workbook.xml`: which sheets there are, and from which day dates count.
final class WorkbookPart: XMLPart {
    struct Sheet {
        let name: String
        let relationship: String
        let isHidden: Bool
    }

    private(set) var sheets: [Sheet] = []
    private(set) var dateSystem = DateSystem.from1900
    private var isInSheets = false

    private let limits: ReadingLimits

    init(path: String, limits: ReadingLimits) {
        self.limits = limits
        super.init(path: path, root: "workbook")
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "workbookPr" {
            if attributes.flag("date1904") { dateSystem = .from1904 }
        } else if name == "sheets" {
            isInSheets = true
        } else if isInSheets, name == "sheet" {
            var relationship: String?
            attributes.forEach { name, hasPrefix, value in
                if hasPrefix, name == "id" { relationship = String(decoding: value, as: UTF8.self) }
            }
            guard let relationship, let title = attributes.text("name") else {
                refuse(.damaged("工作表清单有误"))
                return
            }
            guard sheets.count < limits.sheetsMax else {
                refuse(.tooLarge("工作表超过\(limits.sheetsMax)张"))
                return
            }
            let state = attributes.text("state") ?? "visible"
            sheets.append(Sheet(name: title, relationship: relationship, isHidden: state != "visible"))
        }
    }

    override func end(_ name: XMLName) {
        if name == "sheets" { isInSheets = false }
    }
}
