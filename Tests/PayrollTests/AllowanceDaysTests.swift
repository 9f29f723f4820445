import Domain
import Foundation
import Ledger
import Stages
import TestSupport
import Testing

/// Source: spec §7 («pro rata by posted calendar days … so that the month's parts add up»), §8 («the allowances of that
/// calendar day with it»).
@Suite("The allowances of a calendar day are issued once, whatever place a roster corrects a closed month to")
struct AllowanceDaysTests {
    private typealias Place = SequenceWorld.Place
    private static let october = SequenceWorld.months[0]
    private let counties = SequenceWorld.counties
    private let office: SequenceOffice
    private let world = SequenceWorld()

    /// October of 乐都区 closed: 张世安 and 李在场 ten days each in 大庄村, 260.40 of allowances each.
    init() throws {
        office = try SequenceOffice(hasAllowance: true)
        for county in 0..<2 {
            try office.write("\(counties[county].text)/村名录.csv", world.villageRegister(county))
            try office.write("\(counties[county].text)/花名册.csv", world.roster(county))
        }
        try send(Place(county: 0, index: 0), [0: .days(1...10), 2: .days(1...10)])
        try send(Place(county: 1, index: 0), [3: .days(1...10)])
        try office.close(CountyMonth(county: counties[0], period: Self.october))
    }

    private func send(_ place: Place, _ sheet: SequenceWorld.Sheet, of month: Period = october) throws {
        let name = month == Self.october ? "\(place.index)" : "\(month)-\(place.index)"
        try office.write(
            "\(counties[place.county].text)/考勤/\(name).csv", world.attendance(place, month, sheet))
        try office.run()
    }

    enum Correction: CaseIterable { case withdrawn, ended }

    /// 张世安 was at the place all the time: the posting that was paid is taken back, or ended before the month.
    private func correct(to place: Place, by correction: Correction) throws {
        var corrected = world
        let wrong = corrected.stays[0]
        let start = CivilDate(2018, 10, 1)!
        switch correction {
        case .withdrawn: corrected.stays.remove(at: 0)
        case .ended: corrected.stays[0].end = start.adding(days: -1)
        }
        corrected.stays.append(SequenceWorld.Stay(person: 0, place: place, start: start))
        for county in Set([0, place.county]).sorted() {
            try office.write(
                "\(counties[county].text)/花名册.csv",
                corrected.roster(county, withdrawn: correction == .withdrawn && county == 0 ? wrong : nil))
        }
        try office.run()
    }

    private func pay(_ county: Int, _ month: Period) throws -> MonthPay? {
        try office.context().ledger.read { try $0.pay(CountyMonth(county: counties[county], period: month)) }
    }

    /// What a month of a county carries of October for 张世安.
    private func due(_ county: Int, _ month: Period) throws -> [PaymentLine] {
        try pay(county, month)?.lines.filter {
            $0.person == SequenceWorld.id(0) && $0.originPeriod == Self.october
        } ?? []
    }

    private func told(_ county: Int) throws -> [Finding] {
        try office.context().ledger.read {
            try $0.payFindings(CountyMonth(county: counties[county], period: Self.october))
        }.filter { $0.personID == SequenceWorld.id(0).text }
    }

    @Test("within a county: both places mark him, the paid line stands, the other place's allowances wait beside it")
    func withinCounty() throws {
        let place = Place(county: 0, index: 1)
        try correct(to: place, by: .withdrawn)
        try send(place, [0: .days(1...10), 5: .days(1...3)])
        #expect(try due(0, Self.october.next).isEmpty)
        let waits = try #require(try told(0).first { $0.reason == .closedAllowancesElsewhere })
        #expect(waits.code == .closedLineHeld && waits.township == "雨润镇" && waits.value == "260.40")
        #expect(waits.arguments == ["2018年10月", "碾伯镇大庄村", "雨润镇上营村", "260.40"], "\(waits.arguments)")
        // The old place no longer names him: both lines wait for an answer.
        try send(Place(county: 0, index: 0), [2: .days(1...10)])
        #expect(try due(0, Self.october.next).isEmpty)
        let question = try #require(
            try office.context().ledger.read {
                try $0.payDetail(CountyMonth(county: counties[0], period: Self.october)).decisions.open
            }.first { $0.finding.code == .closedLineHeld })
        try office.write(
            "\(counties[0].text)/裁定/一.csv",
            [
                ["裁定表"], ["所属期", "代码", "处理", "裁定人", "裁定日期", "依据", "证据"],
                ["2018-10", "closed-line-held", "不认可", "李主任", "2019-12-30", "会议纪要", question.evidence],
            ])
        try office.run()
        // Taken back at one place, paid at the other, in one file.
        let lines = try due(0, Self.october.next).sorted { $0.total < $1.total }
        #expect(lines.map(\.total.yuanText) == ["-860.40", "860.40"], "\(lines)")
        #expect(try !told(0).contains { $0.reason == .closedAllowancesElsewhere })
        try office.close(CountyMonth(county: counties[0], period: Self.october.next))
        try office.expectProven()
    }

    @Test("within a county, the wrong posting ended before the month: taken back and paid in one file, or neither")
    func endedWithinCounty() throws {
        let place = Place(county: 0, index: 1)
        try correct(to: place, by: .ended)
        try send(place, [0: .days(1...10), 5: .days(1...3)])
        let lines = try due(0, Self.october.next)
        #expect(lines.reduce(Fen.zero) { $0 + ($1.townshipSubsidy ?? .zero) } == .zero, "\(lines)")
    }

    @Test(
        "over two counties: what the first county issued and did not take back is not paid beside it by the second",
        arguments: Correction.allCases)
    func overCounties(_ correction: Correction) throws {
        let place = Place(county: 1, index: 0)
        try correct(to: place, by: correction)
        try send(place, [0: .days(1...10), 3: .days(1...10)])
        let lines = try due(1, Self.october)
        #expect(lines.allSatisfy { ($0.townshipSubsidy ?? .zero) == .zero }, "\(lines)")
        let waits = try #require(try told(1).first { $0.reason == .allowancesIssuedElsewhere })
        #expect(waits.code == .alreadyIssued && waits.arguments[1] == "ZC-630202-201810", "\(waits)")
        try office.close(CountyMonth(county: counties[1], period: Self.october))
        try office.expectProven()
    }

    @Test("over two counties, a posting that comes to share a paid month: its part waits till the first took it back")
    func newlyShared() throws {
        let place = Place(county: 1, index: 0)
        var shared = world
        shared.stays.append(SequenceWorld.Stay(person: 0, place: place, start: CivilDate(2018, 10, 1)!))
        try office.write("\(counties[1].text)/花名册.csv", shared.roster(1))
        try send(Place(county: 0, index: 0), [0: .days(1...10), 2: .days(1...10)], of: Self.october.next)
        func subsidies(_ county: Int, _ month: Period) throws -> [String] {
            try due(county, month).map { ($0.townshipSubsidy ?? .zero).yuanText }
        }
        #expect(try subsidies(0, Self.october.next) == ["-130.20"])
        #expect(try due(1, Self.october).isEmpty)
        let waits = try #require(try told(1).first { $0.reason == .allowancesIssuedElsewhere })
        #expect(waits.arguments == ["31", "ZC-630202-201810", "130.20"], "\(waits)")
        try office.close(CountyMonth(county: counties[0], period: Self.october.next))
        try office.run()
        #expect(try subsidies(1, Self.october) == ["130.20"])
        #expect(try !told(1).contains { $0.reason == .allowancesIssuedElsewhere })
        try office.close(CountyMonth(county: counties[1], period: Self.october))
        try office.run()
        #expect(try due(0, Self.october.next.next).isEmpty)
        try office.expectProven()
    }

    @Test(
        "an adopted policy file that was edited since and pays the same goes on by the adopted bytes, and that is told")
    func editedPolicy() throws {
        office.policy = "seventy"
        try office.run()
        _ = try AdoptStage(try office.context()).adopt(reason: "会议决定", who: "会计")
        try office.run()
        func carried() throws -> MonthPay? { try pay(0, Self.october.next) }
        let lines = try carried()?.lines.filter { $0.originPeriod == Self.october }
        #expect(lines?.map(\.total.yuanText) == ["100.00", "100.00"], "\(lines ?? [])")
        #expect(try carried()?.findings.isEmpty == true)
        let path = office.policyPath("seventy")
        try (String(contentsOfFile: path, encoding: .utf8) + "# 说明\n").write(
            toFile: path, atomically: true, encoding: .utf8)
        try office.run()
        let told = try #require(try carried()?.findings.first)
        #expect(told.reason == .policyFileEdited && told.code == .policyChanged && !told.stands)
        #expect(told.arguments.first == "seventy.yaml")
        #expect(try carried()?.lines.filter { $0.originPeriod == Self.october } == lines)
    }

    @Test("a run as of a day before the end of a closed month takes nothing back for days after it")
    func earlierDay() throws {
        office.asOf = CivilDate(2018, 10, 5)!
        try office.run()
        #expect(try pay(0, Self.october.next)?.outstanding.isEmpty == true)
        #expect(try due(0, Self.october.next).isEmpty)
        #expect(try told(0).isEmpty)
        let month = try office.context().ledger.read {
            try $0.month(CountyMonth(county: counties[0], period: Self.october))
        }
        #expect(month?.findings.contains { $0.code == .futureDay } == false)
    }

    @Test("over two counties without a mark: once the first county took its allowances back, the second pays them")
    func takenBack() throws {
        // Paid in 大庄村 in November too, so that there is something to take October's allowances out of.
        try correct(to: Place(county: 1, index: 0), by: .ended)
        try send(Place(county: 0, index: 0), [0: SequenceWorld.Row(), 2: .days(1...10)])
        #expect(try due(1, Self.october).isEmpty)
        let back = try due(0, Self.october.next)
        #expect(back.isEmpty, "he is paid nothing there any more: it is outstanding and still issued")
        #expect(try pay(0, Self.october.next)?.outstanding.map(\.amount.yuanText) == ["860.40"])
        try office.expectProven()
    }
}
