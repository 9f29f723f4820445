import Domain
import Rules
import Testing

private let posted = Fixture.posting("一村", "2018-05-01", "2020-12-31")

@Suite("M5, work funds")
struct WorkFundsTests {
    private func row(_ paid: [(Int, FundSource)], deep: Bool) throws -> WorkFunds.Row {
        var county = County(Fixture.cadre(1, nil, posted))
        county.records.county.isDeepPoverty = deep
        county.receive(.workFunds)
        county.records.workFunds = paid.map {
            WorkFundsRecord(
                year: 2019, township: "甲乡", village: "一村", amount: .yuan($0.0), fundSource: $0.1,
                date: Fixture.day("2019-03-01"), source: Fixture.cell())
        }
        return try #require(WorkFunds.compute(county.input()).rows.first)
    }

    @Test("The increase is the province's in a deep-poverty county, else the county's")
    func sources() throws {
        let deep = try row([(10000, .county), (10000, .province)], deep: true)
        #expect([deep.countyDue, deep.provinceDue] == [.yuan(10000), .yuan(10000)])
        #expect(deep.status == .full)
        #expect(deep.evidence.count == 2)
        let other = try row([(20000, .county)], deep: false)
        #expect([other.countyDue, other.provinceDue] == [.yuan(20000), .zero])
        #expect(other.status == .full)
    }

    @Test("The worse source decides: unpaid, short, excess, full")
    func status() throws {
        #expect(try row([(20000, .county)], deep: true).status == .unpaid)
        #expect(try row([(20000, .county)], deep: true).difference == .zero)
        #expect(try row([(15000, .county), (9999, .province)], deep: true).status == .short)
        #expect(try row([(15000, .county), (10000, .province)], deep: true).status == .excess)
        #expect(try row([], deep: false).status == .unpaid)
        #expect(try row([(20000, .county), (1, .province)], deep: false).status == .excess)
    }

    @Test("A village counts from one day of posting in the year; money for a village without a team is a finding")
    func teams() {
        func count(_ start: String, _ end: String) -> (Int, [FindingReason]) {
            var county = County(Fixture.cadre(1, nil, Fixture.posting("一村", start, end)))
            county.records.workFunds = [
                WorkFundsRecord(
                    year: 2019, township: "甲乡", village: "一村", amount: .yuan(1), fundSource: .county,
                    date: Fixture.day("2019-03-01"), source: Fixture.cell())
            ]
            let result = WorkFunds.compute(county.input())
            return (result.rows.count, result.findings.map(\.reason))
        }
        #expect(count("2018-05-01", "2019-01-01") == (1, []))
        #expect(count("2018-05-01", "2018-12-31") == (0, [.fundsWithoutTeam]))
    }

    @Test("No figure covers 2017: no row, and the missing parameters are named")
    func undated() {
        let result = WorkFunds.compute(
            County(Fixture.cadre(1, nil, Fixture.posting("一村", "2017-05-01"))).input(year: 2017))
        #expect(result.rows.isEmpty)
        #expect(result.findings.map(\.reason) == [.parameterMissing, .parameterMissing])
    }
}

@Suite("The trace of a yearly rule")
struct TraceTests {
    @Test("Figures name the parameters they come from, with clause and validity")
    func parameters() {
        let result = WorkFunds.compute(County(Fixture.cadre(1, nil, posted)).input())
        #expect(result.parameters.map(\.id) == [.workFundsBase, .workFundsIncrease])
        #expect(result.parameters.allSatisfy { $0.value.source == LegalSource.measure(5) })
        #expect(result.unreportedForms == [.workFunds])
    }
}

@Suite("M1, staffing")
struct StaffingTests {
    private func gaps(_ cadres: Cadre..., poor: Bool = true, asOf: String = "2019-06-30") -> [Staffing.Gap] {
        var county = County()
        county.records.cadres = cadres
        county.receive(.roster)
        county.records.villages = [Fixture.village("一村", poor: poor)]
        return Staffing.compute(county.input(asOf)).rows.map(\.gap)
    }

    private func graduate(_ role: String, work: String) -> Cadre {
        var cadre = Fixture.cadre(9, nil, Fixture.posting("一村", role: role, "2018-05-01"))
        cadre.isSelectedGraduate = true
        cadre.workStart = Fixture.day(work)
        return cadre
    }

    @Test("A first secretary's term must reach 2020-12-31")
    func term() {
        func secretary(_ end: String?) -> [Staffing.Gap] {
            gaps(
                Fixture.cadre(1, nil, Fixture.posting("一村", role: "第一书记", "2018-05-01", end)),
                graduate("村党组织副书记", work: "2016-07-01"))
        }
        #expect(secretary("2020-12-30") == [.shortTerm])
        #expect(secretary("2020-12-31") == [])
        #expect(secretary(nil) == [])
        #expect(secretary("2019-06-29") == [.noFirstSecretary])
    }

    @Test("An empty poor village lacks all; another village is asked nothing")
    func empty() {
        #expect(gaps() == [.noFirstSecretary, .noTeam, .noDeputy])
        #expect(gaps(poor: false) == [])
    }

    @Test("One year of work, to the day; a deputy is no candidate, and only a selected graduate fills the place")
    func work() {
        #expect(gaps(graduate("工作队员", work: "2018-06-30")).contains(.candidate))
        #expect(!gaps(graduate("工作队员", work: "2018-07-01")).contains(.candidate))
        #expect(gaps(graduate("村党组织副书记", work: "2016-07-01")) == [.noFirstSecretary])
        #expect(gaps(Fixture.cadre(1, nil, Fixture.posting("一村", role: "村党组织副书记", "2018-05-01"))).contains(.noDeputy))
    }

    @Test("Weak and deep-poverty villages come first")
    func order() {
        var county = County()
        county.receive(.roster)
        county.records.villages = [
            Fixture.village("甲村"), Fixture.village("乙村", township: "戊乡", deep: true),
            Fixture.village("丙村", township: "己乡", weak: true),
        ]
        let villages = Staffing.compute(county.input()).rows.map(\.village.village)
        #expect(villages.firstIndex(of: "甲村") == 6)
    }
}

@Suite("M3, linked villages")
struct LinkedVillagesTests {
    private func county(leader: String?, poor: Bool = true) -> County {
        var county = County()
        county.records.villages = [Fixture.village("一村", poor: poor, leader: leader)]
        county.receive(.leaderVisits)
        return county
    }

    private func statuses(_ county: County, _ asOf: String, year: Int = 2019) -> [String] {
        LinkedVillages.compute(county.input(asOf, year: year)).rows.filter { $0.kind == .leaderVisit }.map {
            "\($0.quarter?.text ?? "") \($0.count) \($0.status.rawValue)"
        }
    }

    @Test("On its last day a quarter runs; the day after, it is missed")
    func quarterEnd() {
        let county = county(leader: "马某")
        #expect(statuses(county, "2019-03-31") == ["2019Q1 0 due"])
        #expect(statuses(county, "2019-04-01") == ["2019Q1 0 missed", "2019Q2 0 due"])
        #expect(statuses(county, "2020-01-01").map { $0.suffix(6) } == ["missed", "missed", "missed", "missed"])
        #expect(statuses(county, "2019-01-01") == ["2019Q1 0 due"])
    }

    @Test("A visit counts for the quarter of its day, the pair's own leader only")
    func visits() {
        var county = county(leader: "马某")
        county.visit("马 某", "2019-03-31")
        county.visit("韩某", "2019-04-01")
        #expect(statuses(county, "2019-06-30") == ["2019Q1 1 done", "2019Q2 0 due"])
        county.visit("马某", "2019-04-01")
        #expect(statuses(county, "2019-06-30") == ["2019Q1 1 done", "2019Q2 1 done"])
    }

    @Test("A visit in the future is a finding and does not count")
    func future() {
        var county = county(leader: "马某")
        county.visit("马某", "2019-06-30")
        county.visit("马某", "2019-07-01")
        let result = LinkedVillages.compute(county.input())
        #expect(result.rows.first { $0.quarter?.number == 2 }?.count == 1)
        #expect(result.findings.map(\.reason) == [.visitInFuture])
        #expect(result.findings.first?.code == .recordConflict)
    }

    @Test("A poor village without a leader is unarranged, another one is not asked; two leaders are two pairs")
    func leaders() {
        #expect(statuses(county(leader: nil), "2019-06-30") == [" 0 none"])
        #expect(statuses(county(leader: nil, poor: false), "2019-06-30") == [])
        #expect(statuses(county(leader: "马某、韩某"), "2019-03-31").count == 2)
    }

    @Test("Expert tours by field and pairings by partner; villages without are listed; nobody's form is 未报送")
    func others() {
        var county = county(leader: nil)
        county.records.expertTours = ["2019-04-01", "2019-05-01", "2018-12-31"].map {
            ExpertTourRecord(
                date: Fixture.day($0), domain: "农牧", township: "甲乡", village: "一", source: Fixture.cell())
        }
        county.records.receivedForms = [.villageRegister, .expertTours, .leaderVisits]
        let result = LinkedVillages.compute(county.input())
        #expect(result.rows.first { $0.kind == .expertTour }?.count == 2)
        #expect(!result.rows.contains { $0.kind == .pairing } && result.unreportedForms == [.pairing])
        #expect(!result.isReported)
        county.receive(.pairing)
        let told = LinkedVillages.compute(county.input()).rows.first { $0.kind == .pairing }
        #expect(told?.status == LinkedVillages.Status.none)
    }
}

@Suite("M4, discipline")
struct DisciplineTests {
    @Test("Attendance and the unit register are 未报送 only where nobody sent them")
    func unreported() {
        var county = County(Fixture.cadre(1, "某一", posted))
        county.records.receivedForms = [.spotChecks, .assessment, .insurance, .leaderVisits]
        #expect(Discipline.compute(county.input()).unreportedForms == [.attendance])
        #expect(AwardCandidates.compute(county.input()).unreportedForms == [.attendance])
        county.attendance.isReported = true
        #expect(Discipline.compute(county.input()).isReported)
        #expect(Accountability.compute(county.input()).isReported)
        county.records.units = []
        #expect(Accountability.compute(county.input()).unreportedForms == [.unitRegister])
    }

    @Test("A row per person and date, half a day included, with the cell; and one for the unit")
    func cases() {
        var county = County(Fixture.cadre(1, "某一", posted))
        county.mark(1, "2019-02-01", .present, .absent)
        county.check(1, "2019-02-01", .absent)
        county.check(1, "2019-02-02", .withdrawn)
        county.check(1, "2019-02-03", .leave)
        county.check(1, "2019-07-01", .absent)
        county.mark(1, "2018-12-31", .absent, .absent)
        let rows = Discipline.compute(county.input()).rows
        #expect(rows.map(\.subject) == [.person, .unit, .person, .unit])
        #expect(rows.map(\.discipline.date.iso) == ["2019-02-01", "2019-02-01", "2019-02-02", "2019-02-02"])
        #expect(rows[0].discipline.evidence.count == 2)
        #expect(rows[0].discipline.evidenceText.contains("考勤.xlsx 表!A1"))
        #expect(rows[2].discipline.situationText == "抽调")
        #expect(Discipline.clause.text == "青组字〔2018〕231号 第四条")
    }

    @Test("A check against a mark of presence shows both cells")
    func contradiction() {
        var county = County(Fixture.cadre(1, "某一", posted))
        county.check(1, "2019-02-01", .absent)
        county.check(1, "2019-02-02", .onPost)
        county.attendance.presentOnCheckedDates = ["2019-02-01", "2019-02-02"].map {
            AttendanceFact(
                person: Fixture.id(1), date: Fixture.day($0), morning: .present, afternoon: .present,
                presentHalfDays: .zero, source: Fixture.cell(7, file: "考勤.xlsx"))
        }
        let cases = Discipline.cases(county.input())
        #expect(cases.count == 1)
        #expect(cases.first?.evidence.map(\.address.a1) == ["A1", "A8"])
    }

    @Test("A mark after the last day of the posting is nobody's absence")
    func outside() {
        var county = County(Fixture.cadre(1, "某一", Fixture.posting("一村", "2019-01-01", "2019-01-31")))
        county.mark(1, "2019-01-31", .absent, .absent)
        county.mark(1, "2019-02-01", .absent, .absent)
        #expect(Discipline.cases(county.input()).map(\.date.day) == [31])
    }

    @Test("优秀 and an award against an absence of the same year are conflicts, of another year not")
    func conflicts() {
        var county = County(Fixture.cadre(1, "某一", posted))
        county.mark(1, "2019-02-01", .withdrawn, .withdrawn)
        county.assess(1, .excellent)
        county.assess(1, .excellent, year: 2018)
        county.honour(1, "2019-01-01")
        county.honour(1, "2018-12-31")
        #expect(
            Set(Discipline.compute(county.input()).findings.map(\.reason)) == [
                .excellentDespiteAbsence, .awardDespiteAbsence,
            ])
        #expect(Discipline.compute(county.input(year: 2018)).findings.isEmpty)
    }
}

@Suite("M6 and M7, assessment and promotion")
struct AssessmentTests {
    private func window(_ recalled: String) -> String? {
        let record = AssessmentRecord(
            person: Fixture.id(1), year: 2019, grade: .incompetent, recallDate: Fixture.day(recalled),
            source: Fixture.cell())
        return AssessmentEffects.window(of: record, policy: Fixture.policy())?.days.end.iso
    }

    @Test("The bar ends the day before the second anniversary; after 29 February, on 28 February")
    func end() {
        #expect(window("2019-02-15") == "2021-02-14")
        #expect(window("2020-02-29") == "2022-02-28")
        #expect(window("2019-03-01") == "2021-02-28")
        #expect(window("2018-03-01") == "2020-02-29")
    }

    @Test("An award the day before the window ends breaks it, on the anniversary not; a title never does")
    func breaches() {
        var county = County(Fixture.cadre(1, "某一", posted))
        county.assess(1, .incompetent, recalled: "2019-02-15")
        county.honour(1, "2019-02-14")
        county.honour(1, "2019-02-15")
        county.promote(1, "2019-03-01", .professionalTitle)
        county.promote(1, "2019-03-02", .lateralTransfer)
        county.promote(1, "2019-03-03", .lateralTransfer, important: true)
        county.promote(1, "2019-03-04", .payRise)
        county.promote(1, "2019-03-05", .promotion)
        county.honour(1, "2021-02-14")
        county.honour(1, "2021-02-15")
        let first = AssessmentEffects.compute(county.input())
        #expect(
            first.rows.map { $0.breach?.date?.iso ?? "" } == ["2019-02-15", "2019-03-03", "2019-03-04", "2019-03-05"])
        #expect(first.findings.map(\.reason) == [.breachOfBar, .breachOfBar, .breachOfBar, .breachOfBar])
        let last = AssessmentEffects.compute(county.input("2021-06-30", year: 2021))
        #expect(last.rows.map { $0.breach?.date?.iso ?? "" } == ["2021-02-14"])
        let between = AssessmentEffects.compute(county.input("2021-06-30", year: 2020)).rows
        #expect(between.map(\.window?.end) == [Fixture.day("2021-02-14")] && between[0].breach == nil)
        #expect(AssessmentEffects.compute(county.input("2022-06-30", year: 2022)).rows.isEmpty)
    }

    @Test("不称职 without a recall bars nothing; 优秀 lies outside the unit's quota")
    func grades() {
        var county = County(Fixture.cadre(1, "某一", posted), Fixture.cadre(2, "某二", posted))
        county.assess(1, .incompetent)
        county.assess(2, .excellent)
        let rows = AssessmentEffects.compute(county.input()).rows
        #expect(rows.map(\.window) == [nil, nil])
        #expect(Set(rows.map(\.quotaText)) == ["", "否"])
    }

    @Test("Shares count people once; without a total there is no share")
    func shares() {
        var county = County(Fixture.cadre(1, "某一", posted), Fixture.cadre(2, "某二", posted))
        county.receive(.promotions)
        county.promote(1, "2019-03-01", .promotion)
        county.promote(1, "2019-03-02", .promotion)
        county.promote(2, "2018-12-31", .promotion)
        county.promote(2, "2019-03-01", .payRise)
        county.promote(2, "2019-03-01", .lateralTransfer)
        county.records.promotionTotals = [
            PromotionTotalRecord(year: 2019, category: .promotion, totalPeople: 8, source: Fixture.cell()),
            PromotionTotalRecord(year: 2018, category: .payRise, totalPeople: 8, source: Fixture.cell()),
        ]
        let rows = PromotionShare.compute(county.input()).rows
        #expect(rows.map(\.category) == [.promotion, .payRise])
        #expect(rows.map(\.cadres) == [1, 1])
        #expect(rows.map { $0.share?.percentText } == ["12.50%", nil])
    }

    @Test("Eligible: honoured by the province or above, and not barred")
    func eligible() {
        var county = County(Fixture.cadre(1, "某一", posted), Fixture.cadre(2, "某二", posted))
        county.honour(1, "2019-01-01", .national)
        county.honour(1, "2019-02-01", .province)
        county.honour(1, "2019-03-01", .prefecture)
        county.honour(2, "2019-01-01", .province)
        county.assess(2, .incompetent, recalled: "2019-02-15")
        #expect(PromotionShare.eligible(county.input()).rows.map { $0.date?.month } == [1, 2])
    }
}

@Suite("M8, M9 and M10")
struct AccountabilityTests {
    private func reasons(_ county: County) -> [Accountability.Reason] {
        Accountability.compute(county.input()).rows.map(\.reason)
    }

    private func insured(_ county: County) -> County {
        var county = county
        county.records.insurance = county.records.cadres.map {
            InsuranceRecord(
                person: $0.id, policyNumber: "P", sumInsured: .yuan(1),
                cover: Fixture.range("2018-01-01", "2020-12-31"),
                source: Fixture.cell())
        }
        return county
    }

    @Test("Each reason calls for a talk; a visit by the head to one of the unit's villages clears the last")
    func reasons() {
        var county = County(Fixture.cadre(1, "某一", posted))
        county.receive(.insurance, .leaderVisits)
        #expect(reasons(county) == [.uninsured, .noVisitByHead])
        county = insured(county)
        county.visit("宋某", "2019-01-01")
        #expect(reasons(county) == [])
        county.assess(1, .incompetent, recalled: "2019-06-30")
        county.mark(1, "2019-06-29", .absent, .withdrawn)
        #expect(reasons(county) == [.absence, .withdrawal, .recall])
    }

    @Test("A visit last year, elsewhere or tomorrow clears nothing; a unit without a named head is not accused")
    func visits() {
        var county = insured(County(Fixture.cadre(1, "某一", posted)))
        county.receive(.leaderVisits)
        county.visit("宋某", "2018-12-31")
        county.visit("宋某", "2019-05-01", "二村")
        county.visit("宋某", "2019-07-01")
        #expect(reasons(county) == [.noVisitByHead])
        #expect(reasons(insured(County(Fixture.cadre(1, "某一", Fixture.posting("一村", unit: "乙局", "2018-05-01"))))) == [])
    }

    @Test("A care visit after seven days is in time, after eight late; an open one ages; impossible ones are findings")
    func care() {
        func row(_ visit: String?) -> (Int, CareVisits.Status, [FindingReason]) {
            var county = County(Fixture.cadre(1, "某一", posted))
            county.records.careEvents = [
                CareEventRecord(
                    person: Fixture.id(1), date: Fixture.day("2019-03-09"), situation: "意外伤害",
                    visitDate: visit.map(Fixture.day), source: Fixture.cell())
            ]
            let result = CareVisits.compute(county.input())
            return (result.rows[0].days, result.rows[0].status, result.findings.map(\.reason))
        }
        #expect(row("2019-03-09") == (0, .visited, []))
        #expect(row("2019-03-16") == (7, .visited, []))
        #expect(row("2019-03-17") == (8, .late, []))
        #expect(row(nil) == (113, .open, []))
        #expect(row("2019-07-01") == (113, .open, [.visitInFuture]))
        #expect(row("2019-03-08") == (113, .open, [.visitBeforeEvent]))
    }

    @Test("Candidates: excellent, clean, not barred, in post; ranked by rate, honours, ID, per level")
    func awards() {
        let left = Fixture.posting("一村", "2018-05-01", "2019-06-29")
        let late = Fixture.posting("一村", "2019-06-01")
        let other = Fixture.posting("一村", unit: "乙局", "2018-05-01")
        var county = County(
            Fixture.cadre(1, nil, posted), Fixture.cadre(2, nil, posted), Fixture.cadre(3, nil, late),
            Fixture.cadre(4, nil, left), Fixture.cadre(5, nil, posted), Fixture.cadre(6, nil, posted),
            Fixture.cadre(7, nil, other), Fixture.cadre(8, nil, posted))
        for person in 1...7 { county.assess(person, .excellent) }
        county.assess(8, .competent)
        county.check(5, "2019-01-02", .absent)
        county.assess(6, .incompetent, recalled: "2018-06-01", year: 2018)
        county.honour(2, "2019-01-01")
        for (person, halfDays) in [(1, 181), (2, 181), (3, 59), (4, 300), (5, 300), (6, 300), (7, 10)] {
            county.attendance.presentHalfDays[Fixture.id(person)] = HalfDays(halfDays)
        }
        county.receive(.assessment)
        county.attendance.isReported = true
        let rows = AwardCandidates.compute(county.input()).rows
        #expect(rows.map(\.person.id) == [3, 2, 1, 7].map(Fixture.id))
        #expect(rows.map(\.rank) == [1, 2, 3, 1])
        #expect(rows.map(\.level) == [.county, .county, .county, .province])
        #expect(rows[0].attendance.percentText == "98.33%")
        #expect(rows[1].attendance.percentText == "50.00%")
    }

    @Test("Rates as worked out by hand: 148 and 135.5 of 181 days")
    func rates() {
        #expect(Ratio(296, of: 362)?.percentText == "81.77%")
        #expect(Ratio(271, of: 362)?.percentText == "74.86%")
        #expect(Ratio(7, of: 12)?.percentText == "58.33%")
        #expect(Ratio(0, of: 0) == nil)
    }

    @Test("A past year is seen from its 31 December")
    func pastYear() {
        var county = County(Fixture.cadre(1, "某一", Fixture.posting("一村", "2018-05-01", "2019-02-20")))
        county.assess(1, .excellent, year: 2018)
        county.receive(.assessment)
        county.attendance.isReported = true
        let input = county.input(year: 2018)
        #expect(input.asOf == Fixture.day("2018-12-31"))
        #expect(AwardCandidates.compute(input).rows.count == 1)
        #expect(AwardCandidates.compute(county.input()).rows.isEmpty)
    }
}
