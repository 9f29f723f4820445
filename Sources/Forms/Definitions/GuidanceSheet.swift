import Domain

/// A sheet that goes with a form and holds no records: instructions, a list of findings. Source: `pipelines/forms/`.
///
/// Both its name and its title must fit, so that a table of records under an unlucky name is never passed over.
public struct GuidanceSheet: Hashable, Sendable {
    /// The sheet's name; a number that a spreadsheet program appends to a copy, as in `填写说明 (2)`, is allowed.
    public var sheet: String
    /// What the first filled cell begins with.
    public var title: String

    public init(sheet: String, title: String) {
        self.sheet = sheet
        self.title = title
    }
}

/// A guidance sheet, folded for comparison.
struct GuidanceIndex: Sendable {
    let sheet: GuidanceSheet
    private let nameKey: String
    private let titleKey: String

    init(_ sheet: GuidanceSheet) {
        self.sheet = sheet
        nameKey = TextFolding.key(sheet.sheet)
        titleKey = TextFolding.key(sheet.title)
    }

    func fits(sheet name: String, title: String) -> Bool {
        let key = TextFolding.key(name)
        guard key.hasPrefix(nameKey), TextFolding.key(title).hasPrefix(titleKey) else { return false }
        return key.dropFirst(nameKey.count).allSatisfy { "()_0123456789".contains($0) }
    }
}
