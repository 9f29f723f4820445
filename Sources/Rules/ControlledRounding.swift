/// Rounds a table of shares to whole numbers so that rows and columns still add up.
///
/// Each cell becomes the floor or the ceiling of its exact share, each row adds up to its own total, each column to the
/// given one, and of all such tables it is the one with the least sum of squared deviations. Among equally good ones it
/// is the first: the extra unit goes to the earlier row, then to the earlier column.
///
/// The whole parts are given; what is left to choose is which cells are rounded up. A cell with remainder r (in
/// hundredths) deviates by r² when rounded down and by (100 − r)² when up: rounding it up costs 100² − 200 r more. How
/// many cells go up is given by the sums, so the best choice has the largest sum of remainders. With three columns that
/// is a shortest path over (row, units left in column 1, in column 2), exact in whole numbers.
enum ControlledRounding {
    static let columnCount = 3

    /// `shares` in hundredths, one row of three for each part, each row adding up to whole units; `columns` the units
    /// of each column, which must be the floor or the ceiling of the column's exact sum.
    ///
    /// - Complexity: O(rows³).
    static func round(_ shares: [[Int]], columns: [Int]) -> [[Int]] {
        let floors = shares.map { $0.map { $0 / 100 } }
        let remainders = shares.map { $0.map { $0 % 100 } }
        let units = remainders.map { $0.reduce(0, +) / 100 }
        let left = (0..<columnCount).map { column in columns[column] - floors.reduce(0) { $0 + $1[column] } }
        precondition(
            remainders.allSatisfy { $0.reduce(0, +) % 100 == 0 } && left.allSatisfy { $0 >= 0 }
                && left.reduce(0, +) == units.reduce(0, +), "rows and columns must add up to the same whole")

        // best[row][a][b]: the largest sum of remainders of the rows from `row` on, with a and b units left for the
        // first two columns (the third has what remains); nil where the units do not fit.
        let (width, height) = (left[0] + 1, left[1] + 1)
        var best = [[Int?]](repeating: [Int?](repeating: nil, count: width * height), count: shares.count + 1)
        best[shares.count][0] = 0
        for row in shares.indices.reversed() {
            for first in 0..<width {
                for second in 0..<height {
                    var value: Int?
                    for choice in choices where fits(choice, remainders[row], units[row], first, second) {
                        let rest = best[row + 1][(first - choice[0]) * height + second - choice[1]]
                        if let rest { value = max(value ?? Int.min, rest + gain(choice, remainders[row])) }
                    }
                    best[row][first * height + second] = value
                }
            }
        }

        var rounded = floors
        var (first, second) = (left[0], left[1])
        for row in shares.indices {
            let wanted = best[row][first * height + second]
            let chosen = choices.first { choice in
                guard fits(choice, remainders[row], units[row], first, second),
                    let rest = best[row + 1][(first - choice[0]) * height + second - choice[1]]
                else { return false }
                return rest + gain(choice, remainders[row]) == wanted
            }
            guard let chosen else { preconditionFailure("a controlled rounding always exists") }
            for column in 0..<columnCount { rounded[row][column] += chosen[column] }
            first -= chosen[0]
            second -= chosen[1]
        }
        return rounded
    }

    /// Which columns of a row go up, the earlier columns first.
    private static let choices = [
        [1, 1, 1], [1, 1, 0], [1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0], [0, 0, 1], [0, 0, 0],
    ]

    /// A share that is whole stays; a row takes just its units; no column more than it has left.
    private static func fits(_ choice: [Int], _ remainders: [Int], _ units: Int, _ first: Int, _ second: Int) -> Bool {
        choice[0] + choice[1] + choice[2] == units && choice[0] <= first && choice[1] <= second
            && (0..<columnCount).allSatisfy { choice[$0] == 0 || remainders[$0] > 0 }
    }

    private static func gain(_ choice: [Int], _ remainders: [Int]) -> Int {
        choice[0] * remainders[0] + choice[1] * remainders[1] + choice[2] * remainders[2]
    }
}
