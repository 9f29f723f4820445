import Domain
import Matching
import Tables

/// A line of `claims-<yyyy-mm>.csv`: what a county's sheets claim for a person at a place in a month, before anything
/// is excluded, or what its batches issued. Source: spec §11.
///
/// Masks: a bit a day, day 1 the lowest. Several claims of one day and place (two rows of a person) are several lines.
struct ClaimLine: Hashable, Sendable {
    /// HMAC of the ID.
    var person: String
    /// County, township, village: the place the sheet names.
    var place: String
    var countyName: String
    var morning: UInt32 = 0
    var afternoon: UInt32 = 0
    /// Days on which half a day is claimed without saying which; its bit stands in `morning` or `afternoon` too.
    var unnamed: UInt32 = 0
    var issuedMorning: UInt32 = 0
    var issuedAfternoon: UInt32 = 0
    var issuedUnnamed: UInt32 = 0
    /// Calendar days whose allowances were issued.
    var issuedPosted: UInt32 = 0
    /// Of issued days: the batch.
    var batch = ""
    /// Of a stated total that counts: the days it may be of.
    var totalDays: UInt32 = 0
    /// Half-days.
    var total: Int?
    /// Of days on which the county posts the person nowhere: county and place in words. Another county that posts the
    /// person then pays them.
    var unpostedIn = ""
    /// Of such days: those on which the sheet says that the person was not there.
    var absentDays: UInt32 = 0
    /// Of such days: `decided`, `waits` or `leftOut`; empty where the row counts as it was sent.
    var standing = ""

    static let schema = CSVSchema(
        name: "claims", title: "在岗申报（省级核对用）",
        columns: [
            CSVColumn("person", description: "身份证号的 HMAC-SHA256", isRequired: true),
            CSVColumn("place", description: "县区代码/乡镇/村", isRequired: true),
            CSVColumn("morning", description: "上午，31 天的位图（十六进制，最低位为 1 日）", isRequired: true),
            CSVColumn("afternoon", description: "下午", isRequired: true),
            CSVColumn("unnamed", description: "未写明上下午的半天", isRequired: true),
            CSVColumn("issuedMorning", description: "已发放的上午", isRequired: true),
            CSVColumn("issuedAfternoon", description: "已发放的下午", isRequired: true),
            CSVColumn("issuedUnnamed", description: "已发放的半天（未写明上下午）", isRequired: true),
            CSVColumn("batch", description: "已发放的批次"),
            CSVColumn("totalDays", description: "按合计认可的可能日期", isRequired: true),
            CSVColumn("total", .integer, description: "按合计认可的半天数"),
            CSVColumn("county", description: "县区", isRequired: true),
            CSVColumn("unpostedIn", description: "本县区未派驻之日：所在县区、乡镇、村"),
            CSVColumn("absentDays", description: "其中表上未记在岗之日", isRequired: true),
            CSVColumn("standing", description: "其中已裁定（decided）、待核（waits）、漏列（leftOut）"),
            CSVColumn("issuedPosted", description: "津贴已发放之日", isRequired: true),
        ])

    var cells: [String] {
        [
            person, place, ClaimLine.hex(morning), ClaimLine.hex(afternoon), ClaimLine.hex(unnamed),
            ClaimLine.hex(issuedMorning), ClaimLine.hex(issuedAfternoon), ClaimLine.hex(issuedUnnamed), batch,
            ClaimLine.hex(totalDays), total.map { String($0) } ?? "", countyName, unpostedIn,
            ClaimLine.hex(absentDays), standing, ClaimLine.hex(issuedPosted),
        ]
    }

    /// Nil where the cells are no such line.
    init?(cells: [String]) {
        guard cells.count == ClaimLine.schema.columns.count else { return nil }
        let masks = [2, 3, 4, 5, 6, 7, 9, 13, 15].compactMap { UInt32(cells[$0], radix: 16) }
        guard masks.count == 9, cells[10].isEmpty || Int(cells[10]) != nil,
            cells[14].isEmpty || PresenceClaim.UnpostedStanding(rawValue: cells[14]) != nil
        else { return nil }
        person = cells[0]
        place = cells[1]
        (morning, afternoon, unnamed) = (masks[0], masks[1], masks[2])
        (issuedMorning, issuedAfternoon, issuedUnnamed) = (masks[3], masks[4], masks[5])
        batch = cells[8]
        totalDays = masks[6]
        total = Int(cells[10])
        countyName = cells[11]
        unpostedIn = cells[12]
        absentDays = masks[7]
        issuedPosted = masks[8]
        standing = cells[14]
    }

    private init(person: String, place: String, countyName: String) {
        self.person = person
        self.place = place
        self.countyName = countyName
    }

    private static func hex(_ mask: UInt32) -> String {
        let digits = String(mask, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// The county whose sheets or batches say it.
    var county: CountyCode? { CountyCode(String(place.prefix { $0 != "/" })) }

    var isOfIssued: Bool { issuedMorning | issuedAfternoon | issuedUnnamed | issuedPosted != 0 }
}

extension ClaimLine {
    /// The lines of a county's month, by person and place.
    static func lines(
        _ claims: [PresenceClaim], issued: [IssuedElsewhere], allowances: [AllowancesElsewhere], countyName: String,
        _ person: (String) -> String
    ) -> [ClaimLine] {
        var lines: [ClaimLine] = []
        let places = Dictionary(grouping: claims) {
            [$0.personID, $0.place, $0.unpostedIn ?? "", $0.standing?.rawValue ?? ""]
        }
        for (_, ofPlace) in places.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            lines += ClaimLine.lines(ofPlace, person(ofPlace[0].personID))
        }
        let batches = Dictionary(grouping: issued) { [$0.person.text, $0.batch] }
        for (key, days) in batches {
            var line = ClaimLine(person: person(key[0]), place: "\(days[0].county.text)//", countyName: countyName)
            line.batch = key[1]
            for day in days {
                line.issuedMorning |= day.halves.mornings
                line.issuedAfternoon |= day.halves.afternoons
                line.issuedUnnamed |= day.halves.unnamed
            }
            lines.append(line)
        }
        for (key, known) in Dictionary(grouping: allowances, by: { [$0.person.text, $0.batch] }) {
            var line = ClaimLine(person: person(key[0]), place: "\(known[0].county.text)//", countyName: countyName)
            line.batch = key[1]
            line.issuedPosted = known.reduce(0) { $0 | $1.days }
            lines.append(line)
        }
        return lines.sorted { $0.cells.lexicographicallyPrecedes($1.cells) }
    }

    /// Claims of one person at one place.
    private static func lines(_ claims: [PresenceClaim], _ person: String) -> [ClaimLine] {
        var empty = ClaimLine(person: person, place: claims[0].place, countyName: claims[0].countyName ?? "")
        empty.unpostedIn = claims[0].unpostedIn ?? ""
        empty.standing = claims[0].standing?.rawValue ?? ""
        var daily: [ClaimLine] = []
        var totals = empty
        for claim in claims.sorted(by: PresenceClaim.inOrder) {
            let bit = UInt32(1) << UInt32(claim.date.day - 1)
            if let total = claim.total {
                totals.totalDays |= bit
                totals.total = total.count
                continue
            }
            let index = daily.firstIndex { ($0.morning | $0.afternoon | $0.absentDays) & bit == 0 } ?? daily.count
            if index == daily.count { daily.append(empty) }
            if claim.morning { daily[index].morning |= bit }
            if claim.afternoon { daily[index].afternoon |= bit }
            if claim.isUnnamedHalf { daily[index].unnamed |= bit }
            if claim.halfDays == 0 { daily[index].absentDays |= bit }
        }
        return daily + (totals.total == nil ? [] : [totals])
    }

    /// What the line claims, day by day.
    func claims(_ period: Period, person id: String) -> [PresenceClaim] {
        (1...period.dayCount).compactMap { number -> PresenceClaim? in
            let bit = UInt32(1) << UInt32(number - 1)
            guard (morning | afternoon | totalDays | absentDays) & bit != 0, let date = period.date(day: number) else {
                return nil
            }
            var claim = PresenceClaim(
                personID: id, date: date, morning: morning & bit != 0, afternoon: afternoon & bit != 0,
                isUnnamedHalf: unnamed & bit != 0, place: place,
                total: totalDays & bit != 0 ? total.map { HalfDays($0) } : nil, countyName: countyName)
            claim.unpostedIn = unpostedIn.isEmpty ? nil : unpostedIn
            claim.standing = PresenceClaim.UnpostedStanding(rawValue: standing)
            return claim
        }
    }

    /// What the county's batches issued, day by day.
    func issued(_ period: Period, person: ResidentID) -> [IssuedElsewhere] {
        guard isOfIssued, let county else { return [] }
        let halves = IssuedHalves(mornings: issuedMorning, afternoons: issuedAfternoon, unnamed: issuedUnnamed)
        return halves.days.compactMap { day in
            period.date(day: day).map {
                IssuedElsewhere(person: person, county: county, batch: batch, date: $0, halves: halves[day])
            }
        }
    }
}
