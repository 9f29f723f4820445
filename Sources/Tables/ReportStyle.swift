/// How a cell looks: a small value, equal styles are one format in the file.
public struct ReportStyle: Hashable, Sendable {
    /// Fonts that the reader's office has; named in the file, never embedded.
    public enum Font: String, Hashable, Sendable {
        /// Body.
        case song = "宋体"
        /// Titles and headings.
        case hei = "黑体"
    }

    public enum Border: Hashable, Sendable {
        case none, thin
        /// Only below: a signature or a total.
        case bottom
    }

    public enum Horizontal: Hashable, Sendable { case general, left, center, right }
    public enum Vertical: Hashable, Sendable { case top, center, bottom }

    public enum NumberFormat: Hashable, Sendable {
        case general
        /// `@`: what is typed stays text.
        case text
        /// `1,234.50`, negative `-1,234.50`.
        case amount
        /// `22`, `21.5`.
        case days
        case integer
        /// `58.33%`.
        case percent
        /// `2018-11-05`.
        case date
        /// Any format code of the file format.
        case code(String)

        /// The format code as the file writes it.
        public var code: String {
            switch self {
            case .general: "General"
            // A trailing `_ ` keeps the figure off the border.
            case .days: "General_ "
            case .text: "@"
            case .amount: "#,##0.00_ "
            case .integer: "0_ "
            case .percent: "0.00%_ "
            case .date: "yyyy-mm-dd"
            case .code(let code): code
            }
        }
    }

    public var font: Font
    /// Unit: points.
    public var size: Int
    public var isBold: Bool
    public var isItalic: Bool
    public var isUnderlined: Bool
    /// 0xRRGGBB; nil for black.
    public var color: Int?
    /// 0xRRGGBB; nil for none.
    public var fill: Int?
    public var border: Border
    public var horizontal: Horizontal
    /// Air between the border and the text, left or right as it is aligned. Unit: about the width of two digits.
    public var indent: Int
    public var vertical: Vertical
    public var wraps: Bool
    /// Shrinks what is too long instead of cutting it off; ignored where the cell wraps.
    public var shrinks: Bool
    public var numberFormat: NumberFormat
    /// May be typed in though the sheet is protected.
    public var isUnlocked: Bool

    public init(
        font: Font = .song, size: Int = 10, isBold: Bool = false, isItalic: Bool = false, isUnderlined: Bool = false,
        color: Int? = nil, fill: Int? = nil, border: Border = .none, horizontal: Horizontal = .general,
        indent: Int = 0, vertical: Vertical = .center, wraps: Bool = false, shrinks: Bool = false,
        numberFormat: NumberFormat = .general, isUnlocked: Bool = false
    ) {
        self.font = font
        self.size = size
        self.isBold = isBold
        self.isItalic = isItalic
        self.isUnderlined = isUnderlined
        self.color = color
        self.fill = fill
        self.border = border
        self.horizontal = horizontal
        self.indent = indent
        self.vertical = vertical
        self.wraps = wraps
        self.shrinks = shrinks
        self.numberFormat = numberFormat
        self.isUnlocked = isUnlocked
    }

    /// One word for all traits but a format code of its own: styles are looked up once a cell.
    public func hash(into hasher: inout Hasher) {
        var bits = size << 8 | (font == .hei ? 1 : 0) | (isBold ? 2 : 0) | (isItalic ? 4 : 0)
        bits |=
            (isUnderlined ? 8 : 0) | (wraps ? 16 : 0) | (shrinks ? 32 : 0) | (isUnlocked ? 64 : 0)
            | (indent > 0 ? 128 : 0)
        bits ^= (fill ?? -1) << 20 ^ (color ?? -1) << 36
        let places: Int =
            switch (border, horizontal) {
            case (.none, _): 0
            case (.thin, .general): 1
            case (.thin, .left): 2
            case (.thin, .center): 3
            case (.thin, .right): 4
            case (.bottom, _): 5
            }
        let format: Int =
            switch numberFormat {
            case .general: 0
            case .text: 1
            case .amount: 2
            case .days: 3
            case .integer: 4
            case .percent: 5
            case .date: 6
            case .code: 7
            }
        hasher.combine(bits ^ places << 14 ^ format << 17)
    }

    /// The style with some of its traits changed.
    public func with(_ change: (inout ReportStyle) -> Void) -> ReportStyle {
        var style = self
        change(&style)
        return style
    }
}
