import Domain
import Tables

/// `held-<yyyy-mm>.csv`: rows that are not paid until mended, with why and how much hangs on it. Source: spec §9.
public enum HeldReport {
    /// The columns of `payments`, 原因 and 待核金额.
    public static let schema: CSVSchema = {
        let optional = ExportProfile.standard.columns.map { column -> CSVColumn in
            let made = PaymentCells.column(column, amounts: .yuan)
            let kept: Set<PaymentField> = [.period, .originPeriod, .countyCode]
            return CSVColumn(
                made.name, made.type, unit: made.unit, description: made.description,
                isRequired: column.field.map(kept.contains) ?? false)
        }
        return CSVSchema(
            name: "held", title: "暂缓发放明细",
            columns: optional + [
                CSVColumn("原因", description: "问题代码，以分号连接", isRequired: true),
                CSVColumn("待核金额", .number, unit: "元", description: "核实后按现有记录应发的金额；无法估算时为空"),
            ])
    }()

    /// Unit, name, ID, village, reasons.
    public static func inReportOrder(_ left: HeldLine, _ right: HeldLine) -> Bool {
        let a = (left.sendingUnit, left.name, left.personID, left.village, left.township)
        let b = (right.sendingUnit, right.name, right.personID, right.village, right.township)
        if a != b { return a < b }
        if left.period != right.period { return left.period < right.period }
        if left.codes != right.codes { return reasons(left) < reasons(right) }
        return (left.pendingAmount?.amount ?? .min, left.note) < (right.pendingAmount?.amount ?? .min, right.note)
    }

    /// The codes, `;`-joined.
    public static func reasons(_ line: HeldLine) -> String { line.codes.map(\.rawValue).joined(separator: ";") }

    /// One row a held line. A held row pays nothing: its days and amounts stay empty, 待核金额 says what hangs on it.
    public static func table(_ lines: [HeldLine], countyName: String) -> CSVTable {
        let rows = lines.sorted(by: inReportOrder).map { line -> [String] in
            ExportProfile.standard.columns.compactMap(\.field).map { text($0, of: line, countyName) }
                + [reasons(line), line.pendingAmount?.yuanText ?? ""]
        }
        return CSVTable(schema, rows: rows)
    }

    private static func text(_ field: PaymentField, of line: HeldLine, _ countyName: String) -> String {
        switch field {
        case .period, .originPeriod: line.period.description
        case .countyCode: line.county.text
        case .county: countyName
        case .unitCode: line.unitCode ?? ""
        case .sendingUnit: line.sendingUnit
        case .name: line.name
        case .personID: line.personID
        case .township: line.township
        case .village: line.village
        case .bank: line.bank ?? ""
        case .bankAccount: line.bankAccount ?? ""
        case .note: line.note
        case .fundingSource, .sequence, .batch, .attendanceDays, .dailyRate, .livingStipend, .hardshipAllowance,
            .qinghaiAllowance, .townshipSubsidy, .total:
            ""
        }
    }
}
