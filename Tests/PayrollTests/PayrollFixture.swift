import Domain
import Matching
import Rules
import TestSupport

@testable import Payroll

/// Policies and lines for the tests of pay.
enum PayrollFixture {
    static let ordinary = Policy(name: "test", parameters: stated)

    /// Monthly rates of 345.00 and 200.00 for everybody, from the beginning of 2018.
    static let withAllowances = Policy(
        name: "test", parameters: stated,
        rateTables: [
            table(.hardshipAllowance, [.villageCounty], ["乐都区"], 345_00),
            table(.townshipSubsidy, [.villageCounty], ["乐都区"], 200_00),
        ])

    static let acceptingTotals = Policy(
        name: "test", parameters: stated + [parameter(.acceptTotalsOnly, .flag(true))])

    static let stated = [
        parameter(.livingStipendPerDay, .money(.yuan(60))), parameter(.halfDayValue, .halfDays(HalfDays(1))),
        parameter(.payableStatuses, .statuses([.present])),
    ]

    private static func parameter(_ id: ParameterID, _ value: ParameterValue) -> Parameter {
        Parameter(
            id: id,
            values: [
                DatedValue(value: value, from: CivilDate(2018, 10, 1)!, title: "", unit: "", source: .measure(5))
            ])
    }

    private static func table(_ id: RateTableID, _ keys: [RateKey], _ key: [String], _ fen: Int) -> RateTable {
        RateTable(
            id: id, title: id.chinese, unit: "元/人·月", source: .measure(5), keys: keys,
            rows: [
                .init(
                    key: key,
                    rate: DatedValue(
                        value: Fen(fen), from: CivilDate(2018, 1, 1)!, title: id.chinese, unit: "元/人·月",
                        source: .measure(5)))
            ])
    }

    static func entitlement(
        _ cadres: [Cadre], _ blocks: [SubmittedBlock], policy: Policy = ordinary,
        period: Period = MonthFixture.november, asOf: CivilDate = MonthFixture.afterwards
    ) -> MonthEntitlement {
        let records = MonthFixture.records(cadres)
        let input = MonthInput(
            period: period, asOf: asOf, records: records, blocks: blocks,
            acceptsTotalsOnly: policy.flag(.acceptTotalsOnly, on: period.lastDay)?.value ?? false)
        return EntitlementBuilder.build(MonthBuilder.build(input), records: records, policy: policy, asOf: asOf)
    }

    /// An issued line: days × 60, allowances as given. Unit of the amounts: fen.
    static func line(
        _ cadre: Cadre, halfDays: Int, hardship: Int? = nil, subsidy: Int? = nil, origin: Period = october,
        period: Period = october, village: String? = nil
    ) -> PaymentLine {
        PaymentLine(
            county: MonthFixture.county.code, period: period, originPeriod: origin, person: cadre.id,
            name: cadre.name.display, sendingUnit: cadre.postings[0].sendingUnit,
            township: cadre.postings[0].township, village: village ?? cadre.postings[0].village,
            halfDays: HalfDays(halfDays), dailyRate: Fen.yuan(60), livingStipend: Fen(halfDays * 3000),
            hardshipAllowance: hardship.map(Fen.init), townshipSubsidy: subsidy.map(Fen.init))
    }

    static let october = Period(year: 2018, month: 10)!
    static let november = MonthFixture.november
}

extension MonthEntitlement {
    /// `大庄村 1200.00`, by village.
    var totals: [String: String] {
        Dictionary(lines.map { ($0.village, $0.total.yuanText) }, uniquingKeysWith: { "\($0)+\($1)" })
    }
}
