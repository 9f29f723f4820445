import Codec
import Domain
import Ledger
import Matching
import Payroll
import Rules

/// How a county's month was read at one moment: what explains its figures to its people. Kept with every batch that
/// pays for it, so that nothing of today is asked about what was issued. Source: spec §7, §8.
struct MonthReading: Packable {
    struct Person: Packable {
        var id: ResidentID
        var name: String
        var sendingUnit: String
        /// What people decided about his rows and his account.
        var decisions: [String]
        /// `impossible-day` marks with their cells.
        var impossible: [String]
        /// Places in `entries`.
        var entries: [Int]
        /// What could not be taken back yet of what was issued to him for the month.
        var outstanding = Fen.zero
    }

    var period: Period
    /// The county as it was called.
    var county: String
    /// By ID.
    var people: [Person]
    /// Rows of those people; none of a batch's own month, which are in its evidence.
    var rows: [RowOutcome]
    var trace: PayTrace
    /// What registers said of those people, their villages and their units.
    var entries: [RegisterEntry]
    /// Whether registers and standards were kept; batches of earlier programs kept neither.
    var isWhole = true
}

// MARK: Telling

extension MonthReading {
    /// What it says of a person; nil where it does not know him.
    func told(of id: ResidentID) -> Explanation.Reading? {
        let rows = rows.filter { $0.personID == id.text }
        let person = people.first { $0.id == id }
        guard person != nil || !rows.isEmpty else { return nil }
        let counting = rows.filter { !$0.isHeld }
        let paid =
            counting.flatMap(\.days).filter { $0.counted > .zero }.map(\.date.day)
            + counting.flatMap { $0.acceptedHalves?.days ?? [] }
        return Explanation.Reading(
            name: person?.name ?? rows.first?.nameAsSent ?? "", county: county,
            sendingUnit: person?.sendingUnit ?? "",
            days: rows.flatMap { MonthReading.days($0) + stated($0) }.sorted {
                ($0.date, $0.file, $0.sheet, $0.cell) < ($1.date, $1.file, $1.sheet, $1.cell)
            },
            held: rows.filter(\.isHeld).map { row in
                let place =
                    row.isVisitor
                    ? row.sheet : SourceCell(file: row.file, sheet: row.sheet, address: row.nameCell).text
                return "\(row.heldCodes.map(\.rawValue).joined(separator: ";")) \(place)"
            },
            decisions: person?.decisions ?? [], registered: (person?.entries ?? []).flatMap(registered),
            rates: trace.bases(on: paid.isEmpty ? [period.lastDay.day] : paid.sorted()),
            allowances: trace.allowances.filter { $0.person == id }.map(allowance),
            impossible: person?.impossible ?? [], isWhole: isWhole)
    }

    private func registered(_ place: Int) -> [Explanation.Registered] {
        guard entries.indices.contains(place) else { return [] }
        let entry = entries[place]
        return entry.fields.map { field in
            Explanation.Registered(
                title: field.title,
                subject: entry.kind == .person ? "" : entry.kind == .unit ? entry.key : entry.place,
                value: field.text, file: IDMasking.byShape(field.source.file), sheet: field.source.sheet,
                cell: field.source.isElsewhere ? "" : field.source.address.a1)
        }
    }

    private func allowance(_ allowance: PayTrace.Allowance) -> Explanation.Allowance {
        Explanation.Allowance(
            title: allowance.title, village: allowance.township + allowance.village, days: allowance.days,
            key: allowance.key, standard: trace.basis(allowance.standard),
            unitStandard: trace.basis(allowance.unitStandard), topUp: allowance.topUp?.yuanText,
            amount: allowance.amount?.yuanText)
    }

    /// The days that a stated total of a row stands for, at the row's own cell: no other names them.
    private func stated(_ row: RowOutcome) -> [Explanation.Day] {
        guard !row.isHeld, let laid = row.acceptedHalves else { return [] }
        return laid.days.compactMap { day in
            period.date(day: day).map { date in
                Explanation.Day(
                    date: date, status: Explanation.statedTotal, counted: laid.count(on: day) > 1 ? "yes" : "half",
                    reason: "", mark: "", file: row.file, sheet: row.sheet, cell: row.nameCell.a1,
                    village: row.township + row.village)
            }
        }
    }

    private static func days(_ row: RowOutcome) -> [Explanation.Day] {
        row.days.map { day in
            let status =
                day.morning == day.afternoon
                ? day.morning.rawValue : "\(day.morning.rawValue)/\(day.afternoon.rawValue)"
            let counted = row.isHeld ? 0 : day.counted.count
            let reason: String
            if row.isHeld {
                reason = row.heldCodes.map(\.rawValue).joined(separator: ";")
            } else if let exclusion = day.exclusion {
                reason = exclusion.rawValue
            } else {
                reason = counted == 2 ? "" : day.morning == .unknown ? FindingCode.unknownMark.rawValue : status
            }
            return Explanation.Day(
                date: day.date, status: status, counted: counted == 2 ? "yes" : counted == 1 ? "half" : "no",
                reason: reason, mark: day.text, file: row.file, sheet: row.sheet,
                cell: row.isVisitor ? "" : day.afternoonCell.map { "\(day.cell.a1),\($0.a1)" } ?? day.cell.a1,
                village: counted > 0 ? day.township + day.village : "")
        }
    }
}

// MARK: Reading

extension MonthReading {
    /// As the last run read it.
    ///
    /// - Parameter people: whom it is about; nil for everybody of the month.
    init(_ month: CountyMonth, of people: Set<ResidentID>?, _ ledger: LedgerReader) throws {
        let entry = try ledger.countyRecord(month.county)
        let attendance = try ledger.month(month)
        let cadres = Dictionary(
            (entry?.records.cadres ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let posted = cadres.values.filter { $0.postings.contains { $0.days(within: month.period.range) != nil } }
        let known = Set((attendance?.rows ?? []).compactMap { ResidentID($0.personID) } + posted.map(\.id))
        let wanted = people ?? known
        period = month.period
        county = entry?.records.county.name ?? month.county.text
        rows = (attendance?.rows ?? []).filter { ResidentID($0.personID).map(wanted.contains) ?? false }
        trace = try ledger.trace(month).of(wanted)
        let accounts = entry.map(SharedAccounts.questions) ?? []
        let impossible = (attendance?.findings ?? []).filter { $0.code == .impossibleDay }
        var registers = RegisterPlaces(try ledger.registerEntries(month.county), month.period)
        self.people = []
        for id in wanted.sorted() where known.contains(id) || cadres[id] != nil {
            let cadre = cadres[id]
            let own = rows.filter { $0.personID == id.text }
            self.people.append(
                Person(
                    id: id, name: cadre?.name.display ?? own.first?.nameAsSent ?? "",
                    sendingUnit: cadre?.posting(asOf: month.period.lastDay)?.sendingUnit ?? "",
                    decisions: MonthReading.decisions(attendance, own)
                        + accounts.filter { $0.account.person == id }.compactMap(MonthReading.account),
                    impossible: impossible.filter { $0.personID == id.text }.map(MonthReading.impossible),
                    entries: registers.places(of: id, cadre)))
        }
        entries = registers.used
    }

    private static func decisions(_ attendance: MonthAttendance?, _ rows: [RowOutcome]) -> [String] {
        let elsewhere = elsewhere(attendance, rows)
        guard let settled = attendance?.decisions.settled, !settled.isEmpty else { return elsewhere }
        let own = Set(rows.map { SourceCell(file: $0.file, sheet: $0.sheet, address: $0.nameCell) })
        return settled.compactMap { entry in
            guard let decision = entry.decision, entry.rows.contains(where: own.contains) else { return nil }
            let place = entry.finding.cell.map {
                SourceCell(file: entry.finding.file, sheet: entry.finding.sheet, address: $0).text
            }
            let about = "\(entry.finding.code.rawValue) \(place ?? entry.finding.file)"
            return IDMasking.masked("\(about)：\(decision.chinese)（\(decision.source.text)）")
        } + elsewhere
    }

    /// Decisions of another county on whose sheet a person's days stand.
    private static func elsewhere(_ attendance: MonthAttendance?, _ rows: [RowOutcome]) -> [String] {
        let people = Set(rows.filter(\.isVisitor).map(\.personID))
        return (attendance?.findings ?? []).filter {
            $0.reason == .decidedElsewhere && people.contains($0.personID)
        }.map { "\($0.code.rawValue)：\($0.message(.zh))" }
    }

    /// What was decided about a person's account, if others have it too.
    private static func account(_ question: SharedAccounts.Question) -> String? {
        question.finding.decision.map { decision in
            IDMasking.masked(
                "\(FindingCode.bankAccountShared.rawValue) \(question.account.account)："
                    + "\(decision.chinese)（\(decision.source.text)）")
        }
    }

    /// Such a mark belongs to no date, and stands among no days.
    private static func impossible(_ finding: Finding) -> String {
        let place = finding.cell.map { SourceCell(file: finding.file, sheet: finding.sheet, address: $0).text }
        return "\(finding.value) \(place ?? finding.file)"
    }

    /// Of a batch's own month whose program kept neither registers nor standards.
    init(_ evidence: BatchEvidence, _ policy: Policy) {
        period = evidence.month.period
        county = evidence.county?.name ?? evidence.month.county.text
        people = []
        rows = evidence.month.rows
        trace = PayTrace(policy, evidence.month.period)
        entries = []
        isWhole = false
    }
}

/// The register entries on which people's month rests: their own, their postings' in force in it, their villages' and
/// units'.
private struct RegisterPlaces {
    private let entries: [RegisterEntry]
    private let people: [String: [Int]]
    private let villages: [String: [Int]]
    private let units: [String: [Int]]
    private let period: Period
    /// Those that somebody asked for, in the order of asking.
    private(set) var used: [RegisterEntry] = []
    private var numbers: [Int: Int] = [:]

    init(_ entries: [RegisterEntry], _ period: Period) {
        self.entries = entries
        self.period = period
        func index(_ kinds: Set<RegisterEntry.Kind>, by key: (RegisterEntry) -> String) -> [String: [Int]] {
            Dictionary(grouping: entries.indices.filter { kinds.contains(entries[$0].kind) }) { key(entries[$0]) }
        }
        people = index([.person, .posting]) { $0.key }
        villages = index([.village]) { $0.place }
        units = index([.unit]) { $0.key }
    }

    /// Places in `used`, in the order of the registers.
    mutating func places(of id: ResidentID, _ cadre: Cadre?) -> [Int] {
        let postings = (cadre?.postings ?? []).filter { $0.days(within: period.range) != nil }
        let places = Set(postings.map { $0.township + $0.village })
        let starts = Set(postings.map(\.start))
        let own = (people[id.text] ?? []).filter { number in
            let entry = entries[number]
            return entry.kind == .person
                || places.contains(entry.place) && entry.start.map(starts.contains) ?? false
        }
        let around =
            places.flatMap { villages[$0] ?? [] } + Set(postings.map(\.sendingUnit)).flatMap { units[$0] ?? [] }
        return (own + around).sorted().map { number in
            if let known = numbers[number] { return known }
            numbers[number] = used.count
            used.append(entries[number])
            return used.count - 1
        }
    }
}

// MARK: Bytes

extension MonthReading.Person {
    func pack(_ writer: inout PackWriter) {
        writer.write(id.text)
        writer.write(name)
        writer.write(sendingUnit)
        writer.write(decisions)
        writer.write(impossible)
        writer.write(entries)
        writer.write(outstanding.amount)
    }
    init(_ reader: inout PackReader) throws(PackingError) {
        id = try reader.residentID()
        name = try reader.string()
        sendingUnit = try reader.string()
        decisions = try reader.stringArray()
        impossible = try reader.stringArray()
        entries = try reader.ints()
        outstanding = Fen(try reader.int())
    }
}

extension MonthReading {
    func pack(_ writer: inout PackWriter) {
        writer.write(period.ordinal)
        writer.write(county)
        writer.write(people)
        writer.write(rows)
        writer.write(trace)
        writer.write(entries)
    }
    init(_ reader: inout PackReader) throws(PackingError) {
        period = Period(ordinal: try reader.int())
        county = try reader.string()
        people = try reader.array(Person.self)
        rows = try reader.array(RowOutcome.self)
        trace = try reader.value(PayTrace.self)
        entries = try reader.array(RegisterEntry.self)
    }
}
