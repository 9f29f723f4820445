/// Where a figure or a consequence comes from: a document and its clause.
public struct LegalSource: Hashable, Comparable, Sendable, Codable {
    /// `青组字〔2018〕231号 第5条`, as it goes into reports.
    public let text: String

    /// A document with its clause, as the policy file names it.
    public init(_ text: String) { self.text = text }

    /// The document behind every measure.
    public static let document = "青组字〔2018〕231号"

    /// A measure of the document by its number, 1…10: `青组字〔2018〕231号 第四条`.
    public static func measure(_ number: Int) -> LegalSource {
        let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
        precondition((1...10).contains(number), "the document has ten measures")
        return LegalSource("\(document) 第\(numerals[number - 1])条")
    }

    public static func < (left: LegalSource, right: LegalSource) -> Bool { left.text < right.text }
}
