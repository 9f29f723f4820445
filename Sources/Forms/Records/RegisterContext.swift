import Domain

/// What stands in no column, but in a label, the title, the sheet's name or a folder: county and township of the rows,
/// their year, type and level. Source: spec §5.3 «a required field that the title or folder gives is filled from it».
struct RegisterContext {
    private let form: FormIndex
    /// Labels first, then titles, sheet, file, folders.
    private let texts: [ContextText]

    init(_ form: FormIndex, _ context: [ContextText]) {
        self.form = form
        texts = context.enumerated().sorted { ($0.element.kind, $0.offset) < ($1.element.kind, $1.offset) }.map(
            \.element)
    }

    /// What is told of a field, by its place in the form's definition; of a county only that it is told.
    func tells(_ place: Int) -> Bool {
        let field = form.definition.fields[place]
        if value(place) != nil { return true }
        guard field.isFromContext else { return false }
        return texts.contains { text in
            if text.field == field.field { return true }
            return switch field.field {
            case .county: PlaceText.namesCounty(text.text)
            case .township: PlaceText.township(in: text.text) != nil
            default: false
            }
        }
    }

    /// The value told, its words and the cell they stand in. A county is resolved where counties are known.
    func value(_ place: Int) -> (value: FieldValue, text: String, cell: CellAddress?)? {
        let field = form.definition.fields[place]
        switch (field.field, field.kind) {
        case (.township, _) where field.isFromContext && field.isRequired:
            return first { text in township(text).map { (.text($0), $0) } }
        case (.year, .year): return first { text in year(text).map { (.count($0), "\($0)年") } }
        case (.kind, .choice): return first { text in kind(text, place).map { (.choice($0), $0) } }
        case (.level, .choice): return first { text in level(text, place).map { (.choice($0), $0) } }
        default: return nil
        }
    }

    private func first(
        _ reading: (ContextText) -> (FieldValue, String)?
    ) -> (value: FieldValue, text: String, cell: CellAddress?)? {
        for text in texts {
            if let (value, words) = reading(text) { return (value, words, text.cell) }
        }
        return nil
    }

    private func township(_ text: ContextText) -> String? {
        if text.kind == .label { return text.field == .township ? text.text : nil }
        return PlaceText.township(in: text.text)
    }

    // MARK: Year

    /// The year that the text names: 2018年度, 2018年; of a folder only where it is nothing else. A date names none: it is
    /// that of filling in or sending.
    private func year(_ text: ContextText) -> Int? {
        let key = TextFolding.key(text.text)
        switch text.kind {
        case .fileName: return nil
        case .folder: return YearText.whole(key)
        case .label: return text.field == .year ? YearText.whole(key) : nil
        default: return YearText.only(in: key)
        }
    }

    // MARK: Type and level

    /// The only type that the title names. A title that names several of the form's matters (会议和谈心谈话) names none.
    private func kind(_ text: ContextText, _ place: Int) -> String? {
        guard text.kind == .title || text.kind == .sheetName else { return nil }
        let key = TextFolding.key(text.text)
        let named = form.titleKeys.filter { key.contains($0) }
        let matters = named.filter { word in !named.contains { $0 != word && $0.contains(word) } }
        return matters.count > 1 ? nil : onlyChoice(in: key, place) { $0.count >= 2 }
    }

    /// The only level that the title names as one: 县级, 省级; 海东市 and 化隆县 are places.
    private func level(_ text: ContextText, _ place: Int) -> String? {
        guard text.kind == .title || text.kind == .sheetName else { return nil }
        return onlyChoice(in: TextFolding.key(text.text), place) { $0.count >= 2 && $0.hasSuffix("级") }
    }

    /// The choice that words of the text mean, where they mean but one; the longest words first.
    private func onlyChoice(in key: String, _ place: Int, _ counts: (String) -> Bool) -> String? {
        var rest = key
        var found: Set<String> = []
        let words = form.choiceWords[place].filter { counts($0.key) }
        for (word, choice) in words.sorted(by: { ($1.key.count, $0.key) < ($0.key.count, $1.key) })
        where rest.contains(word) {
            found.insert(choice)
            rest = rest.split(separator: word, omittingEmptySubsequences: false).joined(separator: "|")
        }
        return found.count == 1 ? found.first : nil
    }
}

/// Calendar years in folded text.
enum YearText {
    /// The year of a text that is nothing else: 2018, 2018年, 2018年度.
    static func whole(_ key: String) -> Int? {
        var text = key
        for ending in ["年度", "年"] where text.hasSuffix(ending) {
            text = String(text.dropLast(ending.count))
            break
        }
        return text.count == 4 && text.hasPrefix("20") ? Int(text) : nil
    }

    /// The only year that the text names with 年 and without a month; one with 年度 before others.
    static func only(in key: String) -> Int? {
        let scalars = Array(key.unicodeScalars)
        var years: Set<Int> = []
        var ofWholeYears: Set<Int> = []
        for index in scalars.indices where index >= 4 && scalars[index] == "年" {
            let digits = String(String.UnicodeScalarView(scalars[(index - 4)..<index]))
            guard digits.hasPrefix("20"), let year = Int(digits) else { continue }
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            if ("0"..."9").contains(next) || index >= 5 && ("0"..."9").contains(scalars[index - 5]) { continue }
            years.insert(year)
            if next == "度" { ofWholeYears.insert(year) }
        }
        if ofWholeYears.count == 1 { return ofWholeYears.first }
        return years.count == 1 ? years.first : nil
    }
}
