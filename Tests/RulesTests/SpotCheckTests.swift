import Domain
import Rules
import Testing

@Suite("M4, checks and units")
struct SpotCheckTests {
    private func county() -> County {
        var county = County(
            Fixture.cadre(1, nil, Fixture.posting("一村", "2018-05-01")),
            Fixture.cadre(2, nil, Fixture.posting("一村", "2018-05-01")),
            Fixture.cadre(3, nil, Fixture.posting("二村", unit: "乙局", "2018-05-01")),
            Fixture.cadre(4, nil, Fixture.posting("三村", "2018-05-01", "2019-06-29")))
        county.receive(.spotChecks, .roster)
        return county
    }

    private func check(
        _ county: inout County, _ person: Int, _ date: String, _ result: SpotCheckResult = .onPost,
        method: String? = "实地", by department: String? = "县委组织部", village: String? = nil
    ) {
        county.records.spotChecks.append(
            SpotCheckRecord(
                person: Fixture.id(person), date: Fixture.day(date), method: method, village: village, result: result,
                checkedBy: department, source: Fixture.cell(county.records.spotChecks.count, file: "抽查.xlsx")))
    }

    @Test("By month, department and method: checks, villages, people, absences, withdrawals; a later date is a finding")
    func counts() {
        var county = county()
        check(&county, 1, "2019-01-31")
        check(&county, 1, "2019-02-01", .absent)
        check(&county, 2, "2019-02-01", .withdrawn)
        check(&county, 3, "2019-02-02")
        check(&county, 3, "2019-02-02", method: "电话")
        check(&county, 3, "2019-02-03", by: "督查室")
        check(&county, 3, "2018-12-31")
        check(&county, 1, "2019-06-30", method: nil, by: nil)
        check(&county, 1, "2019-07-01")
        let result = SpotCheckCounts.compute(county.input())
        #expect(
            result.rows.map { row in
                let who = "\(row.period) \(row.department) \(row.method)"
                return "\(who) \(row.checks)/\(row.villages)/\(row.cadres) \(row.absences) \(row.withdrawals)"
            } == [
                "2019-01 县委组织部 实地 1/1/1 0 0", "2019-02 县委组织部 实地 3/2/3 1 1", "2019-02 县委组织部 电话 1/1/1 0 0",
                "2019-02 督查室 实地 1/1/1 0 0", "2019-06   1/1/1 0 0",
            ])
        #expect(result.findings.map(\.reason) == [.recordInFuture])
        #expect(SpotCheckCounts.compute(county.input(year: 2018)).findings.isEmpty)
    }

    @Test("Never checked: villages with somebody in post, and people, of the year up to as-of")
    func never() {
        var county = county()
        #expect(Unchecked.villages(county.input()).rows.map { "\($0.village) \($0.cadres)" } == ["一村 2", "二村 1"])
        check(&county, 1, "2019-06-30")
        check(&county, 3, "2019-07-01")
        check(&county, 3, "2018-12-31")
        #expect(Unchecked.villages(county.input()).rows.map(\.village) == ["二村"])
        let people = Unchecked.cadres(county.input()).rows
        #expect(people.map { $0.person.name } == ["某2", "某3"])
        #expect(people.map(\.isVillageChecked) == [true, false])
        check(&county, 2, "2019-01-01", village: "二村民委员会")
        #expect(Unchecked.villages(county.input()).rows.isEmpty)
        #expect(Unchecked.cadres(county.input()).rows.map { $0.person.name } == ["某3"])
    }

    @Test("Nobody sent checks: 未报送, and no village is accused")
    func unreported() {
        var county = county()
        county.records.receivedForms = []
        #expect(Unchecked.villages(county.input()).rows.isEmpty)
        #expect(Unchecked.villages(county.input()).unreportedForms == [.spotChecks])
        #expect(Unchecked.cadres(county.input()).unreportedForms == [.spotChecks])
        #expect(SpotCheckCounts.compute(county.input()).unreportedForms == [.spotChecks])
    }

    @Test(
        "A unit's own 优秀 against an absence of its cadre in the year is a conflict; another year, grade or unit is not")
    func units() {
        var county = county()
        check(&county, 1, "2019-02-01", .absent)
        county.mark(2, "2019-02-02", .present, .withdrawn)
        county.grade("甲局", "优秀等次")
        county.grade("乙局", "优秀")
        county.grade("丙局", "优秀")
        let result = UnitDiscipline.compute(county.input())
        #expect(
            result.rows.map {
                "\($0.sendingUnit) \($0.absences ?? -1) \($0.withdrawals ?? -1) \($0.grade ?? "—") \($0.isConflict)"
            }
                == ["甲局 1 1 优秀等次 true", "乙局 0 0 优秀 false"])
        #expect(result.findings.map(\.reason) == [.unitExcellentDespiteAbsence])
        #expect(result.findings.first?.code == .recordConflict)
        #expect(result.findings.first?.arguments.last == "2019-02-01、2019-02-02")
        #expect(result.rows[0].evidence.count == 3)
        #expect(UnitDiscipline.compute(county.input(year: 2018)).findings.isEmpty)
        county.records.unitAssessments[0].grade = "良好"
        #expect(UnitDiscipline.compute(county.input()).findings.isEmpty)
        #expect(UnitDiscipline.compute(county.input()).unreportedForms == [.attendance, .unitAssessment])
    }

    @Test("A commendation against an absence, and one at the end of a barred year, are conflicts")
    func commendations() {
        var county = county()
        check(&county, 1, "2019-02-01", .absent)
        func commend(_ person: Int, _ year: Int) {
            county.records.commendations.append(
                CommendationRecord(
                    year: year, level: .county, category: "优秀队员", subject: .person, name: "某",
                    person: Fixture.id(person), source: Fixture.cell(year)))
        }
        commend(1, 2019)
        commend(1, 2018)
        commend(2, 2019)
        #expect(Discipline.compute(county.input()).findings.map(\.reason) == [.awardDespiteAbsence])
        county.assess(2, .incompetent, recalled: "2017-07-01", year: 2017)
        #expect(AssessmentEffects.compute(county.input()).findings.map(\.reason) == [.breachOfBar])
        #expect(AssessmentEffects.compute(county.input("2019-07-01")).findings.isEmpty)
    }
}
