import Domain
import Rules
import Testing

@Suite("M9, meetings and talks")
struct MeetingTests {
    private let posted = Fixture.posting("一村", "2018-05-01")

    private func county() -> County {
        var county = County(Fixture.cadre(1, "某一", posted), Fixture.cadre(2, "某二", posted))
        county.receive(.meetings)
        county.parameters = [Fixture.parameter(.livingStipendPerDay, [("2018-10-01", .money(.yuan(60)))])]
        return county
    }

    @Test("Shares of county and township meetings; as many cadres as people is 100 %, one more is a finding")
    func shares() {
        var county = county()
        county.meet(.county, "2019-06-30", "甲会", of: 50, cadres: 10)
        county.meet(.township, "2019-03-01", "乙会", of: 8, cadres: 8)
        county.meet(.township, "2019-03-02", "丙会", of: 8, cadres: 9)
        county.meet(.working, "2019-03-03", "例会", of: 8, cadres: 8)
        county.meet(.township, "2019-03-04", "丁会", cadres: 3)
        county.meet(.county, "2018-12-31", "旧会", of: 50, cadres: 10)
        county.meet(.county, "2019-07-01", "后会", of: 50, cadres: 10)
        let result = MeetingShares.compute(county.input())
        #expect(
            result.rows.map { "\($0.meeting) \($0.share?.percentText ?? "")" } == [
                "乙会 100.00%", "丙会 ", "例会 ", "丁会 ", "甲会 20.00%",
            ])
        #expect(Set(result.findings.map(\.reason)) == [.meetingCountsConflict, .recordInFuture])
        #expect(MeetingShares.total(.township, result.rows)?.percentText == "100.00%")
        #expect(MeetingShares.total(.working, result.rows) == nil)
    }

    @Test("Rows that list who came are one meeting; the same name on another day or in another township is another")
    func grouped() {
        var county = county()
        county.meet(.township, "2019-03-01", "会", of: 10, person: 1)
        county.meet(.township, "2019-03-01", "会", person: 2)
        county.meet(.township, "2019-03-01", "会", person: 2)
        county.meet(.township, "2019-03-02", "会", person: 1)
        county.meet(.township, "2019-03-01", "会", township: "乙乡", person: 1)
        let rows = MeetingShares.compute(county.input()).rows
        #expect(rows.map { "\($0.township) \($0.date.day) \($0.cadres ?? -1)" } == ["乙乡 1 1", "甲乡 1 2", "甲乡 2 1"])
        #expect(rows[1].share?.percentText == "20.00%")
    }

    @Test("Working meetings per township and quarter, none included; nothing where the form never came")
    func working() {
        var county = county()
        county.meet(.working, "2019-03-31", "例会")
        county.meet(.working, "2019-04-01", "例会")
        county.meet(.working, "2019-04-01", "二次例会")
        let rows = WorkingMeetings.compute(county.input()).rows
        #expect(
            rows.map { "\($0.quarter.text) \($0.township) \($0.count) \($0.isRunning)" } == [
                "2019Q1  0 false", "2019Q1 甲乡 1 false", "2019Q2  0 true", "2019Q2 甲乡 2 true",
            ])
        #expect(WorkingMeetings.compute(county.input(year: 2018)).rows.map(\.quarter.text) == ["2018Q4", "2018Q4"])
        county.records.receivedForms = []
        #expect(WorkingMeetings.compute(county.input()).rows.isEmpty)
    }

    private func statuses(_ county: County, _ asOf: String, year: Int = 2019) -> [String] {
        CadreTalks.compute(county.input(asOf, year: year)).rows.map {
            "\($0.person.name) \($0.quarter.number) \($0.count) \($0.status.rawValue)"
        }
    }

    @Test("A talk on the quarter's last day counts; without one it is due that day, missed the day after")
    func quarterEnd() {
        var county = county()
        county.talk(to: 1, "2019-03-31")
        #expect(statuses(county, "2019-03-31") == ["某一 1 1 held", "某二 1 0 due"])
        #expect(
            statuses(county, "2019-04-01") == ["某一 1 1 held", "某二 1 0 missed", "某一 2 0 due", "某二 2 0 due"])
        county.talk(to: 2, "2019-07-01")
        #expect(CadreTalks.compute(county.input()).findings.map(\.reason) == [.recordInFuture])
    }

    @Test("One day of posting in the quarter is enough; before the measures were in force nobody owed one")
    func postedDays() {
        var county = County(
            Fixture.cadre(1, "某一", Fixture.posting("一村", "2018-05-01", "2019-01-01")),
            Fixture.cadre(2, "某二", Fixture.posting("一村", "2019-03-31")),
            Fixture.cadre(3, "某三", Fixture.posting("一村", "2018-05-01", "2018-12-31")))
        county.receive(.meetings)
        county.parameters = [Fixture.parameter(.livingStipendPerDay, [("2018-10-01", .money(.yuan(60)))])]
        #expect(statuses(county, "2019-04-01") == ["某一 1 0 missed", "某二 1 0 missed", "某二 2 0 due"])
        #expect(statuses(county, "2019-04-01", year: 2018) == ["某一 4 0 missed", "某三 4 0 missed"])
        county.talk(to: 1, "2018-09-30")
        #expect(statuses(county, "2019-04-01", year: 2018).first == "某一 3 1 held")
    }

    @Test("Nobody sent the form: no cadre is said to lack a talk")
    func unreported() {
        var county = county()
        county.records.receivedForms = []
        #expect(statuses(county, "2019-06-30") == [])
        #expect(CadreTalks.compute(county.input()).unreportedForms == [.meetings])
        county.talk(to: 2, "2019-05-02")
        county.records.receivedForms = []
        #expect(statuses(county, "2019-06-30") == ["某二 2 1 held"], "a talk filed in the county he left")
    }

    @Test("In two counties in one quarter, he stands in that of the later posting")
    func twoCounties() {
        var county = county()
        county.elsewhere(1, "2019-02-01")
        #expect(statuses(county, "2019-01-31") == ["某一 1 0 due", "某二 1 0 due"])
        #expect(statuses(county, "2019-02-01") == ["某二 1 0 due"])
    }
}

@Suite("M3, levels and the first quarter in force")
struct LinkedLevelTests {
    private func county(_ leader: String, from: String = "2018-10-01") -> County {
        var county = County()
        county.records.villages = [Fixture.village("一村", leader: leader)]
        county.parameters = [Fixture.parameter(.livingStipendPerDay, [(from, .money(.yuan(60)))])]
        county.receive(.leaderVisits)
        return county
    }

    private func quarters(_ county: County, year: Int = 2018) -> [String] {
        LinkedVillages.compute(county.input("2019-06-30", year: year)).rows.filter { $0.kind == .leaderVisit }.map {
            "\($0.quarter?.text ?? "") \($0.status.rawValue)"
        }
    }

    @Test("No quarter is due that ended before the measures were in force; the one they began in is")
    func inForce() {
        #expect(quarters(county("马某")) == ["2018Q4 missed"])
        #expect(quarters(county("马某", from: "2018-12-31")) == ["2018Q4 missed"])
        #expect(quarters(county("马某", from: "2018-09-30")) == ["2018Q3 missed", "2018Q4 missed"])
        #expect(quarters(county("马某", from: "2019-01-01")) == [])
        var visited = county("马某")
        visited.visit("马某", "2018-06-30")
        #expect(quarters(visited) == ["2018Q2 done", "2018Q4 missed"])
    }

    @Test("The level is that of the latest visit, else what the register says in brackets")
    func levels() {
        func levels(_ county: County) -> [AdministrativeLevel?] {
            LinkedVillages.compute(county.input("2019-01-31")).rows.filter { $0.kind == .leaderVisit }.map(\.level)
        }
        var county = county("马某（县级）、韩某(市)、李某")
        #expect(levels(county) == [nil, .prefecture, .county])
        county.visit("马某", "2018-11-01")
        county.records.leaderVisits[0].level = "市"
        county.visit("马某", "2018-12-01")
        county.records.leaderVisits[1].level = "乡镇"
        #expect(levels(county) == [nil, .prefecture, .township])
    }
}
