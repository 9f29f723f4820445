import Domain
import Rules
import Testing

@Suite("M2, by organiser; weak villages")
struct TrainingOrganiserTests {
    private let posted = Fixture.posting("一村", "2018-05-01")

    @Test(
        "The organiser is read by its words",
        arguments: [
            ("县委组织部", TrainingOrganisers.Organiser.organisation), ("省委党校", .organisation),
            ("县扶贫开发局", .povertyRelief), ("县委组织部、县扶贫局", .joint), ("农牧局", .other), ("", .unnamed),
        ])
    func words(_ text: String, _ organiser: TrainingOrganisers.Organiser) {
        #expect(TrainingOrganisers.Organiser(text) == organiser)
    }

    @Test(
        "A tier's classes, attendances and people; who failed has been there; other years, and tomorrow, have not begun"
    )
    func rows() {
        var county = County(Fixture.cadre(1, nil, posted), Fixture.cadre(2, nil, posted))
        county.train(1, "一班", "2019-01-01", by: "县委组织部")
        county.train(2, "一班", "2019-01-01", by: "县委组织部", failed: true)
        county.train(1, "二班", "2019-06-30", by: "县委组织部")
        county.train(1, "三班", "2019-07-01", by: "县委组织部")
        county.train(1, "旧班", "2018-12-31", by: "县委组织部")
        county.train(1, "省班", "2019-03-01", .province, by: "省扶贫局")
        let rows = TrainingOrganisers.compute(county.input()).rows
        #expect(rows.map(\.tier) == [.province, .county])
        #expect(rows.map(\.organiser) == [.povertyRelief, .organisation])
        #expect(rows.map { $0.classes.count } == [1, 2])
        #expect(rows.map(\.attendances) == [1, 3])
        #expect(rows.map(\.people) == [1, 2])
        #expect(rows[1].evidence.count == 3)
    }

    @Test("A provincial class of two counties was held once; their people add up")
    func joined() {
        var first = County(Fixture.cadre(1, nil, posted))
        first.train(1, "省班", "2019-03-01", .province, by: "省委组织部")
        var second = County(Fixture.cadre(2, nil, posted))
        second.train(2, "省 班", "2019-03-01", .province, by: "省委组织部")
        let rows = TrainingOrganisers.joined(
            [first, second].map { TrainingOrganisers.compute($0.input()).rows })
        #expect(rows.count == 1)
        #expect(rows.first?.classes.count == 1)
        #expect(rows.first?.people == 2)
        #expect(rows.first?.evidence == [])
    }

    @Test("业务 training of weak villages: passed ones of the year, of who is in post there")
    func weakVillages() {
        var county = County(
            Fixture.cadre(1, nil, posted), Fixture.cadre(2, nil, posted),
            Fixture.cadre(3, nil, Fixture.posting("二村", "2018-05-01")),
            Fixture.cadre(4, nil, Fixture.posting("一村", "2018-05-01", "2019-06-29")))
        county.records.villages = [Fixture.village("一村", weak: true), Fixture.village("二村")]
        county.receive(.training)
        county.train(1, "农技", "2019-06-30", kind: .professional)
        county.train(2, "农技", "2019-06-30", kind: .professional, failed: true)
        county.train(2, "轮训", "2019-02-01")
        county.train(3, "农技", "2019-06-30", kind: .professional)
        let rows = WeakVillageTraining.compute(county.input()).rows
        #expect(rows.map(\.person.name) == ["某1", "某2"])
        #expect(rows.map(\.isTrained) == [true, false])
        #expect(TrainingCoverage.extract(County().input()) == nil)
        #expect(TrainingCoverage.extract(county.input())?.counts.weakVillageProfessional == 1)
    }
}
