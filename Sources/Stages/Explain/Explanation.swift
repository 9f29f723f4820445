import Domain
import Ledger
import Matching
import Payroll
import Reports
import Rules

/// Why a person is paid what they are paid for a month. Source: spec §4 `explain`.
public struct Explanation: Sendable {
    /// A day of a row in force.
    public struct Day: Sendable {
        public var date: CivilDate
        /// `present`, or `present/leave` where the halves differ.
        public var status: String
        /// `yes`, `half` or `no`.
        public var counted: String
        /// Why it does not count, or counts half; empty for a whole paid day.
        public var reason: String
        public var mark: String
        public var file: String
        public var sheet: String
        public var cell: String
        /// Where it is paid; empty where it is not.
        public var village: String
    }

    /// A field of a register that is in force.
    public struct Registered: Sendable {
        /// 派出单位.
        public var title: String
        /// Of what: a village, a unit; empty for the person.
        public var subject: String
        /// As sent, masked.
        public var value: String
        public var file: String
        public var sheet: String
        public var cell: String
    }

    /// A dated value and where it stands.
    public struct Basis: Sendable {
        public var title: String
        public var value: String
        public var unit: String
        public var from: CivilDate
        public var to: CivilDate?
        public var source: String
    }

    /// An allowance of a posting, or the stretch of one that has its own standard.
    public struct Allowance: Sendable {
        public var title: String
        public var village: String
        public var days: CivilDateRange
        public var key: String
        public var standard: Basis?
        public var unitStandard: Basis?
        public var topUp: String?
        public var amount: String?
    }

    /// A line that pays (or takes back), and where it stands.
    public struct Line: Sendable {
        public var period: Period
        public var originPeriod: Period
        public var village: String
        public var days: String
        /// 日标准 of the line.
        public var rate: String
        public var livingStipend: String
        public var hardshipAllowance: String?
        public var qinghaiAllowance: String?
        public var townshipSubsidy: String?
        public var total: String
        /// Empty while the month is open.
        public var batch: String
        /// The payment file.
        public var file: String
        /// SHA-256 of the file of a closed batch.
        public var sha256: String?
        public var isAdjustment: Bool
        /// A bank returned it, and it is paid again.
        public var isReissue: Bool
        /// 说明: what kind of line it is.
        public var note: String
    }

    /// What an account got in the month, from whatever months worked: the figure on the person's statement.
    public struct Paid: Sendable {
        /// Empty while the month is open.
        public var batch: String
        /// Masked; empty where none is known.
        public var account: String
        /// With their months worked.
        public var lines: [Line]
        public var total: String
    }

    /// A day whose evidence changed after the month was closed.
    public struct Change: Sendable {
        public var date: CivilDate
        public var oldMark: String
        public var oldCell: String
        public var newMark: String
        public var newCell: String
    }

    public var name: String
    /// Masked.
    public var residentID: String
    public var county: String
    /// Six digits.
    public var countyCode: String
    public var period: Period
    public var sendingUnit: String
    public var days: [Day]
    /// Reasons that hold a row, with its place; empty where nothing is held.
    public var held: [String]
    /// What people decided about his rows: which finding, at which cell, what, who, when, on what ground.
    public var decisions: [String]
    /// What the registers say of him, of his villages and of his unit, and which cell said it.
    public var registered: [Registered]
    public var rates: [Basis]
    /// By whose decision the closed month is read with another policy file than it was closed with.
    public var adopted: [String]
    public var allowances: [Allowance]
    /// Marks on dates that the month does not have, with their cells: they count for nothing.
    public var impossible: [String]
    /// Of the month as it is paid, by account.
    public var paid: [Paid]
    /// Still to be taken back after it, yuan by month worked.
    public var outstanding: [String]
    /// Of the month worked: its own and every adjustment of it.
    public var lines: [Line]
    public var changes: [Change]
    /// Sum of `lines`.
    public var total: String
}

/// Finds a person and explains a month.
public struct ExplainStage: Sendable {
    private let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    /// - Parameter person: an ID number, or a name if it is unique.
    /// - Throws: `RunFailure.refused` for nobody, or for a name of several people, who are listed.
    public func explain(_ person: String, period: Period) throws -> [Explanation] {
        try context.ledger.read { ledger in
            let found = try find(person, ledger)
            var results: [Explanation] = []
            for (county, id) in found {
                if let result = try explain(id, CountyMonth(county: county, period: period), ledger) {
                    results.append(result)
                }
            }
            guard !results.isEmpty else {
                throw RunFailure.refused(
                    BilingualText(zh: "\(period) 没有此人的记录。", en: "nothing is known of this person for \(period)."))
            }
            return results
        }
    }

    private func find(_ person: String, _ ledger: LedgerReader) throws -> [(CountyCode, ResidentID)] {
        let counties = try ledger.recordedCounties()
        var matches: [(CountyCode, Cadre)] = []
        let id: ResidentID? =
            switch ResidentID.read(person) {
            case .valid(let id), .upgraded(let id): id
            default: nil
            }
        let key = PersonName(person).key
        for county in counties {
            for cadre in try ledger.countyRecord(county)?.records.cadres ?? []
            where id.map({ $0 == cadre.id }) ?? (cadre.name.key == key) {
                matches.append((county, cadre))
            }
        }
        if Set(matches.map(\.1.id)).count > 1 {
            let list = matches.map { "\($0.1.name.display) \($0.1.id.masked) \($0.1.postings.last?.township ?? "")" }
                .joined(separator: "；")
            throw RunFailure.refused(
                BilingualText(
                    zh: "有多人叫此名，请改用身份证号：\(list)", en: "several people have that name, use the ID number: \(list)"))
        }
        if matches.isEmpty, let id { return counties.map { ($0, id) } }
        guard !matches.isEmpty else {
            throw RunFailure.refused(
                BilingualText(zh: "花名册中没有此人。", en: "the roster knows nobody of that name or ID."))
        }
        return matches.map { ($0.0, $0.1.id) }
    }

    private func explain(
        _ id: ResidentID, _ month: CountyMonth, _ ledger: LedgerReader
    ) throws -> Explanation? {
        let entry = try ledger.countyRecord(month.county)
        let attendance = try ledger.month(month)
        let rows = attendance?.rows.filter { $0.personID == id.text } ?? []
        let cadre = entry?.records.cadres.first { $0.id == id }
        let lines = try self.lines(id, month, ledger)
        guard !rows.isEmpty || !lines.isEmpty || cadre != nil else { return nil }
        let total = lines.reduce(Fen.zero) { $0 + $1.0 }
        return Explanation(
            name: cadre?.name.display ?? rows.first?.nameAsSent ?? "", residentID: id.masked,
            county: entry?.records.county.name ?? month.county.text, countyCode: month.county.text,
            period: month.period,
            sendingUnit: cadre?.posting(asOf: month.period.lastDay)?.sendingUnit ?? "",
            days: rows.flatMap(days).sorted {
                ($0.date, $0.file, $0.sheet, $0.cell) < ($1.date, $1.file, $1.sheet, $1.cell)
            },
            held: rows.filter(\.isHeld).map { row in
                let place =
                    row.isVisitor
                    ? row.sheet : SourceCell(file: row.file, sheet: row.sheet, address: row.nameCell).text
                return "\(row.heldCodes.map(\.rawValue).joined(separator: ";")) \(place)"
            },
            decisions: decisions(attendance, rows) + (entry.map { accounts(id, $0) } ?? []),
            registered: try registered(id, cadre, month, ledger),
            rates: rates(month.period, rows, try policy(month, ledger)),
            adopted: try adopted(month, ledger),
            allowances: allowances(cadre, month.period, entry?.records, try policy(month, ledger)),
            impossible: try impossible(id, month, ledger), paid: try paid(id, month, ledger),
            outstanding: try outstanding(id, month, ledger),
            lines: lines.map(\.1), changes: try changes(id, month, rows, ledger), total: total.yuanText)
    }

    private func decisions(_ attendance: MonthAttendance?, _ rows: [RowOutcome]) -> [String] {
        let own = Set(rows.map { SourceCell(file: $0.file, sheet: $0.sheet, address: $0.nameCell) })
        return (attendance?.decisions.settled ?? []).compactMap { entry in
            guard let decision = entry.decision, entry.rows.contains(where: own.contains) else { return nil }
            let place = entry.finding.cell.map {
                SourceCell(file: entry.finding.file, sheet: entry.finding.sheet, address: $0).text
            }
            let about = "\(entry.finding.code.rawValue) \(place ?? entry.finding.file)"
            return IDMasking.masked("\(about)：\(decision.chinese)（\(decision.source.text)）")
        } + elsewhere(attendance, rows)
    }

    /// Decisions of another county on whose sheet his days stand.
    private func elsewhere(_ attendance: MonthAttendance?, _ rows: [RowOutcome]) -> [String] {
        let people = Set(rows.filter(\.isVisitor).map(\.personID))
        return (attendance?.findings ?? []).filter {
            $0.reason == .decidedElsewhere && people.contains($0.personID)
        }.map { "\($0.code.rawValue)：\($0.message(.zh))" }
    }

    /// What was decided about the person's account, if others have it too.
    private func accounts(_ id: ResidentID, _ entry: CountyRecordEntry) -> [String] {
        SharedAccounts.questions(entry).filter { $0.account.person == id }.compactMap { question in
            question.finding.decision.map { decision in
                IDMasking.masked(
                    "\(FindingCode.bankAccountShared.rawValue) \(question.account.account)："
                        + "\(decision.chinese)（\(decision.source.text)）")
            }
        }
    }

    // MARK: Registers

    /// The entries on which the month rests: the person's, his postings' in force in it, their villages' and units'.
    private func registered(
        _ id: ResidentID, _ cadre: Cadre?, _ month: CountyMonth, _ ledger: LedgerReader
    ) throws -> [Explanation.Registered] {
        let postings = (cadre?.postings ?? []).filter { $0.days(within: month.period.range) != nil }
        let places = Set(postings.map { $0.township + $0.village })
        let units = Set(postings.map(\.sendingUnit))
        let starts = Set(postings.map(\.start))
        let entries = try ledger.registerEntries(month.county).filter { entry in
            switch entry.kind {
            case .person: entry.concerns(id)
            case .posting:
                entry.concerns(id) && places.contains(entry.place) && entry.start.map(starts.contains) ?? false
            case .village: places.contains(entry.place)
            case .unit: units.contains(entry.key)
            }
        }
        return entries.flatMap { entry in
            entry.fields.map { field in
                Explanation.Registered(
                    title: field.title,
                    subject: entry.kind == .person ? "" : entry.kind == .unit ? entry.key : entry.place,
                    value: field.text, file: IDMasking.byShape(field.source.file), sheet: field.source.sheet,
                    cell: field.source.isElsewhere ? "" : field.source.address.a1)
            }
        }
    }

    // MARK: Days

    private func days(_ row: RowOutcome) -> [Explanation.Day] {
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

    // MARK: Rates

    /// The policy that the month is read with: of a closed month the one kept with its batch.
    private func policy(_ month: CountyMonth, _ ledger: LedgerReader) throws -> Policy {
        try PoliciesOfMonths(context, ledger).policy(of: month)
    }

    /// Adoptions that govern what was issued of the month, as the manifest tells them.
    private func adopted(_ month: CountyMonth, _ ledger: LedgerReader) throws -> [String] {
        let issuing = Set(try ledger.issuingBatches()[month] ?? []).union(try ledger.batch(month).map { [$0.id] } ?? [])
        return try ledger.adoptions().filter { !issuing.isDisjoint(with: $0.batches) }.map {
            IDMasking.masked(AdoptionNote($0).chinese)
        }
    }

    private func rates(_ period: Period, _ rows: [RowOutcome], _ policy: Policy) -> [Explanation.Basis] {
        let paid = rows.filter { !$0.isHeld }.flatMap(\.days).filter { $0.counted > .zero }.map(\.date)
        let dates = paid.isEmpty ? [period.lastDay] : paid.sorted()
        var bases: [Explanation.Basis] = []
        var seen: Set<String> = []
        for date in dates {
            if let rate = policy.money(.livingStipendPerDay, on: date), seen.insert("rate\(rate.from)").inserted {
                bases.append(basis(rate, rate.value.yuanText))
            }
            if let half = policy.halfDays(.halfDayValue, on: date), seen.insert("half\(half.from)").inserted {
                bases.append(basis(half, half.value.daysText))
            }
            if let statuses = policy.statuses(.payableStatuses, on: date),
                seen.insert("status\(statuses.from)").inserted
            {
                bases.append(basis(statuses, statuses.value.map(\.rawValue).joined(separator: ", ")))
            }
        }
        return bases
    }

    private func basis<Value>(_ value: DatedValue<Value>, _ text: String) -> Explanation.Basis {
        Explanation.Basis(
            title: value.title, value: text, unit: value.unit, from: value.from, to: value.to,
            source: value.source.text)
    }

    private func allowances(
        _ cadre: Cadre?, _ period: Period, _ records: CountyRecords?, _ policy: Policy
    ) -> [Explanation.Allowance] {
        guard let cadre, let records else { return [] }
        let places = AllowancePlaces(records)
        return LocationAllowance.compute(
            cadre.postings, elsewhere: records.postingsElsewhere.filter { $0.person == cadre.id }, in: period,
            places: places, policy: policy
        ).flatMap { result in
            result.amounts.flatMap { amount in
                amount.segments.enumerated().map { index, segment in
                    Explanation.Allowance(
                        title: policy.rateTables[amount.table]?.title ?? amount.table.chinese,
                        village: result.posting.township + result.posting.village, days: segment.days,
                        key: segment.keyText, standard: segment.postingStandard.map { basis($0, $0.value.yuanText) },
                        unitStandard: segment.unitStandard.map { basis($0, $0.value.yuanText) },
                        topUp: segment.unitStandard == nil ? nil : segment.topUp?.yuanText,
                        // The amount is the posting's; it is said once, with its first stretch.
                        amount: index == 0 ? amount.amount?.yuanText : nil)
                }
            }
        }
    }

    // MARK: Lines

    /// Everything that pays the month worked: issued lines, then those of open months.
    private func lines(
        _ id: ResidentID, _ month: CountyMonth, _ ledger: LedgerReader
    ) throws -> [(Fen, Explanation.Line)] {
        var lines: [(Fen, Explanation.Line)] = []
        for line in try ledger.issued(person: id)
        where line.originPeriod == month.period && line.county == month.county {
            let file = "payments-\(line.period).csv"
            let digest = try ledger.files(batch: line.batch ?? "").first { $0.name == file }?.sha256
            lines.append((counted(line), self.line(line, file: file, sha256: digest)))
        }
        let closed = Set(try ledger.batches().map(\.month))
        for other in try ledger.computedMonths().sorted()
        where other.county == month.county && other.period >= month.period && !closed.contains(other) {
            for line in try ledger.pay(other)?.lines ?? [] where line.person == id && line.originPeriod == month.period
            {
                lines.append((counted(line), self.line(line, file: "payments-\(line.period).csv", sha256: nil)))
            }
        }
        return lines
    }

    /// Everything paid in the month, by account: the lines of its batch, else of the open month.
    private func paid(
        _ id: ResidentID, _ month: CountyMonth, _ ledger: LedgerReader
    ) throws -> [Explanation.Paid] {
        let batch = try ledger.batch(month)
        let own = try batch.map { try ledger.lines(batch: $0.id) } ?? ledger.pay(month)?.lines ?? []
        let file = "payments-\(month.period).csv"
        let digest = try batch.flatMap { batch in
            try ledger.files(batch: batch.id).first { $0.name == file }?.sha256
        }
        return Dictionary(grouping: own.filter { $0.person == id }) { $0.bankAccount ?? "" }
            .sorted { $0.key < $1.key }.map { account, lines in
                Explanation.Paid(
                    batch: batch?.id ?? "", account: ResidentID.masked(account),
                    lines: lines.sorted { $0.originPeriod < $1.originPeriod }.map {
                        line($0, file: file, sha256: digest)
                    }, total: lines.reduce(Fen.zero) { $0 + $1.total }.yuanText)
            }
    }

    private func outstanding(_ id: ResidentID, _ month: CountyMonth, _ ledger: LedgerReader) throws -> [String] {
        try (ledger.pay(month)?.outstanding ?? []).filter { $0.person == id }.map {
            "\($0.originPeriod) \($0.amount.yuanText)"
        }
    }

    /// `impossible-day` of the person: such a mark belongs to no date, and stands among no days.
    private func impossible(_ id: ResidentID, _ month: CountyMonth, _ ledger: LedgerReader) throws -> [String] {
        try ledger.monthFindings(month).filter { $0.code == .impossibleDay && $0.personID == id.text }.map { finding in
            let place = finding.cell.map { SourceCell(file: finding.file, sheet: finding.sheet, address: $0).text }
            return "\(finding.value) \(place ?? finding.file)"
        }
    }

    /// What a line adds to the month's sum: what a bank returned and comes again was counted when it was first issued.
    private func counted(_ line: PaymentLine) -> Fen { line.reissue == nil ? line.total : .zero }

    private func line(_ line: PaymentLine, file: String, sha256: String?) -> Explanation.Line {
        Explanation.Line(
            period: line.period, originPeriod: line.originPeriod, village: line.township + line.village,
            days: line.halfDays.daysText, rate: line.dailyRate.yuanText, livingStipend: line.livingStipend.yuanText,
            hardshipAllowance: line.hardshipAllowance?.yuanText, qinghaiAllowance: line.qinghaiAllowance?.yuanText,
            townshipSubsidy: line.townshipSubsidy?.yuanText, total: line.total.yuanText, batch: line.batch ?? "",
            file: file, sha256: sha256, isAdjustment: line.isAdjustment,
            isReissue: line.reissue != nil, note: line.note)
    }

    // MARK: Changes

    /// Days whose mark is another one than when the month was closed: old cell, new cell.
    private func changes(
        _ id: ResidentID, _ month: CountyMonth, _ rows: [RowOutcome], _ ledger: LedgerReader
    ) throws -> [Explanation.Change] {
        guard let batch = try ledger.batch(month), let evidence = try ledger.evidence(batch: batch.id) else {
            return []
        }
        struct Mark: Equatable {
            var text: String
            var counted: HalfDays
            var cell: String
        }
        func marks(_ rows: [RowOutcome]) -> [CivilDate: Mark] {
            var marks: [CivilDate: Mark] = [:]
            for row in rows {
                for day in row.days where day.morning != .blank || day.afternoon != .blank {
                    marks[day.date] = Mark(
                        text: day.text, counted: row.isHeld ? .zero : day.counted,
                        cell: SourceCell(file: row.file, sheet: row.sheet, address: day.cell).text)
                }
            }
            return marks
        }
        let old = marks(evidence.month.rows.filter { $0.personID == id.text })
        let new = marks(rows)
        return Set(old.keys).union(new.keys).sorted().compactMap { date in
            if old[date]?.text == new[date]?.text, old[date]?.counted == new[date]?.counted { return nil }
            return Explanation.Change(
                date: date, oldMark: old[date]?.text ?? "", oldCell: old[date]?.cell ?? "",
                newMark: new[date]?.text ?? "", newCell: new[date]?.cell ?? "")
        }
    }
}
