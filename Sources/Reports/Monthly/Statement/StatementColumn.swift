import Domain
import Tables

/// The columns of a statement's lines, in their order on paper.
enum StatementColumn: CaseIterable {
    case number, name, person, township, village, bank, account, origin, days, rate
    case livingStipend, hardshipAllowance, qinghaiAllowance, townshipSubsidy, total, note

    /// Those with something in them; who it is, what for and how much always.
    ///
    /// - Parameter summed: lines that are only added up on the sheet, beside those that stand on it.
    static func kept(_ lines: [PaymentLine], summed: [PaymentLine] = [], hasOrigin: Bool) -> [StatementColumn] {
        // What comes again is an amount alone.
        let hasParts = lines.isEmpty || lines.contains { $0.reissue == nil }
        return allCases.filter { column in
            switch column {
            case .number, .name, .person, .total: true
            case .days, .rate, .livingStipend: hasParts
            case .origin: hasOrigin
            default:
                lines.contains { !column.isEmpty($0) } || column.isSummed && summed.contains { !column.isEmpty($0) }
            }
        }
    }

    /// How narrow it may become, by how wide its content is: what wraps to a few characters, figures by some of their
    /// air. Headings wrap.
    func least(of content: Double) -> Double {
        if wraps { return frame.least }
        switch frame.kind {
        case .amount, .days: return max(frame.least, content - 1)
        case .number: return content - 1.2
        default: return content
        }
    }

    private func isEmpty(_ line: PaymentLine) -> Bool {
        switch self {
        case .township: line.township.isEmpty
        case .village: line.village.isEmpty
        case .bank: line.bank ?? "" == ""
        case .account: line.bankAccount ?? "" == ""
        case .note: line.note.isEmpty
        default: component?.shown(on: line) ?? .zero == .zero
        }
    }

    /// The part of the pay that stands in it.
    var component: PayComponent? {
        switch self {
        case .livingStipend: .livingStipend
        case .hardshipAllowance: .hardshipAllowance
        case .qinghaiAllowance: .qinghaiAllowance
        case .townshipSubsidy: .townshipSubsidy
        default: nil
        }
    }

    /// Whether its figures are added up.
    var isSummed: Bool { self == .days || self == .total || component != nil }

    /// What it adds up to; nil where no line has anything in it.
    func sum(_ lines: [PaymentLine]) -> ReportDecimal? {
        switch self {
        case .days: ReportDecimal(lines.reduce(HalfDays.zero) { $0 + $1.halfDays })
        case .total: ReportDecimal(lines.reduce(Fen.zero) { $0 + $1.total })
        default: component?.shown(lines).map { ReportDecimal($0) }
        }
    }

    /// Whether a long content goes on in a second line.
    var wraps: Bool { frame.kind == .text || self == .name }

    /// How it looks: what can wrap may be narrower than its content, figures and numbers never.
    var frame: ReportFrame.Column {
        switch self {
        case .number: .init("序号", .centered, min: 4, max: 6)
        case .name: .init("姓名", .centered, min: 7, max: 16)
        case .person: .init("身份证号", .number, min: 18, max: 20)
        case .township: .init("乡镇", .text, min: 6, max: 14)
        case .village: .init("村", .text, min: 6, max: 16)
        case .bank: .init("开户行", .text, min: 6, max: 20)
        case .account: .init("银行账号", .number, min: 18, max: 24)
        case .origin: .init("原所属期", .number, min: 8, max: 9)
        case .days: .init("出勤\n天数", .days, min: 5.5, max: 9)
        case .rate: .init("日标准", .amount, min: 6.5, max: 12)
        case .livingStipend: .init("生活补助", .amount, min: 8, max: 18)
        case .hardshipAllowance: .init("艰苦边远\n地区津贴", .amount, min: 8, max: 18)
        case .qinghaiAllowance: .init("青海津贴", .amount, min: 8, max: 18)
        case .townshipSubsidy: .init("乡镇工作\n补贴", .amount, min: 8, max: 18)
        case .total: .init("合计", .amount, min: 9, max: 20)
        case .note: .init("备注", .text, min: 6, max: 24)
        }
    }
}

extension PayComponent {
    /// What the statement shows of it: what comes again is an amount alone, its parts stand in the batch that first
    /// issued it. Source: spec §8.
    func shown(on line: PaymentLine) -> Fen? { line.reissue == nil ? amount(of: line) : nil }

    /// The sum of what is shown; nil where nothing is.
    func shown(_ lines: [PaymentLine]) -> Fen? {
        var sum: Fen?
        for line in lines {
            if let amount = shown(on: line) { sum = (sum ?? .zero) + amount }
        }
        return sum
    }
}

/// The cells of lines under chosen columns, with live formulas.
struct StatementCells {
    let columns: [StatementColumn]

    /// Where a column stands; nil where it was left out.
    func place(_ column: StatementColumn) -> Int? { columns.firstIndex(of: column) }

    /// The least size on paper: nine points, where all three allowances stand eight. Source: spec §9.
    var percent: Int { columns.count { $0.component != nil } > 3 ? 80 : 90 }

    /// Cells left of the first figure.
    var labelled: Int { columns.firstIndex { $0.isSummed } ?? columns.count }

    /// - Parameter row: where they stand; nil for figures instead of formulas, to be measured alone.
    func values(_ line: PaymentLine, number: Int, row: Int?) -> [ReportValue] {
        columns.map { column in
            switch column {
            case .number: .count(number)
            case .name: .text(line.name)
            case .person: .text(line.person.text)
            case .township: .text(line.township)
            case .village: .text(line.village)
            case .bank: .text(line.bank ?? "")
            case .account: .text(line.bankAccount ?? "")
            case .origin: .text(line.originPeriod.description)
            case .days: line.hasDays ? .days(line.halfDays) : .empty
            case .rate: line.hasDays ? .amount(line.dailyRate) : .empty
            case .livingStipend: line.reissue == nil ? stipend(line, row) : .empty
            case .hardshipAllowance, .qinghaiAllowance, .townshipSubsidy:
                .amount(column.component?.shown(on: line))
            case .total: total(line, row)
            case .note: .text(line.note)
            }
        }
    }

    private func stipend(_ line: PaymentLine, _ row: Int?) -> ReportValue {
        guard let row, let days = place(.days), let rate = place(.rate),
            // Half-days times the rate is twice the stipend; an odd product was rounded, another basis was no product.
            line.halfDays.count * line.dailyRate.amount == line.livingStipend.amount * 2
        else { return .amount(line.livingStipend) }
        let product = "\(ReportFrame.cell(row, days))*\(ReportFrame.cell(row, rate))"
        return .formula("ROUND(\(product),2)", stored: .number(ReportDecimal(line.livingStipend)))
    }

    private func total(_ line: PaymentLine, _ row: Int?) -> ReportValue {
        let parts = columns.indices.filter { columns[$0].component != nil }
        guard let row, line.reissue == nil, let first = parts.first, let last = parts.last else {
            return .amount(line.total)
        }
        let range = "\(ReportFrame.cell(row, first)):\(ReportFrame.cell(row, last))"
        return .formula("ROUND(SUM(\(range)),2)", stored: .number(ReportDecimal(line.total)))
    }

    /// What stands right of a total's label: sums of some rows, as `formula` names them.
    func totals(_ lines: [PaymentLine], _ formula: (Int) -> String) -> [ReportValue] {
        columns.indices.dropFirst(labelled).map { index in
            guard columns[index].isSummed, let sum = columns[index].sum(lines) else { return .empty }
            return .formula("ROUND(\(formula(index)),2)", stored: .number(sum))
        }
    }

    /// The sum of a column over rows.
    static func sum(_ column: Int, _ rows: ClosedRange<Int>, sheet: String? = nil) -> String {
        let range = "\(ReportFrame.cell(rows.lowerBound, column)):\(ReportFrame.cell(rows.upperBound, column))"
        return "SUM(" + (sheet.map { SheetName.quoted($0) + "!" } ?? "") + range + ")"
    }
}
