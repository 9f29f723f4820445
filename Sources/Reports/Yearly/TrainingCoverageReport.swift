import Domain
import Rules
import Tables

/// `training-coverage-<yyyy>.csv`: M2, plan and done of province, prefectures and counties. No personal data.
public enum TrainingCoverageReport {
    public static let schema = CSVSchema(
        name: "training-coverage", title: "培训覆盖",
        columns: [
            YearColumns.year, CSVColumn("层级", description: "省、市(州)、县(区)", isRequired: true),
            CSVColumn("代码", isRequired: true), CSVColumn("名称", isRequired: true),
            YearColumns.people("驻村干部数"), YearColumns.people("省级计划"), YearColumns.people("市级计划"),
            YearColumns.people("县级计划"), YearColumns.people("省级已训"), YearColumns.people("市级已训"),
            YearColumns.people("县级已训"), YearColumns.people("已训人数", "各级合计，每人只计一次；培训未报的县(区)只计其他县(区)名单上的"),
            CSVColumn("覆盖率", .percent, description: "已训人数占驻村干部数；培训未报的县(区)不计入"),
            YearColumns.people("未训人数", "培训未报的县(区)不计入"),
            YearColumns.people("薄弱村干部数"), YearColumns.people("薄弱村已训"), YearColumns.people("任前培训人数"),
            CSVColumn("状态", description: "未报：没有数据，不等于零"),
        ], primaryKey: ["年度", "代码"])

    public static func table(_ rows: [TrainingCoverage.Row]) -> CSVTable {
        CSVTable(schema, rows: rows.map(cells))
    }

    private static func cells(_ row: TrainingCoverage.Row) -> [String] {
        func count(_ number: Int?) -> String { number.map { String($0) } ?? "" }
        func tiers(_ numbers: [Int]?) -> [String] {
            (0..<3).map { index in count(numbers.flatMap { $0.indices.contains(index) ? $0[index] : nil }) }
        }
        let trained = (0..<3).map { tier in count(row.known { $0.trained[tier] }) }
        return [String(row.year), row.levelText, row.code, row.name, count(row.counts?.headcount)] + tiers(row.plan)
            + trained
            + [
                count(row.known(\.trainedOverall)), row.coverage?.percentText ?? "", count(row.untrained),
                count(row.counts?.weakVillageHeadcount), count(row.known(\.weakVillageTrained)),
                count(row.known(\.prePosting)),
                row.status,
            ]
    }
}
