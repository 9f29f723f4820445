/// How a cell looks: a few words without references, equal styles are one format in the file.
public struct ReportStyle: Hashable, Sendable, BitwiseCopyable {
    /// Fonts that the reader's office has; named in the file, never embedded.
    public enum Font: String, Hashable, Sendable, BitwiseCopyable {
        /// Body.
        case song = "宋体"
        /// Titles and headings.
        case hei = "黑体"
    }

    public enum Border: UInt32, Hashable, Sendable, BitwiseCopyable {
        case none, thin
        /// Only below: a signature or a total.
        case bottom
    }

    public enum Horizontal: UInt32, Hashable, Sendable, BitwiseCopyable { case general, left, center, right }
    public enum Vertical: UInt32, Hashable, Sendable, BitwiseCopyable { case top, center, bottom }

    public enum NumberFormat: UInt32, Hashable, Sendable, BitwiseCopyable {
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
        /// `2018-11-05 08:30:00`.
        case dateTime
        /// `08:30:00`.
        case time
        /// Of a date, the day alone: `5`.
        case dayOfMonth
        /// Every digit, however many.
        case digits

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
            case .dateTime: "yyyy-mm-dd hh:mm:ss"
            case .time: "hh:mm:ss"
            case .dayOfMonth: "d"
            case .digits: "0"
            }
        }
    }

    public var font: Font
    /// Unit: points; at most 127.
    public var size: Int {
        get { Int(points) }
        set { points = UInt8(clamping: newValue) }
    }
    public var isBold: Bool
    public var isItalic: Bool
    public var isUnderlined: Bool
    /// 0xRRGGBB; nil for black.
    public var color: Int? {
        get { ink < 0 ? nil : Int(ink) }
        set { ink = newValue.map { Int32($0 & 0xFF_FFFF) } ?? -1 }
    }
    /// 0xRRGGBB; nil for none.
    public var fill: Int? {
        get { paper < 0 ? nil : Int(paper) }
        set { paper = newValue.map { Int32($0 & 0xFF_FFFF) } ?? -1 }
    }
    public var border: Border
    public var horizontal: Horizontal
    /// Air between the border and the text, left or right as it is aligned. Unit: about the width of two digits.
    public var indent: Int {
        get { Int(air) }
        set { air = UInt8(clamping: newValue) }
    }
    public var vertical: Vertical
    public var wraps: Bool
    /// Shrinks what is too long instead of cutting it off; ignored where the cell wraps.
    public var shrinks: Bool
    public var numberFormat: NumberFormat
    /// May be typed in though the sheet is protected.
    public var isUnlocked: Bool

    private var points: UInt8
    private var air: UInt8
    private var ink: Int32
    private var paper: Int32

    public init(
        font: Font = .song, size: Int = 10, isBold: Bool = false, isItalic: Bool = false, isUnderlined: Bool = false,
        color: Int? = nil, fill: Int? = nil, border: Border = .none, horizontal: Horizontal = .general,
        indent: Int = 0, vertical: Vertical = .center, wraps: Bool = false, shrinks: Bool = false,
        numberFormat: NumberFormat = .general, isUnlocked: Bool = false
    ) {
        self.font = font
        points = UInt8(clamping: size)
        self.isBold = isBold
        self.isItalic = isItalic
        self.isUnderlined = isUnderlined
        ink = color.map { Int32($0 & 0xFF_FFFF) } ?? -1
        paper = fill.map { Int32($0 & 0xFF_FFFF) } ?? -1
        self.border = border
        self.horizontal = horizontal
        air = UInt8(clamping: indent)
        self.vertical = vertical
        self.wraps = wraps
        self.shrinks = shrinks
        self.numberFormat = numberFormat
        self.isUnlocked = isUnlocked
    }

    /// Two words hold all traits: styles are looked up once a cell.
    public func hash(into hasher: inout Hasher) {
        var bits: UInt32 = (font == .hei ? 1 : 0) | (isBold ? 2 : 0) | (isItalic ? 4 : 0) | (isUnderlined ? 8 : 0)
        bits |= (wraps ? 16 : 0) | (shrinks ? 32 : 0) | (isUnlocked ? 64 : 0) | UInt32(points) << 8
        bits |= border.rawValue << 16 | horizontal.rawValue << 18 | vertical.rawValue << 20
        bits |= numberFormat.rawValue << 22 | UInt32(air) << 28
        hasher.combine(UInt64(bits) << 32 | UInt64(UInt32(bitPattern: ink &* 31 ^ paper)))
    }

    /// The style with some of its traits changed.
    public func with(_ change: (inout ReportStyle) -> Void) -> ReportStyle {
        var style = self
        change(&style)
        return style
    }
}
