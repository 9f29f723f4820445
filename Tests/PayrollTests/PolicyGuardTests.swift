import Domain
import Foundation
import Ledger
import Matching
import Rules
import Stages
import TestSupport
import Testing

@testable import Payroll

@Suite("A policy file that gives closed months other values")
struct PolicyGuardTests {
    private let county = SequenceWorld.counties[0]
    private let october = SequenceWorld.months[0]

    /// October of one person, ten days, closed at 60 yuan; November open.
    private func office() throws -> SequenceOffice {
        let office = try SequenceOffice()
        let world = SequenceWorld()
        try office.write("\(county.text)/村名录.csv", world.villageRegister(0))
        try office.write("\(county.text)/花名册.csv", world.roster(0))
        let place = SequenceWorld.Place(county: 0, index: 0)
        try office.write("\(county.text)/十月.csv", world.attendance(place, october, [0: .days(1...10)]))
        try office.write("\(county.text)/十一月.csv", world.attendance(place, october.next, [0: .days(1...4)]))
        try office.run()
        try office.close(CountyMonth(county: county, period: october))
        return office
    }

    private func november(_ office: SequenceOffice) throws -> (lines: [PaymentLine], findings: [Finding]) {
        try office.context().ledger.read { ledger in
            let pay = try ledger.pay(CountyMonth(county: county, period: october.next))
            return (pay?.lines ?? [], pay?.findings ?? [])
        }
    }

    @Test("nothing is adjusted by itself: policy-changed names periods, people and net, and stands until it is adopted")
    func guarded() throws {
        let office = try office()
        office.policy = "seventy"
        try office.run()
        let (lines, findings) = try november(office)
        #expect(lines.map(\.total) == [.yuan(280)], "the open month is paid by the new file, and no October line")
        let changed = try #require(findings.first { $0.reason == .policyChanged })
        #expect(changed.arguments == ["seventy.yaml", "2018-10", "1", "100.00"])
        #expect(changed.stands)
        // Back to the file of the closing: nothing to tell.
        office.policy = "sixty"
        try office.run()
        let (_, quiet) = try november(office)
        #expect(!quiet.contains { $0.reason == .policyChanged })
    }

    @Test("adopted, it corrects closed months; its digest alone is adopted, and what it corrected stays corrected")
    func adopted() throws {
        let office = try office()
        office.policy = "seventy"
        try office.run()
        let stage = AdoptStage(try office.context())
        let preview = try stage.preview()
        #expect(preview.people == 1)
        #expect(preview.net == "100.00")
        #expect(throws: RunFailure.self) { _ = try stage.adopt(reason: " ", who: "会计") }
        _ = try stage.adopt(reason: "省里发文调整", who: "会计")
        try office.run()
        let (lines, findings) = try november(office)
        let correction = try #require(lines.first { $0.originPeriod == october })
        #expect(correction.total == .yuan(100))
        #expect(correction.halfDays == .zero)
        #expect(correction.note.contains("应发 10天×70.00＝700.00 元，已发 600.00 元"), "\(correction.note)")
        #expect(!findings.contains { $0.reason == .policyChanged })
        try office.close(CountyMonth(county: county, period: october.next))
        try office.expectProven()
        let manifest = office.finance(CountyMonth(county: county, period: october.next))
            .files["manifest-2018-11.json"].map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(manifest?.contains("省里发文调整") == true)
        // Another file is another digest, and takes nothing back by itself.
        office.policy = "sixty"
        try office.run()
        let pay = try office.context().ledger.read { ledger in
            try ledger.pay(CountyMonth(county: county, period: october.next.next))
        }
        #expect(pay?.lines.isEmpty == true)
        #expect(pay?.findings.contains { $0.reason == .policyChanged } == true)
    }

    @Test("a payable status that changes inside a month changes from that day; a stated total then has no rate")
    func insideMonth() {
        func parameter(_ id: ParameterID, _ values: [(CivilDate, ParameterValue)]) -> Parameter {
            Parameter(
                id: id,
                values: values.map {
                    DatedValue(value: $0.1, from: $0.0, title: "", unit: "", source: .measure(5))
                })
        }
        let first = CivilDate(2018, 10, 1)!
        let middle = MonthFixture.day(16)
        let policy = Policy(
            name: "test",
            parameters: [
                parameter(.livingStipendPerDay, [(first, .money(.yuan(60))), (middle, .money(.yuan(70)))]),
                parameter(.halfDayValue, [(first, .halfDays(HalfDays(1)))]),
                parameter(
                    .payableStatuses,
                    [(first, .statuses([.present])), (middle, .statuses([.present, .official]))]),
                parameter(.acceptTotalsOnly, [(first, .flag(true))]),
            ])
        let cadre = MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"))
        func month(_ row: AttendanceRow, _ layout: AttendanceLayoutID) -> (MonthAttendance, MonthEntitlement) {
            let records = MonthFixture.records([cadre])
            var input = MonthInput(
                period: MonthFixture.november, asOf: MonthFixture.afterwards, records: records,
                blocks: [MonthFixture.file("a.xlsx", MonthFixture.block([row], layout: layout))],
                payable: PayableStatuses(in: MonthFixture.november) { date in
                    Set(policy.statuses(.payableStatuses, on: date)?.value ?? [])
                }, acceptsTotalsOnly: true)
            input.totalRates = (1...30).map { $0 < 16 ? 1 : 2 }
            let month = MonthBuilder.build(input)
            return (
                month,
                EntitlementBuilder.build(month, records: records, policy: policy, asOf: MonthFixture.afterwards)
            )
        }
        let marks: [Int: AttendanceStatus] = [14: .official, 15: .official, 16: .official, 17: .official]
        let (_, paid) = month(MonthFixture.row("张世安", present: 1...3, marks: marks), .grid)
        #expect(paid.lines.map(\.total) == [.yuan(3 * 60 + 2 * 70)])
        var total = MonthFixture.row("张世安", total: MonthFixture.total("10", halfDays: 20))
        total.days = []
        let (held, pending) = month(total, .totalsOnly)
        #expect(held.rows[0].heldCodes == [.noDailyEvidence])
        #expect(pending.held.map(\.pendingAmount) == [.yuan(600)], "at the lower rate")
    }
}
