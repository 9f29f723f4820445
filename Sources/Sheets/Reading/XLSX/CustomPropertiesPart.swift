/// `docProps/custom.xml`: texts that a program or a person put beside the workbook.
final class CustomPropertiesPart: XMLPart {
    private(set) var texts: [String: String] = [:]
    private var name: String?
    private var text: [UInt8] = []
    private static let countMax = 200
    private static let bytesMax = 4_096

    init(path: String) { super.init(path: path, root: "Properties") }

    override func start(_ element: XMLName, _ attributes: XMLAttributes) {
        guard element == "property" else { return }
        name = attributes.text("name")
        text = []
    }

    override func text(_ bytes: XMLBytes) {
        guard name != nil, text.count + bytes.count <= CustomPropertiesPart.bytesMax else { return }
        text += bytes
    }

    override func end(_ element: XMLName) {
        guard element == "property", let name, texts.count < CustomPropertiesPart.countMax else { return }
        texts[name] = String(decoding: text, as: UTF8.self)
        self.name = nil
    }
}
