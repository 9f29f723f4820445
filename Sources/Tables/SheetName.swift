/// Names that a sheet can bear: at most 31 UTF-16 units, without `[]:*?/\`, no `'` at either end, unique without case.
public enum SheetName {
    /// The most UTF-16 units of a sheet's name.
    public static let lengthMax = 31

    /// A name for each text, in order; what would be refused or repeated is replaced or numbered.
    public static func unique(_ texts: [String], taken: [String] = []) -> [String] {
        var used = Set(taken.map { $0.lowercased() })
        return texts.map { text in
            let base = legal(text)
            var name = shortened(base, to: lengthMax)
            var number = 2
            while !used.insert(name.lowercased()).inserted {
                let suffix = "(\(number))"
                name = shortened(base, to: lengthMax - suffix.utf16.count) + suffix
                number += 1
            }
            return name
        }
    }

    /// A sheet's name as a formula writes it: `'甲''乙'`.
    public static func quoted(_ name: String) -> String {
        var result = "'"
        for character in name.unicodeScalars {
            if character == "'" { result += "'" }
            result.unicodeScalars.append(character)
        }
        return result + "'"
    }

    private static func legal(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in LegalText.legal(text).unicodeScalars {
            switch scalar {
            case "[", "{": scalars.append("（")
            case "]", "}": scalars.append("）")
            case ":", "*", "?", "/", "\\": scalars.append("_")
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        while let first = scalars.first, first == "'" || first == " " { scalars.removeFirst() }
        while let last = scalars.last, last == "'" || last == " " { scalars.removeLast() }
        let name = String(scalars)
        return name.isEmpty || name.lowercased() == "history" ? "表" : name
    }

    private static func shortened(_ text: String, to length: Int) -> String {
        var result = ""
        var units = 0
        for character in text {
            units += String(character).utf16.count
            if units > length { break }
            result.append(character)
        }
        while let last = result.last, last == "'" || last == " " { result.removeLast() }
        return result.isEmpty ? "表" : result
    }
}
