import Domain

extension Explanation.Reading {
    /// Of somebody of whom nothing was kept but his lines.
    static func unread(_ name: String, _ month: CountyMonth) -> Explanation.Reading {
        Explanation.Reading(
            name: name, county: month.county.text, sendingUnit: "", days: [], held: [], decisions: [],
            registered: [], rates: [], allowances: [], impossible: [], isWhole: false)
    }
}

extension Explanation.Later {
    /// What a reading says otherwise than the one before it.
    ///
    /// - Parameter batch: the batch that rests on it; empty for the last run's.
    init(_ new: Explanation.Reading, after old: Explanation.Reading, batch: String) {
        func changed<Value: Equatable>(_ part: (Explanation.Reading) -> [Value]) -> [Value]? {
            part(new) == part(old) ? nil : part(new)
        }
        self.init(
            batch: batch, changes: Explanation.Change.between(old.days, new.days),
            registered: old.isWhole ? Explanation.Later.registered(old.registered, new.registered) : [],
            held: changed(\.held), decisions: old.isWhole ? changed(\.decisions) : nil,
            rates: old.isWhole || !old.rates.isEmpty ? changed(\.rates) : nil,
            allowances: old.isWhole ? changed(\.allowances) : nil,
            impossible: old.isWhole ? changed(\.impossible) : nil)
    }

    /// Fields that say something else than before; which cell says the same is no news.
    private static func registered(
        _ old: [Explanation.Registered], _ new: [Explanation.Registered]
    ) -> [Explanation.Registered] {
        let known = Set(old.map { [$0.subject, $0.title, $0.value] })
        return new.filter { !known.contains([$0.subject, $0.title, $0.value]) }
    }
}

extension Explanation.Change {
    /// Days whose mark, what it counts for or where it is paid is not what it was.
    static func between(_ old: [Explanation.Day], _ new: [Explanation.Day]) -> [Explanation.Change] {
        let before = Dictionary(grouping: old.filter(isTold), by: \.date)
        let after = Dictionary(grouping: new.filter(isTold), by: \.date)
        return Set(before.keys).union(after.keys).sorted().flatMap { date -> [Explanation.Change] in
            let was = before[date] ?? []
            let now = after[date] ?? []
            let gone = was.filter { day in !now.contains { isSame($0, day) } }
            let come = now.filter { day in !was.contains { isSame($0, day) } }
            return (0..<max(gone.count, come.count)).map { index in
                Explanation.Change(
                    date: date, old: index < gone.count ? gone[index] : nil,
                    new: index < come.count ? come[index] : nil)
            }
        }
    }

    /// A blank cell says nothing.
    private static func isTold(_ day: Explanation.Day) -> Bool {
        !day.mark.isEmpty || day.counted != "no" || !day.status.hasPrefix(AttendanceStatus.blank.rawValue)
    }

    private static func isSame(_ left: Explanation.Day, _ right: Explanation.Day) -> Bool {
        (left.mark, left.counted, left.village) == (right.mark, right.counted, right.village)
    }
}
