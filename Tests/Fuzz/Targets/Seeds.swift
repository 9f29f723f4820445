import Codec
import Domain
import Foundation
import Matching
import Rules

/// First inputs for the targets that are fed with what the program itself packs: nobody guesses those from nothing.
enum Seeds {
    /// - Throws: what the file system says; a file that is no workbook gives no seed.
    static func write(to folder: String, from files: [String]) throws {
        try save(RecordCoder.bytes(of: registers()), folder, "registers")
        for (index, file) in files.enumerated() {
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: file)))
            guard case .success(let submitted) = Result(catching: { try FuzzTarget.submitted(bytes) }) else { continue }
            try save(submitted.findings.packed, folder, "findings-\(index)")
            try save(Array(submitted.formRows.prefix(3)).packed, folder, "rows-\(index)")
            for (number, block) in submitted.blocks.prefix(2).enumerated() {
                var block = block
                block.rows = Array(block.rows.prefix(2))
                try save(block.packed, folder, "block-\(index)-\(number)")
                try save(month(block).packed, folder, "month-\(index)-\(number)")
            }
        }
    }

    private static func registers() -> CountyRecords {
        guard let code = CountyCode("630202"), let id = ResidentID("630121198801019213") else {
            preconditionFailure("six digits are a county's code, and the check character is right")
        }
        let cadre = Cadre(
            id: id, name: PersonName("张世安"), sex: "男", ethnicity: nil, isSelectedGraduate: true, workStart: nil,
            prePostingTraining: nil, postings: [])
        var records = CountyRecords(
            county: CountyRecord(code: code, name: "乐都区", prefecture: "海东市", isDeepPoverty: false), cadres: [cadre])
        records.receivedForms = [.roster]
        return records
    }

    private static func month(_ block: AttendanceBlock) -> MonthAttendance {
        guard let county = CountyCode("630202") else { preconditionFailure("six digits are a county's code") }
        let rows = block.rows.map { row in
            RowOutcome(
                file: "考勤.xlsx", sheet: block.sheet, layout: block.layout, nameCell: row.name.cell,
                nameAsSent: row.name.text, cadre: nil, personID: "p", sendingUnit: "财政局", township: "碾伯镇",
                village: "东村", heldCodes: [.leftOut], pendingHalfDays: nil, contradictionGroup: nil,
                acceptedHalfDays: nil,
                days: row.days.map {
                    DayOutcome(
                        date: $0.date, morning: $0.morning, afternoon: $0.afternoon, text: $0.text, cell: $0.cell,
                        afternoonCell: nil, counted: HalfDays(2), township: "碾伯镇", village: "东村")
                })
        }
        return MonthAttendance(county: county, period: block.period, rows: rows)
    }

    private static func save(_ bytes: [UInt8], _ folder: String, _ name: String) throws {
        try Data(bytes).write(to: URL(filePath: folder).appending(path: name))
    }
}
