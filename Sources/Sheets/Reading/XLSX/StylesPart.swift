/// `styles.xml`: what the number format of each cell style makes of a number.
final class StylesPart: XMLPart {
    /// By the style number that cells carry.
    private(set) var formats: [NumberFormat] = []
    private var custom: [Int: NumberFormat] = [:]
    private var isInCellFormats = false

    init(path: String) { super.init(path: path, root: "styleSheet") }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if isInCellFormats {
            guard name == "xf" else { return }
            let id = attributes.value("numFmtId").flatMap(StoredNumber.parseIndex) ?? 0
            formats.append(custom[id] ?? NumberFormat(builtIn: id))
        } else if name == "cellXfs" {
            isInCellFormats = true
        } else if name == "numFmt" {
            guard let id = attributes.value("numFmtId").flatMap(StoredNumber.parseIndex),
                let code = attributes.value("formatCode"), code.count <= 4096
            else { return }
            // Differential styles further down declare formats of their own under the same numbers.
            if custom[id] == nil { custom[id] = NumberFormat(code: String(decoding: code, as: UTF8.self)) }
        }
    }

    override func end(_ name: XMLName) {
        if name == "cellXfs" { isInCellFormats = false }
    }
}
