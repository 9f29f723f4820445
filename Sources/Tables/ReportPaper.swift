/// What of a sheet fits onto paper, and how large it is there.
///
/// Columns are measured in digits of the body's font. That is a matter of the reader's machine: 宋体 has digits half as
/// wide as they are high, what stands in for it where it is missing has wider ones (DejaVu Sans: 0.636).
public struct ReportPaper: Sendable {
    /// Between the margins. Unit: points.
    public let across: Double
    /// The same from top to bottom.
    public let down: Double

    private static let millimetre = 72 / 25.4

    /// The paper of a page's setting.
    public init(_ page: ReportPage) {
        let (short, long) = page.paper == .a3 ? (297, 420) : (210, 297)
        let (width, height) = page.isLandscape ? (long, short) : (short, long)
        across = Double(width - 2 * page.sideMarginMillimetres) * ReportPaper.millimetre
        let ends = page.topMarginMillimetres + page.bottomMarginMillimetres
        down = Double(height - ends) * ReportPaper.millimetre
    }

    /// How wide columns are at most, unscaled. `widths`: in widths of the digit 0. Unit: points.
    private static func widest(_ widths: [Double]) -> Double { widths.reduce(0) { $0 + $1 * 6.4 + 3.75 } }

    /// How wide they are at least: seven pixels a digit and five of air.
    private static func narrowest(_ widths: [Double]) -> Double { widths.reduce(0) { $0 + ($1 * 7 + 5) * 0.75 } }

    /// Widths with which the page, fitted to the paper's width, prints at `percent` or more, where that can be: what
    /// can spare most, and wraps, gets narrower.
    ///
    /// - Parameter least: how narrow a column of a width may become.
    public func squeezed(_ widths: [Double], percent: Int, least: (Int, Double) -> Double) -> [Double] {
        let least = widths.enumerated().map { min($1, least($0, $1)) }
        var widths = widths
        // Programs round the scale down to whole percents.
        while ReportPaper.widest(widths) * (Double(percent) + 1.5) > 100 * across {
            let spare = widths.indices.map { widths[$0] - least[$0] }
            guard let index = spare.indices.max(by: { (spare[$0], $1) < (spare[$1], $0) }), spare[index] > 0.05 else {
                break
            }
            widths[index] -= min(0.5, spare[index])
        }
        return widths
    }

    /// A page and widths with which columns print at `percent` or more: on A4 where that can be, else on A3.
    ///
    /// - Parameter least: how narrow a column of a width may become.
    public static func fitted(
        _ page: ReportPage, _ widths: [Double], percent: Int, least: (Int, Double) -> Double
    ) -> (page: ReportPage, widths: [Double]) {
        var page = page
        let onA4 = ReportPaper(page).squeezed(widths, percent: percent, least: least)
        if widest(onA4) * Double(percent) <= 100 * ReportPaper(page).across { return (page, onA4) }
        page.paper = .a3
        return (page, ReportPaper(page).squeezed(widths, percent: percent, least: least))
    }

    /// What a page holds from top to bottom however large it is printed: programs fit to the width by making smaller,
    /// never larger. Unit: points, unscaled.
    public func room(_ widths: [Double]) -> Double {
        // A little is left for printers.
        down * 0.97 * max(1, ReportPaper.narrowest(widths) / across)
    }
}

/// Which rows stand on which page, where the end of a sheet must not be torn apart.
public struct ReportPages: Hashable, Sendable {
    /// How many rows each page holds; never empty. The last one also holds the foot, with a row above it at least.
    public let counts: [Int]

    /// Rows that go over to the page of the foot with it, where there are so many.
    private static let kept = 2

    /// - Parameters:
    ///   - heights: of the rows above the foot. Unit: points.
    ///   - heads: rows that say what the next one is; none is the last of a page.
    ///   - room: of a page for them.
    ///   - opening: what stands above a row that a page, but the first, begins with. Unit: points.
    public init(
        heights: [Double], heads: Set<Int> = [], room: Double, foot: Double, opening: (Int) -> Double = { _ in 0 }
    ) {
        var counts: [Int] = []
        var next = 0
        while true {
            var height = next == 0 ? 0 : opening(next)
            var count = 0
            while next + count < heights.count, count == 0 || height + heights[next + count] <= room {
                height += heights[next + count]
                count += 1
            }
            let isLast = next + count == heights.count
            if isLast, height + foot <= room || count <= 1 {
                counts.append(count)
                break
            }
            // All rows fit, the foot does not: some rows go with it.
            if isLast { count = max(1, count - ReportPages.kept) }
            while count > 1, heads.contains(next + count - 1) { count -= 1 }
            counts.append(count)
            next += count
        }
        self.counts = counts
    }
}
