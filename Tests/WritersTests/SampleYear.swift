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
                person: cadres[0].id, trainingClass: "一期", tier: .county, kind: .rotation,
                start: try day("2019-03-01"), source: cell("培训", 3))
        ]
        records.receivedForms = [
            .roster, .villageRegister, .unitRegister, .insurance, .incidents, .spotChecks, .attendance, .assessment,
            .honours, .careEvents, .training, .leaderVisits, .promotions,
        ]
        return records
    }

    /// `received`: the forms that somebody sent; those of the records where not given.
    static func ledger(received: Set<FormID>? = nil) throws -> AnnualLedger {
        let asOf = try day("2019-06-30")
        var records = try records()
        if let received {
            records = CountyRecords(county: records.county, villages: records.villages, cadres: records.cadres)
            records.receivedForms = received
        }
        let attendance = YearAttendance(isReported: records.receivedForms.contains(.attendance))
        let input = YearInput(records: records, attendance: attendance, year: 2019, asOf: asOf, policy: try policy())
        let rows = try coverage()
        let november = try #require(Period("2019-01"))
        return AnnualLedger(
            county: input.records.county, year: 2019, asOf: asOf, cadresInPost: input.inPost.count,
            staffing: Staffing.compute(input), coverage: rows.first { $0.code == "630202" },
            nominations: Nominations.compute(input, quota: [1, 2, 5]), visits: LinkedVillages.compute(input),
            discipline: Discipline.compute(input),
            payments: [
                MonthPaid(
                    period: november, batch: "ZC-630202-201901", people: 8, days: .days(170), total: .yuan(10_200),
                    heldRows: 1)
            ],
            workFunds: WorkFunds.compute(input), insurance: InsuranceCover.compute(input),
            medicalGaps: UnreimbursedGap.compute(input), assessment: AssessmentEffects.compute(input),
            promotion: PromotionShare.compute(input), eligible: PromotionShare.eligible(input),
            accountability: Accountability.compute(input), careVisits: CareVisits.compute(input),
            awards: AwardCandidates.compute(input))
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
}
