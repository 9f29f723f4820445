/// Searching folded texts byte by byte: the standard library's own search compares characters, and cost a tenth of
/// reading a sheet.
extension String {
    /// Where `part` stands first; nil where it does not, or is empty.
    public func firstBytes(of part: String) -> Range<Index>? {
        var text = self
        var part = part
        let count = part.utf8.count
        let place: Int? = text.withUTF8 { hay in
            part.withUTF8 { needle -> Int? in
                guard let first = needle.first, hay.count >= needle.count else { return nil }
                for place in 0...(hay.count - needle.count) where hay[place] == first {
                    var matched = 1
                    while matched < needle.count, hay[place + matched] == needle[matched] { matched += 1 }
                    if matched == needle.count { return place }
                }
                return nil
            }
        }
        return place.map { place in
            let start = utf8.index(utf8.startIndex, offsetBy: place)
            return start..<utf8.index(start, offsetBy: count)
        }
    }

    /// Whether `part` stands in it; an empty one stands in none.
    public func hasBytes(of part: String) -> Bool { firstBytes(of: part) != nil }
}
