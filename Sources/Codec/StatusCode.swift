import Domain

/// The number of each status in kept bytes: frozen, whatever order the enum gets. A new status takes the next number.
enum StatusCode {
    static func number(_ status: AttendanceStatus) -> UInt8 {
        switch status {
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

    private static let statuses: [AttendanceStatus] = [
        .present, .official, .training, .leave, .sick, .absent, .withdrawn, .rest, .blank, .unknown, .uncached,
    ]

    static func status(_ number: UInt8) throws(PackingError) -> AttendanceStatus {
        guard Int(number) < statuses.count else { throw PackingError(what: "status") }
        return statuses[Int(number)]
    }
}
