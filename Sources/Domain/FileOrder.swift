/// Which of two submissions is newer: later modification time, then path, then arrival. Source: spec §5.2.
public struct FileOrder: Hashable, Comparable, Sendable {
    /// Unit: nanoseconds since 1970.
    public let modified: Int
    /// Relative to the inbox.
    public let path: String
    /// Counts up with every accepted submission.
    public let arrival: Int

    public init(modified: Int, path: String, arrival: Int) {
        self.modified = modified
        self.path = path
        self.arrival = arrival
    }

    public static func < (left: FileOrder, right: FileOrder) -> Bool {
        (left.modified, left.path, left.arrival) < (right.modified, right.path, right.arrival)
    }
}
