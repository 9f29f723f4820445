import Domain
import Rules
import Tables

/// `discipline-<yyyy>.csv`: M4, absences and withdrawals with what follows for cadre and unit.
public enum DisciplineReport {
    public static let schema = CSVSchema(
        name: "discipline", title: "脱岗抽调情况",
        columns: [
            YearColumns.year, CSVColumn("对象", description: "个人、单位", isRequired: true), YearColumns.name,
            YearColumns.maskedID, YearColumns.unit, CSVColumn("日期", .date, isRequired: true),
            CSVColumn("情形", description: "脱岗、抽调", isRequired: true), CSVColumn("后果"), CSVColumn("依据"),
            CSVColumn("证据", description: "文件、工作表、单元格"),
        ])

    public static func table(_ rows: [Discipline.Row]) -> CSVTable {
        CSVTable(
            schema,
            rows: rows.map { row in
                let isPerson = row.subject == .person
                let person = row.discipline.person
                return [
                    String(row.year), row.subject.chinese, isPerson ? person.name : "",
                    isPerson ? person.id.masked : "", person.sendingUnit, row.discipline.date.iso,
                    row.discipline.situationText, row.subject.consequence, Discipline.clause.text,
                    IDMasking.masked(row.discipline.evidenceText),
                ]
            })
    }
}
