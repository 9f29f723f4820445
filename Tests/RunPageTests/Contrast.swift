import Foundation

/// Contrast of two colours as WCAG 2 counts it.
enum Contrast {
    /// The colour of a rule, six or three hexadecimal digits; nil where it has none.
    static func colour(_ property: String, in rule: Substring) -> [Double]? {
        guard let range = rule.range(of: property) else { return nil }
        let digits = rule[range.upperBound...].prefix { $0.isHexDigit }
        let all =
            digits.count == 3
            ? digits.map { "\($0)\($0)" }
            : stride(from: 0, to: 6, by: 2).map { index in
                String(digits.dropFirst(index).prefix(2))
            }
        return all.compactMap { Int($0, radix: 16).map { Double($0) / 255 } }
    }

    static func ratio(_ one: [Double], _ other: [Double]) -> Double {
        let (a, b) = (luminance(one), luminance(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ colour: [Double]) -> Double {
        zip(colour, [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
            let value = part.0 <= 0.03928 ? part.0 / 12.92 : pow((part.0 + 0.055) / 1.055, 2.4)
            return sum + value * part.1
        }
    }
}
