import Stages

/// Lines of a terminal, CJK characters counting as two columns.
enum TextWidth {
    /// Breaks a text at blanks and between CJK characters; never before a closing mark.
    static func wrapped(_ text: String, columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(text) {
            let joined = line + piece
            if !line.isEmpty, TextTable.width(trimmed(joined)) > columns {
                lines.append(trimmed(line))
                line = String(piece.drop { $0 == " " })
            } else {
                line = joined
            }
        }
        lines.append(trimmed(line))
        return lines
    }

    /// The smallest parts that stay together; joined they are the text.
    private static func pieces(_ text: String) -> [String] {
        var result: [String] = []
        for character in text {
            let startsPiece =
                switch (result.last?.last, character) {
                case (nil, _): true
                case (_, let next) where "）」』，。；：、！？)".contains(next): false
                case (let last?, _) where "（「『(".contains(last): false
                case (let last?, let next): isWide(last) || isWide(next) || last == " "
                }
            if startsPiece { result.append(String(character)) } else { result[result.count - 1].append(character) }
        }
        return result
    }

    private static func isWide(_ character: Character) -> Bool { TextTable.width(String(character)) > 1 }

    private static func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}
