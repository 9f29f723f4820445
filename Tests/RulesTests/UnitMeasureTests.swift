import Domain
import Rules
import Testing

@Suite("M8, talks with units")
struct UnitTalkTests {
    private let posted = Fixture.posting("一村", "2018-05-01")

    private func county() -> County {
        var county = County(Fixture.cadre(1, "某一", posted))
        county.insureAll()
        county.visit("宋某", "2019-01-01")
        county.receive(.spotChecks, .assessment, .insurance, .leaderVisits, .accountabilityTalks)
        county.attendance.isReported = true
        return county
    }

    private func rows(_ county: County, _ asOf: String = "2019-06-30") -> [String] {
        UnitTalks.compute(county.input(asOf)).rows.map {
            "\($0.sendingUnit) \($0.causes.joined(separator: "+")) \($0.date?.iso ?? "") \($0.status)"
        }
    }

    @Test("A talk on the day of the absence answers it, one of the day before does not; a later absence asks again")
    func answered() {
        var county = county()
        county.check(1, "2019-03-01", .absent)
        #expect(rows(county) == ["甲局 脱岗  未约谈"])
        county.talk(with: "甲局", "2019-02-28", cause: "例行")
        #expect(rows(county) == ["甲局 例行 2019-02-28 已约谈", "甲局 脱岗  未约谈"])
        county.talk(with: "甲 局", "2019-03-01")
        #expect(rows(county) == ["甲局 例行 2019-02-28 已约谈", "甲局 脱岗 2019-03-01 已约谈"])
        county.check(1, "2019-03-02", .absent)
        #expect(
            rows(county) == ["甲局 例行 2019-02-28 已约谈", "甲局  2019-03-01 已约谈", "甲局 脱岗  未约谈"])
    }

    @Test("A talk of another year, or tomorrow's, answers nothing; tomorrow's is a finding")
    func otherDays() {
        var county = county()
        county.check(1, "2019-03-01", .withdrawn)
        county.talk(with: "甲局", "2018-12-31")
        county.talk(with: "甲局", "2019-07-01")
        #expect(rows(county) == ["甲局 抽调  未约谈"])
        #expect(UnitTalks.compute(county.input()).findings.map(\.reason) == [.recordInFuture])
        #expect(rows(county, "2019-07-01") == ["甲局 抽调 2019-07-01 已约谈"])
    }

    @Test("What has no day is answered by any talk of the year, and asks for none where its form never came")
    func lasting() {
        var county = county()
        county.records.leaderVisits = []
        county.records.insurance = []
        #expect(rows(county) == ["甲局 未参保+负责人未走访  未约谈"])
        county.talk(with: "甲局", "2019-01-01")
        #expect(rows(county) == ["甲局 未参保+负责人未走访 2019-01-01 已约谈"])
        county.records.talks = []
        county.records.receivedForms.subtract([.insurance, .leaderVisits])
        #expect(rows(county) == [])
        #expect(UnitTalks.compute(county.input()).unreportedForms == [.insurance, .leaderVisits])
    }

    @Test("Who talks: the organisation department of the unit's level; nobody where the register does not say")
    func departments() {
        func department(_ level: AdministrativeLevel?) -> String {
            var county = county()
            county.records.units = [UnitRecord(name: "甲局", level: level, head: "宋某", source: Fixture.cell())]
            county.check(1, "2019-03-01", .absent)
            return UnitTalks.compute(county.input()).rows.first?.department ?? "?"
        }
        #expect(department(.province) == "省委组织部")
        #expect(department(.prefecture) == "海东市委组织部")
        #expect(department(.county) == "乐都区委组织部")
        #expect(department(.township) == "乐都区委组织部")
        #expect(department(nil) == "")
    }

    @Test(
        "A unit of another place answers to that place's department",
        arguments: [
            ("平安区教育局", AdministrativeLevel.county, "平安区委组织部"), ("乐都县水利局", .county, "乐都区委组织部"),
            ("区水利局", .county, "乐都区委组织部"), ("互助土族自治县林业局", .county, "互助土族自治县委组织部"),
            ("碾伯镇人民政府", .township, "乐都区委组织部"), ("海东市农牧局", .prefecture, "海东市委组织部"),
            ("西宁市农牧局", .prefecture, "西宁市委组织部"), ("海北藏族自治州农牧局", .prefecture, "海北藏族自治州委组织部"),
            ("中国移动海东市分公司", .prefecture, "海东市委组织部"), ("青海省统计局", .province, "省委组织部"),
        ])
    func places(_ unit: String, _ level: AdministrativeLevel, _ department: String) {
        var county = County(Fixture.cadre(1, "某一", Fixture.posting("一村", unit: unit, "2018-05-01")))
        county.records.units = [UnitRecord(name: unit, level: level, source: Fixture.cell())]
        county.check(1, "2019-03-01", .absent)
        #expect(UnitTalks.compute(county.input()).rows.first?.department == department)
    }

    @Test("A head's visit in another county clears the unit here, and only from its day on")
    func headElsewhere() {
        var county = county()
        county.records.leaderVisits = []
        county.records.headVisitsElsewhere = [
            HeadVisitElsewhere(
                unit: "甲局", date: Fixture.day("2019-06-30"), county: CountyCode("630203")!, countyName: "平安区",
                township: "乙乡", village: "二村")
        ]
        #expect(Accountability.compute(county.input("2019-06-29")).rows.map(\.reason) == [.noVisitByHead])
        #expect(Accountability.compute(county.input("2019-06-30")).rows.isEmpty)
        #expect(HeadVisits(county.input()).visits(of: "甲局").map(\.countyName) == ["平安区"])
    }
}

@Suite("M8, support of villages")
struct UnitSupportTests {
    private func county() -> County {
        var county = County(
            Fixture.cadre(1, nil, Fixture.posting("一村", "2018-05-01")),
            Fixture.cadre(2, nil, Fixture.posting("二村", "2018-05-01", "2018-12-31")))
        county.receive(.unitSupport)
        return county
    }

    @Test("Each unit and village of the year; a pairing lasts, ties and teams are those of the year")
    func rows() {
        var county = county()
        county.support("甲局", .branchPairing, "2018-11-01")
        county.support("甲局", .householdTies, "2019-01-01", households: 5)
        county.support("甲局", .householdTies, "2019-06-30", households: 3)
        county.support("甲局", .householdTies, "2018-12-31", households: 9)
        county.support("甲局", .serviceTeam, "2019-03-01")
        county.support("甲局", .serviceTeam, "2019-07-01")
        county.visit("宋某", "2019-02-01")
        let result = UnitSupport.compute(county.input())
        #expect(result.rows.count == 1)
        let row = result.rows[0]
        #expect(row.isPaired == true && row.households == 8 && row.serviceTeams == 1 && row.headVisits == 1)
        #expect(row.headVisitsEverywhere == 1 && row.level == .county && !row.isBare)
        #expect(row.evidence.count == 5)
        #expect(result.findings.map(\.reason) == [.recordInFuture])
    }

    @Test(
        "A village without anything is bare; another unit's is listed without a cadre; a pairing of branches counts"
    )
    func bare() {
        var county = county()
        #expect(UnitSupport.compute(county.input()).rows.map(\.isBare) == [true])
        #expect(UnitSupport.compute(county.input(year: 2018)).rows.count == 2)
        county.support("丙局", .serviceTeam, "2019-03-01", village: "三村")
        county.records.pairings = [
            PairingRecord(
                kind: "党组织共建", helper: "甲局", township: "甲乡", village: "一村", start: Fixture.day("2019-06-30"),
                source: Fixture.cell())
        ]
        let rows = UnitSupport.compute(county.input()).rows
        #expect(rows.map(\.sendingUnit) == ["丙局", "甲局"])
        #expect(rows.map(\.hasCadre) == [false, true])
        #expect(rows.map(\.isPaired) == [false, true])
        #expect(rows[0].headVisitsEverywhere == nil)
        #expect(UnitSupport.compute(county.input("2019-06-29")).rows.map(\.isPaired) == [false, false])
        county.records.receivedForms = []
        #expect(UnitSupport.compute(county.input()).unreportedForms == [.unitSupport])
    }
}

@Suite("M10, units")
struct UnitCandidateTests {
    private func county() -> County {
        var county = County(
            Fixture.cadre(1, nil, Fixture.posting("一村", "2019-06-01")),
            Fixture.cadre(2, nil, Fixture.posting("一村", unit: "乙局", "2019-06-01")),
            Fixture.cadre(3, nil, Fixture.posting("一村", unit: "丙局", "2019-06-01")))
        county.records.units = ["甲局", "乙局", "丙局"].map {
            UnitRecord(name: $0, level: .county, head: "\($0)长", source: Fixture.cell())
        }
        county.insureAll()
        for unit in ["甲局长", "乙局长", "丙局长"] { county.visit(unit, "2019-06-10") }
        county.records.workFunds = [
            WorkFundsRecord(
                year: 2019, township: "甲乡", village: "一村", amount: .yuan(20_000), fundSource: .county,
                date: Fixture.day("2019-03-01"), source: Fixture.cell())
        ]
        county.receive(
            .insurance, .workFunds, .leaderVisits, .roster, .spotChecks, .accountabilityTalks, .assessment)
        county.attendance.isReported = true
        for (person, halfDays) in [(1, 30), (2, 60), (3, 30)] {
            county.attendance.presentHalfDays[Fixture.id(person)] = HalfDays(halfDays)
        }
        return county
    }

    private func units(_ county: County, elsewhere: YearElsewhere = .nothing) -> [String] {
        UnitCandidates.compute(county.input(elsewhere: elsewhere)).rows.map {
            "\($0.rank) \($0.sendingUnit) \($0.attendance.percentText)"
        }
    }

    @Test("Clean units, by attendance, then size, then name")
    func ranked() {
        #expect(units(county()) == ["1 乙局 100.00%", "2 丙局 50.00%", "3 甲局 50.00%"])
    }

    @Test("An absence, a talk, short funds, a gap in the cover, a head who never came: each excludes")
    func excluded() {
        var absent = county()
        absent.check(2, "2019-06-05", .absent)
        #expect(units(absent) == ["1 丙局 50.00%", "2 甲局 50.00%"])
        var talked = county()
        talked.talk(with: "乙局", "2019-06-30")
        #expect(units(talked).count == 2)
        talked.records.talks[0].date = Fixture.day("2018-12-31")
        #expect(units(talked).count == 3)
        var short = county()
        short.records.workFunds[0].amount = .yuan(19_999)
        #expect(units(short) == [])
        short.records.workFunds[0].amount = .yuan(20_001)
        #expect(units(short).count == 3)
        var gap = county()
        gap.records.insurance.removeAll { $0.person == Fixture.id(2) }
        #expect(units(gap).count == 2)
        var absentHead = county()
        absentHead.records.leaderVisits.removeFirst()
        #expect(units(absentHead).count == 2)
    }

    @Test("What another county has on record of the unit excludes too")
    func elsewhere() {
        func other(_ change: (inout UnitStanding) -> Void) -> [String] {
            var standing = UnitStanding(unit: "乙局", cadres: 3)
            change(&standing)
            return units(county(), elsewhere: YearElsewhere(units: ["乙局": standing]))
        }
        #expect(other { _ in }.count == 3)
        #expect(other { $0.withdrawals = 1 }.count == 2)
        #expect(other { $0.fundsOpen = 1 }.count == 2)
        #expect(other { $0.insuranceOpen = 1 }.count == 2)
    }

    @Test(
        "Where a form is missing on which it rests, no unit is named",
        arguments: [FormID.insurance, .workFunds, .leaderVisits, .assessment, .accountabilityTalks])
    func unreported(_ form: FormID) {
        var county = county()
        county.records.receivedForms.remove(form)
        let result = UnitCandidates.compute(county.input())
        #expect(result.rows.isEmpty && result.unreportedForms == [form])
    }
}

@Suite("M10, commendations")
struct CommendationTests {
    @Test("Those of the year, by level and class, units before people, with sums")
    func rows() {
        var county = County(Fixture.cadre(1, "某一", Fixture.posting("一村", "2018-05-01")))
        func commend(_ year: Int, _ level: AdministrativeLevel, _ category: String, _ name: String, person: Int? = nil)
        {
            county.records.commendations.append(
                CommendationRecord(
                    year: year, level: level, category: category, subject: person == nil ? .unit : .person, name: name,
                    person: person.map(Fixture.id), source: Fixture.cell(county.records.commendations.count)))
        }
        commend(2019, .county, "先进集体", "甲局")
        commend(2019, .province, "先进集体", "乙局")
        commend(2019, .county, "优秀队员", "某一", person: 1)
        commend(2019, .county, "先进集体", "丙局")
        commend(2018, .county, "先进集体", "丁局")
        let rows = Commendations.compute(county.input()).rows
        #expect(rows.map(\.name) == ["乙局", "某一", "丙局", "甲局"])
        #expect(
            Commendations.totals(rows).map { "\($0.level.chinese) \($0.category) \($0.units) \($0.people)" } == [
                "省 先进集体 1 0", "县 优秀队员 0 1", "县 先进集体 2 0",
            ])
        #expect(Commendations.compute(county.input()).unreportedForms == [.commendations])
        county.elsewhere(1, "2019-01-01")
        #expect(Commendations.compute(county.input()).rows.count == 3)
    }
}
