import Domain
import Foundation
import Reports
import Sheets
import Tables
import Testing

@Suite("Data package")
struct DataPackageTests {
    static let validator = ["/usr/local/bin", "/usr/bin"]
        .appending(
            contentsOf: (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        )
        .map { $0 + "/frictionless" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    static let yearly = YearTables.schemas + [TrainingCoverageReport.schema]

    static let bank = ExportProfile(
        name: "bank", title: "银行代发明细", fileName: "bank-{period}.csv",
        dialect: CSVDialect(encoding: .gb18030, separator: "|", hasHeader: false), amounts: .fen,
        columns: [.init(.sequence), .init(.name), .init(.bankAccount), .init(.total), .init(.personID)])

    private func sampleCell(_ column: CSVColumn) -> String {
        switch column.type {
        case .string: column.isRequired ? "=甲,\"乙\"" : ""
        case .integer: "12"
        case .number: "-780.00"
        case .date: "2019-02-28"
        case .year: "2019"
        case .yearmonth: "2018-11"
        case .percent: "58.33%"
        }
    }

    private func write(to folder: String) throws {
        let statement = try #require(SampleStatement.statement())
        let finance = "2018-11/630202-乐都区/finance"
        var tables: [(String, CSVTable, CSVDialect)] = [
            (
                "\(finance)/payments-2018-11.csv", PaymentsReport.table(statement.lines, countyName: "乐都区"),
                CSVDialect()
            ),
            (
                "\(finance)/bank-2018-11.csv",
                PaymentsReport.table(statement.lines, countyName: "乐都区", profile: Self.bank), Self.bank.dialect
            ),
            ("\(finance)/held-2018-11.csv", HeldReport.table(statement.held, countyName: "乐都区"), CSVDialect()),
            (
                "2018-11/630202-乐都区/findings.csv",
                FindingsReport.table(
                    [Finding(.formUnknown, period: statement.period, file: "a,b.xlsx", value: "=1+1")], countyNames: [:]
                ),
                CSVDialect()
            ),
            ("findings.csv", FindingsReport.table([], countyNames: [:]), CSVDialect()),
        ]
        for schema in Self.yearly {
            tables.append(
                (
                    "2019/630202-乐都区/\(schema.name)-2019.csv",
                    CSVTable(schema, rows: [schema.columns.map(sampleCell)]), CSVDialect()
                ))
        }
        let resources = try tables.map { path, table, dialect -> DataResource in
            try CSVWriter.write(table, to: folder + "/" + path, dialect: dialect)
            return DataResource(path: path, schema: table.schema, dialect: dialect)
        }
        let package = DataPackage(version: "1.0.0", resources: resources)
        try AtomicFile.write(Array(package.text.utf8), to: folder + "/datapackage.json")
    }

    @Test("Every resource has its own ASCII name")
    func names() throws {
        try withFolder { folder in
            try write(to: folder)
            let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/datapackage.json"))
            let package = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            let resources = try #require(package["resources"] as? [[String: Any]])
            let names = resources.compactMap { $0["name"] as? String }
            #expect(names.count == 27 && Set(names).count == 27)
            #expect(names.allSatisfy { $0.utf8.allSatisfy { $0 < 128 } })
        }
    }

    @Test(
        "The real validator accepts every table",
        .enabled(if: DataPackageTests.validator != nil, "frictionless is not installed"))
    func validates() throws {
        let program = try #require(Self.validator)
        try withFolder { folder in
            try write(to: folder)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: program)
            process.arguments = ["validate", "datapackage.json"]
            process.currentDirectoryURL = URL(fileURLWithPath: folder)
            let output = Pipe()
            process.standardOutput = output
            process.standardError = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(text)")
        }
    }
}

extension [String] {
    fileprivate func appending(contentsOf others: [String]) -> [String] { self + others }
}
