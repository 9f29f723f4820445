import Domain
import Rules
import Tables

/// Measure 4: who was absent, who was checked, who was not.
extension AnnualLedger {
    private typealias Column = ReportFrame.Column

    var disciplineSection: Section {
        let people = results.discipline.rows.filter { $0.subject == .person }
        let absences = people.count { $0.discipline.situations.contains(.absence) }
        let withdrawals = people.count { $0.discipline.situations.contains(.withdrawal) }
        return Section(
            name: "4-1 纪律", title: "到岗纪律",
            asks: "擅自脱岗或派出单位抽调的，干部当年不得评先评优，派出单位领导班子当年考核不得评优秀。", acts: "县委组织部、派出单位",
            stands: "脱岗 \(absences) 人次日，抽调 \(withdrawals) 人次日，涉及派出单位 "
                + "\(Set(people.map(\.discipline.person.sendingUnit)).count) 个。",
            columns: [Column("日期", .date, min: 11, max: 11), Column("对象", .centered, min: 7, max: 7)]
                + Self.personColumns + [
                    Column("情形", .centered, min: 9, max: 12), Column("后果", .text, min: 16, max: 20),
                ],
            rows: results.discipline.rows.map { row in
                let isPerson = row.subject == .person
                var person = Self.person(row.discipline.person)
                if !isPerson { person = [.empty, person[1], .empty] }
                return Section.Row(
                    values: [.day(row.discipline.date), .text(row.subject.chinese)] + person + [
                        .text(row.discipline.situationText), .text(row.subject.consequence),
                    ], evidence: row.discipline.evidence,
                    next: isPerson ? "核实后取消当年评先评优资格" : "通报派出单位，年度考核时执行")
            })
    }

    var unitDisciplineSection: Section {
        let rows = results.unitDiscipline.rows
        let cases = rows.count(where: \.hasCase)
        let isTold =
            !results.discipline.unreportedForms.contains(.attendance)
            || !results.discipline.unreportedForms.contains(.spotChecks)
        let isGraded = !results.unitDiscipline.unreportedForms.contains(.unitAssessment)
        let casesText = isTold ? "\(cases) 个派出单位有脱岗或抽调" : "考勤和抽查未报送"
        let gradesText = isGraded ? "其中领导班子仍为优秀 \(rows.count { $0.isConflict }) 个" : "班子考核未报送"
        return Section(
            name: "4-2 单位", title: "单位纪律和班子考核", asks: "有脱岗、抽调的派出单位，领导班子当年考核不得评优秀。", acts: "各级组织部门",
            stands: isTold || isGraded && cases > 0 ? "\(casesText)，\(gradesText)。" : "考勤和抽查未报送，不能与班子考核对照。",
            columns: [
                Column("派出单位", .text, min: 18, max: 34), Column("驻村\n干部", .count, min: 7, max: 7),
                Column("脱岗\n（人次日）", .count, min: 10, max: 10), Column("抽调\n（人次日）", .count, min: 10, max: 10),
                Column("班子考核", .centered, min: 9, max: 12),
            ],
            rows: rows.map { row in
                func count(_ number: Int?) -> ReportValue { number.map { .count($0) } ?? .text("未报") }
                return Section.Row(
                    values: [
                        .text(row.sendingUnit), .count(row.cadres), count(row.absences), count(row.withdrawals),
                        .text(row.grade.map(IDMasking.masked) ?? "未报"),
                    ], evidence: row.evidence,
                    next: row.isConflict ? "核实班子考核等次" : row.hasCase ? "年度考核时不得评优秀" : "")
            })
    }

    var checksSection: Section {
        let rows = results.checks.rows
        func sum(_ value: (SpotCheckCounts.Row) -> Int) -> Int { rows.reduce(0) { $0 + value($1) } }
        func method(_ name: String) -> Int { sum { $0.method.contains(name) ? $0.checks : 0 } }
        return Section(
            name: "4-3 抽查", title: "抽查情况", asks: "组织部门通过电话和实地经常抽查驻村干部在岗情况（次数文件未定，只列数字）。", acts: "县委组织部、督查部门",
            stands:
                "抽查 \(sum(\.checks)) 人次（电话 \(method("电话"))，实地 \(method("实地"))），查出脱岗 \(sum(\.absences))、抽调 \(sum(\.withdrawals)) 人次。",
            columns: [
                Column("所属期", .centered, min: 10, max: 10), Column("检查单位", .text, min: 16, max: 30),
                Column("方式", .centered, min: 8, max: 10), Column("次数\n（人次）", .count, min: 9, max: 9),
                Column("村数", .count, min: 7, max: 7), Column("干部数", .count, min: 8, max: 8),
                Column("脱岗", .count, min: 7, max: 7), Column("抽调", .count, min: 7, max: 7),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: [
                        .text(row.period.description), .text(IDMasking.masked(row.department)), .text(row.method),
                        .count(row.checks), .count(row.villages), .count(row.cadres), .count(row.absences),
                        .count(row.withdrawals),
                    ], evidence: Array(row.evidence.prefix(20)), next: row.department.isEmpty ? "补填检查单位" : "")
            })
    }

    var uncheckedVillagesSection: Section {
        let rows = results.uncheckedVillages.rows
        return Section(
            name: "4-4 未查村", title: "没有抽查过的村", asks: "抽查覆盖有驻村干部的村（次数文件未定）。", acts: "县委组织部、督查部门",
            stands: rows.isEmpty
                ? "有驻村干部的村都抽查过。" : "\(rows.count) 个村、驻村干部 \(rows.reduce(0) { $0 + $1.cadres }) 人没有抽查过。",
            columns: [
                Column("乡镇", .text, min: 12, max: 18), Column("村", .text, min: 12, max: 20),
                Column("驻村干部数", .count, min: 11, max: 11),
            ],
            rows: rows.map { row in
                Section.Row(
                    values: [.text(row.township), .text(row.village), .count(row.cadres)], evidence: row.evidence,
                    next: "安排抽查")
            })
    }

    var uncheckedCadresSection: Section {
        let rows = results.uncheckedCadres.rows
        return Section(
            name: "4-5 未查干部", title: "没有抽查过的干部", asks: "抽查覆盖驻村干部（次数文件未定）。", acts: "县委组织部、督查部门",
            stands: rows.isEmpty
                ? "在岗的驻村干部都抽查过。" : "\(rows.count) 人没有抽查过，其中所在村查过而本人没有查过 \(rows.count { $0.isVillageChecked }) 人。",
            columns: Self.personColumns + [Column("所在村\n查过", .centered, min: 8, max: 8)],
            rows: rows.map { row in
                Section.Row(
                    values: Self.person(row.person) + [.text(YearColumns.flag(row.isVillageChecked))],
                    evidence: row.evidence, next: "安排抽查")
            })
    }
}
