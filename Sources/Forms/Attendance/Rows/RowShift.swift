import Domain

/// Whether a row stands under other headings than its own: one of its cells holds what no such column does.
///
/// A cell that was lost or added in a row, or a table whose headings are lost, leaves every mark under another day.
/// Source: spec §5.7.
enum RowShift {
    /// A mark where a number of a person, a unit or a place should stand.
    static func isMark(_ text: String) -> Bool { MarkText.isCommonMark(MarkText.key(text)) }

    /// A person's number where a unit or a place should stand.
    static func isNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first, (48...57).contains(first) || first == 0xEF else { return false }
        return PersonRow.looksLikeID(text)
    }

    private static let endings = ["局", "委", "办", "厅", "站", "中心", "公司", "政府", "学校", "银行"]

    /// A unit, a place or a person's number where the mark of the first day should stand.
    static func isField(_ text: String) -> Bool {
        let key = TextFolding.key(text)
        guard key.unicodeScalars.count > 2 else { return false }
        return isNumber(key) || PlaceText.isPlace(key)
            || key.unicodeScalars.allSatisfy(\.isCJK) && endings.contains { key.hasSuffix($0) }
    }
}
