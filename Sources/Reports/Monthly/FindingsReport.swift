import Domain
import Tables

/// `findings.csv`: everything found, by the place in the files, personal numbers masked. Source: spec §6, §9.
public enum FindingsReport {
    /// 代码 … 处理建议.
    public static let schema = CSVSchema(
        name: "findings", title: "问题清单",
        columns: [
            CSVColumn("代码", description: "永久代码，见问题目录", isRequired: true),
            CSVColumn("级别", description: "错误、警告、提示", isRequired: true),
            CSVColumn("影响", description: "暂缓发放、不计当日、已采用、无", isRequired: true),
            CSVColumn("所属期", .yearmonth),
            CSVColumn("县区"),
            CSVColumn("乡镇"),
            CSVColumn("文件", description: "相对于收件目录"),
            CSVColumn("工作表", description: "文本文件为空"),
            CSVColumn("单元格", description: "A1形式"),
            CSVColumn("姓名"),
            CSVColumn("身份证号", description: "已脱敏"),
            CSVColumn("发现值", description: "原表内容，长号码已脱敏"),
            CSVColumn("说明", isRequired: true),
            CSVColumn("处理建议", isRequired: true),
        ])

    /// One row a finding, in report order, none twice.
    ///
    /// - Parameter countyNames: the name of each county by its code; a county that is not there stands as its code.
    public static func table(_ findings: [Finding], countyNames: [CountyCode: String]) -> CSVTable {
        var rows: [[String]] = []
        rows.reserveCapacity(findings.count)
        var last: Finding?
        for finding in findings.sorted(by: inReportOrder) where finding != last {
            rows.append(row(finding, countyNames))
            last = finding
        }
        return CSVTable(schema, rows: rows)
    }

    /// Total: what `Finding.inReportOrder` leaves equal is told apart by month, county and value.
    public static func inReportOrder(_ left: Finding, _ right: Finding) -> Bool {
        if Finding.inReportOrder(left, right) { return true }
        if Finding.inReportOrder(right, left) { return false }
        if left.period != right.period {
            guard let a = left.period else { return true }
            guard let b = right.period else { return false }
            return a < b
        }
        return (left.county?.text ?? "", left.value) < (right.county?.text ?? "", right.value)
    }

    private static func row(_ finding: Finding, _ countyNames: [CountyCode: String]) -> [String] {
        let masked = FindingMasking.masked(finding)
        return [
            masked.code.rawValue,
            masked.severity.chinese,
            masked.effect.chinese,
            masked.period?.description ?? "",
            masked.county.map { countyNames[$0] ?? $0.text } ?? "",
            masked.township,
            masked.file,
            masked.sheet,
            masked.cell?.a1 ?? "",
            masked.person,
            masked.personID,
            masked.value,
            masked.message(.zh),
            masked.advice(.zh),
        ]
    }
}

/// Findings as they may leave the finance bureau's folder.
public enum FindingMasking {
    /// The finding with every number that may be an ID or an account masked, wherever it stands.
    public static func masked(_ finding: Finding) -> Finding {
        var result = finding
        let isAccount = finding.code == .bankAccountInvalid || finding.code == .bankAccountMissing
        let isID = finding.code == .idInvalid || finding.code == .idPrecisionLost || finding.code == .idUpgraded
        func masked(_ text: String) -> String {
            // What these findings quote is a personal number even where it is too short to look like one.
            (isAccount || isID) && looksLikeNumber(text) ? ResidentID.masked(text) : IDMasking.masked(text)
        }
        result.personID = finding.personID.isEmpty ? "" : ResidentID.masked(finding.personID)
        result.value = masked(finding.value)
        result.arguments = finding.arguments.map(masked)
        result.person = IDMasking.masked(finding.person)
        result.township = IDMasking.masked(finding.township)
        result.file = IDMasking.byShape(finding.file)
        result.sheet = IDMasking.masked(finding.sheet)
        return result
    }

    /// Nothing but digits, letters and separators, at least six digits, and no date.
    private static func looksLikeNumber(_ text: String) -> Bool {
        var digits = 0
        for scalar in TextFolding.halfWidth(text).unicodeScalars {
            switch scalar {
            case "0"..."9": digits += 1
            case "A"..."Z", "a"..."z", " ", "'", "*", "-", ".", "+": break
            default: return false
            }
        }
        return digits >= 6 && CivilDate(iso: text) == nil && Period(text) == nil
    }
}
