import Domain
import Forms
import Foundation
import Sheets
import Tables
import Testing

/// The shared samples, when they lie beside the checkout.
enum Samples {
    static let root = TestForms.packageRoot.deletingLastPathComponent().appendingPathComponent("shared")
    static let month = root.appendingPathComponent("samples")
    static let year = root.appendingPathComponent("samples-year")
    static var areThere: Bool { FileManager.default.fileExists(atPath: month.path) }

    static func workbooks(_ inbox: URL) -> [(path: String, workbook: Workbook)] {
        let walker = FileManager.default.enumerator(atPath: inbox.path)
        let paths = (walker?.compactMap { $0 as? String } ?? []).sorted()
        return paths.compactMap { path in
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            guard name.contains("."), !name.hasPrefix("~$"), !name.hasPrefix(".") else { return nil }
            guard let workbook = try? WorkbookOpener.open(path: inbox.appendingPathComponent(path).path) else {
                return nil
            }
            return (path, workbook)
        }
    }

    static func csv(_ url: URL) throws -> [[String]] {
        let text = try String(contentsOf: url, encoding: .utf8).replacingOccurrences(of: "\r\n", with: "\n")
        return text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}

@Suite("The shared samples", .enabled(if: Samples.areThere))
struct SampleWorkbookTests {
    @Test("Every day of every row that counts has the expected status and cell")
    func days() throws {
        var statuses: [String: String] = [:]
        for (path, workbook) in Samples.workbooks(Samples.month.appendingPathComponent("inbox")) {
            for block in TestForms.reader.read(workbook, path: path).submitted.blocks {
                for row in block.rows {
                    for day in row.days {
                        let key =
                            "\(path)|\(block.sheet)|\(day.cell.a1)|\(day.date.iso)|\(PersonName(row.name.text).key)"
                        let text =
                            day.morning == day.afternoon
                            ? day.morning.rawValue : "\(day.morning.rawValue)/\(day.afternoon.rawValue)"
                        #expect(statuses[key] == nil)
                        statuses[key] = text
                    }
                }
            }
        }
        var mismatches: [String] = []
        for row in try Samples.csv(Samples.month.appendingPathComponent("expected/days.csv")).dropFirst() {
            if row[5] == "ambiguous-date" { continue }
            let key = "\(row[6])|\(row[7])|\(row[8])|\(row[2])|\(PersonName(row[1]).key)"
            let status = statuses[key]
            if row[5] == "uncached-formula" || row[3] == status { continue }
            // 0.5 says half a day, not which other thing the other half was.
            if row[4] == "half", status == "present/blank" { continue }
            mismatches.append("\(key): \(status ?? "nothing"), expected \(row[3]) \(row[5])")
        }
        #expect(mismatches == [])
    }

    @Test("The findings that a file alone can raise are the expected ones, and no others")
    func findings() throws {
        let codes: Set<FindingCode> = [
            .unknownForm, .missingColumn, .unknownPeriod, .periodConflict, .hiddenContent, .unknownLegend,
            .impossibleDay,
            .unknownMark, .uncachedFormula, .ambiguousDate, .valueUnreadable,
        ]
        var found: [String] = []
        for (path, workbook) in Samples.workbooks(Samples.month.appendingPathComponent("inbox")) {
            let reading = TestForms.reader.read(workbook, path: path)
            for finding in TestForms.findings(reading) {
                let person = PersonName(finding.person).key
                found.append(
                    "\(finding.code.rawValue),\(finding.file),\(finding.sheet),\(finding.cell?.a1 ?? ""),\(person),\(finding.period?.description ?? "")"
                )
            }
        }
        var expected: [String] = []
        for row in try Samples.csv(Samples.month.appendingPathComponent("expected/findings.csv")).dropFirst() {
            guard let code = FindingCode(rawValue: row[0]), codes.contains(code) else { continue }
            let cell = String(row[5].split(separator: "|").first ?? "")
            expected.append("\(row[0]),\(row[3]),\(row[4]),\(cell),\(row[6]),\(row[7])")
        }
        #expect(found.sorted() == expected.sorted())
    }

    @Test("Every register of the year's samples is recognised and read without a finding")
    func registers() {
        var forms: [FormID: Int] = [:]
        for (path, workbook) in Samples.workbooks(Samples.year.appendingPathComponent("inbox")) {
            let reading = TestForms.reader.read(workbook, path: path)
            let findings = TestForms.findings(reading).map { "\($0.file) \($0.cell?.a1 ?? "") \($0.message(.en))" }
            // ※ stands in one sheet, in no legend.
            #expect(findings.filter { !$0.contains("※") } == [])
            for row in reading.submitted.formRows { forms[row.form, default: 0] += 1 }
            if path.hasSuffix("花名册.xlsx") { #expect(reading.submitted.formRows.first?.form == .roster) }
        }
        #expect(forms.count == 17)
        #expect(forms[.roster] == 15)
    }
}

@Suite("Every cell of real workbooks has one role")
struct WorkbookRoleTests {
    @Test("Roles add up to the cells that hold something, in every workbook of the fixtures and the samples")
    func roles() {
        let fixtures = TestForms.packageRoot.appendingPathComponent("fixtures")
        let inboxes =
            [fixtures.appendingPathComponent("inbox"), fixtures.appendingPathComponent("year/inbox")]
            + [Samples.month, Samples.year].map { $0.appendingPathComponent("inbox") }
        var count = 0
        for inbox in inboxes {
            for (path, workbook) in Samples.workbooks(inbox) {
                let reading = TestForms.reader.read(workbook, path: path)
                #expect(Written.roleProblem(reading, workbook) == nil, "\(path)")
                count += 1
            }
        }
        #expect(count > 20)
    }
}
