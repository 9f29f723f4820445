import Domain

@testable import Registers

/// Rows of made-up registers of 乐都区 and 平安区; a field's cell is the same in every row of a form.
struct TestRegister {
    let regions = [
        CountyRecord(code: CountyCode("630202")!, name: "乐都区", prefecture: "海东市", isDeepPoverty: false),
        CountyRecord(code: CountyCode("630203")!, name: "平安区", prefecture: "海东市", isDeepPoverty: false),
    ]

    /// A roster row; `texts` over the usual ones, nil for a blank cell.
    func roster(_ name: String, _ id: String, _ texts: [FieldID: String?] = [:], at row: Int = 2) -> FormRow {
        var all: [FieldID: String?] = [
            .name: name, .residentID: id, .sendingUnit: "区财政局", .postingRole: "第一书记", .county: "乐都区",
            .township: "碾伯镇", .village: "大庄村", .bankAccount: "622848000000000001",
        ]
        var dates: [FieldID: String] = [.startDate: "2018-01-01"]
        for (field, text) in texts {
            if [.startDate, .endDate].contains(field) { dates[field] = text } else { all[field] = text }
        }
        return self.row(.roster, all.compactMapValues { $0 }, dates: dates, at: row)
    }

    func village(_ name: String, _ texts: [FieldID: String] = [:], at row: Int = 2) -> FormRow {
        self.row(
            .villageRegister,
            [.county: "乐都区", .township: "碾伯镇", .village: name].merging(texts, uniquingKeysWith: { $1 }), at: row)
    }

    func row(_ form: FormID, _ texts: [FieldID: String], dates: [FieldID: String] = [:], at row: Int = 2) -> FormRow {
        var fields = FieldMap<SubmittedField>()
        for (field, text) in texts {
            let value: FieldValue =
                text == "清空" ? .cleared : field == .withdrawn ? .flag(text == "是") : .text(text)
            fields[field] = SubmittedField(value: value, cell: cell(field, at: row), asSent: text)
        }
        for (field, text) in dates {
            let words: [String: FieldValue] = ["清空": .cleared, "至今": .text("至今")]
            guard let value = words[text] ?? CivilDate(iso: text).map(FieldValue.date) else { continue }
            fields[field] = SubmittedField(value: value, cell: cell(field, at: row), asSent: text)
        }
        return FormRow(form: form, sheet: "S", cell: cell(.name, at: row), fields: fields)
    }

    /// Where a field stands in a row.
    func cell(_ field: FieldID, at row: Int) -> CellAddress {
        CellAddress(row: row, column: field.name.utf8.reduce(0) { ($0 * 31 + Int($1)) % 9973 })
    }

    func source(_ path: String, _ time: Int, beside: Bool = false, _ rows: FormRow...) -> RegisterSource {
        source(path, time, beside: beside, rows)
    }

    func source(_ path: String, _ time: Int, beside: Bool = false, _ rows: [FormRow]) -> RegisterSource {
        RegisterSource(
            order: FileOrder(modified: time, path: path, arrival: time), isCurrent: true, isBesideAttendance: beside,
            rows: rows)
    }

    func build(_ sources: RegisterSource..., decisive: Set<FieldID> = [], folders: [String] = []) -> Registers {
        build(sources, decisive: decisive, folders: folders)
    }

    func build(_ sources: [RegisterSource], decisive: Set<FieldID> = [], folders: [String] = []) -> Registers {
        RegisterBuilder.build(
            sources, regions: regions,
            rules: RegisterRules(
                asOf: CivilDate(2018, 12, 5)!, decisiveFields: decisive, authorisedFolders: folders))
    }

    /// What is known of 乐都区.
    func records(_ registers: Registers) -> CountyRecords {
        registers.counties[CountyCode("630202")!] ?? CountyRecords(county: regions[0])
    }

    /// Seventeen digits with the check character that fits them.
    static func completed(_ digits: String) -> String {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(weights, digits.utf8).reduce(0) { $0 + $1.0 * Int($1.1 - 48) }
        return digits + String(Array("10X98765432")[sum % 11])
    }
}
