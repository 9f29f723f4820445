import Domain
import Forms
import Foundation
import Reports
import Settings
import Sheets
import Tables
import TestSupport
import Testing

@Suite("Templates in LibreOffice")
struct LibreOfficeTests {
    @Test(
        "Filled in and saved by LibreOffice it reads back with exactly the marks, the totals live, no finding",
        .enabled(if: LibreOffice.path != nil), .timeLimit(.minutes(3)))
    func filledIn() throws {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).path + "/clerk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let period = try #require(Period("2018-11"))
        let template = AttendanceTemplate(
            county: "乐都区", township: "李家乡", period: period,
            people: [
                .init(name: "才让·卓玛", id: "630202199001019013", sendingUnit: "审计局", village: "大庄村", days: Set(1...30)),
                .init(name: "马文", id: "630202198502029039", sendingUnit: "交通局", village: "新庄村", days: Set(12...30)),
            ])
        try XLSXWriter.write(template.workbook(), to: folder + "/empty.xlsx")
        let marks = AttendanceTemplate.marks.map(\.mark) + AttendanceTemplate.halves
        var typed: [[Int: String]] = [[:], [:]]
        for day in 1...30 { typed[0][day] = marks[(day * 7) % marks.count] }
        for day in 12...28 { typed[1][day] = day % 3 == 0 ? "√/△" : "√" }
        var macro = """
            Sub Fill
            Dim hidden(0) As New com.sun.star.beans.PropertyValue
            hidden(0).Name = "Hidden"
            hidden(0).Value = True
            doc = StarDesktop.loadComponentFromURL("file://\(folder)/empty.xlsx", "_blank", 0, hidden())
            sheet = doc.Sheets.getByIndex(0)

            """
        for (index, row) in typed.enumerated() {
            for (day, mark) in row.sorted(by: { $0.key < $1.key }) {
                let text = mark.unicodeScalars.map { "Chr(\($0.value))" }.joined(separator: " & ")
                macro += "sheet.getCellByPosition(\(4 + day), \(4 + index)).String = \(text)\n"
            }
        }
        macro += """
            Dim saving(0) As New com.sun.star.beans.PropertyValue
            saving(0).Name = "FilterName"
            saving(0).Value = "Calc MS Excel 2007 XML"
            doc.storeToURL("file://\(folder)/filled.xlsx", saving())
            doc.close(True)
            StarDesktop.terminate
            End Sub
            """
        try LibreOffice.run(macro: macro, in: folder)
        let workbook = try WorkbookOpener.open(path: folder + "/filled.xlsx")
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let reader = FormReader(forms: try FormFiles.load(folder: root + "/pipelines/forms"), marks: .standard)
        let reading = reader.read(workbook, path: "报送/填好的表.xlsx")
        #expect(reading.sheets.flatMap(\.findings).isEmpty)
        let block = try #require(reading.submitted.blocks.first)
        #expect(block.period == period)
        #expect(block.rows.count == 2)
        for (row, marks) in zip(block.rows, typed) {
            var found: [Int: String] = [:]
            for day in row.days where day.morning != .blank || day.afternoon != .blank {
                found[day.date.day] = day.text
            }
            #expect(found == marks)
            let halves = marks.values.reduce(0) { $0 + ($1 == "√" ? 2 : $1.contains("√") ? 1 : 0) }
            #expect(row.total?.halfDays?.count == halves)
        }
    }
}
