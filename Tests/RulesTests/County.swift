import Domain
import Rules

/// A county with one of each, for the measures that read registers and events.
struct County {
    var records = CountyRecords(county: Fixture.county())
    var attendance = YearAttendance()
    var parameters: [Parameter] = []

    init(_ cadres: Cadre...) {
        records.cadres = cadres
        records.villages = [Fixture.village("一村")]
        records.units = [
            UnitRecord(name: "甲局", level: .county, head: "宋某", source: Fixture.cell()),
            UnitRecord(name: "乙局", level: .province, head: nil, source: Fixture.cell()),
        ]
    }

    func input(
        _ asOf: String = "2019-06-30", year: Int = 2019, elsewhere: YearElsewhere = .nothing
    ) -> YearInput {
        YearInput(
            records: records, attendance: attendance, year: year, asOf: Fixture.day(asOf),
            policy: Fixture.policy(parameters: parameters), elsewhere: elsewhere)
    }

    mutating func mark(_ person: Int, _ date: String, _ morning: AttendanceStatus, _ afternoon: AttendanceStatus) {
        attendance.absences.append(
            AttendanceFact(
                person: Fixture.id(person), date: Fixture.day(date), morning: morning, afternoon: afternoon,
                presentHalfDays: .zero, source: Fixture.cell(attendance.absences.count, file: "考勤.xlsx")))
    }

    mutating func check(_ person: Int, _ date: String, _ result: SpotCheckResult) {
        records.spotChecks.append(
            SpotCheckRecord(person: Fixture.id(person), date: Fixture.day(date), result: result, source: Fixture.cell())
        )
    }

    mutating func assess(_ person: Int, _ grade: AssessmentGrade, recalled: String? = nil, year: Int = 2019) {
        records.assessments.append(
            AssessmentRecord(
                person: Fixture.id(person), year: year, grade: grade, recallDate: recalled.map(Fixture.day),
                source: Fixture.cell()))
    }

    mutating func honour(_ person: Int, _ date: String, _ level: AdministrativeLevel = .county) {
        records.honours.append(
            HonourRecord(
                person: Fixture.id(person), date: Fixture.day(date), level: level, honour: "奖\(date)",
                source: Fixture.cell(records.honours.count)))
    }

    mutating func promote(_ person: Int, _ date: String, _ category: PromotionCategory, important: Bool = false) {
        records.promotions.append(
            PromotionRecord(
                person: Fixture.id(person), date: Fixture.day(date), category: category, isImportantPost: important,
                source: Fixture.cell(100 + records.promotions.count)))
    }

    mutating func visit(_ leader: String, _ date: String, _ village: String = "一村") {
        records.leaderVisits.append(
            LeaderVisitRecord(
                date: Fixture.day(date), leader: PersonName(leader), township: "甲乡", village: village,
                source: Fixture.cell(records.leaderVisits.count)))
    }

    mutating func grade(_ unit: String, _ grade: String, year: Int = 2019) {
        records.unitAssessments.append(
            UnitAssessmentRecord(unit: unit, year: year, grade: grade, source: Fixture.cell(200, file: "班子.xlsx")))
    }

    mutating func talk(with unit: String, _ date: String, cause: String? = nil) {
        records.talks.append(
            AccountabilityTalkRecord(
                unit: unit, date: Fixture.day(date), talker: "县委组织部", cause: cause,
                source: Fixture.cell(records.talks.count, file: "约谈.xlsx")))
    }

    mutating func talk(to person: Int, _ date: String) {
        records.cadreTalks.append(
            CadreTalkRecord(
                person: Fixture.id(person), date: Fixture.day(date),
                source: Fixture.cell(records.cadreTalks.count, file: "谈话.xlsx")))
    }

    mutating func meet(
        _ kind: MeetingKind, _ date: String, _ name: String = "会", township: String = "甲乡", of attendees: Int? = nil,
        cadres: Int? = nil, person: Int? = nil
    ) {
        records.meetings.append(
            MeetingRecord(
                kind: kind, date: Fixture.day(date), township: kind == .county ? "" : township, meeting: name,
                attendees: attendees, cadres: cadres, person: person.map(Fixture.id),
                source: Fixture.cell(records.meetings.count, file: "会议.xlsx")))
    }

    mutating func support(
        _ unit: String, _ kind: UnitSupportKind, _ date: String, village: String = "一村", households: Int? = nil
    ) {
        records.unitSupport.append(
            UnitSupportRecord(
                unit: unit, kind: kind, township: "甲乡", village: village, date: Fixture.day(date),
                households: households, source: Fixture.cell(records.unitSupport.count, file: "共建.xlsx")))
    }

    mutating func train(
        _ person: Int, _ name: String, _ date: String, _ tier: AdministrativeLevel = .county,
        kind: TrainingKind = .rotation, by organiser: String? = nil, failed: Bool = false
    ) {
        records.trainings.append(
            TrainingRecord(
                person: Fixture.id(person), trainingClass: name, organiser: organiser, tier: tier, kind: kind,
                start: Fixture.day(date), isFailed: failed,
                source: Fixture.cell(records.trainings.count, file: "培训.xlsx")))
    }

    /// Everybody is insured over every year of the tests, and was for less before.
    mutating func insureAll() {
        for cadre in records.cadres {
            insure(cadre.id, "2017-01-01", "2018-09-30", 100_000)
            insure(cadre.id, "2018-10-01", "2020-12-31", 300_000)
        }
    }

    mutating func insure(_ person: ResidentID, _ start: String, _ end: String, _ yuan: Int) {
        records.insurance.append(
            InsuranceRecord(
                person: person, policyNumber: "P\(records.insurance.count)", sumInsured: .yuan(yuan),
                cover: Fixture.range(start, end), source: Fixture.cell(records.insurance.count, file: "保险.xlsx")))
    }

    /// The posting of a person in another county.
    mutating func elsewhere(_ person: Int, _ start: String, _ end: String? = nil, county: String = "630203") {
        guard let code = CountyCode(county) else { return }
        records.postingsElsewhere.append(
            PostingElsewhere(
                person: Fixture.id(person), county: code, start: Fixture.day(start), end: end.map(Fixture.day)))
    }

    mutating func receive(_ forms: FormID...) { records.receivedForms.formUnion(forms) }
}
