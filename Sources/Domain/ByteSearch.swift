/// Searching folded texts byte by byte: the standard library's own search compares characters, and cost a tenth of
/// reading a sheet.
extension String {
    /// Where `part` stands first; nil where it does not, or is empty.
    public func firstBytes(of part: String) -> Range<Index>? {
        guard !part.isEmpty, let place = byteOffset(of: part) else { return nil }
        let start = utf8.index(utf8.startIndex, offsetBy: place)
        return start..<utf8.index(start, offsetBy: part.utf8.count)
    }

    /// Whether `part` stands in it; an empty one stands in none.
    public func hasBytes(of part: String) -> Bool { !part.isEmpty && byteOffset(of: part) != nil }

    /// Where `part` begins, in bytes, not before `start`; nil where it does not stand in it.
    public func byteOffset(of part: String, from start: Int = 0) -> Int? {
        var text = self
        var part = part
        return text.withUTF8 { hay in
            part.withUTF8 { needle -> Int? in
                guard let first = needle.first else { return start }
                var place = start
                while place + needle.count <= hay.count {
                    if hay[place] == first {
                        var matched = 1
                        while matched < needle.count, hay[place + matched] == needle[matched] { matched += 1 }
                        if matched == needle.count { return place }
                    }
                    place += 1
                }
                return nil
            }
        }
    }
}
