/// A value of a form's field after its kind (date, amount, choice …) was applied.
public enum FieldValue: Hashable, Sendable, Codable {
    case text(String)
    case date(CivilDate)
    case amount(Fen)
    case count(Int)
    case flag(Bool)
    /// The canonical word of a choice field, for example 不称职.
    case choice(String)
    /// 清空: the field is to be emptied. Source: spec §5.2.
    case cleared
}

/// A field of a row: its value and the cell it was read from.
public struct SubmittedField: Hashable, Sendable, Codable {
    public var value: FieldValue
    public var cell: CellAddress
    /// As it stood in the cell.
    public var asSent: String
    /// Whether the cell held a number (an ID or an account then has passed through floating point).
    public var isNumber: Bool

    public init(value: FieldValue, cell: CellAddress, asSent: String, isNumber: Bool = false) {
        self.value = value
        self.cell = cell
        self.asSent = asSent
        self.isNumber = isNumber
    }
}

/// A row of any form but attendance, read and typed, not yet matched to persons or places.
public struct FormRow: Hashable, Sendable {
    public var form: FormID
    public var sheet: String
    /// The row's name cell, or its first filled cell.
    public var cell: CellAddress
    /// Fields that hold something readable; a blank optional field is left out.
    public var fields: FieldMap<SubmittedField>
    /// County, township as the title, label cells or folders above the row name them.
    public var context: [ContextText]
    /// A required field is missing or unreadable: the row is not used, but it is known.
    public var isHeld: Bool
    /// What was found in this row's cells; place and person are filled in when it is matched.
    public var findings: [Finding]
    /// The cells of fields beside the key that have a column but are blank in this row (a missing account has a cell
    /// too). A row held for them alone is used where other rows of its key say what they hold.
    public var blankCells: FieldMap<CellAddress>
    /// Required fields beside the key for which the sheet has no column: the row is held, and used where other rows of
    /// its key say what they hold.
    public var lacking: [FieldID] = []

    public init(
        form: FormID, sheet: String, cell: CellAddress, fields: FieldMap<SubmittedField>, context: [ContextText] = [],
        isHeld: Bool = false, findings: [Finding] = [], blankCells: FieldMap<CellAddress> = [:]
    ) {
        self.form = form
        self.sheet = sheet
        self.cell = cell
        self.fields = fields
        self.context = context
        self.isHeld = isHeld
        self.findings = findings
        self.blankCells = blankCells
    }

    /// The text of a text or choice field.
    public func text(_ field: FieldID) -> String? {
        switch fields[field]?.value {
        case .text(let text), .choice(let text): text
        default: nil
        }
    }
    public func date(_ field: FieldID) -> CivilDate? {
        if case .date(let date) = fields[field]?.value { date } else { nil }
    }
    public func amount(_ field: FieldID) -> Fen? {
        if case .amount(let amount) = fields[field]?.value { amount } else { nil }
    }
    public func count(_ field: FieldID) -> Int? {
        if case .count(let count) = fields[field]?.value { count } else { nil }
    }
    public func flag(_ field: FieldID) -> Bool? {
        if case .flag(let flag) = fields[field]?.value { flag } else { nil }
    }
}

/// A text above or around rows that may name their county, township, village or unit.
public struct ContextText: Hashable, Sendable, Codable {
    /// Where it stood; earlier kinds outrank later ones.
    public enum Kind: String, Hashable, Sendable, Codable, Comparable, CaseIterable {
        /// A label cell for one field: `村：大庄村`, `乡镇：洪水镇`.
        case label
        /// The title of the block or sheet.
        case title
        case sheetName
        case fileName
        case folder

        public static func < (left: Kind, right: Kind) -> Bool {
            allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
        }
    }

    public var kind: Kind
    /// The field a label names (`village`, `township`, `county`, `sendingUnit`, `name`, `residentID`); nil else.
    public var field: FieldID?
    /// The text; of a label only its value.
    public var text: String
    /// Nil for names of sheets, files and folders.
    public var cell: CellAddress?

    public init(kind: Kind, field: FieldID? = nil, text: String, cell: CellAddress? = nil) {
        self.kind = kind
        self.field = field
        self.text = text
        self.cell = cell
    }
}
