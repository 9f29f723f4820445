import Domain

/// Whether a text can be a person's name: by its shape alone.
enum NameText {
    /// What stands where a name should and is none: 空缺, 同上, √.
    private static let vacant: Set<String> = [
        "空缺", "暂缺", "待定", "无", "没有", "同上", "未派", "空", "缺", "暂无", "〃", "″", "姓名", "人员", "合计", "小计",
        "上旬", "中旬", "下旬", "上半月", "下半月", "第一周", "第二周", "第三周", "第四周", "第五周", "第六周",
    ]
    private static let places = [
        "村", "社区", "镇", "乡", "县", "区", "市", "州", "省", "局", "委", "办", "院", "校", "中心", "队", "站", "厅", "公司", "委员会", "政府",
        "部",
        "银行", "学校", "组", "会", "所", "科", "室", "科员", "书记", "队员", "干部", "主任", "组长", "队长", "局长", "职务", "职级", "男", "女",
        "汉族", "藏族", "回族", "土族", "撒拉族", "蒙古族",
    ]

    /// A text that cannot name anybody: no letters at all, or a word for nobody.
    static func isNobody(_ text: String) -> Bool {
        let key = TextFolding.key(text)
        if vacant.contains(bare(key)) || key.count <= 8 && vacancies.contains(where: { ByteText.contains(key, $0) }) {
            return true
        }
        return !key.unicodeScalars.contains { isLetter($0) }
    }

    /// Words of a post that nobody holds: 第一书记空缺, 待派.
    private static let vacancies = ["空缺", "暂缺", "缺员", "缺额", "待派", "未派"]

    /// Without brackets and dashes around it.
    private static func bare(_ key: String) -> String {
        var key = key[...]
        while let first = key.first, "([【（-—_ ".contains(first) { key = key.dropFirst() }
        while let last = key.last, ")]】）-—_ ".contains(last) { key = key.dropLast() }
        return String(key)
    }

    /// Letters of names: Chinese, Latin, Tibetan, and what else is no sign or digit.
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isCJK || scalar.isLatinLetter || (0x0F40...0x0FBC).contains(scalar.value) { return true }
        return scalar.value > 0xBF && scalar.properties.isAlphabetic
    }

    /// Whether a text looks like a name, for finding a column of names without a heading that says so.
    static func isPlausible(_ text: String) -> Bool {
        let key = PersonName(text).key
        guard !vacant.contains(key), (2...16).contains(key.count),
            key.unicodeScalars.allSatisfy({ $0.isCJK || $0 == "·" })
        else { return false }
        if places.contains(where: { key.hasSuffix($0) }) { return false }
        let parts = key.split(separator: "·")
        if parts.count == 1 {
            return key.count <= 6 && (key.count <= 4 || MarkMeaning.status(of: key) == nil) && !isMark(key)
        }
        return parts.count <= 4 && parts.allSatisfy { $0.count <= 6 }
    }

    private static func isMark(_ key: String) -> Bool {
        MarkMeaning.status(of: key) != nil && key.count >= 2 && key.count <= 4
    }
}
