import Domain
import Ledger
import Stages
import TestSupport
import Testing

@testable import Payroll

/// Source: spec §8: «An amount whose taking back is outstanding is still issued, its latest days first.»
/// Found by random sequences: days were counted at the rate that holds now, not at what was issued.
@Suite("Days that stay issued while something is outstanding")
struct OutstandingStateTests {
    private static let october = SequenceWorld.months[0]
    private static let november = SequenceWorld.months[1]
    private let county = SequenceWorld.counties[0]
    private let place = SequenceWorld.Place(county: 0, index: 0)

    /// October closed at 60 yuan a day: 张世安 ten days, with the allowance of the month; then 70 adopted.
    private func office() throws -> SequenceOffice {
        let office = try SequenceOffice(hasAllowance: true)
        let world = SequenceWorld()
        try office.write("\(county.text)/村名录.csv", world.villageRegister(0))
        try office.write("\(county.text)/花名册.csv", world.roster(0))
        try send(office, Self.october, [0: .days(1...10), 2: .days(1...10)])
        try office.close(CountyMonth(county: county, period: Self.october))
        office.policy = "seventy"
        try office.run()
        _ = try AdoptStage(try office.context()).adopt(reason: "会议决定", who: "会计")
        try office.run()
        return office
    }

    private func send(_ office: SequenceOffice, _ month: Period, _ sheet: SequenceWorld.Sheet) throws {
        try office.write("\(county.text)/\(month).csv", SequenceWorld().attendance(place, month, sheet))
        try office.run()
    }

    /// Net half-days that lines of October were issued for, the half-days kept for them, and days with allowances.
    private func issued(_ office: SequenceOffice) throws -> (lines: Int, kept: Int, posted: Int, fen: Int) {
        try office.context().ledger.read { ledger in
            let id = SequenceWorld.id(0)
            let lines = try ledger.issued(county: county, origin: Self.october).filter { $0.person == id }
            let states = IssuedHistory.current(try ledger.issuedDays(county: county, origin: Self.october)).filter {
                $0.person == id
            }
            return (
                lines.reduce(0) { $0 + $1.halfDays.count }, states.reduce(0) { $0 + $1.halves.total.count },
                states.reduce(0) { $0 + $1.posted.nonzeroBitCount }, lines.reduce(0) { $0 + $1.total.amount }
            )
        }
    }

    @Test("nothing can be taken back: every day stays issued, whatever a day is worth by now")
    func nothing() throws {
        let office = try office()
        // Nobody's November pays him anything out of which it could be taken.
        var world = SequenceWorld()
        world.stays[0].end = CivilDate(2018, 10, 31)
        try office.write("\(county.text)/花名册.csv", world.roster(0))
        try send(office, Self.october, [0: .days([]), 2: .days(1...10)])
        try send(office, Self.november, [2: .days(1...12)])
        try office.close(CountyMonth(county: county, period: Self.november))
        let after = try issued(office)
        #expect(after.lines == 20 && after.kept == 20 && after.posted == 31, "\(after)")
    }

    @Test("a part is taken back: as many days stay issued as the lines leave")
    func part() throws {
        let office = try office()
        try send(office, Self.october, [0: .days([]), 2: .days(1...10)])
        try send(office, Self.november, [0: .days(1...2), 2: .days(1...12)])
        try office.close(CountyMonth(county: county, period: Self.november))
        let after = try issued(office)
        #expect(after.lines > 0 && after.lines < 20 && after.kept == after.lines, "\(after)")
    }

    @Test("days gain by a new rate what allowances lose, and the rest is outstanding: nothing of either was carried")
    func offset() throws {
        let office = try office()
        let before = try issued(office)
        var world = SequenceWorld()
        world.stays[0].end = CivilDate(2018, 10, 15)
        try office.write("\(county.text)/花名册.csv", world.roster(0))
        try send(office, Self.november, [2: .days(1...12)])
        let owed = try office.context().ledger.read { ledger in
            try ledger.pay(CountyMonth(county: county, period: Self.november))?.outstanding ?? []
        }
        #expect(owed.map(\.person) == [SequenceWorld.id(0)], "\(owed)")
        try office.close(CountyMonth(county: county, period: Self.november))
        let after = try issued(office)
        #expect(after == before, "\(after)")
    }
}
