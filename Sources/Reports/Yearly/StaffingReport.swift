import Domain
import Rules
import Tables

/// `staffing-<yyyy>.csv`: M1, what poor villages lack, and who could serve.
public enum StaffingReport {
    public static let schema = CSVSchema(
        name: "staffing", title: "选派缺项",
        columns: [
            YearColumns.county, YearColumns.township, YearColumns.village, CSVColumn("贫困村", description: "是、否"),
            CSVColumn("深度贫困村", description: "是、否"), CSVColumn("薄弱村", description: "是、否"),
            CSVColumn("缺项", description: "第一书记空缺、工作队空缺、任期不足、选调生副书记空缺；可任副书记的选调生", isRequired: true),
            YearColumns.name, CSVColumn("说明"),
        ])

    /// `proposals`: who could serve where a deputy is missing.
    public static func table(_ rows: [Staffing.Row], proposals: [DeputyProposals.Row] = []) -> CSVTable {
        let graduates = Dictionary(
            proposals.compactMap { row in row.graduate.map { (row.village.key, $0) } },
            uniquingKeysWith: { first, _ in first })
        return CSVTable(
            schema,
            rows: rows.map { row in
                let graduate = row.gap == .noDeputy ? graduates[row.village.key] : nil
                let note = graduate.map(proposal) ?? row.note
                return [
                    row.countyName, row.village.township, row.village.village, YearColumns.flag(row.village.isPoor),
                    YearColumns.flag(row.village.isDeepPoverty), YearColumns.flag(row.village.isWeak), row.gap.chinese,
                    row.personName ?? "", IDMasking.masked(note),
                ]
            })
    }

    /// `建议人选：某某（现驻某镇某村）`; of a first secretary, that his place is free then.
    static func proposal(_ graduate: DeputyProposals.Graduate) -> String {
        "建议人选：\(graduate.person.name)（现驻\(graduate.person.township)\(graduate.person.village)）"
            + (graduate.isFirstSecretary ? "，现任第一书记，须另选第一书记" : "")
    }
}
