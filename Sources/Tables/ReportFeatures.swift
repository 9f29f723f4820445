import Domain

/// A note on a cell, shown when the reader points at it.
public struct ReportComment: Hashable, Sendable {
    public let cell: CellAddress
    public let text: String
    /// Shown without pointing.
    public let isVisible: Bool

    public init(cell: CellAddress, text: String, isVisible: Bool = false) {
        self.cell = cell
        self.text = text
        self.isVisible = isVisible
    }
}

/// A drop-down of allowed values.
public struct ReportValidation: Hashable, Sendable {
    public enum Source: Hashable, Sendable {
        /// Together at most 255 characters with their commas; none holds a comma.
        case values([String])
        /// A range such as `'选项'!$A$1:$A$9`.
        case range(String)
    }

    public let range: CellRange
    public let source: Source
    /// Whether other values are refused, or only warned about.
    public let isStrict: Bool
    public let inputTitle: String
    public let inputMessage: String
    public let errorTitle: String
    public let errorMessage: String

    public init(
        range: CellRange, source: Source, isStrict: Bool = true, inputTitle: String = "", inputMessage: String = "",
        errorTitle: String = "", errorMessage: String = ""
    ) {
        self.range = range
        self.source = source
        self.isStrict = isStrict
        self.inputTitle = inputTitle
        self.inputMessage = inputMessage
        self.errorTitle = errorTitle
        self.errorMessage = errorMessage
    }
}

/// Bars behind the numbers of a range.
public struct ReportDataBar: Hashable, Sendable {
    public let range: CellRange
    /// 0xRRGGBB.
    public let color: Int
    /// The value of an empty bar and of a full one; nil for the smallest and largest of the range.
    public let bounds: ClosedRange<Int>?

    public init(range: CellRange, color: Int, bounds: ClosedRange<Int>? = nil) {
        self.range = range
        self.color = color
        self.bounds = bounds
    }
}

/// Clustered bars of series over the same categories.
public struct ReportChart: Hashable, Sendable {
    public struct Series: Hashable, Sendable {
        public let name: String
        public let values: CellRange
        /// 0xRRGGBB.
        public let color: Int

        public init(name: String, values: CellRange, color: Int) {
            self.name = name
            self.values = values
            self.color = color
        }
    }

    public enum Kind: Hashable, Sendable { case columns, bars }

    public var kind: Kind
    public var title: String
    /// The sheet that holds the ranges.
    public var sheet: String
    public var categories: CellRange
    public var series: [Series]
    /// Its top left corner.
    public var at: CellAddress
    /// Unit: pixels.
    public var width: Int
    /// Unit: pixels.
    public var height: Int
    public var valueAxisTitle: String
    /// For readers who cannot see it.
    public var description: String

    public init(
        kind: Kind = .columns, title: String, sheet: String, categories: CellRange, series: [Series], at: CellAddress,
        width: Int = 720, height: Int = 320, valueAxisTitle: String = "", description: String = ""
    ) {
        self.kind = kind
        self.title = title
        self.sheet = sheet
        self.categories = categories
        self.series = series
        self.at = at
        self.width = width
        self.height = height
        self.valueAxisTitle = valueAxisTitle
        self.description = description
    }
}
