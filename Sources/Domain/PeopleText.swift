/// Several people in one cell: the one place that splits them.
///
/// `赵海、钱江`; `陈志（市级） 褚亮（县级）`; `王金 冯火`; `县长 李明` is one, as is `王 金`.
public enum PeopleText {
    /// Somebody named in a cell.
    public struct Person: Hashable, Sendable {
        public var name: PersonName
        /// What stands in brackets behind the name: a duty, a level; empty where nothing does.
        public var remark: String
    }

    /// Everybody whom the cell names, in its order, none twice.
    public static func people(_ text: String) -> [Person] {
        var seen: Set<String> = []
        return parts(text).flatMap(spaced).compactMap(person).filter { seen.insert($0.name.key).inserted }
    }

    private static let separators: Set<Unicode.Scalar> = ["、", ",", "，", ";", "；", "/", "／", "\n", "\r", "|"]
    private static let opening: Set<Unicode.Scalar> = ["(", "（", "[", "［", "【", "〔"]
    private static let closing: Set<Unicode.Scalar> = [")", "）", "]", "］", "】", "〕"]

    /// What separators part, and what a closing bracket ends.
    private static func parts(_ text: String) -> [String] {
        var parts: [String] = []
        var part = String.UnicodeScalarView()
        var depth = 0
        for scalar in text.unicodeScalars {
            if opening.contains(scalar) { depth += 1 }
            if depth == 0, separators.contains(scalar) {
                parts.append(String(part))
                part = String.UnicodeScalarView()
                continue
            }
            part.append(scalar)
            if closing.contains(scalar), depth > 0 {
                depth -= 1
                guard depth == 0 else { continue }
                parts.append(String(part))
                part = String.UnicodeScalarView()
            }
        }
        parts.append(String(part))
        return parts.filter { !TextFolding.key($0).isEmpty }
    }

    /// Names parted by spaces: each begins with a surname that is common and has two characters or more (`才让 多杰` is
    /// one name), and none is a duty alone.
    private static func spaced(_ text: String) -> [String] {
        guard !text.unicodeScalars.contains(where: { opening.contains($0) }) else { return [text] }
        let names = words(text).filter { !isDuty($0) }
        if names.isEmpty { return [text] }
        return names.allSatisfy(beginsWithSurname) ? names : [names.joined()]
    }

    private static func words(_ text: String) -> [String] {
        let words = text.unicodeScalars.split(whereSeparator: TextFolding.isSpace).map { String($0) }
        // Spaces of a Latin name are part of it.
        return words.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value < 0x250 } } ? [text] : words
    }

    private static func beginsWithSurname(_ word: String) -> Bool {
        guard let first = word.unicodeScalars.first else { return false }
        return word.unicodeScalars.count >= 2 && surnames.contains(first)
    }

    private static let surnames = Set(
        ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏"
            + "付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤褚卫施华戚喻柏水窦章云葛奚郎鲁昌苗凤花俞柳酆鲍费廉岑倪滕"
            + "殷毕邬安乐时傅齐康伍元卜平和穆萧祁祝纪舒屈项米贝明臧计伏成谈茅庞蓝闵席季麻强路娄危童颜梅盛刁骆樊凌霍虞支柯管莘经房裘缪干解应宗宣"
            + "贲郁单杭洪包诸左焦甄储仇祖符景詹束幸司郜乔双党翟冀牛边扈燕尚温庄晏柴瞿阎连习艾鱼容古易慎戈终居衡步都耿满弘匡文寇广禄阙东欧").unicodeScalars)

    private static let duties = [
        "县委书记", "区委书记", "市委书记", "州委书记", "乡党委书记", "镇党委书记", "党委书记", "党组书记", "副书记", "书记", "副省长", "省长", "副市长", "市长",
        "副州长", "州长", "副县长", "县长", "副区长", "区长", "副镇长", "镇长", "副乡长", "乡长", "副局长", "局长", "副主任", "主任", "副部长", "部长",
        "副厅长", "厅长", "副处长", "处长", "副主席", "主席", "副行长", "行长", "副校长", "校长", "院长", "经理", "常委", "组长", "队长", "同志",
    ]

    /// Whether the word names a duty and nobody: 县长, 县委副书记.
    private static func isDuty(_ word: String) -> Bool {
        guard let duty = duties.first(where: { word.hasSuffix($0) }) else { return false }
        let head = word.dropLast(duty.count)
        return head.isEmpty
            || ["县委", "区委", "市委", "州委", "省委", "党委", "党组", "县", "区", "市", "州", "省", "乡", "镇"].contains(head)
            || head.count > 4
    }

    private static func person(_ text: String) -> Person? {
        let bare = TextFolding.trimmed(text)
        let start = bare.unicodeScalars.firstIndex { opening.contains($0) } ?? bare.unicodeScalars.endIndex
        var name = TextFolding.trimmed(String(bare.unicodeScalars[..<start]))
        let remark = bare.unicodeScalars[start...].filter { !opening.contains($0) && !closing.contains($0) }
        let words = words(name)
        let names = words.filter { !isDuty($0) }
        if words.count > 1, !names.isEmpty, names.count < words.count { name = names.joined() }
        let person = Person(
            name: PersonName(withoutDuty(name)), remark: TextFolding.trimmed(String(String.UnicodeScalarView(remark))))
        return person.name.isBlank ? nil : person
    }

    /// `县长李明` is 李明; 陈市长, who is called so, stays.
    private static func withoutDuty(_ name: String) -> String {
        for duty in duties {
            guard let range = name.firstRange(of: duty), range.upperBound < name.endIndex else { continue }
            let head = name[..<range.lowerBound]
            let rest = name[range.upperBound...]
            guard isDuty(String(head) + duty), (2...4).contains(rest.count) else { continue }
            return String(rest)
        }
        return name
    }
}
