import ArgumentParser
import Domain
import Glibc
import Reports
import Sheets
import Tables

/// `zhucun-benchmark workbook`: what making one workbook costs, by maker.
struct WorkbookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workbook", abstract: "Times a statement and a return workbook, made and read back, by maker.")

    @Option(help: "People of the statement.")
    var people = 150

    @Option(help: "Sending units of the statement.")
    var units = 12

    @Option(help: "How often each is made; the table shows the mean.")
    var repeats = 200

    @Flag(help: "Leave out libxlsxwriter, for a profile of the rest.")
    var ownOnly = false

    func run() throws {
        print("| workbook | bytes | model ms | layout ms | own ms | library ms |")
        print("|---|---:|---:|---:|---:|---:|")
        guard let county = CountyCode("630202"), let period = Period("2018-11"), let day = CivilDate(2018, 11, 30)
        else {
            throw ValidationError("no such county or month")
        }
        let lines = try paymentLines(county, period)
        func statement() -> ReportWorkbook {
            PaymentStatement(county: county, countyName: "乐都区", period: period, batch: nil, lines: lines).workbook()
        }
        try measure("statement, \(people) people, \(units) units", statement)
        try measure("one sheet, 20 people, 38 columns") {
            ReportWorkbook(title: "考勤表", created: day, sheets: [sheet()])
        }
    }

    private func measure(_ name: String, _ make: () -> ReportWorkbook) throws {
        let workbook = make()
        let model = try time { _ = make() }
        let layout = try time { for sheet in workbook.sheets { _ = ReportLayout(of: sheet) } }
        var size = 0
        let own = try time { size = try XLSXWriter.bytes(of: workbook, by: .own).count }
        let library = ownOnly ? 0 : try time { _ = try XLSXWriter.bytes(of: workbook, by: .library).count }
        print("| \(name) | \(size) | \(model) | \(layout) | \(own) | \(library) |")
    }

    /// Milliseconds of a processor for one.
    private func time(_ body: () throws -> Void) throws -> Double {
        try body()
        // Of the processor: other work on the machine makes no difference.
        let before = clock()
        for _ in 0..<repeats { try body() }
        let milliseconds = Double(clock() - before) * 1000 / Double(CLOCKS_PER_SEC)
        return (milliseconds / Double(repeats) * 1000).rounded() / 1000
    }

    private func paymentLines(_ county: CountyCode, _ period: Period) throws -> [PaymentLine] {
        try (0..<people).map { index in
            let digits = "63020219900101\(String(1000 + index).suffix(3))"
            guard let id = "0123456789X".lazy.compactMap({ ResidentID(digits + String($0)) }).first else {
                throw ValidationError("no check character")
            }
            let days = HalfDays(20 + index * 7 % 31)
            return PaymentLine(
                county: county, period: period, originPeriod: period, person: id, name: "才让\(index % 30)",
                unitCode: "D\(index % units)", sendingUnit: "乐都区第\(index % units)局", township: "瞿昙镇",
                village: "柳湾\(index % 90)村", bank: "农业银行", bankAccount: "62284806300000000\(10 + index % 90)",
                halfDays: days, dailyRate: Fen.yuan(60), livingStipend: Fen(days.count * 3000))
        }
    }

    private func sheet() -> ReportSheet {
        var sheet = ReportSheet(name: "考勤表")
        sheet.defaultRowHeight = 18
        let styles = (0..<8).map { ReportStyle(isBold: $0 % 2 == 0, border: .thin, horizontal: .center, wraps: $0 > 3) }
        for row in 0..<23 {
            for column in 0..<38 {
                sheet.put(row, column, .text(column < 6 ? "栏\(row)-\(column)" : "√"), styles[(row + column) % 8])
            }
        }
        sheet.columns = (0..<38).map { _ in ReportColumn(.fixed(5)) }
        sheet.comments = [ReportComment(cell: CellAddress(row: 4, column: 8), text: "请改用图例中的符号")]
        return sheet
    }
}
