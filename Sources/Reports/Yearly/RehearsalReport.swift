import Domain
import Tables

/// 政策试算: people and amounts that another policy file would pay differently. Source: spec §8.
public struct RehearsalReport: Sendable {
    /// A person, village and month that would differ.
    public struct Row: Hashable, Sendable {
        public var county: String
        public var period: Period
        public var name: String
        /// Masked.
        public var residentID: String
        public var sendingUnit: String
        public var place: String
        public var currentDays: HalfDays
        public var newDays: HalfDays
        public var current: Fen
        public var new: Fen

        public init(
            county: String, period: Period, name: String, residentID: String, sendingUnit: String, place: String,
            currentDays: HalfDays, newDays: HalfDays, current: Fen, new: Fen
        ) {
            self.county = county
            self.period = period
            self.name = name
            self.residentID = residentID
            self.sendingUnit = sendingUnit
            self.place = place
            self.currentDays = currentDays
            self.newDays = newDays
            self.current = current
            self.new = new
        }
    }

    public var title: String
    public var asOf: CivilDate
    public var rows: [Row]

    public init(title: String, asOf: CivilDate, rows: [Row]) {
        self.title = title
        self.asOf = asOf
        self.rows = rows
    }

    /// One sheet: a row a person, village and month, and the sums as live formulas.
    public func workbook() -> ReportWorkbook {
        var sheet = ReportSheet(name: "试算差异")
        let headings = [
            "县区", "所属期", "姓名", "身份证号", "派出单位", "驻村", "现行天数", "试算天数", "现行金额", "试算金额", "差额",
        ]
        let title = ReportStyle(font: .hei, size: 16, isBold: true, horizontal: .center)
        let head = ReportStyle(isBold: true, border: .thin, horizontal: .center)
        let text = ReportStyle(border: .thin)
        let amount = ReportStyle(border: .thin, horizontal: .right, numberFormat: .amount)
        let days = ReportStyle(border: .thin, horizontal: .right, numberFormat: .days)
        sheet.putMerged(0, 0...(headings.count - 1), .text(self.title), title)
        for (column, heading) in headings.enumerated() { sheet.put(1, column, .text(heading), head) }
        for (index, row) in rows.enumerated() {
            let line = index + 2
            let texts = [row.county, row.period.description, row.name, row.residentID, row.sendingUnit, row.place]
            for (column, value) in texts.enumerated() { sheet.put(line, column, .text(value), text) }
            sheet.put(line, 6, .days(row.currentDays), days)
            sheet.put(line, 7, .days(row.newDays), days)
            sheet.put(line, 8, .amount(row.current), amount)
            sheet.put(line, 9, .amount(row.new), amount)
            sheet.put(line, 10, .amount(row.new - row.current), amount)
        }
        let last = rows.count + 2
        sheet.put(last, 0, .text("合计"), head)
        for column in 1..<8 { sheet.put(last, column, .empty, head) }
        for (column, value) in [
            (8, rows.reduce(Fen.zero) { $0 + $1.current }), (9, rows.reduce(Fen.zero) { $0 + $1.new }),
            (10, rows.reduce(Fen.zero) { $0 + $1.new - $1.current }),
        ] {
            let name = CellAddress.columnName(column)
            let range = rows.isEmpty ? nil : "SUM(\(name)3:\(name)\(last))"
            sheet.put(
                last, column,
                range.map { ReportValue.formula($0, stored: .number(ReportDecimal(value))) } ?? .amount(value), amount)
        }
        sheet.columns = headings.map { _ in ReportColumn(.fit(min: 8, max: 30)) }
        return ReportWorkbook(title: self.title, created: asOf, sheets: [sheet], isReport: true)
    }
}
