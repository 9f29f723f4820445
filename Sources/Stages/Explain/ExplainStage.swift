import Domain
import Ledger
import Reports

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

    /// Counties that know a person, or issued to him; whom no roster knows any more was issued to all the same.
    private func find(_ person: String, _ ledger: LedgerReader) throws -> [(CountyCode, ResidentID)] {
        let counties = try ledger.recordedCounties()
        let id: ResidentID? =
            switch ResidentID.read(person) {
            case .valid(let id), .upgraded(let id): id
            default: nil
            }
        let key = PersonName(person).key
        var known: [(county: CountyCode, id: ResidentID, told: String)] = []
        func note(_ county: CountyCode, _ id: ResidentID, _ told: String) {
            if !known.contains(where: { ($0.county, $0.id) == (county, id) }) { known.append((county, id, told)) }
        }
        for county in counties {
            for cadre in try ledger.countyRecord(county)?.records.cadres ?? []
            where id.map({ $0 == cadre.id }) ?? (cadre.name.key == key) {
                note(
                    county, cadre.id, "\(cadre.name.display) \(cadre.id.masked) \(cadre.postings.last?.township ?? "")")
            }
        }
        if known.isEmpty, id == nil {
            for line in try ledger.issuedPeople() where PersonName(line.name).key == key {
                note(line.county, line.person, "\(line.name) \(line.person.masked)")
            }
        }
        for id in Set(known.map(\.id)).union(id.map { [$0] } ?? []).sorted() {
            for line in try ledger.issued(person: id) { note(line.county, id, "\(line.name) \(id.masked)") }
        }
        guard Set(known.map(\.id)).count < 2 else {
            let list = known.map(\.told).joined(separator: "；")
            throw RunFailure.refused(
                BilingualText(
                    zh: "有多人叫此名，请改用身份证号：\(list)", en: "several people have that name, use the ID number: \(list)"))
        }
        if known.isEmpty, let id { return counties.map { ($0, id) } }
        guard !known.isEmpty else {
            throw RunFailure.refused(
                BilingualText(zh: "花名册中没有此人。", en: "the roster knows nobody of that name or ID."))
        }
        return known.map { ($0.county, $0.id) }.sorted { $0.0 < $1.0 }
    }

    private func explain(
        _ id: ResidentID, _ month: CountyMonth, _ ledger: LedgerReader
    ) throws -> Explanation? {
        let lines = try self.lines(id, month, ledger)
        var readings = try self.readings(id, month, ledger)
        guard !readings.isEmpty || !lines.isEmpty else { return nil }
        if readings.isEmpty { readings = [("", .unread(lines.first?.line.name ?? "", month))] }
        let total = lines.reduce(Fen.zero) { $0 + $1.counted }
        return Explanation(
            reading: readings[0].reading, residentID: id.masked, countyCode: month.county.text, period: month.period,
            adopted: try adopted(month, ledger), paid: try paid(id, month, ledger),
            outstanding: try outstanding(id, month, ledger), owed: try owed(id, month, ledger),
            bank: try bank(id, month, ledger),
            lines: lines.map { line($0.line, file: $0.file, sha256: $0.sha256) },
            since: zip(readings, readings.dropFirst()).map { old, new in
                Explanation.Later(new.reading, after: old.reading, batch: new.batch)
            }.filter { !$0.isEmpty }, total: total.yuanText)
    }

    // MARK: Readings

    /// How each batch that pays for the month read it, in their order; then how the last run did.
    private func readings(
        _ id: ResidentID, _ month: CountyMonth, _ ledger: LedgerReader
    ) throws -> [(batch: String, reading: Explanation.Reading)] {
        var readings: [(batch: String, reading: Explanation.Reading)] = []
        for batch in try ledger.issuingBatches()[month] ?? [] {
            if let told = try kept(month, batch, ledger)?.told(of: id) { readings.append((batch, told)) }
        }
        if let present = try MonthReading(month, of: [id], ledger).told(of: id) { readings.append(("", present)) }
        return readings
    }

    /// The month as a batch kept it; nil where a batch of an earlier program carried a correction of it.
    private func kept(_ month: CountyMonth, _ batch: String, _ ledger: LedgerReader) throws -> MonthReading? {
        guard let evidence = try ledger.evidence(batch: batch) else { return nil }
        let isOwn = evidence.month.period == month.period
        guard let readings = try KeptReadings.read(evidence, batch, context) else {
            guard isOwn, let record = try ledger.batch(month) else { return nil }
            return MonthReading(evidence, try PoliciesOfMonths.kept(record.policySHA256, context))
        }
        guard var reading = readings.first(where: { $0.period == month.period }) else { return nil }
        if isOwn { reading.rows = evidence.month.rows }
        return reading
    }

    /// Adoptions that govern what was issued of the month, as the manifest tells them.
    private func adopted(_ month: CountyMonth, _ ledger: LedgerReader) throws -> [String] {
        let issuing = Set(try ledger.issuingBatches()[month] ?? [])
        return try ledger.adoptions().filter { !issuing.isDisjoint(with: $0.batches) }.map {
            IDMasking.masked(AdoptionNote($0).chinese)
        }
    }

    // MARK: Lines

    private struct Found {
        var line: PaymentLine
        var file: String
        /// Of the file of a closed batch.
        var sha256: String?
        /// What it adds to the month's sum: what a bank returned and comes again was counted when it was first issued.
        var counted: Fen { line.reissue == nil ? line.total : .zero }
    }

    /// Everything that pays the month worked: issued lines, then those of open months.
    private func lines(_ id: ResidentID, _ month: CountyMonth, _ ledger: LedgerReader) throws -> [Found] {
        var lines: [Found] = []
        for line in try ledger.issued(person: id)
        where line.originPeriod == month.period && line.county == month.county {
            let file = "payments-\(line.period).csv"
            let digest = try ledger.files(batch: line.batch ?? "").first { $0.name == file }?.sha256
            lines.append(Found(line: line, file: file, sha256: digest))
        }
        let closed = Set(try ledger.batches().map(\.month))
        for other in try ledger.computedMonths().sorted()
        where other.county == month.county && other.period >= month.period && !closed.contains(other) {
            for line in try ledger.pay(other)?.lines ?? [] where line.person == id && line.originPeriod == month.period
            {
                lines.append(Found(line: line, file: "payments-\(line.period).csv"))
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
        func told(_ period: Period, _ amount: Fen) -> String { "\(period) \(amount.yuanText)" }
        if let batch = try ledger.batch(month), let evidence = try ledger.evidence(batch: batch.id),
            let readings = try KeptReadings.read(evidence, batch.id, context)
        {
            return readings.sorted { $0.period < $1.period }.flatMap { reading in
                reading.people.filter { $0.id == id && $0.outstanding > .zero }.map {
                    told(reading.period, $0.outstanding)
                }
            }
        }
        return try (ledger.pay(month)?.outstanding ?? []).filter { $0.person == id }.map {
            told($0.originPeriod, $0.amount)
        }
    }

    /// What of the month worked no batch could take back yet: the first open month after the last closed one says it.
    private func owed(_ id: ResidentID, _ month: CountyMonth, _ ledger: LedgerReader) throws -> String? {
        let closed = try ledger.batches().map(\.month).filter { $0.county == month.county }
        guard let last = closed.map(\.period).max() else { return nil }
        let open = CountyMonth(county: month.county, period: last.next)
        let sum = try (ledger.pay(open)?.outstanding ?? []).filter {
            $0.person == id && $0.originPeriod == month.period
        }.reduce(Fen.zero) { $0 + $1.amount }
        return sum > .zero ? sum.yuanText : nil
    }

    private func bank(_ id: ResidentID, _ month: CountyMonth, _ ledger: LedgerReader) throws -> [Explanation.BankReply]
    {
        let answers = try ledger.bankAnswers(county: month.county).filter { $0.line.person == id }
        let again = try ledger.reissued(county: month.county).filter { $0.person == id }
        var told: [Explanation.BankReply] = []
        var batches = [BatchRecord.id(month)]
        var seen: Set<String> = []
        while let batch = batches.first {
            batches.removeFirst()
            guard seen.insert(batch).inserted else { continue }
            for answer in answers where answer.line.batch == batch {
                guard let result = answer.result else { continue }
                told.append(
                    Explanation.BankReply(
                        batch: batch, amount: answer.line.amount.yuanText, isPaid: result == .paid,
                        reason: answer.reason))
            }
            batches += again.filter { $0.reissue?.batch == batch }.compactMap(\.batch)
        }
        return told
    }

    private func line(_ line: PaymentLine, file: String, sha256: String?) -> Explanation.Line {
        Explanation.Line(
            period: line.period, originPeriod: line.originPeriod, village: line.township + line.village,
            days: line.halfDays.daysText, rate: line.dailyRate.yuanText, livingStipend: line.livingStipend.yuanText,
            hardshipAllowance: line.hardshipAllowance?.yuanText, qinghaiAllowance: line.qinghaiAllowance?.yuanText,
            townshipSubsidy: line.townshipSubsidy?.yuanText, total: line.total.yuanText, batch: line.batch ?? "",
            file: file, sha256: sha256, isAdjustment: line.isAdjustment,
            isReissue: line.reissue != nil, isRemainder: line.isRemainder, note: line.note)
    }
}
