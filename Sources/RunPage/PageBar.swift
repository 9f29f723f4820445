/// A horizontal bar of several parts as inline SVG. It prints where backgrounds do not, and needs no script.
struct PageBar {
    /// A part: its length, and the class that gives it its look.
    struct Part {
        var length: Int
        var look: String
    }

    /// Width of the drawing; lengths are whole units of it.
    static let width = 1000

    /// Parts drawn one after the other, `scale` being the full width; a part above 0 is never invisible.
    static func parts(_ parts: [Part], scale: Int) -> [[String: Any]] {
        var x = 0
        return parts.compactMap { part in
            guard part.length > 0, scale > 0, x < width else { return nil }
            let exact = multiplied(part.length, by: width, over: scale)
            let length = min(max(4, exact), width - x)
            defer { x += length }
            return ["x": tenths(x), "w": tenths(length), "look": part.look]
        }
    }

    /// Thousandths as percent: `12.5`.
    private static func tenths(_ thousandths: Int) -> String {
        thousandths % 10 == 0 ? "\(thousandths / 10)" : "\(thousandths / 10).\(thousandths % 10)"
    }

    /// `a × b ÷ c` without overflow for amounts of any size.
    private static func multiplied(_ a: Int, by b: Int, over c: Int) -> Int {
        let product = a.multipliedFullWidth(by: b)
        // A part is never longer than the whole.
        guard a <= c else { return b }
        return c.dividingFullWidth(product).quotient
    }
}
