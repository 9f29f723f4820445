import Domain
import Rules
import Testing

@Suite("M1, deputies proposed")
struct DeputyProposalTests {
    private func graduate(
        _ number: Int, _ village: String, township: String = "甲乡", role: String = "工作队员", work: String = "2016-07-01"
    ) -> Cadre {
        var cadre = Fixture.cadre(
            number, nil, Fixture.posting(village, township: township, role: role, "2018-05-01"))
        cadre.isSelectedGraduate = true
        cadre.workStart = Fixture.day(work)
        return cadre
    }

    private func proposals(_ villages: [VillageRecord], _ cadres: Cadre...) -> [String] {
        var county = County()
        county.records.villages = villages
        county.records.cadres = cadres
        return DeputyProposals.compute(county.input()).rows.map { row in
            "\(row.village.village) \(row.graduate?.person.name ?? "—")"
        }
    }

    @Test("Weak villages are served first, then those of deep poverty, then the others; nobody is named twice")
    func order() {
        let villages = [
            Fixture.village("甲村"), Fixture.village("乙村", deep: true), Fixture.village("丙村", weak: true),
        ]
        #expect(proposals(villages, graduate(1, "甲村")) == ["丙村 某1", "乙村 —", "甲村 —"])
        #expect(proposals(villages, graduate(1, "甲村"), graduate(2, "甲村")) == ["丙村 某1", "乙村 某2", "甲村 —"])
        #expect(
            proposals(villages, graduate(1, "甲村"), graduate(2, "丙村"), graduate(3, "乙村"))
                == ["丙村 某2", "乙村 某3", "甲村 某1"])
    }

    @Test("Who is in the village goes before who is in the township, he before anybody; then who has worked longest")
    func nearness() {
        let villages = [Fixture.village("甲村")]
        let far = graduate(1, "远村", township: "乙乡", work: "2010-07-01")
        let near = graduate(2, "近村", work: "2012-07-01")
        let own = graduate(3, "甲村", work: "2017-07-01")
        #expect(proposals(villages, far, near, own) == ["甲村 某3"])
        #expect(proposals(villages, far, near) == ["甲村 某2"])
        #expect(proposals(villages, far) == ["甲村 某1"])
        #expect(proposals(villages, graduate(5, "近村", work: "2015-07-01"), near) == ["甲村 某2"])
        #expect(proposals(villages, graduate(5, "近村"), graduate(4, "近村")) == ["甲村 某4"])
    }

    @Test("A first secretary is named only where nobody else is left; who is short of a year of work, never")
    func whoCould() {
        let villages = [Fixture.village("甲村"), Fixture.village("乙村")]
        let secretary = graduate(1, "甲村", role: "第一书记")
        #expect(proposals(villages, secretary, graduate(2, "远村", township: "乙乡")) == ["乙村 某2", "甲村 某1"])
        #expect(proposals([Fixture.village("甲村")], secretary, graduate(2, "近村")) == ["甲村 某2"])
        #expect(proposals([Fixture.village("甲村")], graduate(1, "甲村", work: "2018-07-01")) == ["甲村 —"])
        #expect(proposals([Fixture.village("甲村")], graduate(1, "甲村", work: "2018-06-30")) == ["甲村 某1"])
    }

    @Test("A village with a deputy, and one that is not poor, ask for nobody; cells of village and posting are named")
    func nobody() throws {
        #expect(proposals([Fixture.village("甲村")], graduate(1, "甲村", role: "村党组织副书记"), graduate(2, "甲村")) == [])
        #expect(proposals([Fixture.village("甲村", poor: false)], graduate(1, "甲村")) == [])
        let county = County(graduate(1, "一村"))
        let result = DeputyProposals.compute(county.input())
        #expect(try #require(result.rows.first).evidence.count == 2)
        #expect(result.isReported)
    }
}
