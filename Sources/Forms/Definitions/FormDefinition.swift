import Domain

/// What a field of a form holds, and so how its cells are read.
public enum FieldKind: String, Hashable, Sendable, Codable, CaseIterable {
    case text
    /// A person's name: text kept as sent.
    case name
    /// An ID number: text kept as sent; whether the cell held a number is told beside it.
    case residentID
    /// A bank account: as `residentID`.
    case account
    /// A day.
    case date
    /// A day, or a month alone (then its first day).
    case monthOrDate
    /// A last day: a day, a month alone (then its last day), or a word that it has not come (至今), which is none.
    case endDate
    /// Money, in 元 or 万元.
    case amount
    /// A whole number of people or things.
    case count
    /// A calendar year.
    case year
    /// 是/否.
    case flag
    /// One of a few words.
    case choice
}

/// A canonical word of a choice field, with the other words that mean it.
public struct FieldChoice: Hashable, Sendable, Codable {
    /// The word that results carry.
    public var word: String
    public var synonyms: [String]
    /// Parts of texts that mean it too, where no word fits exactly: of several the longest, of equal ones the first.
    public var contains: [String]

    public init(word: String, synonyms: [String] = [], contains: [String] = []) {
        self.word = word
        self.synonyms = synonyms
        self.contains = contains
    }
}

/// A field of a form: how its column is headed and what its cells hold. Source: `pipelines/forms/`.
public struct FieldDefinition: Hashable, Sendable, Codable {
    public var field: FieldID
    /// The heading as the spec writes it; what findings call the column.
    public var heading: String
    public var kind: FieldKind
    /// Other headings that mean the same column, the surest first: where two columns fit, the earlier synonym wins.
    public var synonyms: [String]
    /// Parts of headings: tried where no heading fits exactly, the longest first.
    public var contains: [String]
    public var isRequired: Bool
    /// Part of the natural key of the form's rows.
    public var isKey: Bool
    /// A missing column or empty cell may be told by the title, a label, or the names of sheet, file and folders.
    public var isFromContext: Bool
    /// Canonical words of a choice field.
    public var choices: [FieldChoice]
    /// What to fill in, with an example, for who fills in an empty form; empty where the kind says it all.
    public var note = ""
    /// Words that an empty form offers; of a choice field instead of the canonical ones.
    public var offers: [String] = []

    public init(
        field: FieldID, heading: String, kind: FieldKind = .text, synonyms: [String] = [], contains: [String] = [],
        isRequired: Bool = false, isKey: Bool = false, isFromContext: Bool = false, choices: [FieldChoice] = []
    ) {
        self.field = field
        self.heading = heading
        self.kind = kind
        self.synonyms = synonyms
        self.contains = contains
        self.isRequired = isRequired
        self.isKey = isKey
        self.isFromContext = isFromContext
        self.choices = choices
    }
}

/// A form of the spec's §5.3 as data: how its title and its columns are called.
public struct FormDefinition: Hashable, Sendable, Codable {
    public var id: FormID
    /// Chinese title, as findings call the form.
    public var title: String
    /// The title of a sheet contains one of these.
    public var titleWords: [String]
    /// Those of them that name this form only where no other form's word stands in the title: 签到 beside 培训.
    public var yields: [String]
    public var fields: [FieldDefinition]
    /// A row that is blank in this field says nothing (a pre-filled row that nobody decided on); nil for none.
    public var onlyWith: FieldID?
    /// A sheet without a title that has a column of one of these fields, in whatever form's words, is another form.
    public var without: [FieldID]

    public init(
        id: FormID, title: String, titleWords: [String], yields: [String] = [], fields: [FieldDefinition],
        onlyWith: FieldID? = nil, without: [FieldID] = []
    ) {
        self.id = id
        self.title = title
        self.titleWords = titleWords
        self.yields = yields
        self.fields = fields
        self.onlyWith = onlyWith
        self.without = without
    }

    /// The field of that name, nil where the form has none.
    public func field(_ id: FieldID) -> FieldDefinition? { fields.first { $0.field == id } }
}
