import Domain

/// Text compared byte by byte, without the Unicode normalisation that String's own `==` and `hash` pay for.
///
/// Keys are folded before they get here, so nothing is lost by it; it halves the time of a sheet.
struct ByteText: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ByteText, right: ByteText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        var copy = text
        copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Up to seven bytes and their number in one word; nil for longer text.
    static func packed(_ text: String) -> UInt64? {
        guard text.utf8.count <= 7 else { return nil }
        var word: UInt64 = 1
        for byte in text.utf8 { word = word << 8 | UInt64(byte) }
        return word
    }

    /// Whether `part` stands in `text`.
    static func contains(_ text: String, _ part: String) -> Bool { offset(of: part, in: text) != nil }

    static func begins(_ text: String, with part: String) -> Bool { text.utf8.starts(with: part.utf8) }

    static func ends(_ text: String, with part: String) -> Bool {
        text.utf8.count >= part.utf8.count && text.utf8.suffix(part.utf8.count).elementsEqual(part.utf8)
    }

    /// Where `part` begins in `text`, in bytes, not before `start`; nil where it does not stand in it.
    static func offset(of part: String, in text: String, from start: Int = 0) -> Int? {
        text.byteOffset(of: part, from: start)
    }
}

/// Words that texts may begin with, found by their first character: nearly every text begins with none.
struct OpeningWords {
    let words: [String]
    private let byFirst: [Unicode.Scalar: [String]]

    /// None of the words is empty.
    init(_ words: [String]) {
        self.words = words
        byFirst = Dictionary(grouping: words) { $0.unicodeScalars[$0.startIndex] }
    }

    /// Whether a text begins with one of the words.
    func open(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let words = byFirst[first] else { return false }
        return words.contains { ByteText.begins(text, with: $0) }
    }
}
