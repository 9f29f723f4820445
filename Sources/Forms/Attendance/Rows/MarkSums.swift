import Domain

/// Half days of a row by status, as read.
struct MarkSums: Equatable, Sendable {
    private var counts = SIMD16<Int32>.zero
    /// Days with a mark in either half.
    private(set) var markedDays = 0
    /// Days with a mark that is no rest.
    private(set) var dueDays = 0
    /// Days looked at, marked or not.
    private(set) var days = 0

    subscript(status: AttendanceStatus) -> Int { Int(counts[status.place]) }

    mutating func add(_ morning: AttendanceStatus, _ afternoon: AttendanceStatus) {
        counts[morning.place] &+= 1
        counts[afternoon.place] &+= 1
        days += 1
        if morning != .blank || afternoon != .blank {
            markedDays += 1
            if ![.blank, .rest].contains(morning) || ![.blank, .rest].contains(afternoon) { dueDays += 1 }
        }
    }

    /// One half of a day turned out to be no mark of that status.
    mutating func forget(_ status: AttendanceStatus) {
        counts[status.place] &-= 1
        counts[AttendanceStatus.unknown.place] &+= 1
    }

    static func + (left: MarkSums, right: MarkSums) -> MarkSums {
        var sum = left
        sum.counts &+= right.counts
        sum.markedDays += right.markedDays
        sum.dueDays += right.dueDays
        sum.days += right.days
        return sum
    }

    var present: HalfDays { HalfDays(self[.present]) }
    /// Present, official and training.
    var stationed: HalfDays { HalfDays(self[.present] + self[.official] + self[.training]) }
    /// Every half with a mark.
    var marked: HalfDays { HalfDays(2 * days - self[.blank]) }
}

extension AttendanceStatus {
    fileprivate var place: Int {
        switch self {
        case .present: 0
        case .official: 1
        case .training: 2
        case .leave: 3
        case .sick: 4
        case .absent: 5
        case .withdrawn: 6
        case .rest: 7
        case .blank: 8
        case .unknown: 9
        case .uncached: 10
        }
    }
}
