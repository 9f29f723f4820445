import Domain
import Matching
import Tables

/// A line of `claims-<yyyy-mm>.csv`: what a county's sheets claim for a person at a place in a month, before anything
/// is excluded, what its batches issued for it, or what it leaves unpaid for another county's batch. Source: spec §11.
///
/// Masks: a bit a day, day 1 the lowest. Several claims of one day and place (two rows of a person) are several lines.
/// A line of empty masks names somebody for whom the county's sheets claim nothing: a row refused by a decision, say.
/// What other counties claim of him is known there as in one ledger.
struct ClaimLine: Hashable, Sendable {
    enum Kind: String, Sendable {
        case claim, issued
        /// Once more what was issued, at its place and by the name and account it went to.
        case paid
        /// Days that the county's reading claims and leaves to what another county's batch issued.
        case unpaid
    }

    var kind = Kind.claim
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
    /// Of these the days of which a part was issued; nil in what an earlier version closed.
    var issuedParts: UInt32?
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
    /// Of `unpaid`: days of which a half or more is left, and those of which both are. The claim is in the masks above.
    var left: UInt32 = 0
    var leftWhole: UInt32 = 0
    /// Of `paid`: HMAC of name and account; the ID, sealed for whoever knows these.
    var payee = ""
    var paidTo = ""

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
            CSVColumn("left", description: "外县区已发放、本县区不再发放之日", isRequired: true),
            CSVColumn("leftWhole", description: "其中全天", isRequired: true),
            CSVColumn("paidTo", description: "发放对象的身份证号（密封）"),
            CSVColumn("kind", description: "claim 申报、issued 已发放、paid 按姓名账号、unpaid 留给外县区", isRequired: true),
            CSVColumn("issuedParts", description: "津贴只发放一部分之日（与外县区的派驻同日）"),
            CSVColumn("payee", description: "姓名加银行账号的 HMAC-SHA256"),
        ])

    /// Columns of lines that earlier versions took in and keep: those before `left`, those before `issuedParts`.
    private static let columnsBefore = [16, 21]

    var cells: [String] {
        [
            person, place, ClaimLine.hex(morning), ClaimLine.hex(afternoon), ClaimLine.hex(unnamed),
            ClaimLine.hex(issuedMorning), ClaimLine.hex(issuedAfternoon), ClaimLine.hex(issuedUnnamed), batch,
            ClaimLine.hex(totalDays), total.map { String($0) } ?? "", countyName, unpostedIn,
            ClaimLine.hex(absentDays), standing, ClaimLine.hex(issuedPosted), ClaimLine.hex(left),
            ClaimLine.hex(leftWhole), paidTo, kind.rawValue,
            issuedParts.map(ClaimLine.hex) ?? "", payee,
        ]
    }

    /// Nil where the cells are no such line: a person who is no HMAC, a mask that is none.
    init?(cells: [String]) {
        let isOfToday = cells.count == ClaimLine.schema.columns.count
        guard isOfToday || ClaimLine.columnsBefore.contains(cells.count), ClaimLine.isHMAC(cells[0]) else { return nil }
        let masks = [2, 3, 4, 5, 6, 7, 9, 13, 15].compactMap { ClaimLine.mask(cells[$0]) }
        guard masks.count == 9, cells[10].isEmpty || Int(cells[10]).map({ $0 >= 0 }) == true,
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
        guard county != nil, place.count(where: { $0 == "/" }) == 2 else { return nil }
        if isOfToday, !cells[20].isEmpty {
            guard let parts = ClaimLine.mask(cells[20]), parts & ~issuedPosted == 0 else { return nil }
            issuedParts = parts
        }
        guard cells.count > 16 else {
            kind = isOfIssued ? .issued : .claim
            return
        }
        guard let left = ClaimLine.mask(cells[16]), let leftWhole = ClaimLine.mask(cells[17]),
            let kind = Kind(rawValue: cells[19]), let payee = cells.last,
            (kind == .paid) == ClaimLine.isHMAC(payee), kind == .paid || payee.isEmpty
        else { return nil }
        (self.left, self.leftWhole, paidTo, self.kind, self.payee) = (left, leftWhole, cells[18], kind, payee)
    }

    /// Whether every day it speaks of is one of the month.
    func fits(_ period: Period) -> Bool {
        let masks = [
            morning, afternoon, unnamed, issuedMorning, issuedAfternoon, issuedUnnamed, issuedPosted, totalDays,
            absentDays, left, leftWhole,
        ]
        return masks.reduce(0, |) >> UInt32(period.dayCount) == 0 && (total ?? 0) <= 2 * period.dayCount
    }

    private static func isHMAC(_ text: String) -> Bool { text.utf8.count == 64 && text.utf8.allSatisfy(isDigit) }

    /// Eight hexadecimal digits.
    private static func mask(_ text: String) -> UInt32? {
        text.utf8.count == 8 && text.utf8.allSatisfy(isDigit) ? UInt32(text, radix: 16) : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }

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
        _ claims: [PresenceClaim], issued: [IssuedElsewhere], allowances: [AllowancesElsewhere],
        beside: [ClaimLine], countyName: String, _ person: (String) -> String
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
            line.kind = .issued
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
            line.kind = .issued
            line.issuedPosted = known.reduce(0) { $0 | $1.days }
            line.issuedParts = known.reduce(UInt32?.some(0)) { parts, one in
                parts.flatMap { parts in one.parts.map { parts | $0 } }
            }
            lines.append(line)
        }
        return (lines + beside).sorted { $0.cells.lexicographicallyPrecedes($1.cells) }
    }

    /// People whom the sheets of a county's month name and claim nothing for: what others say of them is asked for.
    static func mentions(
        _ people: [String], county: CountyCode, countyName: String, _ person: (String) -> String
    ) -> [ClaimLine] {
        people.map { ClaimLine(person: person($0), place: "\(county.text)//", countyName: countyName) }
    }

    /// Whether the line claims nothing, and only names whom a sheet of the county names.
    var isMention: Bool {
        kind == .claim && morning | afternoon | totalDays | absentDays == 0 && !isOfIssued
    }

    /// What stands issued, by the name and account it went to.
    static func paid(_ states: [IssuedDays], countyName: String, _ key: ProvinceKey) -> [ClaimLine] {
        states.compactMap { state in
            guard let payee = state.payee else { return nil }
            var line = ClaimLine(
                person: key.person(state.person.text),
                place: "\(state.county.text)/\(state.township)/\(state.village)", countyName: countyName)
            line.kind = .paid
            line.batch = state.batch
            (line.issuedMorning, line.issuedAfternoon) = (state.halves.mornings, state.halves.afternoons)
            line.issuedUnnamed = state.halves.unnamed
            (line.payee, line.paidTo) = key.paid(payee, to: state.person)
            return line
        }
    }

    /// What the county's reading leaves to other counties' batches; several rows of one day are several lines.
    static func unpaid(
        _ days: [SettledElsewhere], countyName: String, _ person: (String) -> String
    ) -> [ClaimLine] {
        var lines: [ClaimLine] = []
        for (id, ofPerson) in Dictionary(grouping: days, by: \.person).sorted(by: { $0.key < $1.key }) {
            var own: [ClaimLine] = []
            for day in ofPerson {
                let bit = IssuedHalves.bit(day.date.day)
                let index = own.firstIndex { $0.left & bit == 0 } ?? own.count
                if index == own.count {
                    var line = ClaimLine(
                        person: person(id.text), place: "\(day.county.text)//", countyName: countyName)
                    line.kind = .unpaid
                    own.append(line)
                }
                own[index].left |= bit
                if day.halfDays.count > 1 { own[index].leftWhole |= bit }
                own[index].morning |= day.claim?.mornings ?? 0
                own[index].afternoon |= day.claim?.afternoons ?? 0
                own[index].unnamed |= day.claim?.unnamed ?? 0
            }
            lines += own
        }
        return lines
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
        guard kind == .claim else { return [] }
        return (1...period.dayCount).compactMap { number -> PresenceClaim? in
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
        guard kind == .issued, let county else { return [] }
        let halves = issuedHalves
        return halves.days.compactMap { day in
            period.date(day: day).map {
                IssuedElsewhere(person: person, county: county, batch: batch, date: $0, halves: halves[day])
            }
        }
    }

    private var issuedHalves: IssuedHalves {
        IssuedHalves(mornings: issuedMorning, afternoons: issuedAfternoon, unnamed: issuedUnnamed)
    }

    /// What stands issued at the line's place to a person, who went by that name and account.
    func paid(_ period: Period, person: ResidentID, _ payee: Payee) -> IssuedDays? {
        let parts = place.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard kind == .paid, let county, parts.count == 3 else { return nil }
        return IssuedDays(
            batch: batch, county: county, period: period, person: person, name: payee.name, township: parts[1],
            village: parts[2], account: payee.account, halves: issuedHalves, posted: 0)
    }

    /// What the county's reading leaves to other counties' batches, day by day.
    func unpaid(_ period: Period, person: ResidentID) -> [SettledElsewhere] {
        guard kind == .unpaid, let county else { return [] }
        let claim = IssuedHalves(mornings: morning, afternoons: afternoon, unnamed: unnamed)
        return left.days.compactMap { day in
            period.date(day: day).map {
                SettledElsewhere(
                    person: person, county: county, date: $0,
                    halfDays: HalfDays(leftWhole & IssuedHalves.bit(day) == 0 ? 1 : 2), claim: claim[day])
            }
        }
    }
}
