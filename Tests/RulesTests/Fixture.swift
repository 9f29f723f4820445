import Domain
import Rules

/// Small makers for the tests of the rules. Everybody in them is invented.
enum Fixture {
    static func day(_ iso: String) -> CivilDate {
        guard let date = CivilDate(iso: iso) else { preconditionFailure("no date: \(iso)") }
        return date
    }

    static func range(_ start: String, _ end: String) -> CivilDateRange {
        guard let range = CivilDateRange(day(start), day(end)) else { preconditionFailure("no range") }
        return range
    }

    static func parameter(_ id: ParameterID, _ values: [(from: String, value: ParameterValue)]) -> Parameter {
        Parameter(
            id: id,
            values: values.enumerated().map { index, item in
                DatedValue(
                    value: item.value, from: day(item.from),
                    to: index + 1 < values.count ? day(values[index + 1].from).adding(days: -1) : nil,
                    title: id.rawValue, unit: "", source: LegalSource("sample"))
            })
    }

    static func policy(parameters: [Parameter] = [], tables: [RateTable] = []) -> Policy {
        Policy(name: "sample", parameters: parameters, rateTables: tables)
    }

    /// A table with rows of key, first day, fen.
    static func table(_ id: RateTableID, keys: [RateKey], _ rows: [([String], String, Int)]) -> RateTable {
        RateTable(
            id: id, title: id.chinese, unit: "元/人·月", source: LegalSource("sample"), keys: keys,
            rows: rows.enumerated().map { index, row in
                let next = rows[(index + 1)...].first { $0.0 == row.0 }
                return RateTable.Row(
                    key: row.0,
                    rate: DatedValue(
                        value: Fen(row.2), from: day(row.1), to: next.map { day($0.1).adding(days: -1) },
                        title: id.chinese, unit: "元/人·月", source: LegalSource("sample")))
            })
    }

    /// The `number`th invented ID number.
    static func id(_ number: Int) -> ResidentID {
        let digits = String(number)
        let body = "63020219900101" + String(repeating: "0", count: 3 - digits.count) + digits
        for check in "0123456789X" {
            if let id = ResidentID(body + String(check)) { return id }
        }
        preconditionFailure("no check character fits")
    }

    static func cell(_ row: Int = 0, file: String = "样例.xlsx") -> SourceCell {
        SourceCell(file: file, sheet: "表", address: CellAddress(row: row, column: 0))
    }

    static func posting(
        _ village: String, township: String = "甲乡", role: String = "工作队员", unit: String = "甲局",
        rank: String? = "科员", _ start: String, _ end: String? = nil
    ) -> Posting {
        Posting(
            county: CountyCode("630202")!, township: township, village: village, role: PostingRole(text: role),
            roleText: role, sendingUnit: unit, rank: rank, start: day(start), end: end.map(day), source: cell())
    }

    static func cadre(_ number: Int, _ name: String? = nil, _ postings: Posting...) -> Cadre {
        Cadre(id: id(number), name: PersonName(name ?? "某\(number)"), postings: postings)
    }

    static func village(
        _ village: String, township: String = "甲乡", poor: Bool = true, deep: Bool = false, weak: Bool = false,
        hardship: String? = nil, subsidy: String? = nil, leader: String? = nil
    ) -> VillageRecord {
        VillageRecord(
            township: township, village: village, isPoor: poor, isDeepPoverty: deep, isWeak: weak,
            hardshipCategory: hardship, subsidyClass: subsidy, linkedLeader: leader, source: cell())
    }

    static func county(deepPoverty: Bool = false) -> CountyRecord {
        CountyRecord(code: CountyCode("630202")!, name: "乐都区", prefecture: "海东市", isDeepPoverty: deepPoverty)
    }
}
