import Domain

/// The sending units that are known. Source: spec §5.6: by full name, else by a unique suffix.
public struct UnitIndex: Sendable {
    private var byKey: [String: UnitRecord] = [:]
    private var keys: [String] = []
    private var resolved: [String: String] = [:]

    public init(_ units: [UnitRecord]) {
        for unit in units { byKey[TextFolding.key(unit.name)] = unit }
        keys = byKey.keys.sorted()
    }

    /// The unit a text names, nil where none or more than one fits.
    public func unit(named text: String) -> UnitRecord? {
        let key = TextFolding.key(text)
        if key.isEmpty { return nil }
        if let exact = byKey[key] { return exact }
        let fits = keys.filter { $0.hasSuffix(key) }
        if fits.count == 1 { return byKey[fits[0]] }
        // 原单位及职务: 区财政局预算股股长 begins with the unit and ends with a duty; 区财政局农税站 is a unit of its own.
        let duties = ["长", "主任", "员", "师", "书记", "干部", "经理", "主席"]
        let heads = keys.filter { head in
            key.hasPrefix(head) && duties.contains { key.dropFirst(head.count).hasSuffix($0) }
        }
        return fits.isEmpty ? heads.max { ($0.count, $1) < ($1.count, $0) }.flatMap { byKey[$0] } : nil
    }

    /// Keys of the units among which the answer to a key is looked for.
    func candidates(_ key: String) -> [String] {
        byKey[key] == nil ? keys.filter { $0.hasSuffix(key) || key.hasPrefix($0) } : [key]
    }

    func record(_ key: String) -> UnitRecord? { byKey[key] }

    /// Whether a sheet's text may mean the unit of that full name.
    public func isSame(_ text: String, _ fullName: String) -> Bool {
        let sent = TextFolding.key(text)
        let full = TextFolding.key(fullName)
        if sent == full { return true }
        if let unit = unit(named: text) { return TextFolding.key(unit.name) == full }
        // Several units end so: the short form fits each of them.
        return full.hasSuffix(sent) || sent.hasSuffix(full)
    }
}
