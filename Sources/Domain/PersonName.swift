/// A person's name: as sent, with the key by which names are compared.
///
/// Source: spec §5.6. Names repeat; a name alone never identifies a person across townships.
public struct PersonName: Hashable, Sendable, Codable {
    /// As it stands in the cell.
    public let asSent: String
    /// Trimmed, width-folded, CJK inner spaces removed, every middle dot between letters made `·`.
    public let key: String

    /// Any text; the key of blank text is empty.
    public init(_ text: String) {
        asSent = text
        key = PersonName.key(of: text)
    }

    /// Whether nothing but white space was sent.
    public var isBlank: Bool { key.isEmpty }

    /// The name for a report: the sent one without outer white space.
    public var display: String { TextFolding.trimmed(asSent) }

    /// The name without what stands in brackets behind it: `王守成（第一书记）` gives 王守成. A text that is nothing but
    /// brackets stays as it is.
    public static func withoutRemark(_ text: String) -> String {
        let opening: Set<Unicode.Scalar> = ["(", "（", "[", "［", "【", "〔"]
        let closing: Set<Unicode.Scalar> = [")", "）", "]", "］", "】", "〕"]
        let trimmed = TextFolding.trimmed(text)
        // Nearly every name has no remark, and names are read by the million.
        guard trimmed.unicodeScalars.last.map(closing.contains) == true else { return trimmed }
        var rest = Array(trimmed.unicodeScalars)
        // 甲（1-15日）/乙（16-30日）: what stands between brackets is no remark.
        while let last = rest.last, closing.contains(last) {
            var depth = 0
            var start: Int?
            for place in rest.indices.reversed() where start == nil {
                if closing.contains(rest[place]) { depth += 1 }
                if opening.contains(rest[place]) { depth -= 1 }
                if depth == 0 { start = place }
            }
            guard let start else { return trimmed }
            rest.removeSubrange(start...)
            while let last = rest.last, TextFolding.isSpace(last) { rest.removeLast() }
        }
        return rest.isEmpty ? trimmed : String(String.UnicodeScalarView(rest))
    }

    private static let roles = [
        "驻村第一书记", "第一书记", "驻村工作队队长", "工作队队长", "工作队副队长", "驻村工作队队员", "工作队队员", "驻村工作队员", "工作队员", "驻村队员",
        "副队长", "队长", "队员", "副组长", "组长", "组员",
    ]

    /// The name without the role before it: `第一书记：王守成`, `队长 李延禄`. A role and a name without anything between
    /// them stay one text: a name may begin so.
    static func withoutRole(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "驻第工队副组".unicodeScalars.contains(first),
            let role = roles.first(where: { text.hasPrefix($0) })
        else { return text }
        let behind = text.dropFirst(role.count)
        let name = behind.drop { $0 == ":" || $0 == "：" || $0.unicodeScalars.allSatisfy(TextFolding.isSpace) }
        return name.isEmpty || name.count == behind.count ? text : String(name)
    }

    static func key(of text: String) -> String {
        let bare = withoutRole(withoutRemark(text))
        let folded = LookAlikes.folded(TextFolding.halfWidth(CompatibilityFolding.folded(bare)))
        let isLatin = folded.unicodeScalars.allSatisfy { $0.value < 0x250 }
        var scalars = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in folded.unicodeScalars {
            if TextFolding.isSpace(scalar) {
                pendingSpace = isLatin && !scalars.isEmpty
                continue
            }
            if pendingSpace { scalars.append(" ") }
            pendingSpace = false
            scalars.append(TextFolding.isMiddleDot(scalar) ? "·" : scalar)
        }
        // A dot at either end separates nothing.
        while scalars.first == "·" { scalars.removeFirst() }
        while scalars.last == "·" { scalars.removeLast() }
        return withoutNumber(String(scalars))
    }

    /// 1.王守成, 2、李延禄, ③马文: what counts the rows is no part of a name.
    private static func withoutNumber(_ key: String) -> String {
        guard let first = key.utf8.first, (48...57).contains(first) || first == 0x28 else { return key }
        let numbered = key.drop { $0 == "(" }
        let behind = numbered.drop { $0.isASCII && $0.isNumber }
        guard behind.startIndex > numbered.startIndex else { return key }
        let rest = behind.drop { "·、.)".contains($0) }
        return rest.isEmpty ? key : String(rest)
    }
}

/// The part of NFKC that names and places meet: width, ligatures, enclosed and superscript forms.
///
/// Canonical equivalence needs nothing here: Swift compares and hashes strings by it.
enum CompatibilityFolding {
    static func folded(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { table($0) != nil }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if let replacement = table(scalar) { result += replacement } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }

    private static func table(_ scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x2460...0x2473: String(scalar.value - 0x2460 + 1)
        case 0x2160...0x216B:
            ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"][Int(scalar.value - 0x2160)]
        case 0xFB00: "ff"
        case 0xFB01: "fi"
        case 0xFB02: "fl"
        case 0x2F00...0x2FD5: KangxiRadicals.ideograph(scalar)
        default: nil
        }
    }
}

/// Forms of one ideograph that a reader takes for the same in a name: old print forms beside today's.
///
/// Only pairs whose members never tell two people apart; 丽 and 麗 look different and stay two names.
enum LookAlikes {
    private static let pairs: [Unicode.Scalar: Unicode.Scalar] = {
        let text = "黃黄呂吕靑青淸清髙高吳吴內内溫温緖绪眞真敎教曺曹戶户卽即旣既徳德録录峯峰羣群"
        let scalars = Array(text.unicodeScalars)
        var pairs: [Unicode.Scalar: Unicode.Scalar] = [:]
        for index in stride(from: 0, to: scalars.count - 1, by: 2) { pairs[scalars[index]] = scalars[index + 1] }
        return pairs
    }()

    static func folded(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { pairs[$0] != nil }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(pairs[scalar] ?? scalar) }
        return String(scalars)
    }
}

/// Kangxi radicals (U+2F00…) that input methods put in place of the ideograph they resemble.
enum KangxiRadicals {
    private static let ideographs = Array(
        ("一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广"
            + "廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石"
            + "示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶"
            + "隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠").unicodeScalars)

    static func ideograph(_ radical: Unicode.Scalar) -> String? {
        let index = Int(radical.value - 0x2F00)
        return index < ideographs.count ? String(Character(ideographs[index])) : nil
    }
}
