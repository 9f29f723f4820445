/// Counts that a stage tells its driver on stdout: `27 files seen, 25 read, 3 refused`.
public enum StageCounts {
    /// Each count under the last word of its part; parts that are none are passed over.
    public static func parse(_ line: String) -> [String: Int] {
        var counts: [String: Int] = [:]
        for part in line.split(whereSeparator: { $0 == "," || $0.isNewline }) {
            let words = part.split(separator: " ")
            guard words.count >= 2, let first = words.first, let count = Int(first), let name = words.last else {
                continue
            }
            counts[String(name)] = count
        }
        return counts
    }
}
