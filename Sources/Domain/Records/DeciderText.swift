/// 裁定人 as people write it: names, with a role before or behind, several of them, or an ID. Source: spec §5.8.
public struct DeciderText: Sendable {
    /// Folded, one a decider.
    private let parts: [String]
    private let ids: Set<ResidentID>

    public init(_ text: String) {
        let separators: Set<Character> = ["、", ",", "，", ";", "；", "/", "和", "与", "及", "\n"]
        let sent = text.split(whereSeparator: separators.contains).map(String.init)
        // A name may hold a word that separates others: the text as a whole is a part too.
        parts = ([text] + sent).map { PersonName($0).key }.filter { !$0.isEmpty }
        ids = Set(([text] + sent).compactMap { ResidentID.whole($0) })
    }

    /// Whether each of the deciders is one of these, by the key of the name.
    public func areAll(of keys: Set<String>) -> Bool {
        guard let whole = parts.first else { return false }
        return keys.contains(whole) || parts.count > 1 && parts.dropFirst().allSatisfy(keys.contains)
    }

    /// Whether one of the deciders is this person.
    ///
    /// - Parameter name: the key of the name; one character says too little to be found in a longer text.
    public func names(_ name: String, _ id: ResidentID?) -> Bool {
        if let id, ids.contains(id) { return true }
        guard !name.isEmpty else { return false }
        return parts.contains { part in
            if part == name { return true }
            guard name.count > 1 else { return false }
            if part.hasSuffix(name) { return DeciderText.endsInRole(part.dropLast(name.count)) }
            return part.hasPrefix(name) && DeciderText.isRole(part.dropFirst(name.count))
        }
    }

    /// What roles end in: 第一书记 工作队长 镇长 县委常委 科员 干部 主任 同志.
    private static let endings = [
        "书记", "长", "员", "干部", "干事", "主任", "主席", "委", "负责人", "同志", "代表", "秘书", "助理", ":", ")", " ",
    ]

    private static func endsInRole(_ text: Substring) -> Bool { endings.contains { text.hasSuffix($0) } }

    private static func isRole(_ text: Substring) -> Bool {
        let bare = text.drop { "(: ".contains($0) }
        return endsInRole(bare) || endsInRole(bare.prefix { $0 != ")" })
    }
}
