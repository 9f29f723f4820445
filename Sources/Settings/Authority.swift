import Domain

/// Who decides, and from which inbox folders what only the county may say is taken. Source: spec §5.8.
///
/// Shape: `authority: {decisions: [裁定], bankReturns: [回盘], deciders: [], registers: []}`; an empty list is anywhere or
/// anybody.
public struct Authority: Hashable, Sendable {
    /// Folders of 裁定表.
    public var decisions: [String] = []
    /// Folders of 银行回盘.
    public var bankReturns: [String] = []
    /// Names that may stand as 裁定人.
    public var deciders: [String] = []
    /// Folders of registers that may empty fields, withdraw rows and name bank accounts.
    public var registers: [String] = []

    public init() {}

    init(_ node: StrictYAML) throws(SettingsFileError) {
        let fields = try node.fields(required: [], optional: ["decisions", "bankReturns", "deciders", "registers"])
        decisions = try Authority.texts(fields["decisions"])
        bankReturns = try Authority.texts(fields["bankReturns"])
        deciders = try Authority.texts(fields["deciders"])
        registers = try Authority.texts(fields["registers"])
    }

    private static func texts(_ node: StrictYAML?) throws(SettingsFileError) -> [String] {
        guard let node else { return [] }
        var texts: [String] = []
        for item in try node.items() { texts.append(try item.text()) }
        return texts
    }
}
