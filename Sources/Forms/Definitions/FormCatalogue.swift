import Domain

/// All forms, with every heading synonym folded once.
public struct FormCatalogue: Sendable {
    /// In the order of `FormID`.
    public let definitions: [FormDefinition]
    let indexes: [FormIndex]
    let attendance: FormIndex
    /// Every heading of every form, folded.
    let headingKeys: Set<ByteText>
    /// Sheets that are no form and are passed over.
    let guidance: [GuidanceIndex]
    /// Sheets that look like attendance and are none.
    let foreign: ForeignSheets

    /// Any set of definitions; of two of one form the later wins. A catalogue without attendance knows no day grids.
    public init(
        _ definitions: [FormDefinition], guidance: [GuidanceSheet] = [], foreign: ForeignSheets = ForeignSheets()
    ) {
        self.foreign = foreign
        self.guidance = guidance.map(GuidanceIndex.init)
        var byID: [FormID: FormDefinition] = [:]
        for definition in definitions { byID[definition.id] = definition }
        let ordered = FormID.allCases.compactMap { byID[$0] }
        self.definitions = ordered
        indexes = ordered.map(FormIndex.init)
        headingKeys = Set(
            ordered.flatMap { form in
                form.fields.flatMap { field in
                    ([field.heading] + field.synonyms).map { ByteText(HeadingText.key($0)) }
                }
            })
        attendance =
            indexes.first { $0.definition.id == .attendance }
            ?? FormIndex(FormDefinition(id: .attendance, title: "考勤表", titleWords: [], fields: []))
    }

    /// The form other than attendance that a title names; nil where it names none.
    func otherForm(in titleKey: String) -> FormIndex? {
        indexes.first { $0.definition.id != .attendance && $0.isNamed(in: titleKey) }
    }

    /// Whether a title fits attendance by a word (签到) that yields to another form's word in it.
    func yields(_ titleKey: String) -> Bool {
        attendance.titleFit(titleKey) > 0 && attendance.yieldsOnly(titleKey) && otherForm(in: titleKey) != nil
    }

    /// The definition of a form, nil where no data file describes it.
    public func definition(_ id: FormID) -> FormDefinition? { definitions.first { $0.id == id } }
}

/// A heading that was recognised: which field, and how sure (0 is surest).
struct HeadingHit: Sendable {
    let field: Int
    let rank: Int
    /// What the heading's brackets say: `万元`, `小时`.
    let note: String
}

/// One form's headings, folded for lookup.
struct FormIndex: Sendable {
    let definition: FormDefinition
    let titleKeys: [String]
    private let yields: Set<String>
    private let exact: [ByteText: (field: Int, rank: Int)]
    private let parts: [(key: String, field: Int)]
    let choiceWords: [[String: String]]
    /// Which last characters headings have, by twelve bits of them: most cells are refused by it at once.
    private let lastCharacters: [Bool]

    init(_ definition: FormDefinition) {
        self.definition = definition
        titleKeys = definition.titleWords.map(TextFolding.key)
        yields = Set(definition.yields.map(TextFolding.key))
        var exact: [ByteText: (field: Int, rank: Int)] = [:]
        var parts: [(key: String, field: Int)] = []
        var choiceWords: [[String: String]] = []
        for (index, field) in definition.fields.enumerated() {
            for (rank, heading) in ([field.heading] + field.synonyms).enumerated() {
                let key = ByteText(HeadingText.key(heading))
                if exact[key] == nil || exact[key]!.rank > rank { exact[key] = (index, rank) }
            }
            for part in field.contains { parts.append((HeadingText.key(part), index)) }
            var words: [String: String] = [:]
            for choice in field.choices {
                for word in [choice.word] + choice.synonyms { words[TextFolding.key(word)] = choice.word }
            }
            choiceWords.append(words)
        }
        self.exact = exact
        self.parts = parts.sorted { ($1.key.count, $0.key) < ($0.key.count, $1.key) }
        self.choiceWords = choiceWords
        var lastCharacters = [Bool](repeating: false, count: 4096)
        for key in exact.keys { if let bits = FormIndex.lastBits(key.text) { lastCharacters[bits] = true } }
        self.lastCharacters = lastCharacters
    }

    /// The field a heading names. `loosely`: parts of headings count too.
    func hit(_ text: String, loosely: Bool = false) -> HeadingHit? {
        let count = text.utf8.count
        if count > 90 || count == 0 { return nil }
        // No heading begins with a digit.
        if let first = text.utf8.first, (48...57).contains(first) { return nil }
        if !loosely, let bits = FormIndex.lastBits(text), !lastCharacters[bits] { return nil }
        let key = HeadingText.key(text)
        if let found = exact[ByteText(key)] {
            return HeadingHit(field: found.field, rank: found.rank, note: note(in: key))
        }
        let bare = HeadingText.withoutBrackets(key)
        if bare != key, let found = exact[ByteText(bare)] {
            return HeadingHit(field: found.field, rank: found.rank, note: note(in: key))
        }
        guard loosely, !bare.isEmpty, bare.count <= 14 else { return nil }
        for part in parts where ByteText.contains(bare, part.key) {
            return HeadingHit(field: part.field, rank: 100, note: note(in: key))
        }
        return nil
    }

    /// Whether a heading of dates names the names too, as the divided cell over both does: 日期/姓名.
    func namesBoth(_ text: String) -> Bool {
        let key = HeadingText.key(text)
        return parts.contains { definition.fields[$0.field].field == .name && ByteText.contains(key, $0.key) }
    }

    /// Twelve bits of a last character of three bytes; nil for others, which tell nothing.
    private static func lastBits(_ text: String) -> Int? {
        let bytes = text.utf8
        guard bytes.count >= 3 else { return nil }
        let last = bytes[bytes.index(before: bytes.endIndex)]
        let before = bytes[bytes.index(bytes.endIndex, offsetBy: -2)]
        let lead = bytes[bytes.index(bytes.endIndex, offsetBy: -3)]
        // White space and brackets of full width are folded away or to something else.
        guard lead >= 0xE4, lead < 0xEE, last >= 0x80, before >= 0x80 else {
            return lead == 0xE2 && bytes.count == 3 ? 0 : nil
        }
        return Int(before & 0x3F) << 6 | Int(last & 0x3F)
    }

    private func note(in key: String) -> String {
        if ByteText.contains(key, "万元") { return "万元" }
        if ByteText.contains(key, "小时") { return "小时" }
        return ""
    }

    func fieldIndex(_ id: FieldID) -> Int? { definition.fields.firstIndex { $0.field == id } }

    /// How long the longest title word is that the title contains; 0 for none.
    func titleFit(_ titleKey: String) -> Int {
        var best = 0
        for word in titleKeys where ByteText.contains(titleKey, word) { best = max(best, word.count) }
        return best
    }

    /// Whether a title that the form fits does so by words alone that yield to another form's.
    func yieldsOnly(_ titleKey: String) -> Bool {
        titleKeys.allSatisfy { yields.contains($0) || !ByteText.contains(titleKey, $0) }
    }

    /// Whether a title names the form: its word stands there and speaks of no place (联点村).
    func isNamed(in titleKey: String) -> Bool {
        titleKeys.contains { word in
            var start = 0
            while let place = ByteText.offset(of: word, in: titleKey, from: start) {
                let end = titleKey.utf8.index(titleKey.utf8.startIndex, offsetBy: place + word.utf8.count)
                let rest = titleKey[end...]
                if !["村", "单位", "部门", "干部", "镇", "乡"].contains(where: rest.hasPrefix) { return true }
                start = place + 1
            }
            return false
        }
    }
}

/// Folding of headings: width, white space and line breaks, decoration.
enum HeadingText {
    static func key(_ text: String) -> String {
        let folded = TextFolding.key(text)
        guard folded.utf8.contains(where: { $0 == 0x2A || $0 == 0xE3 || $0 == 0xE2 || $0 == 0x5B }) else {
            return folded
        }
        var scalars = String.UnicodeScalarView()
        for scalar in folded.unicodeScalars {
            switch scalar {
            case "*", "※", "★", "☆": continue
            case "【", "〔", "[", "｛": scalars.append("(")
            case "】", "〕", "]", "｝": scalars.append(")")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// Without what stands in brackets.
    static func withoutBrackets(_ key: String) -> String {
        guard key.utf8.contains(0x28) else { return key }
        var scalars = String.UnicodeScalarView()
        var depth = 0
        for scalar in key.unicodeScalars {
            switch scalar {
            case "(": depth += 1
            case ")": depth = max(0, depth - 1)
            default: if depth == 0 { scalars.append(scalar) }
            }
        }
        return String(scalars)
    }
}
