import Domain
import Rules
import Testing

@Suite("M2 and M6, who left and who came")
struct ReplacementTests {
    private func posting(_ start: String, _ end: String? = nil, role: String = "工作队员") -> Posting {
        Fixture.posting("一村", role: role, start, end)
    }

    private func rows(_ county: County, _ asOf: String = "2019-06-30", year: Int = 2019) -> [String] {
        Replacements.compute(county.input(asOf, year: year)).rows.map {
            "\($0.person.name) \($0.cause.chinese) \($0.status.rawValue) \($0.successor?.name ?? "—") \($0.days)"
        }
    }

    @Test("A posting has ended the day after its last day, not on it; the year of that day tells it")
    func end() {
        let county = County(Fixture.cadre(1, nil, posting("2018-05-01", "2019-06-29")))
        #expect(rows(county, "2019-06-29") == [])
        #expect(rows(county, "2019-06-30") == ["某1 调整 open — 1"])
        #expect(rows(county, "2019-07-10") == ["某1 调整 open — 11"])
        let last = County(Fixture.cadre(1, nil, posting("2018-05-01", "2018-12-31")))
        #expect(rows(last, year: 2018) == [])
        #expect(rows(last, "2019-01-01") == ["某1 调整 open — 1"])
    }

    @Test("A successor comes after, or by the handover days before, into the same seat; who was there long ago is none")
    func successors() {
        func replaced(_ start: String, role: String = "工作队员", handover: Int? = nil) -> [String] {
            var county = County(
                Fixture.cadre(1, nil, posting("2018-05-01", "2019-03-31")),
                Fixture.cadre(2, nil, posting(start, role: role)))
            if let handover {
                county.parameters = [Fixture.parameter(.handoverDays, [("2018-01-01", .count(handover))])]
            }
            return rows(county)
        }
        #expect(replaced("2019-04-01") == ["某1 调整 replaced 某2 0"])
        #expect(replaced("2019-04-21") == ["某1 调整 replaced 某2 20"])
        #expect(replaced("2019-03-31") == ["某1 调整 open — 91"])
        #expect(replaced("2019-03-22", handover: 10) == ["某1 调整 replaced 某2 0"])
        #expect(replaced("2019-03-21", handover: 10) == ["某1 调整 open — 91"])
        #expect(replaced("2019-07-01") == ["某1 调整 open — 91"])
        #expect(replaced("2019-04-01", role: "第一书记") == ["某1 调整 open — 91"])
    }

    @Test("Nobody replaces two; who stays in the village in another role has not left")
    func once() {
        let county = County(
            Fixture.cadre(1, nil, posting("2018-05-01", "2019-03-31")),
            Fixture.cadre(2, nil, posting("2018-05-01", "2019-03-31")), Fixture.cadre(3, nil, posting("2019-04-01")),
            Fixture.cadre(4, nil, posting("2018-05-01", "2019-03-31"), posting("2019-04-01", role: "第一书记")))
        #expect(rows(county) == ["某1 调整 replaced 某3 0", "某2 调整 open — 91"])
    }

    @Test("Recalled: still posted on as-of is a conflict from the next day on; with an end, replaced or not")
    func recalls() {
        func recalled(_ end: String?, asOf: String = "2019-06-30") -> ([String], [FindingReason]) {
            var county = County(Fixture.cadre(1, nil, posting("2018-05-01", end)))
            county.assess(1, .incompetent, recalled: "2019-02-15")
            let result = Replacements.compute(county.input(asOf))
            return (rows(county, asOf), result.findings.map(\.reason))
        }
        #expect(recalled(nil) == (["某1 召回 stillPosted — 0"], [.recalledStillPosted]))
        #expect(recalled(nil, asOf: "2019-02-15") == (["某1 召回 stillPosted — 0"], []))
        #expect(recalled(nil, asOf: "2019-02-14") == ([], []))
        #expect(recalled("2019-06-30") == (["某1 召回 stillPosted — 0"], [.recalledStillPosted]))
        #expect(recalled("2019-06-29") == (["某1 召回 open — 1"], []))
        #expect(recalled("2019-02-15") == (["某1 召回 open — 135"], []))
        #expect(recalled("2018-12-30") == ([], []))
    }

    @Test("A recall of an earlier year stands until it is settled: still posted, or not replaced")
    func oldRecalls() {
        func next(_ end: String?, successor: String? = nil) -> [String] {
            var county = County(Fixture.cadre(1, nil, posting("2018-05-01", end)))
            if let successor { county.records.cadres.append(Fixture.cadre(2, nil, posting(successor))) }
            county.assess(1, .incompetent, recalled: "2018-06-01", year: 2018)
            return rows(county)
        }
        #expect(next(nil) == ["某1 召回 stillPosted — 0"])
        #expect(next("2018-12-30") == ["某1 召回 open — 182"])
        #expect(next("2018-12-30", successor: "2019-01-10") == [])
    }

    @Test("离任日期 is the last day in post, whoever ended it")
    func lastDay() {
        let left = County(Fixture.cadre(1, nil, posting("2018-05-01", "2019-03-31")))
        #expect(Replacements.compute(left.input()).rows.map(\.date) == [Fixture.day("2019-03-31")])
        var recalled = left
        recalled.assess(1, .incompetent, recalled: "2019-03-20")
        #expect(Replacements.compute(recalled.input()).rows.map(\.date) == [Fixture.day("2019-03-31")])
        #expect(Replacements.compute(recalled.input("2019-03-25")).rows.map(\.date) == [Fixture.day("2019-03-20")])
    }

    @Test("What M6 asks are the recalls alone, and they rest on the assessments")
    func recallsAlone() {
        var county = County(
            Fixture.cadre(1, nil, posting("2018-05-01", "2019-03-31")), Fixture.cadre(2, nil, posting("2018-05-01")))
        county.assess(2, .competent, recalled: "2019-03-01")
        county.receive(.roster)
        let input = county.input()
        let recalls = Replacements.recalled(Replacements.compute(input), input)
        #expect(recalls.rows.map(\.person.name) == ["某2"])
        #expect(recalls.unreportedForms == [.assessment])
    }
}
