import Domain
import Matching
import Rules

/// What a county's month entitles people to, by person and village, before anything closed is looked at.
public struct MonthEntitlement: Sendable {
    /// In statement order; lines of total 0 left out.
    public var lines: [PaymentLine]
    /// In statement order.
    public var held: [HeldLine]
    /// `rate-missing`.
    public var findings: [Finding]
    /// Villages that some row in force speaks of, per person: elsewhere a silence takes nothing back.
    public var coverage: Set<PersonVillage>
    /// Villages whose row in force is held, per person.
    public var heldKeys: Set<PersonVillage>
    /// Villages of which a newer sheet leaves the person out, whatever else speaks of them there.
    public var leftOutKeys: Set<PersonVillage> = []
    /// The days behind `lines`.
    public var paidDays: PaidDays = [:]
    /// What would be due for days that other counties' batches issued, in report order.
    public var settlements: [SettlementLine] = []
    /// Decisions about rows of a person and village, what they pay or stop, as 说明 says them.
    public var decided: [PersonVillage: [String]] = [:]
    /// Allowances of places where only days that a newer sheet leaves out hold them: due once those are refused.
    public var waiting: [PersonVillage: PaymentLine] = [:]
    /// Calendar days, a bit each, whose allowances other counties' batches issued: they wait here.
    public var unpaidAllowances: [ResidentID: UInt32] = [:]
    /// What all of it rests on beside the marks.
    public var trace = PayTrace()

    /// A month of which nothing was sent.
    public static let nothing = MonthEntitlement(lines: [], held: [], findings: [], coverage: [], heldKeys: [])
}

/// Payable half-days by person, village and date.
public typealias PaidDays = [PersonVillage: [CivilDate: HalfDays]]

/// A person and a village: the key of a payment line within a month.
public struct PersonVillage: Hashable, Comparable, Sendable {
    public let person: ResidentID
    public let township: String
    public let village: String

    public init(person: ResidentID, township: String, village: String) {
        self.person = person
        self.township = township
        self.village = village
    }

    /// The key of a posting of somebody.
    init(_ person: ResidentID, _ posting: Posting) {
        self.init(person: person, township: posting.township, village: posting.village)
    }

    /// The key of a line.
    public init(_ line: PaymentLine) {
        self.init(person: line.person, township: line.township, village: line.village)
    }

    public static func < (left: PersonVillage, right: PersonVillage) -> Bool {
        (left.person, left.village, left.township) < (right.person, right.village, right.township)
    }
}

/// Turns a month's attendance into lines. Pure; every figure comes from a rule with its clause.
public struct EntitlementBuilder {
    private let attendance: MonthAttendance
    private let records: CountyRecords
    private let policy: Policy
    private let asOf: CivilDate
    private let cadres: [ResidentID: Cadre]
    private let unitCodes: [String: String]
    private let places: AllowancePlaces
    private let holds: [ResidentID: [RegisterHold]]
    /// Decisions that pay a person's days in a village, as 说明 says them; and those that stop them with them.
    private let notes: [PersonVillage: [String]]
    private let decided: [PersonVillage: [String]]
    /// Days of the county's people for which another county's batch issued.
    private let issuedElsewhere: [ResidentID: [ElsewhereDay]]
    /// Days whose allowances other counties' batches issued, and where the posting is not shared with them.
    private let allowancesElsewhere: [ResidentID: [AllowancesElsewhere]]

    private var period: Period { attendance.period }

    /// The county's month under a policy.
    ///
    /// - Parameter elsewhere: allowances that other counties' batches issued for the month to people of this one.
    public static func build(
        _ attendance: MonthAttendance, records: CountyRecords, policy: Policy, asOf: CivilDate,
        elsewhere: [AllowancesElsewhere] = []
    ) -> MonthEntitlement {
        // Allowances begin with the first sheet of a month.
        attendance.isWithdrawn ? .nothing : EntitlementBuilder(attendance, records, policy, asOf, elsewhere).build()
    }

    private init(
        _ attendance: MonthAttendance, _ records: CountyRecords, _ policy: Policy, _ asOf: CivilDate,
        _ elsewhere: [AllowancesElsewhere]
    ) {
        self.attendance = attendance
        self.records = records
        self.policy = policy
        self.asOf = asOf
        cadres = Dictionary(records.cadres.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        unitCodes = Dictionary(
            records.units.compactMap { unit in unit.code.map { (unit.name, $0) } },
            uniquingKeysWith: { first, _ in first })
        places = AllowancePlaces(records)
        holds = Dictionary(
            grouping: records.registerHolds.filter { $0.concerns(attendance.period) }, by: \.person)
        notes = EntitlementBuilder.notes(attendance) { $0.action != .refuse }
        decided = EntitlementBuilder.notes(attendance) { _ in true }
        issuedElsewhere = ElsewhereDay.all(attendance, policy)
        let range = attendance.period.range
        allowancesElsewhere = Dictionary(
            grouping: elsewhere.map { entry in
                var entry = entry
                // A day that postings of both counties share is paid by both, each its part; but where the other one
                // issued it whole and did not take the rest back yet, the part is there.
                for other in records.postingsElsewhere
                where other.person == entry.person && other.county == entry.county {
                    entry.days &= ~((other.days(within: range)?.dayMask ?? 0) & (entry.parts ?? entry.days))
                }
                return entry
            }.filter { $0.days != 0 }, by: \.person)
    }

    private static func notes(
        _ attendance: MonthAttendance, _ isTold: (Decision) -> Bool
    ) -> [PersonVillage: [String]] {
        var notes = notesElsewhere(attendance)
        guard !attendance.decisions.settled.isEmpty else { return notes }
        let rows = Dictionary(
            attendance.rows.map { (SourceCell(file: $0.file, sheet: $0.sheet, address: $0.nameCell), $0) },
            uniquingKeysWith: { first, _ in first })
        for entry in attendance.decisions.settled {
            guard let decision = entry.decision, isTold(decision) else { continue }
            for row in entry.rows.compactMap({ rows[$0] }) {
                guard let person = row.cadre else { continue }
                var places = [[row.township, row.village]]
                for day in row.days
                where (day.counted > .zero || day.exclusion == .decisionUsed)
                    && !places.contains([day.township, day.village])
                {
                    places.append([day.township, day.village])
                }
                for place in places {
                    let key = PersonVillage(person: person, township: place[0], village: place[1])
                    if notes[key]?.contains(decision.chinese) == true { continue }
                    notes[key, default: []].append(decision.chinese)
                }
            }
        }
        return notes
    }

    /// Days on another county's sheet that count by a decision there: its own papers say who decided what.
    private static func notesElsewhere(_ attendance: MonthAttendance) -> [PersonVillage: [String]] {
        var notes: [PersonVillage: [String]] = [:]
        for finding in attendance.findings where finding.reason == .decidedElsewhere {
            let rows = attendance.rows.filter { $0.isVisitor && $0.personID == finding.personID }
            for row in rows where row.sheet == finding.value {
                guard let person = row.cadre, finding.arguments.count > 1 else { continue }
                for day in row.days where day.counted > .zero {
                    let key = PersonVillage(person: person, township: day.township, village: day.village)
                    let note = "依\(finding.arguments[1])裁定"
                    if notes[key]?.contains(note) != true { notes[key, default: []].append(note) }
                }
            }
        }
        return notes
    }

    private func build() -> MonthEntitlement {
        var coverage: Set<PersonVillage> = []
        var heldKeys: Set<PersonVillage> = []
        var leftOutKeys: Set<PersonVillage> = []
        var spokenOf: Set<PersonVillage> = []
        for row in attendance.rows {
            let keys = self.keys(of: row)
            coverage.formUnion(keys)
            if row.isLeftOut {
                leftOutKeys.formUnion(keys)
            } else {
                spokenOf.formUnion(keys)
                if row.isHeld { heldKeys.formUnion(keys) }
            }
        }
        heldKeys.formUnion(heldByRegisters)
        // Left-out days hold the allowances of a village only where no other row speaks of the person there.
        let silentKeys = leftOutKeys.subtracting(spokenOf).subtracting(heldKeys)
        heldKeys.formUnion(silentKeys)
        var findings: [Finding] = []
        var amounts: [PersonVillage: LineAmounts] = [:]
        var paidDays: PaidDays = [:]
        for (key, days) in attendedDays() {
            paidDays[key] = Dictionary(days.map { ($0.date, $0.halfDays) }, uniquingKeysWith: { $0 + $1 })
            let result = LivingStipend.compute(days, in: period, policy: policy)
            amounts[key, default: LineAmounts()].stipend = result
            if let date = result.datesWithoutRate.first {
                findings.append(parameterMissing("生活补助标准", key, date))
            }
        }
        findings += allowancesWaiting()
        var trace = TraceBuilder(policy, period)
        var waiting: [PersonVillage: LineAmounts] = [:]
        for (cadre, allowance) in allowances() {
            let key = PersonVillage(
                person: cadre.id, township: allowance.posting.township, village: allowance.posting.village)
            findings += missingRates(allowance, cadre)
            trace.note(allowance, of: cadre.id, isHeld: heldKeys.contains(key))
            if silentKeys.contains(key) {
                waiting[key, default: LineAmounts()].add(allowance)
            } else if !heldKeys.contains(key) {
                amounts[key, default: LineAmounts()].add(allowance)
            }
        }
        let lines = amounts.compactMap { key, amounts in line(key, amounts) }.filter { $0.total != .zero }
        return MonthEntitlement(
            lines: lines.sorted(by: PaymentLine.inStatementOrder), held: heldLines(),
            findings: findings.sorted(by: Finding.inReportOrder), coverage: coverage, heldKeys: heldKeys,
            leftOutKeys: leftOutKeys, paidDays: paidDays, settlements: settlements(), decided: decided,
            waiting: waiting.reduce(into: [:]) { $0[$1.key] = line($1.key, $1.value) },
            unpaidAllowances: allowancesElsewhere.mapValues { $0.reduce(0) { $0 | $1.days } }, trace: trace.trace)
    }

    /// The allowances of every posting, with whose it is.
    private func allowances() -> [(cadre: Cadre, allowance: LocationAllowanceResult)] {
        let elsewhere = Dictionary(grouping: records.postingsElsewhere, by: \.person)
        return records.cadres.flatMap { cadre in
            return LocationAllowance.compute(
                cadre.postings, elsewhere: elsewhere[cadre.id] ?? [], in: period, places: places, policy: policy,
                unpaid: unpaid(cadre.id, (allowancesElsewhere[cadre.id] ?? []).reduce(0) { $0 | $1.days })
            ).map { (cadre, $0) }
        }
    }

    /// Days of the month for which nothing is paid to a person for his posting: those whose stipend others issued, and
    /// those of a mask.
    private func unpaid(_ person: ResidentID, _ mask: UInt32) -> Set<Int> {
        Set((issuedElsewhere[person] ?? []).map(\.date.day)).union(mask.days)
    }

    /// What other counties' batches issued for days of this county's postings, told with what it would be here.
    private func allowancesWaiting() -> [Finding] {
        allowancesElsewhere.sorted { $0.key < $1.key }.flatMap { person, entries -> [Finding] in
            guard let cadre = cadres[person] else { return [] }
            let others = records.postingsElsewhere.filter { $0.person == person }
            func sum(_ mask: UInt32) -> Fen {
                LocationAllowance.compute(
                    cadre.postings, elsewhere: others, in: period, places: places, policy: policy,
                    unpaid: unpaid(person, mask)
                ).flatMap(\.amounts).reduce(.zero) { $0 + ($1.amount ?? .zero) }
            }
            var before: UInt32 = 0
            return entries.sorted { ($0.batch.suffix(6), $0.county) < ($1.batch.suffix(6), $1.county) }.compactMap {
                entry in
                let amount = sum(before) - sum(before | entry.days)
                before |= entry.days
                guard amount != .zero else { return nil }
                let postings = cadre.postings.filter { $0.days(within: period.range) != nil }
                let posted = postings.dayMask(in: period)
                let waiting = unpaid(person, 0).reduce(entry.days & posted) { $0 & ~IssuedHalves.bit($1) }
                return Finding(
                    .allowancesIssuedElsewhere, period: period, county: attendance.county,
                    township: postings.first?.township ?? "", person: cadre.name.display, personID: person.text,
                    value: amount.yuanText,
                    arguments: [String(waiting.nonzeroBitCount), entry.batch, amount.yuanText])
            }
        }
    }

    /// Places of people whose register rows hold what they are paid.
    private var heldByRegisters: Set<PersonVillage> {
        var keys: Set<PersonVillage> = []
        for cadre in records.cadres where holds[cadre.id] != nil {
            for posting in cadre.postings where posting.days(within: period.range) != nil {
                keys.insert(PersonVillage(cadre.id, posting))
            }
        }
        return keys
    }

    private struct LineAmounts {
        var stipend: LivingStipendResult?
        var allowances: [RateTableID: Fen] = [:]

        mutating func add(_ allowance: LocationAllowanceResult) {
            for amount in allowance.amounts {
                guard let value = amount.amount else { continue }
                allowances[amount.table, default: .zero] += value
            }
        }
    }

    /// The person's villages that a row speaks of: those of its days, and its own place.
    private func keys(of row: RowOutcome) -> Set<PersonVillage> {
        guard let person = row.cadre else { return [] }
        var keys: Set<PersonVillage> = [
            PersonVillage(person: person, township: row.township, village: row.village)
        ]
        if row.layout.hasDailyMarks {
            var last: DayOutcome?
            for day in row.days where !day.village.isEmpty {
                // A month is nearly always one village: hashing its name for every day would cost more than the rest.
                if let last, last.village == day.village, last.township == day.township { continue }
                last = day
                keys.insert(PersonVillage(person: person, township: day.township, village: day.village))
            }
        } else {
            for posting in cadres[person]?.postings ?? [] where posting.days(within: period.range) != nil {
                keys.insert(PersonVillage(person, posting))
            }
        }
        return keys
    }

    // MARK: Days

    /// Paid days by person and village.
    private func attendedDays() -> [PersonVillage: [AttendedDay]] {
        var halves: [PersonVillage: [CivilDate: Int]] = [:]
        var accepted = markedBesideTotals()
        for row in attendance.rows where !row.isHeld {
            guard let person = row.cadre else { continue }
            var key = PersonVillage(person: person, township: row.township, village: row.village)
            // Taken out while the row adds to it, put back when the village changes.
            var days = halves.removeValue(forKey: key) ?? [:]
            for day in row.days where day.counted > .zero {
                if day.village != key.village || day.township != key.township {
                    if !days.isEmpty { halves[key] = days }
                    key = PersonVillage(person: person, township: day.township, village: day.village)
                    days = halves.removeValue(forKey: key) ?? [:]
                }
                days[day.date, default: 0] += day.counted.count
            }
            if !days.isEmpty { halves[key] = days }
            for day in acceptedDays(row, besides: accepted[person] ?? [:]) {
                let key = PersonVillage(person: person, township: row.township, village: row.village)
                halves[key, default: [:]][day.date, default: 0] += day.halfDays.count
                accepted[person, default: [:]][day.date, default: .zero] += day.halfDays
            }
        }
        return halves.mapValues { days in
            days.map { date, halves in
                // A day is never paid twice, whatever the rows of several files add up to.
                let halfDays = LivingStipend.payable(halves: min(halves, 2), on: date, policy: policy)
                return AttendedDay(date: date, halfDays: halfDays ?? .zero)
            }
        }
    }

    /// Days that marks of people with an accepted total count: no total stands for them as well.
    private func markedBesideTotals() -> [ResidentID: [CivilDate: HalfDays]] {
        let people = Set(attendance.rows.filter { !$0.isHeld && $0.acceptedHalfDays != nil }.compactMap(\.cadre))
        guard !people.isEmpty else { return [:] }
        var marked: [ResidentID: [CivilDate: HalfDays]] = [:]
        for row in attendance.rows where !row.isHeld {
            guard let person = row.cadre, people.contains(person) else { continue }
            for day in row.days where day.counted > .zero {
                marked[person, default: [:]][day.date, default: .zero] += day.counted
            }
        }
        return marked
    }

    /// The posted days that carry a stated total which policy accepts: those it was laid on, in months of earlier
    /// programs the first ones of the posting that no other total of the person carries, nor a mark; never more.
    private func acceptedDays(_ row: RowOutcome, besides taken: [CivilDate: HalfDays]) -> [AttendedDay] {
        if let laid = row.acceptedHalves {
            return laid.days.compactMap { day in
                period.date(day: day).map { AttendedDay(date: $0, halfDays: HalfDays(laid.count(on: day))) }
            }
        }
        guard var rest = row.acceptedHalfDays, let person = row.cadre, let cadre = cadres[person] else { return [] }
        var days: [AttendedDay] = []
        for date in period.range.dates where rest > .zero && date <= asOf {
            guard
                cadre.postings.contains(where: {
                    $0.isInForce(on: date) && $0.village == row.village && $0.township == row.township
                })
            else {
                continue
            }
            let halves = min(rest, HalfDays(2) - (taken[date] ?? .zero))
            guard halves > .zero else { continue }
            days.append(AttendedDay(date: date, halfDays: halves))
            rest = rest - halves
        }
        return days
    }

    // MARK: Lines

    private func line(_ key: PersonVillage, _ amounts: LineAmounts) -> PaymentLine? {
        guard let cadre = cadres[key.person], let posting = posting(cadre, key) else { return nil }
        return PaymentLine(
            county: attendance.county, period: period, originPeriod: period, person: cadre.id,
            name: cadre.name.display, unitCode: unitCodes[posting.sendingUnit], sendingUnit: posting.sendingUnit,
            township: key.township, village: key.village, bank: posting.bank, bankAccount: posting.bankAccount,
            halfDays: amounts.stipend?.halfDays ?? .zero,
            dailyRate: (amounts.stipend?.rate ?? policy.money(.livingStipendPerDay, on: period.lastDay))?.value
                ?? .zero,
            livingStipend: amounts.stipend?.amount ?? .zero,
            hardshipAllowance: amounts.allowances[.hardshipAllowance],
            qinghaiAllowance: amounts.allowances[.qinghaiAllowance],
            townshipSubsidy: amounts.allowances[.townshipSubsidy],
            note: (ratesNote(amounts) + (notes[key] ?? [])).joined(separator: "；"))
    }

    /// What the county would owe for days that others issued: stipend and allowances of those days.
    private func settlements() -> [SettlementLine] {
        issuedElsewhere.sorted { $0.key < $1.key }.flatMap { person, days -> [SettlementLine] in
            guard let cadre = cadres[person] else { return [] }
            let unpaid = Set(days.map(\.date.day))
            let elsewhere = records.postingsElsewhere.filter { $0.person == person }
            func allowances(_ unpaid: Set<Int>) -> [PersonVillage: Fen] {
                var sums: [PersonVillage: Fen] = [:]
                for result in LocationAllowance.compute(
                    cadre.postings, elsewhere: elsewhere, in: period, places: places, policy: policy, unpaid: unpaid)
                {
                    let key = PersonVillage(
                        person: person, township: result.posting.township, village: result.posting.village)
                    sums[key, default: .zero] += result.amounts.reduce(.zero) { $0 + ($1.amount ?? .zero) }
                }
                return sums
            }
            let (all, paid) = (allowances([]), allowances(unpaid))
            var told: Set<PersonVillage> = []
            let groups = Dictionary(grouping: days) { [$0.batch, $0.township, $0.village] }
            return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { key, days in
                guard let first = days.first, let issuer = CountyCode(String(first.batch.dropFirst(3).prefix(6))) else {
                    return nil
                }
                let place = PersonVillage(person: person, township: key[1], village: key[2])
                let stipend = LivingStipend.compute(
                    days.map { AttendedDay(date: $0.date, halfDays: $0.halfDays) }, in: period, policy: policy)
                // The allowances of the place are one sum: they stand with the first batch.
                let allowance = told.insert(place).inserted ? (all[place] ?? .zero) - (paid[place] ?? .zero) : .zero
                return SettlementLine(
                    period: period, person: person, name: cadre.name.display, issuer: issuer, batch: first.batch,
                    township: place.township, village: place.village, halfDays: stipend.halfDays,
                    amount: stipend.amount + allowance)
            }
        }.sorted(by: SettlementLine.inReportOrder)
    }

    /// Two rates in one month are both said: 日标准 shows the last. Source: spec §7.
    private func ratesNote(_ amounts: LineAmounts) -> [String] {
        let segments = amounts.stipend?.segments ?? []
        guard segments.count > 1 else { return [] }
        return [segments.map { "\($0.rate.value.yuanText)×\($0.halfDays.daysText)天" }.joined(separator: "＋")]
    }

    /// The posting to a village that the line's unit and account are taken from: the last of the month, else of all.
    private func posting(_ cadre: Cadre, _ key: PersonVillage) -> Posting? {
        let fits = cadre.postings.filter { $0.township == key.township && $0.village == key.village }
        return fits.last { $0.days(within: period.range) != nil } ?? fits.last
    }

    // MARK: Held

    private func heldLines() -> [HeldLine] {
        var groups: [[String]: [RowOutcome]] = [:]
        for row in attendance.rows where row.isHeld {
            let identity = row.personID.isEmpty ? "name:\(PersonName(row.nameAsSent).key)" : row.personID
            groups[[identity, row.township, row.village], default: []].append(row)
        }
        let inRows = Set(attendance.rows.compactMap(\.cadre))
        let silent = records.cadres.filter { holds[$0.id] != nil && !inRows.contains($0.id) }
        return (groups.values.map(heldLine) + silent.flatMap(heldWithoutRow)).sorted { left, right in
            let names = (left.sendingUnit, left.name, left.personID, left.village, left.township)
            return names < (right.sendingUnit, right.name, right.personID, right.village, right.township)
        }
    }

    /// A posted cadre in no row whose register row holds: his allowances wait, and he is not lost from sight.
    private func heldWithoutRow(_ cadre: Cadre) -> [HeldLine] {
        let codes = Set(
            (holds[cadre.id] ?? []).map { $0.kind == .conflict ? FindingCode.registerConflict : .valueUnreadable })
        return cadre.postings.filter { $0.days(within: period.range) != nil }.map { posting in
            HeldLine(
                county: attendance.county, period: period, personID: cadre.id.text, name: cadre.name.display,
                unitCode: unitCodes[posting.sendingUnit], sendingUnit: posting.sendingUnit,
                township: posting.township, village: posting.village, bank: posting.bank,
                bankAccount: posting.bankAccount, codes: FindingCode.allCases.filter(codes.contains),
                note: (holds[cadre.id] ?? []).map(\.source.text).joined(separator: "；"))
        }
    }

    /// One line of rows that are held for the same person and village.
    private func heldLine(_ rows: [RowOutcome]) -> HeldLine {
        let first = rows[0]
        var posting: Posting?
        if let cadre = first.cadre.flatMap({ cadres[$0] }) {
            let key = PersonVillage(person: cadre.id, township: first.township, village: first.village)
            posting = self.posting(cadre, key) ?? cadre.posting(asOf: period.lastDay)
        }
        let codes = Set(rows.flatMap(\.heldCodes))
        // Of whom the roster does not know, the sheet says the unit.
        let unit = posting?.sendingUnit ?? first.sendingUnit
        return HeldLine(
            county: attendance.county, period: period, personID: first.personID, name: first.nameAsSent,
            unitCode: unitCodes[unit], sendingUnit: unit,
            township: first.township, village: first.village, bank: posting?.bank, bankAccount: posting?.bankAccount,
            codes: FindingCode.allCases.filter(codes.contains), pendingAmount: pending(rows),
            note: rows.map(place).joined(separator: "；"))
    }

    private func place(_ row: RowOutcome) -> String {
        SourceCell(file: row.file, sheet: row.sheet, address: row.nameCell).text
    }

    /// 待核金额: what the marks would pay; of contradicting rows and of several stated totals the smallest, of rows that
    /// complement each other the sum. A total beside daily marks speaks of the same days and adds nothing.
    private func pending(_ rows: [RowOutcome]) -> Fen? {
        let marked = rows.filter(\.layout.hasDailyMarks)
        return pendingSum(marked.isEmpty ? rows : marked)
    }

    private func pendingSum(_ rows: [RowOutcome]) -> Fen? {
        var sum: Fen?
        var smallest: [Int: Fen] = [:]
        for row in rows {
            guard let amount = pending(row) else { continue }
            // Stated totals of one person speak of the same days, not of further ones.
            if let group = row.contradictionGroup ?? (row.layout.hasDailyMarks ? nil : 0) {
                smallest[group] = min(smallest[group] ?? amount, amount)
            } else {
                sum = (sum ?? .zero) + amount
            }
        }
        for amount in smallest.values { sum = (sum ?? .zero) + amount }
        return sum
    }

    private func pending(_ row: RowOutcome) -> Fen? {
        if row.layout.hasDailyMarks {
            let days = row.days.map { day in
                AttendedDay(
                    date: day.date,
                    halfDays: LivingStipend.payable(halves: day.counted.count, on: day.date, policy: policy) ?? .zero)
            }
            return LivingStipend.compute(merged(days), in: period, policy: policy).amount
        }
        return row.pendingHalfDays.flatMap { LivingStipend.lowestAmount(ofTotal: $0, in: period, policy: policy) }
    }

    /// A log may name a date twice: a day is a day.
    private func merged(_ days: [AttendedDay]) -> [AttendedDay] {
        var byDate: [CivilDate: HalfDays] = [:]
        for day in days { byDate[day.date] = min(HalfDays(2), (byDate[day.date] ?? .zero) + day.halfDays) }
        return byDate.map { AttendedDay(date: $0.key, halfDays: $0.value) }
    }

    // MARK: Missing rates

    private func missingRates(_ allowance: LocationAllowanceResult, _ cadre: Cadre) -> [Finding] {
        allowance.amounts.compactMap { amount in
            guard let segment = amount.missingSegment else { return nil }
            let title = policy.rateTables[amount.table]?.title ?? amount.table.chinese
            return Finding(
                .rateMissing, period: period, county: attendance.county, township: allowance.posting.township,
                person: cadre.name.display, personID: cadre.id.text, value: segment.keyText,
                arguments: [title, segment.keyText, segment.days.start.iso])
        }
    }

    private func parameterMissing(_ title: String, _ key: PersonVillage, _ date: CivilDate) -> Finding {
        Finding(
            .parameterMissing, period: period, county: attendance.county, township: key.township,
            person: cadres[key.person]?.name.display ?? "", personID: key.person.text, arguments: [title, date.iso])
    }
}
