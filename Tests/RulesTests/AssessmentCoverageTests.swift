import Domain
import Rules
import Testing

@Suite("M6 and M7, who is not assessed; units' 优秀; shares of prefecture and province")
struct AssessmentCoverageTests {
    private let posted = Fixture.posting("一村", "2018-05-01")

    @Test("In post without an assessment of the year: awaited while the year runs, missing from the first day after")
    func unassessed() {
        var county = County(
            Fixture.cadre(1, nil, posted), Fixture.cadre(2, nil, posted),
            Fixture.cadre(3, nil, Fixture.posting("一村", "2018-05-01", "2019-12-30")),
            Fixture.cadre(4, nil, Fixture.posting("一村", "2018-05-01", "2019-12-31")))
        county.assess(1, .competent)
        county.assess(2, .excellent, year: 2018)
        county.receive(.roster, .assessment)
        func rows(_ asOf: String) -> [String] {
            Unassessed.compute(county.input(asOf)).rows.map { "\($0.person.name) \($0.status)" }
        }
        #expect(rows("2019-12-30") == ["某2 待考核", "某3 待考核", "某4 待考核"])
        #expect(rows("2019-12-31") == ["某2 待考核", "某4 待考核"])
        #expect(rows("2020-01-01") == ["某2 未考核", "某4 未考核"])
        county.records.receivedForms = [.roster]
        #expect(Unassessed.compute(county.input()).rows.isEmpty)
        #expect(Unassessed.compute(county.input()).unreportedForms == [.assessment])
    }

    @Test("优秀 per unit, those of other counties added")
    func excellence() throws {
        var county = County(
            Fixture.cadre(1, nil, posted), Fixture.cadre(2, nil, posted),
            Fixture.cadre(3, nil, Fixture.posting("一村", unit: "乙局", "2018-05-01")))
        county.assess(1, .excellent)
        county.assess(2, .competent)
        county.assess(3, .competent)
        county.assess(3, .excellent, year: 2018)
        let elsewhere = YearElsewhere(units: ["甲局": UnitStanding(unit: "甲局", excellent: 2)])
        let rows = UnitExcellence.compute(county.input(elsewhere: elsewhere)).rows
        #expect(
            rows.map { "\($0.sendingUnit) \($0.assessed) \($0.excellent) \($0.total)" } == ["乙局 1 0 0", "甲局 2 1 3"])
        #expect(try #require(rows.last).evidence.count == 1)
        #expect(rows.map(\.level) == [.province, .county])
    }

    @Test("Shares add up over the counties that sent their totals; who sent none is named, not counted")
    func nodes() throws {
        let codes = try ["630202", "630203", "630222"].map { try #require(CountyCode($0)) }
        func extract(_ total: Int?, _ cadres: Int) -> PromotionShare.Extract {
            PromotionShare.Extract(
                counts: [PromotionShare.Count(category: .promotion, totalPeople: total, cadres: cadres)],
                isReported: true, eligible: 0)
        }
        let extracts = [codes[0]: extract(8, 1), codes[1]: extract(4, 2), codes[2]: extract(nil, 5)]
        let rows = PromotionShare.rows(
            [
                (.prefecture, "630200", "海东市", codes), (.county, "630222", "民和县", [codes[2]]),
                (.county, "630223", "互助县", []),
            ], extracts)
        #expect(rows.count == 9)
        let prefecture = try #require(rows.first)
        #expect(prefecture.totalPeople == 12 && prefecture.cadres == 3 && prefecture.cadresWithoutTotal == 5)
        #expect(prefecture.share?.percentText == "25.00%")
        #expect(prefecture.countiesMissing == 1)
        #expect(rows[3].share == nil && rows[3].totalPeople == nil && rows[3].countiesMissing == 1)
    }

    @Test("A county's contribution: classes, and the eligible only where honours were reported")
    func extract() {
        var county = County(Fixture.cadre(1, nil, posted))
        county.promote(1, "2019-03-01", .promotion)
        county.honour(1, "2019-03-01", .province)
        #expect(PromotionShare.extract(county.input()).eligible == nil)
        #expect(!PromotionShare.extract(county.input()).isReported)
        county.receive(.honours, .promotions)
        let extract = PromotionShare.extract(county.input())
        #expect(extract.eligible == 1 && extract.isReported)
        #expect(extract.counts == [PromotionShare.Count(category: .promotion, totalPeople: nil, cadres: 1)])
    }
}
