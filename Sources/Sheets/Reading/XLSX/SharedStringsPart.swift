/// `sharedStrings.xml`: texts by number, rich runs joined, phonetic runs left out.
final class SharedStringsPart: XMLPart {
    @exclusivity(unchecked) private(set) var strings: [String] = []
    @exclusivity(unchecked) private var text: StoredText
    private let limits: ReadingLimits
    @exclusivity(unchecked) private var isInText = false
    @exclusivity(unchecked) private var phoneticDepth = 0

    init(path: String, limits: ReadingLimits) {
        self.limits = limits
        text = StoredText(bytesMax: limits.textBytesMax)
        super.init(path: path, root: "sst")
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if name.first == 0x74, name.isOneLetter {
            isInText = phoneticDepth == 0
        } else if name == "si" {
            text.clear()
        } else if name == "rPh" {
            phoneticDepth += 1
        }
    }

    override func end(_ name: XMLName) {
        if name.first == 0x74, name.isOneLetter {
            isInText = false
        } else if name == "si" {
            if text.isTooLong { refuse(.tooLarge("单元格文字过长")) }
            if strings.count == limits.cellsMax { refuse(.tooLarge("文字超过\(limits.cellsMax)条")) }
            strings.append(text.string)
        } else if name == "rPh" {
            phoneticDepth -= 1
        }
    }

    override func text(_ bytes: XMLBytes) {
        if isInText { text.append(bytes) }
    }
}
