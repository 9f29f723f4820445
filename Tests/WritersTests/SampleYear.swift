import Domain
import Foundation
import Reports
import Rules
import Settings
import Testing

/// A made-up county year with something of every measure, and a province around it.
enum SampleYear {
    static func policy() throws -> Policy {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("pipelines/policy/qinghai-2018-231.yaml")
        return try PolicyFile.policy(from: String(contentsOf: file, encoding: .utf8), file: "policy.yaml")
    }

    static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }

    private static func cell(_ form: String, _ row: Int) -> SourceCell {
        SourceCell(file: "630202-乐都区/\(form).xlsx", sheet: "Sheet1", address: CellAddress(row: row, column: 1))
    }

    static func records() throws -> CountyRecords {
        let code = try #require(CountyCode("630202"))
        let villages = (0..<6).map { index in
            VillageRecord(
                township: ["瞿昙镇", "寿乐镇"][index % 2], village: "柳湾\(index)村", isPoor: true,
                isDeepPoverty: index % 3 == 0, isWeak: index % 2 == 0, linkedLeader: index == 5 ? nil : "韩建明",
                source: cell("村名录", index + 2))
        }
        let start = try day("2018-05-01")
        let cadres = (0..<8).map { index in
            let village = villages[index % 6]
            return Cadre(
                id: SampleStatement.id(index), name: PersonName(index == 1 ? "多杰才旦" : "沈桂\(index)"),
                isSelectedGraduate: index == 2, workStart: start,
                postings: [
                    Posting(
                        county: code, township: village.township, village: village.village,
                        role: index < 4 ? .firstSecretary : .teamMember, roleText: "第一书记",
                        sendingUnit: ["乐都区水利局", "青海省统计局"][index % 2], start: start,
                        source: cell("花名册", index + 2))
                ])
        }
        var records = CountyRecords(
            county: CountyRecord(code: code, name: "乐都区", prefecture: "海东市", isDeepPoverty: true), villages: villages,
            units: [
                UnitRecord(name: "乐都区水利局", level: .county, head: "张三", source: cell("派出单位", 2)),
                UnitRecord(name: "青海省统计局", level: .province, source: cell("派出单位", 3)),
            ], cadres: cadres)
        let cover = try #require(CivilDateRange(try day("2019-01-01"), try day("2019-07-10")))
        records.insurance = cadres.dropLast(2).map {
            InsuranceRecord(
                person: $0.id, policyNumber: "P1", sumInsured: .yuan(300_000), cover: cover, source: cell("保险台账", 5))
        }
        records.incidents = [
            IncidentRecord(
                person: cadres[0].id, kind: "意外伤害", isOnDuty: true, date: try day("2019-03-09"),
                totalCost: Fen(1_500_050), insurancePaid: .yuan(9000), otherPaid: .yuan(1000), source: cell("医疗", 3))
        ]
        records.spotChecks = [
            SpotCheckRecord(
                person: cadres[1].id, date: try day("2019-01-15"), result: .absent, source: cell("抽查记录", 4))
        ]
        records.assessments = [
            AssessmentRecord(person: cadres[2].id, year: 2019, grade: .excellent, source: cell("考核结果", 3)),
            AssessmentRecord(
                person: cadres[3].id, year: 2019, grade: .incompetent, recallDate: try day("2019-02-15"),
                source: cell("考核结果", 4)),
        ]
        records.honours = [
            HonourRecord(
                person: cadres[3].id, date: try day("2019-04-30"), level: .province, honour: "全省五一劳动奖章",
                source: cell("表彰", 3)),
            HonourRecord(
                person: cadres[2].id, date: try day("2019-03-08"), level: .province, honour: "全省优秀第一书记",
                source: cell("表彰", 4)),
        ]
        records.careEvents = [
            CareEventRecord(
                person: cadres[4].id, date: try day("2019-06-01"), situation: "家庭困难", source: cell("五必访", 3))
        ]
        records.trainings = [
            TrainingRecord(
                person: cadres[0].id, trainingClass: "一期", organiser: "区委组织部", tier: .county, kind: .rotation,
                start: try day("2019-03-01"), source: cell("培训", 3))
        ]
        try addUnits(to: &records)
        records.receivedForms = [
            .roster, .villageRegister, .unitRegister, .insurance, .incidents, .spotChecks, .attendance, .assessment,
            .honours, .careEvents, .training, .leaderVisits, .promotions, .unitAssessment, .accountabilityTalks,
            .meetings, .unitSupport, .commendations,
        ]
        return records
    }

    /// `received`: the forms that somebody sent; those of the records where not given. `policies`: of everybody, a
    /// month each.
    static func ledger(received: ReceivedForms? = nil, policies: Int = 0) throws -> AnnualLedger {
        let asOf = try day("2019-06-30")
        var records = try records()
        for number in 0..<policies {
            let start = try day("2019-01-01").adding(days: 30 * number)
            let cover = try #require(CivilDateRange(start, start.adding(days: 29)))
            records.insurance += records.cadres.map {
                InsuranceRecord(
                    person: $0.id, policyNumber: "PA1010\(number)", sumInsured: .yuan(300_000), cover: cover,
                    source: cell("驻村干部保险登记表", number + 5))
            }
        }
        if let received {
            records = CountyRecords(county: records.county, villages: records.villages, cadres: records.cadres)
            records.receivedForms = received
        }
        let attendance = YearAttendance(isReported: records.receivedForms.contains(.attendance))
        let input = YearInput(records: records, attendance: attendance, year: 2019, asOf: asOf, policy: try policy())
        let rows = try coverage()
        let november = try #require(Period("2019-01"))
        let results = YearResults(input)
        let may = input.seen(on: try day("2019-05-31"))
        return AnnualLedger(
            county: input.records.county, year: 2019, asOf: asOf, cadresInPost: input.counted.count, results: results,
            standings: results.standings(input),
            before: AnnualLedger.Before(day: may.asOf, standings: YearResults(may).standings(may)),
            coverage: rows.first { $0.code == "630202" }, nominations: Nominations.compute(input, quota: [1, 2, 5]),
            payments: [
                MonthPaid(
                    period: november, batch: "ZC-630202-201901", people: 8, days: .days(170), total: .yuan(10_200),
                    heldRows: 1)
            ])
    }

    /// Something of every form about units, meetings and commendations.
    private static func addUnits(to records: inout CountyRecords) throws {
        let (own, other) = ("乐都区水利局", "青海省统计局")
        records.units = [
            UnitRecord(name: own, level: .county, head: "宋立新", source: cell("派出单位", 3)),
            UnitRecord(name: other, level: .province, head: "马建国", source: cell("派出单位", 4)),
        ]
        records.unitAssessments = [
            UnitAssessmentRecord(unit: other, year: 2019, grade: "优秀", source: cell("班子考核", 3))
        ]
        records.talks = [
            AccountabilityTalkRecord(
                unit: other, date: try day("2019-01-10"), talker: "省委组织部", cause: "工作提醒", source: cell("约谈", 3))
        ]
        records.meetings = [
            MeetingRecord(
                kind: .county, date: try day("2019-03-05"), meeting: "全区脱贫攻坚推进会", attendees: 120, cadres: 8,
                source: cell("会议", 3)),
            MeetingRecord(
                kind: .working, date: try day("2019-05-05"), township: "瞿昙镇", meeting: "驻村工作例会", attendees: 12,
                cadres: 4, source: cell("会议", 4)),
        ]
        records.cadreTalks = [
            CadreTalkRecord(person: SampleStatement.id(0), date: try day("2019-02-20"), source: cell("谈话", 3))
        ]
        records.unitSupport = [
            UnitSupportRecord(
                unit: own, kind: .householdTies, township: "瞿昙镇", village: "柳湾0村", date: try day("2019-03-20"),
                households: 6, source: cell("认亲", 3))
        ]
        records.commendations = [
            CommendationRecord(
                year: 2019, level: .county, category: "先进集体", subject: .unit, name: own, source: cell("表彰名单", 3)),
            CommendationRecord(
                year: 2019, level: .province, category: "优秀第一书记", subject: .person, name: "沈桂2",
                person: SampleStatement.id(2), source: cell("表彰名单", 4)),
        ]
    }

    /// Eight prefectures of five counties; every seventh county sent nothing.
    static func coverage() throws -> [TrainingCoverage.Row] {
        let asOf = try day("2019-06-30")
        let input = YearInput(records: try records(), year: 2019, asOf: asOf, policy: try policy())
        let own = try #require(TrainingCoverage.extract(input))
        var counties: [CountyRecord] = []
        var extracts: [CountyTrainingExtract] = []
        let names = ["西宁市", "海东市", "海北藏族自治州", "黄南藏族自治州", "海南藏族自治州", "果洛藏族自治州", "玉树藏族自治州", "海西蒙古族藏族自治州"]
        let codes = [6301, 6302, 6322, 6323, 6325, 6326, 6327, 6328]
        for (index, name) in names.enumerated() {
            for number in 1...5 {
                guard let code = CountyCode("\(codes[index])0\(number)") else { continue }
                let county = CountyRecord(
                    code: code, name: code.text == "630202" ? "乐都区" : "甲\(number)县", prefecture: name,
                    isDeepPoverty: false)
                counties.append(county)
                guard (index * 5 + number + 1) % 7 != 0 else { continue }
                var extract = own
                extract.county = county
                if code.text != "630202" {
                    extract.counts.headcount = 20 + index * 3 + number
                    extract.counts.trained = [2, 4 + number, 5 + index]
                    extract.counts.trainedOverall = 10 + number + index
                }
                extract.isTrainingReported = number != 4 || index % 2 == 0
                extracts.append(extract)
            }
        }
        return TrainingCoverage.rows(
            year: 2019, counties: counties, extracts: extracts, shares: [10, 30, 60], provinceNames: ["630000": "青海省"])
    }

    /// A province's summary with something on every sheet.
    static func province(asOf: CivilDate, rows: [TrainingCoverage.Row]) throws -> ProvinceSummary {
        let code = try #require(CountyCode("630202"))
        let extract = PromotionShare.Extract(
            counts: [
                .init(category: .promotion, totalPeople: 8, cadres: 1),
                .init(category: .payRise, totalPeople: nil, cadres: 2),
            ], isReported: true, eligible: 1)
        let nodes = rows.prefix(3).map {
            (level: $0.level, code: $0.code, name: $0.name, counties: $0.level == .county ? [] : [code])
        }
        let input = YearInput(records: try records(), year: 2019, asOf: asOf, policy: try policy())
        return ProvinceSummary(
            year: 2019, asOf: asOf, rows: rows, organisers: [("青海省", TrainingOrganisers.compute(input).rows)],
            promotion: PromotionShare.rows(Array(nodes), [code: extract]),
            units: [UnitStanding(unit: "海东市农牧局", level: .prefecture, cadres: 12, absences: 2, headVisits: 3)])
    }
}
