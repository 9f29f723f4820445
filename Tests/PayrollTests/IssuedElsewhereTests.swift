import Domain
import Foundation
import Ledger
import Matching
import Stages
import TestSupport
import Testing

@testable import Payroll

@Suite("What was issued is known in every county of a ledger")
struct IssuedElsewhereTests {
    private static let october = SequenceWorld.months[0]
    private static let person = 0

    private func month(_ county: Int, _ period: Period = october) -> CountyMonth {
        CountyMonth(county: SequenceWorld.counties[county], period: period)
    }

    /// From the 16th of October on in the second county.
    private func move(_ world: inout SequenceWorld) {
        world.stays[Self.person].end = CivilDate(2018, 10, 15)
        world.stays.append(
            .init(
                person: Self.person, place: .init(county: 1, index: 0), start: CivilDate(2018, 10, 16)!, end: nil))
    }

    private func register(_ office: SequenceOffice, _ world: SequenceWorld) throws {
        for county in 0..<2 {
            try office.write("\(SequenceWorld.counties[county].text)/村名录.csv", world.villageRegister(county))
            try office.write("\(SequenceWorld.counties[county].text)/花名册.csv", world.roster(county))
        }
    }

    /// 张世安 is paid October in the first county; then it turns out that he was in the second from the 16th.
    private func moved(_ office: SequenceOffice, _ world: inout SequenceWorld) throws {
        try register(office, world)
        try send(office, &world, 0, Set(1...31))
        try office.run()
        try office.close(month(0))
        move(&world)
        for county in 0..<2 {
            try office.write("\(SequenceWorld.counties[county].text)/花名册.csv", world.roster(county))
        }
        try send(office, &world, 1, Set(16...31))
    }

    private func send(
        _ office: SequenceOffice, _ world: inout SequenceWorld, _ county: Int, _ days: Set<Int>,
        _ mark: SequenceMark = .whole
    ) throws {
        let place = SequenceWorld.Place(county: county, index: 0)
        var row = SequenceWorld.Row()
        for day in days { row.marks[day] = mark }
        world.take(place, Self.october, [Self.person: row])
        try office.write(
            "\(SequenceWorld.counties[county].text)/考勤.csv",
            world.attendance(place, Self.october, [Self.person: row]))
        try office.run()
    }

    @Test("days that the old county's sheet no longer says are taken back in the new one, all of them as well as some")
    func correctedAway() throws {
        let office = try SequenceOffice()
        var world = SequenceWorld()
        move(&world)
        try register(office, world)
        let place = SequenceWorld.Place(county: 1, index: 0)
        try office.write(
            "\(SequenceWorld.counties[1].text)/本地.csv", world.attendance(place, Self.october, [3: .days(1...20)]))
        try send(office, &world, 0, Set(1...31))
        for county in 0..<2 { try office.close(month(county)) }
        let november = Self.october.next
        for county in 0..<2 {
            try office.write(
                "\(SequenceWorld.counties[county].text)/十一月.csv",
                world.attendance(SequenceWorld.Place(county: county, index: 0), november, [2 + county: .days(1...20)]))
        }
        for (days, owed) in [(Set(1...25), 6), (Set(1...15), 16), (Set(1...10), 16)] {
            try send(office, &world, 0, days)
            try office.context().ledger.read { ledger in
                let pay = try #require(try ledger.pay(month(1, november)))
                let back = pay.outstanding.filter { $0.person == SequenceWorld.id(Self.person) }
                #expect(back.map(\.amount) == [.yuan(60 * owed)], "days \(days.count)")
                #expect(!pay.findings.contains { $0.code == .closedLineHeld })
            }
        }
    }

    @Test("of a day that was issued whole the county keeps the half that another claims, and takes the other back")
    func halves() throws {
        let office = try SequenceOffice()
        var world = SequenceWorld()
        try moved(office, &world)
        let november = Self.october.next
        try office.write(
            "\(SequenceWorld.counties[0].text)/十一月.csv",
            world.attendance(
                SequenceWorld.Place(county: 0, index: 0), november, [2: .days(1...20), Self.person: .days([])]))
        try send(office, &world, 0, Set(1...15))
        try send(office, &world, 1, Set(16...31), .afternoon)
        try office.context().ledger.read { ledger in
            #expect(try ledger.pay(month(1))?.lines.isEmpty == true)
            let pay = try #require(try ledger.pay(month(0, november)))
            let owed = pay.outstanding.filter { $0.person == SequenceWorld.id(Self.person) }
            #expect(owed.map(\.amount) == [.yuan(480)], "sixteen mornings of which nobody says anything any more")
        }
        try office.close(month(0, november))
        // Once it is taken back in part, the morning may be claimed elsewhere; the afternoon never again.
        try office.context().ledger.read { ledger in
            let states = IssuedHistory.current(
                try ledger.issuedDays(county: SequenceWorld.counties[0], origin: Self.october))
            let own = try #require(states.first { $0.person == SequenceWorld.id(Self.person) })
            #expect(own.halves.total.count == 62, "what is outstanding is still issued")
        }
    }

    @Test("who moves to another county after closing is not paid twice: already issued there, settled between counties")
    func move() throws {
        let office = try SequenceOffice()
        var world = SequenceWorld()
        try moved(office, &world)
        // Both sheets claim the second half: due in neither.
        var findings = try office.context().ledger.read { try $0.monthFindings(month(1)) }
        #expect(findings.contains { $0.reason == .doublePresence })
        // The first county mends its sheet: now the second alone claims what the first county issued.
        try send(office, &world, 0, Set(1...15))
        try office.context().ledger.read { ledger in
            findings = try ledger.monthFindings(month(1))
            let issued = findings.filter { $0.reason == .alreadyIssued }
            #expect(issued.count == 16)
            #expect(issued.allSatisfy { $0.effect == .excluded && $0.arguments.contains("ZC-630202-201810") })
            #expect(try ledger.pay(month(1))?.lines.isEmpty == true)
            let carried = try ledger.pay(month(0, Self.october.next))
            #expect(
                carried?.lines.isEmpty == true, "the county that issued takes nothing back: \(carried?.lines ?? [])")
            let settlement = try #require(try ledger.payDetail(month(1)).settlements.first)
            #expect(settlement.halfDays == .days(16))
            #expect(settlement.amount == .yuan(960))
            #expect(settlement.issuer == SequenceWorld.counties[0])
        }
        try office.run(reporting: true)
        let name = "县际结算-2018-10.csv"
        let place = office.output + "/2018-10/\(SequenceWorld.counties[1].text)-民和回族土族自治县/finance/"
        let row = try #require(try CSVText(path: place + name).rows.first)
        #expect(row["发放县区"] == "乐都区")
        #expect(row["发放批次"] == "ZC-630202-201810")
        #expect(row["天数"] == "16")
        #expect(row["金额"] == "960.00")
        try office.close(month(1))
        try office.expectProven()
    }

    @Test("once the first county took its days back in a batch, the second pays them")
    func takenBack() throws {
        let office = try SequenceOffice()
        var world = SequenceWorld()
        try moved(office, &world)
        let november = Self.october.next
        let place = SequenceWorld.Place(county: 0, index: 0)
        try office.write(
            "\(SequenceWorld.counties[0].text)/十一月.csv",
            world.attendance(place, november, [Self.person: .days([])]))
        // Claimed by both: taken back. He has nothing in November, so all of it is outstanding, and still issued.
        try office.run()
        try office.context().ledger.read { ledger in
            let pay = try #require(try ledger.pay(month(0, november)))
            #expect(pay.outstanding.map(\.amount) == [.yuan(960)])
        }
        try office.close(month(0, november))
        try send(office, &world, 0, Set(1...15))
        try office.context().ledger.read { ledger in
            let second = try ledger.pay(month(1))
            let first = try ledger.pay(month(0, november.next))
            #expect(second?.lines.isEmpty == true, "an outstanding amount is still issued")
            #expect(first?.outstanding.isEmpty == true)
        }
    }
}
