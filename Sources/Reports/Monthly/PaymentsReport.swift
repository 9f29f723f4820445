import Domain
import Rules
import Tables

/// `payments-<yyyy-mm>.csv`: what is paid, a row a person, village and origin month. Source: spec §9.
public enum PaymentsReport {
    /// M5: the stipend is borne by the sending unit's public funds. Source: 青组字〔2018〕231号 第5条.
    public static let fundingSource = "派出单位公用经费"

    /// The lines a payment file holds: total not 0, in statement order.
    public static func paid(_ lines: [PaymentLine]) -> [PaymentLine] {
        let paid = lines.contains { $0.total == .zero } ? lines.filter { $0.total != .zero } : lines
        let isOrdered = zip(paid, paid.dropFirst()).allSatisfy { !PaymentLine.inStatementOrder($1, $0) }
        return isOrdered ? paid : paid.sorted(by: PaymentLine.inStatementOrder)
    }

    /// The table of an export profile; lines whose total is 0 are left out, the rest put in statement order.
    ///
    /// - Parameter bank: what is paid through a bank, for profiles of net lines.
    public static func table(
        _ lines: [PaymentLine], bank: [BankLines.Line] = [], countyName: String, profile: ExportProfile = .standard
    ) -> CSVTable {
        let context = PaymentCells(countyName: countyName, profile: profile)
        let taken = (profile.isNetted ? bank.map(netLine) : paid(lines)).filter { context.passes($0) }
        var rows = taken.enumerated().map { index, line in
            profile.columns.map { context.text($0, of: line, number: index + 1) }
        }
        if let label = profile.totalsLabel { rows.append(context.totals(taken, label)) }
        return CSVTable(schema(profile), rows: rows)
    }

    /// What a bank is told to pay, and what not: a line that no bank's file takes by its filters is unpayable.
    public static func bank(
        _ lines: [PaymentLine], standing: AccountStanding, countyName: String, profiles: [ExportProfile]
    ) -> BankLines {
        let bank = BankLines(lines, standing: standing)
        let files = profiles.filter(\.isNetted).map { PaymentCells(countyName: countyName, profile: $0) }
        // Without any file for a bank the county pays by the list itself.
        guard !files.isEmpty else { return bank }
        return bank.confined { line in files.contains { $0.passes(netLine(line)) } }
    }

    /// The net lines of each profile, in the order of the profiles; none where a profile has no net lines.
    ///
    /// A line is in one bank's file, or two banks would pay it: in the first that takes it by its filters, else in
    /// those without any. Of these there is one, or the same list in several forms.
    public static func netFiles(
        _ payable: [BankLines.Line], countyName: String, profiles: [ExportProfile]
    ) -> [[BankLines.Line]] {
        let cells = profiles.map { PaymentCells(countyName: countyName, profile: $0) }
        let choosers = profiles.indices.filter { profiles[$0].isNetted && !profiles[$0].filters.isEmpty }
        let others = profiles.indices.filter { profiles[$0].isNetted && profiles[$0].filters.isEmpty }
        var files = [[BankLines.Line]](repeating: [], count: profiles.count)
        for line in payable {
            let shown = netLine(line)
            let takers = choosers.first { cells[$0].passes(shown) }.map { [$0] } ?? others
            for taker in takers { files[taker].append(line) }
        }
        return files
    }

    /// The net line as a line of the statement: only what both have is looked at.
    private static func netLine(_ line: BankLines.Line) -> PaymentLine {
        var result = line.model
        result.livingStipend = line.amount
        result.hardshipAllowance = nil
        result.qinghaiAllowance = nil
        result.townshipSubsidy = nil
        result.originPeriod = result.period
        result.note = ""
        return result
    }

    /// The columns of an export profile, for the data package.
    public static func schema(_ profile: ExportProfile = .standard) -> CSVSchema {
        let fields = Set(profile.columns.compactMap(\.field))
        let key: [PaymentField] = [.originPeriod, .countyCode, .personID, .township, .village, .note]
        return CSVSchema(
            name: profile.name, title: profile.title,
            columns: profile.columns.map { PaymentCells.column($0, of: profile) },
            primaryKey: fields.isSuperset(of: key)
                ? key.compactMap { field in profile.columns.first { $0.field == field }?.heading } : [])
    }
}

/// The cells of payment lines as text.
struct PaymentCells {
    let countyName: String
    let profile: ExportProfile

    /// A column of the profile; a line of totals leaves most of its cells empty.
    static func column(_ column: ExportProfile.Column, of profile: ExportProfile) -> CSVColumn {
        let made = self.column(column, amounts: profile.amounts)
        guard profile.totalsLabel != nil || column.isText else { return made }
        return CSVColumn(
            made.name, column.isText || column.field == .sequence ? .string : made.type, unit: made.unit,
            description: made.description)
    }

    static func column(_ column: ExportProfile.Column, amounts: ExportProfile.AmountFormat) -> CSVColumn {
        guard let field = column.field else { return CSVColumn(column.heading) }
        let unit = amounts == .fen ? "分" : "元"
        // A grouped amount is text to every reader but a person.
        let amount: CSVType =
            switch amounts {
            case .yuan: .number
            case .fen: .integer
            case .groupedYuan: .string
            }
        func amountColumn(_ description: String = "", isRequired: Bool = false) -> CSVColumn {
            CSVColumn(column.heading, amount, unit: unit, description: description, isRequired: isRequired)
        }
        switch field {
        case .sequence: return CSVColumn(column.heading, .integer, isRequired: true)
        case .batch: return CSVColumn(column.heading, description: "关账批次；未关账时为空")
        case .period: return CSVColumn(column.heading, .yearmonth, description: "发放月份", isRequired: true)
        case .originPeriod:
            return CSVColumn(column.heading, .yearmonth, description: "出勤月份；补发、扣回时早于所属期", isRequired: true)
        case .countyCode: return CSVColumn(column.heading, description: "六位行政区划代码", isRequired: true)
        case .name, .personID, .sendingUnit, .township, .village: return CSVColumn(column.heading, isRequired: true)
        case .attendanceDays:
            return CSVColumn(column.heading, .number, unit: "天", description: "计发的实际出勤天数，半天为0.5；重发的、不足半天的余额为空")
        case .dailyRate: return amountColumn("每天标准；重发的、不足半天的余额为空")
        case .livingStipend: return amountColumn("重发的为空")
        case .total: return amountColumn(isRequired: true)
        case .hardshipAllowance, .qinghaiAllowance, .townshipSubsidy: return amountColumn("没有适用标准时为空")
        case .county, .unitCode, .bank, .bankAccount, .fundingSource, .note: return CSVColumn(column.heading)
        }
    }

    /// Whether every filter of the profile takes the line.
    func passes(_ line: PaymentLine) -> Bool {
        profile.filters.allSatisfy { filter in
            let value = TextFolding.key(text(filter.field, of: line, number: 0))
            return filter.texts.contains { value.contains(TextFolding.key($0)) }
        }
    }

    func text(_ column: ExportProfile.Column, of line: PaymentLine, number: Int) -> String {
        let text =
            switch column.content {
            case .field(let field): text(field, of: line, number: number)
            case .fixed(let text): text
            }
        return column.isText && !text.isEmpty && profile.format == .csv ? text + "\t" : text
    }

    /// The line of totals: its label first, the sum under the amounts.
    func totals(_ lines: [PaymentLine], _ label: String) -> [String] {
        let sum = lines.reduce(Fen.zero) { $0 + $1.total }
        return profile.columns.enumerated().map { index, column in
            column.field == .total ? amount(sum) : index == 0 ? label : ""
        }
    }

    func text(_ field: PaymentField, of line: PaymentLine, number: Int) -> String {
        switch field {
        case .sequence: String(number)
        case .batch: line.batch ?? ""
        case .period: line.period.description
        case .originPeriod: line.originPeriod.description
        case .countyCode: line.county.text
        case .county: countyName
        case .unitCode: line.unitCode ?? ""
        case .sendingUnit: line.sendingUnit
        case .name: profile.removesSpacesInNames ? TextFolding.withoutSpaces(line.name) : line.name
        case .personID: line.person.text
        case .township: line.township
        case .village: line.village
        case .bank: line.bank ?? ""
        case .bankAccount: line.bankAccount ?? ""
        // What comes again is an amount; its days and parts stand in the batch that first issued it.
        case .attendanceDays: line.hasDays ? line.halfDays.daysText : ""
        case .dailyRate: line.hasDays ? amount(line.dailyRate) : ""
        case .livingStipend: line.reissue == nil ? amount(line.livingStipend) : ""
        case .hardshipAllowance: amount(line.hardshipAllowance)
        case .qinghaiAllowance: amount(line.qinghaiAllowance)
        case .townshipSubsidy: amount(line.townshipSubsidy)
        case .total: amount(line.total)
        case .fundingSource: PaymentsReport.fundingSource
        case .note: line.note
        }
    }

    private func amount(_ fen: Fen?) -> String {
        guard let fen else { return "" }
        switch profile.amounts {
        case .yuan: return fen.yuanText
        case .fen: return String(fen.amount)
        case .groupedYuan: return AmountText.grouped(fen)
        }
    }
}

/// Amounts of money for people.
public enum AmountText {
    /// `-1,234.50`.
    public static func grouped(_ fen: Fen) -> String {
        let text = fen.yuanText
        let isNegative = text.hasPrefix("-")
        let digits = Array(text.utf8.dropFirst(isNegative ? 1 : 0))
        var result: [UInt8] = isNegative ? [0x2D] : []
        let whole = digits.count - 3
        for (index, digit) in digits.enumerated() {
            if index > 0, index < whole, (whole - index) % 3 == 0 { result.append(0x2C) }
            result.append(digit)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
