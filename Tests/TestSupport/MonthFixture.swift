import Domain
import Matching

/// November 2018 of a made-up county with two townships.
public enum MonthFixture {
    public static let county = CountyRecord(
        code: CountyCode("630202")!, name: "乐都区", prefecture: "海东市", isDeepPoverty: false)
    public static let november = Period(year: 2018, month: 11)!
    public static let afterwards = CivilDate(2018, 12, 5)!

    public static func day(_ day: Int) -> CivilDate { november.date(day: day)! }

    /// A fictional ID whose check character is valid.
    public static func id(_ index: Int) -> ResidentID {
        let month = (index % 9 < 9 ? "0" : "") + String(index % 9 + 1)
        for last in "0123456789X" {
            if let id = ResidentID("630202\(1970 + index / 9)\(month)\(month)\(900 + index % 100)\(last)") { return id }
        }
        preconditionFailure("one of eleven check characters always fits")
    }

    public static func posting(
        _ township: String, _ village: String, from start: CivilDate = CivilDate(2018, 1, 1)!,
        to end: CivilDate? = nil, unit: String = "乐都区财政局"
    ) -> Posting {
        Posting(
            county: county.code, township: township, village: village, role: .teamMember, roleText: "工作队员",
            sendingUnit: unit, start: start, end: end,
            source: SourceCell(file: "花名册.xlsx", sheet: "花名册", address: CellAddress(row: 2, column: 1)))
    }

    public static func cadre(_ name: String, _ index: Int, _ postings: Posting...) -> Cadre {
        Cadre(id: id(index), name: PersonName(name), postings: postings)
    }

    /// A first secretary of 碾伯镇大庄村.
    public static func secretary(_ name: String, _ index: Int) -> Cadre {
        var posting = posting("碾伯镇", "大庄村")
        posting.role = .firstSecretary
        posting.roleText = "第一书记"
        return Cadre(id: id(index), name: PersonName(name), postings: [posting])
    }

    public static func village(_ township: String, _ village: String) -> VillageRecord {
        VillageRecord(
            township: township, village: village,
            source: SourceCell(file: "村名录.xlsx", sheet: "村", address: CellAddress(row: 1, column: 0)))
    }

    public static func records(_ cadres: [Cadre], villages: [VillageRecord] = []) -> CountyRecords {
        CountyRecords(
            county: county,
            villages: [village("碾伯镇", "大庄村"), village("碾伯镇", "新庄村"), village("雨润镇", "大庄村")] + villages,
            cadres: cadres.sorted { $0.id < $1.id })
    }

    /// A row present on `present`, with other marks where given; its name stands in column B of row `row`.
    public static func row(
        _ name: String, id: String? = nil, village: String? = nil, township: String? = nil, unit: String? = nil,
        present: some Sequence<Int> = [Int](), marks: [Int: AttendanceStatus] = [:], halves: [Int] = [],
        total: StatedTotal? = nil, at row: Int = 4, isNumber: Bool = false
    ) -> AttendanceRow {
        var days: [DayMark] = []
        let present = Set(present)
        for number in 1...30 {
            let cell = CellAddress(row: row, column: 3 + number)
            if halves.contains(number) {
                days.append(
                    DayMark(
                        date: day(number), morning: .present, afternoon: .blank, text: "半", cell: cell,
                        isUnnamedHalf: true))
                continue
            }
            let status = marks[number] ?? (present.contains(number) ? .present : .blank)
            days.append(
                DayMark(
                    date: day(number), morning: status, afternoon: status, text: status == .present ? "√" : "",
                    cell: cell))
        }
        func text(_ value: String?, _ column: Int) -> SubmittedText? {
            value.map { SubmittedText(text: $0, cell: CellAddress(row: row, column: column)) }
        }
        return AttendanceRow(
            name: SubmittedText(text: name, cell: CellAddress(row: row, column: 1)),
            residentID: id.map {
                SubmittedText(text: $0, cell: CellAddress(row: row, column: 2), isNumber: isNumber)
            },
            township: text(township, 35), village: text(village, 3), sendingUnit: text(unit, 36), days: days,
            total: total)
    }

    public static func total(_ days: String, halfDays: Int?) -> StatedTotal {
        StatedTotal(
            halfDays: halfDays.map(HalfDays.init), text: days, cell: CellAddress(row: 4, column: 34))
    }

    public static func block(
        _ rows: [AttendanceRow], township: String? = "碾伯镇", layout: AttendanceLayoutID = .grid,
        sheet: String = "考勤", index: Int = 0, findings: [Finding] = [], scope: BlockScope = BlockScope()
    ) -> AttendanceBlock {
        AttendanceBlock(
            sheet: sheet, index: index, layout: layout, period: november,
            context: township.map { [ContextText(kind: .title, text: "乐都区\($0)2018年11月考勤表")] } ?? [],
            rows: rows, findings: findings, scope: scope)
    }

    public static func file(
        _ path: String, _ time: Int = 1, _ block: AttendanceBlock, arrival: Int = 0
    ) -> SubmittedBlock {
        SubmittedBlock(order: FileOrder(modified: time, path: path, arrival: arrival), block: block)
    }

    public static func file(_ path: String, _ block: AttendanceBlock) -> SubmittedBlock { file(path, 1, block) }

    public static func input(
        _ cadres: [Cadre], _ blocks: [SubmittedBlock], asOf: CivilDate = afterwards
    ) -> MonthInput {
        MonthInput(period: november, asOf: asOf, records: records(cadres), blocks: blocks)
    }
}

extension MonthAttendance {
    /// Reasons raised, `missing-submission` and `missing-person` left out.
    public var reasons: [FindingReason] {
        findings.map(\.reason).filter { $0 != .missingSubmission && $0 != .missingPerson }
    }

    /// Whole paid days of a person, by village.
    public func paidHalfDays(_ cadre: Cadre) -> [String: Int] {
        var halves: [String: Int] = [:]
        for row in rows where row.cadre == cadre.id && !row.isHeld {
            for day in row.days where day.counted > .zero { halves[day.village, default: 0] += day.counted.count }
        }
        return halves
    }
}
