/// The rounding steps of money. There is no other place where a fraction of a fen is dropped.
enum Rounding {
    /// `numerator ÷ denominator`, half up (a half away from zero upwards), both not negative.
    static func halfUp(_ numerator: Int, _ denominator: Int) -> Int {
        precondition(numerator >= 0 && denominator > 0, "amounts and denominators are not negative")
        return (2 * numerator + denominator) / (2 * denominator)
    }

    /// Whole parts of `numerators[i] ÷ denominator` that add up to the half-up rounding of their sum: each part its
    /// floor, the rest to the largest remainders, ties to the earlier part.
    static func largestRemainder(_ numerators: [Int], _ denominator: Int) -> [Int] {
        largestRemainder(numerators, denominator, total: halfUp(numerators.reduce(0, +), denominator))
    }

    /// The same for a given total, which lies between the sum of the floors and that of the ceilings.
    static func largestRemainder(_ numerators: [Int], _ denominator: Int, total: Int) -> [Int] {
        var parts = numerators.map { $0 / denominator }
        let rest = total - parts.reduce(0, +)
        let order = numerators.indices.sorted { left, right in
            let remainders = (numerators[left] % denominator, numerators[right] % denominator)
            return remainders.0 == remainders.1 ? left < right : remainders.0 > remainders.1
        }
        for index in order.prefix(max(0, rest)) { parts[index] += 1 }
        return parts
    }
}
