import Domain
import Rules
import Testing

/// What a figure is where nobody sent the form it rests on: no accusation, no zero, no candidate.
@Suite("A form nobody sent: 未报送, never a figure")
struct NotSentTests {
    private let posted = Fixture.posting("一村", "2018-05-01")

    /// Everything sent, and nothing wrong.
    private func county() -> County {
        var county = County(Fixture.cadre(1, nil, posted), Fixture.cadre(2, nil, posted))
        county.records.villages = [Fixture.village("一村", leader: "宋某")]
        county.receive(
            .roster, .villageRegister, .insurance, .workFunds, .leaderVisits, .training, .promotions, .promotionTotals,
            .assessment, .spotChecks, .unitSupport, .accountabilityTalks, .unitAssessment, .expertTours, .pairing)
        county.attendance.isReported = true
        county.parameters = [
            Fixture.parameter(.workFundsBase, [("2018-01-01", .money(.yuan(10_000)))]),
            Fixture.parameter(.workFundsIncrease, [("2018-01-01", .money(.yuan(10_000)))]),
        ]
        return county
    }

    private func without(_ form: FormID) -> County {
        var county = county()
        county.records.receivedForms.remove(form)
        return county
    }

    @Test("Insurance: nobody is uninsured, no unit called for a talk, the province has no number")
    func insurance() {
        #expect(InsuranceCover.compute(county().input()).rows.map(\.flag) == [.uninsured, .uninsured])
        #expect(Accountability.compute(county().input()).rows.contains { $0.reason == .uninsured })
        let silent = without(.insurance).input()
        #expect(InsuranceCover.compute(silent).rows.isEmpty && !InsuranceCover.compute(silent).isReported)
        #expect(!Accountability.compute(silent).rows.contains { $0.reason == .uninsured })
        #expect(UnitStanding.compute(silent).allSatisfy { $0.uninsured == nil && $0.insuranceOpen == nil })
        #expect(UnitStanding.compute(county().input()).map(\.uninsured) == [2])
    }

    @Test("Leader visits: no quarter missed, no head called absent; the register alone says who has no leader")
    func visits() {
        #expect(LinkedVillages.compute(county().input()).rows.contains { $0.status == .missed })
        #expect(Accountability.compute(county().input()).rows.contains { $0.reason == .noVisitByHead })
        var silent = without(.leaderVisits)
        #expect(!LinkedVillages.compute(silent.input()).rows.contains { $0.kind == .leaderVisit })
        #expect(!Accountability.compute(silent.input()).rows.contains { $0.reason == .noVisitByHead })
        #expect(
            UnitSupport.compute(silent.input()).rows.allSatisfy {
                $0.headVisits == nil && $0.headVisitsEverywhere == nil
            })
        silent.records.villages = [Fixture.village("一村")]
        #expect(LinkedVillages.compute(silent.input()).rows.map(\.kind) == [.leaderVisit, .expertTour, .pairing])
        silent.records.receivedForms.subtract([.expertTours, .pairing])
        #expect(LinkedVillages.compute(silent.input()).rows.map(\.kind) == [.leaderVisit])
    }

    @Test("A head may have come where another county's visits never came: nobody says he did not")
    func visitsElsewhere() {
        var county = county()
        county.records.unitsWithUntoldVisits = [TextFolding.key("甲局")]
        #expect(!Accountability.compute(county.input()).rows.contains { $0.reason == .noVisitByHead })
        #expect(UnitSupport.compute(county.input()).rows.map(\.headVisitsEverywhere) == [nil])
        county.visit("宋某", "2019-03-01")
        #expect(UnitSupport.compute(county.input()).rows.map(\.headVisitsEverywhere) == [1])
    }

    @Test("Training: the headcount stands, what was trained does not; nominations call nobody untrained")
    func training() throws {
        let extracts = [without(.training), county()].map { TrainingCoverage.extract($0.input()) }
        func row(_ extract: CountyTrainingExtract?) throws -> TrainingCoverage.Row {
            let extract = try #require(extract)
            return try #require(
                TrainingCoverage.rows(
                    year: 2019, counties: [extract.county], extracts: [extract], shares: [10, 30, 60],
                    provinceNames: [:]
                ).last)
        }
        let silent = try row(extracts[0])
        #expect(silent.counts?.headcount == 2 && silent.told == nil && silent.coverage == nil)
        #expect(silent.left == nil && silent.known(\.trainedOverall) == nil && silent.status == "培训未报")
        #expect(try row(extracts[1]).untrained == 2)
        let nominated = Nominations.compute(without(.training).input(), quota: [0, 1, 1]).rows
        #expect(nominated.map(\.reason) == ["培训情况未报送", "培训情况未报送"])
        #expect(Nominations.compute(county().input(), quota: [0, 1, 1]).rows.map(\.reason) == ["未训", "未训"])
    }

    @Test("A prefecture's coverage is that of the counties that told theirs")
    func coverageOfSome() throws {
        var told = county()
        told.train(1, "班", "2019-03-01")
        var silent = without(.training)
        silent.records.county = CountyRecord(
            code: CountyCode("630203")!, name: "平安区", prefecture: "海东市", isDeepPoverty: false)
        let extracts = [told, silent].compactMap { TrainingCoverage.extract($0.input()) }
        let rows = TrainingCoverage.rows(
            year: 2019, counties: extracts.map(\.county), extracts: extracts, shares: [10, 30, 60], provinceNames: [:])
        let prefecture = try #require(rows.first { $0.level == .prefecture })
        #expect(prefecture.counts?.headcount == 4 && prefecture.untrained == 1)
        #expect(prefecture.coverage?.percentText == "50.00%" && prefecture.status == "1个县(区)培训未报")
    }

    @Test("Work funds: due is due, and nothing is said to be unpaid")
    func workFunds() {
        let rows = WorkFunds.compute(without(.workFunds).input()).rows
        #expect(rows.map(\.due) == [.yuan(20_000)] && rows[0].difference == nil && rows[0].countyPaid == nil)
        #expect(rows.map(\.status.chinese) == ["未报"])
        #expect(WorkFunds.compute(county().input()).rows.map(\.status) == [.unpaid])
        #expect(UnitStanding.compute(without(.workFunds).input()).map(\.fundsOpen) == [nil])
    }

    @Test("Promotions: no 0 of 40 where the list never came; none where cadres outnumber people")
    func promotions() {
        func share(_ county: County, total: Int) -> PromotionShare.Row? {
            var county = county
            county.records.promotionTotals = [
                PromotionTotalRecord(year: 2019, category: .promotion, totalPeople: total, source: Fixture.cell())
            ]
            return PromotionShare.compute(county.input()).rows.first
        }
        #expect(share(county(), total: 40)?.share?.percentText == "0.00%")
        let silent = share(without(.promotions), total: 40)
        #expect(silent?.totalPeople == 40 && silent?.cadres == nil && silent?.share == nil)
        var promoted = county()
        promoted.promote(1, "2019-03-01", .promotion)
        promoted.promote(2, "2019-03-01", .promotion)
        #expect(share(promoted, total: 2)?.share?.percentText == "100.00%")
        #expect(share(promoted, total: 1)?.share == nil && share(promoted, total: 0)?.share == nil)
        promoted.records.promotionTotals = [
            PromotionTotalRecord(year: 2019, category: .promotion, totalPeople: 1, source: Fixture.cell(7))
        ]
        let findings = PromotionShare.compute(promoted.input()).findings
        #expect(findings.map(\.reason) == [.promotionCountsConflict] && findings.first?.cell == Fixture.cell(7).address)
        #expect(PromotionShare.extract(promoted.input()).counts.first?.isWhole == false)
    }

    @Test("Who left in an earlier year is in no share of this one, and is counted apart")
    func former() {
        var county = county()
        county.records.cadres.append(Fixture.cadre(3, nil, Fixture.posting("一村", "2018-05-01", "2018-12-31")))
        county.records.cadres.append(Fixture.cadre(4, nil, Fixture.posting("一村", "2018-05-01", "2019-01-01")))
        for person in [3, 4] { county.promote(person, "2019-03-01", .promotion) }
        let row = PromotionShare.compute(county.input()).rows.first
        #expect(row?.cadres == 1 && row?.formerCadres == 1)
    }

    @Test("Unit discipline: no zero where neither attendance nor checks came")
    func unitDiscipline() {
        var county = without(.spotChecks)
        county.grade("甲局", "优秀")
        #expect(UnitDiscipline.compute(county.input()).rows.map(\.absences) == [0])
        county.attendance.isReported = false
        #expect(UnitDiscipline.compute(county.input()).rows.map(\.absences) == [nil])
        #expect(UnitDiscipline.compute(county.input()).rows.map(\.hasCase) == [false])
    }

    @Test("Unit support: no zero and nobody bare; a tie without its number is not nothing")
    func support() {
        let silent = UnitSupport.compute(without(.unitSupport).input()).rows
        #expect(silent.map(\.households) == [nil] && silent[0].isPaired == nil && silent[0].serviceTeams == nil)
        #expect(silent.map(\.isBare) == [false] && UnitSupport.compute(county().input()).rows.map(\.isBare) == [true])
        var told = county()
        told.support("甲局", .householdTies, "2019-03-01")
        let row = UnitSupport.compute(told.input()).rows[0]
        #expect(row.households == nil && row.ties == 1 && !row.isBare)
        told.support("甲局", .householdTies, "2019-03-02", households: 2)
        #expect(UnitSupport.compute(told.input()).rows[0].households == 2)
    }

    @Test("Awards: nobody is without absence where no attendance came")
    func awards() {
        var county = county()
        county.assess(1, .excellent)
        #expect(AwardCandidates.compute(county.input()).rows.count == 1)
        county.attendance.isReported = false
        let result = AwardCandidates.compute(county.input())
        #expect(result.rows.isEmpty && result.unreportedForms == [.attendance])
    }

    @Test("A list of one year speaks of that year; one that runs on, from its first row on; a register of all")
    func years() {
        var forms: ReceivedForms = [.roster]
        forms.insert(.assessment, of: 2019)
        forms.insert(.spotChecks, of: 2019)
        #expect([2018, 2019, 2020].map { forms.speaks(.assessment, of: $0) } == [false, true, false])
        #expect([2018, 2019, 2020].map { forms.speaks(.spotChecks, of: $0) } == [false, true, true])
        #expect(forms.speaks(.roster, of: 1999) && !forms.speaks(.training, of: 2019) && forms.contains(.assessment))
    }
}

@Suite("What is on record of people who were not there, or of days that have not come")
struct StrayRecordTests {
    private func county() -> County {
        County(Fixture.cadre(1, nil, Fixture.posting("一村", "2018-05-01", "2019-03-31")))
    }

    @Test("A check the day after the posting is a finding and counted nowhere; on its last day it counts")
    func checks() {
        var county = county()
        county.receive(.spotChecks, .roster)
        county.check(1, "2019-03-31", .absent)
        county.check(1, "2019-04-01", .absent)
        let result = SpotCheckCounts.compute(county.input())
        #expect(result.rows.map(\.checks) == [1])
        #expect(result.findings.map(\.reason) == [.recordOutsidePosting])
        #expect(result.findings.first?.value == "2019-04-01" && result.findings.first?.code == .recordConflict)
    }

    @Test("An incident the day after the posting is a finding; relief above the gap too")
    func incidents() {
        var county = county()
        func incident(_ date: String, relief: Int?) -> IncidentRecord {
            IncidentRecord(
                person: Fixture.id(1), kind: "意外伤害", isOnDuty: true, date: Fixture.day(date), totalCost: .yuan(1000),
                insurancePaid: .yuan(400), relief: relief.map { .yuan($0) }, source: Fixture.cell())
        }
        county.records.incidents = [incident("2019-04-01", relief: nil)]
        #expect(UnreimbursedGap.compute(county.input()).findings.map(\.reason) == [.recordOutsidePosting])
        county.records.incidents = [incident("2019-03-31", relief: 600)]
        #expect(UnreimbursedGap.compute(county.input()).findings.isEmpty)
        county.records.incidents = [incident("2019-03-31", relief: 601)]
        let result = UnreimbursedGap.compute(county.input())
        #expect(result.findings.map(\.reason) == [.reliefAboveGap] && result.rows.count == 1)
    }

    @Test("A commendation of next year, a pairing of tomorrow, an honour, a grade, a total: each is told, once")
    func future() {
        var county = county()
        county.honour(1, "2019-07-01")
        county.honour(1, "2019-06-30")
        county.assess(1, .excellent, year: 2020)
        county.grade("甲局", "优秀", year: 2020)
        county.records.pairings = ["2019-06-30", "2019-07-01"].map {
            PairingRecord(
                kind: "企业结对", helper: "某厂", township: "甲乡", village: "一村", start: Fixture.day($0),
                source: Fixture.cell())
        }
        county.records.commendations = [
            CommendationRecord(
                year: 2020, level: .province, category: "先进集体", subject: .unit, name: "甲局", source: Fixture.cell(3)),
            CommendationRecord(
                year: 2019, level: .province, category: "先进集体", subject: .unit, name: "甲局", source: Fixture.cell(4)),
        ]
        let findings = FutureRecords.findings(county.input())
        #expect(findings.allSatisfy { $0.reason == .recordInFuture })
        #expect(findings.map(\.value).sorted() == ["2019-07-01", "2019-07-01", "2020年度", "2020年度", "2020年度"])
        #expect(FutureRecords.findings(county.input("2020-01-01", year: 2019)).isEmpty)
    }

    @Test("A commendation while barred is a breach in every year of the window, and stands in that year's list")
    func commendedWhileBarred() {
        var county = County(Fixture.cadre(1, nil, Fixture.posting("一村", "2018-05-01")))
        county.assess(1, .incompetent, recalled: "2020-02-29", year: 2020)
        county.records.commendations = [2019, 2020, 2021, 2022].map {
            CommendationRecord(
                year: $0, level: .province, category: "先进个人", subject: .person, name: "某1", person: Fixture.id(1),
                source: Fixture.cell($0))
        }
        func breaches(_ year: Int) -> [String] {
            AssessmentEffects.compute(county.input("2022-03-01", year: year)).rows.map { $0.breach?.matter ?? "—" }
        }
        #expect(breaches(2019) == [])
        #expect(breaches(2020) == ["2020年度先进个人"] && breaches(2021) == ["2021年度先进个人"])
        #expect(breaches(2022) == ["—"])
    }

    @Test("Eligible: who is commended by the province, unless barred; the same honour is listed once")
    func eligible() {
        var county = County(
            Fixture.cadre(1, nil, Fixture.posting("一村", "2018-05-01")),
            Fixture.cadre(2, nil, Fixture.posting("一村", "2018-05-01")))
        county.records.honours = [
            HonourRecord(
                person: Fixture.id(1), date: Fixture.day("2019-03-01"), level: .province, honour: "先进个人",
                source: Fixture.cell())
        ]
        county.records.commendations = [1, 1, 2].enumerated().map { index, person in
            CommendationRecord(
                year: 2019, level: index == 1 ? .prefecture : .province, category: "先进个人", subject: .person, name: "某",
                person: Fixture.id(person), source: Fixture.cell(10 + index))
        }
        let rows = PromotionShare.eligible(county.input()).rows
        #expect(rows.map { "\($0.person.name) \($0.date?.iso ?? "—")" } == ["某1 2019-03-01", "某2 —"])
        county.assess(2, .incompetent, recalled: "2019-02-01")
        #expect(PromotionShare.eligible(county.input()).rows.map(\.person.name) == ["某1"])
    }

    @Test("任前 classes stand apart from what a tier's organiser held, unless they count for it")
    func prePosting() {
        var county = County(Fixture.cadre(1, nil, Fixture.posting("一村", "2018-05-01")))
        county.train(1, "任前班", "2019-01-01", kind: .prePosting, by: "县委组织部")
        county.train(1, "轮训班", "2019-02-01", by: "县委组织部")
        let rows = TrainingOrganisers.compute(county.input()).rows
        #expect(rows.map(\.isPrePosting) == [false, true] && rows.map { $0.classes.count } == [1, 1])
        county.parameters = [Fixture.parameter(.prePostingCountsForTier, [("2018-01-01", .flag(true))])]
        #expect(TrainingOrganisers.compute(county.input()).rows.map { $0.classes.count } == [2])
    }
}
