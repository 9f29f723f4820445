import Domain

/// Names of places as a title writes them.
enum PlaceText {
    /// The township a title names: `乐都区碾伯镇大庄村…` gives 碾伯镇; nil where none is to be seen.
    static func township(in text: String) -> String? {
        let scalars = Array(TextFolding.key(text).unicodeScalars)
        var start = 0
        for index in scalars.indices {
            let scalar = scalars[index]
            if !scalar.isCJK {
                start = index + 1
                continue
            }
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            switch scalar {
            case "省", "州", "市", "县", "区":
                if next != "镇" && next != "乡" { start = index + 1 }
            case "年", "月", "份", "度": start = index + 1
            case "镇", "乡":
                if index > 0, scalar == "镇", scalars[index - 1] == "乡" {
                    start = index + 1
                    continue
                }
                if next == "镇" || next == "村" && index - start < 1 { continue }
                if (1...6).contains(index - start) { return String(String.UnicodeScalarView(scalars[start...index])) }
            case "道":
                if index > 0, scalars[index - 1] == "街", (2...8).contains(index - start) {
                    return String(String.UnicodeScalarView(scalars[start...index]))
                }
            default: break
            }
        }
        return nil
    }

    private static let endings = ["村", "村委会", "村民委员会", "社区", "居委会", "镇", "乡", "街道", "工作队", "人民政府"]

    /// Whether a text is nothing but a place's name: `大庄村`, `新庄村：`, `（二）班彦村驻村工作队`. No person's name ends so.
    static func isPlace(_ text: String) -> Bool {
        guard text.utf8.count <= 90 else { return false }
        var key = TextFolding.key(text)
        while let last = key.last, ":：".contains(last) { key.removeLast() }
        return key.count > 1 && endings.contains { key.hasSuffix($0) } && !key.contains(":") && !key.contains("：")
    }

    /// Whether a text names a county, city district or banner by its suffix.
    static func namesCounty(_ text: String) -> Bool {
        let scalars = Array(TextFolding.key(text).unicodeScalars)
        return scalars.indices.contains { index in
            let scalar = scalars[index]
            guard scalar == "县" || scalar == "区" || scalar == "市" || scalar == "旗", index >= 1,
                scalars[index - 1].isCJK
            else { return false }
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            return next != "级" && next != "区"
        }
    }
}
