/// `styles.xml`: what the number format of each cell style makes of a number.
final class StylesPart: XMLPart {
    /// By the style number that cells carry.
    private(set) var kinds: [NumberFormatKind] = []
    /// Those that show of a date its month alone.
    private(set) var monthStyles: Set<Int> = []
    /// Those that show words in place of numbers.
    private(set) var wordStyles: [Int: WordFormat] = [:]
    private var wordFormats: [Int: WordFormat] = [:]
    private var custom: [Int: NumberFormatKind] = [:]
    private var monthFormats: Set<Int> = []
    private var isInCellFormats = false

    init(path: String) { super.init(path: path, root: "styleSheet") }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if isInCellFormats {
            guard name == "xf" else { return }
            let id = attributes.value("numFmtId").flatMap(StoredNumber.parseIndex) ?? 0
            if custom[id] == nil ? MonthFormat.isMonth(builtIn: id) : monthFormats.contains(id) {
                monthStyles.insert(kinds.count)
            }
            if let words = wordFormats[id] { wordStyles[kinds.count] = words }
            kinds.append(custom[id] ?? NumberFormatKind(builtIn: id))
        } else if name == "cellXfs" {
            isInCellFormats = true
        } else if name == "numFmt" {
            guard let id = attributes.value("numFmtId").flatMap(StoredNumber.parseIndex),
                let code = attributes.value("formatCode"), code.count <= 4096
            else { return }
            // Differential styles further down declare formats of their own under the same numbers.
            guard custom[id] == nil else { return }
            custom[id] = NumberFormatKind(code: code)
            if MonthFormat.isMonth(code: code) { monthFormats.insert(id) }
            wordFormats[id] = WordFormat(code: String(decoding: code, as: UTF8.self))
        }
    }

    override func end(_ name: XMLName) {
        if name == "cellXfs" { isInCellFormats = false }
    }
}
