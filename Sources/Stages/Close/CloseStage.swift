import Domain
import Foundation
import Ledger
import Matching
import Reports
import Rules
import Settings

/// Close: freezes a month of a county as a batch and writes its final files. Source: spec §8.
///
/// What was computed last is what is frozen; lines, files and evidence are committed in one transaction, and the
/// files' bytes are kept before it, so that a kill at any point leaves either an open month or a closed one.
public struct CloseStage: Sendable {
    private let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    /// Closes the month for one county, or for every county that has it open.
    ///
    /// - Throws: `RunFailure.refused`: closed before, an earlier month open, nothing to close. Nothing is closed then.
    ///
    /// - Parameter reports: whether its files are written now; else the next run writes them.
    public func close(_ period: Period, county: CountyCode?, reports: Bool = true) throws -> [BatchRecord] {
        try context.ledger.checkBatches()
        let batches = try context.ledger.write(isDurable: true) { ledger in
            let counties = try self.counties(period, county, ledger.reader)
            try LedgerMark.advance(ledger)
            return try counties.map { try freeze(CountyMonth(county: $0, period: period), ledger) }
        }
        try LedgerMark.note(context.ledger, context.originals)
        try IssuedBatches.write(batches, output: context.options.output)
        // Other counties know now what was issued; the next month carries corrections, the final files lie in place.
        _ = try NormalizeStage(context).run(progress: ProgressBar("close", isQuiet: true))
        _ = try ComputeStage(context).run(progress: ProgressBar("close", isQuiet: true))
        if reports { _ = try ReportStage(context).run(progress: ProgressBar("close", isQuiet: true)) }
        return batches
    }

    /// What `close` would freeze; nothing is changed.
    ///
    /// - Throws: what `close` throws.
    public func preview(_ period: Period, county: CountyCode?) throws -> [ClosePreview] {
        try context.ledger.checkBatches()
        return try context.ledger.read { reader in
            let sources = try ReportSources(reader, context)
            let papers = MonthPapers.Reader(sources.batches)
            let figures = try MonthFigures(reader, county: county)
            return try counties(period, county, reader).map { code in
                let month = CountyMonth(county: code, period: period)
                guard let read = try papers.read(month, reader) else {
                    throw refused("\(period) 没有计算结果。", "\(period) was not computed.")
                }
                let record = try self.county(code, reader)
                let finance = finance(record, sources)
                let files = try finance.make(read, batch: BatchRecord.id(month))
                let missing = figures.townships(month, asOf: context.options.asOf).filter { $0.state == .missing }
                    .map(\.name)
                let bank = finance.bank(PaymentsReport.paid(read.pay.lines), read.standing)
                return ClosePreview(
                    read, county: record, asOf: context.options.asOf, missing: missing, files: files.map(\.path),
                    bank: bank,
                    bankFiles: finance.netFiles(bank, period, isClosed: true).map(ClosePreview.BankFile.init))
            }
        }
    }

    private func county(_ code: CountyCode, _ reader: LedgerReader) throws -> CountyRecord {
        try reader.countyRecord(code)?.records.county
            ?? CountyRecord(code: code, name: code.text, prefecture: "", isDeepPoverty: false)
    }

    private func finance(_ county: CountyRecord, _ sources: ReportSources) -> FinanceFiles {
        FinanceFiles(
            context, profiles: sources.profiles, county: county, folder: OutputFolder(root: context.options.output))
    }

    /// The counties to close, after everything that forbids it was looked at.
    private func counties(_ period: Period, _ county: CountyCode?, _ ledger: LedgerReader) throws -> [CountyCode] {
        let closed = Set(try ledger.batches().map(\.month))
        let computed = try ledger.computedMonths()
        let withData = try ledger.matchedMonths()
        let candidates: [CountyCode]
        if let county {
            candidates = [county]
        } else {
            candidates = Set(computed.filter { $0.period == period && !closed.contains($0) }.map(\.county)).sorted()
            if candidates.isEmpty, closed.contains(where: { $0.period == period }) {
                throw refused("\(period) 已全部关账，不能再次关账。", "\(period) is closed everywhere already.")
            }
        }
        guard !candidates.isEmpty else {
            throw refused(
                "\(period) 没有可关账的数据。请先运行 zhucun run。",
                "there is nothing to close for \(period). Run `zhucun run` first.")
        }
        guard context.options.asOf >= period.lastDay else {
            throw refused(
                "\(period) 尚未结束（截至 \(context.options.asOf.iso)），不能关账。",
                "\(period) is not over yet (as of \(context.options.asOf.iso)).")
        }
        for code in candidates {
            let month = CountyMonth(county: code, period: period)
            if closed.contains(month) {
                throw refused(
                    "\(code.text) 的 \(period) 已经关账（\(BatchRecord.id(month))），不能再次关账。",
                    "\(period) of \(code.text) is closed already (\(BatchRecord.id(month))).")
            }
            guard computed.contains(month) else {
                throw refused("\(code.text) 没有 \(period) 的数据。", "\(code.text) has no data for \(period).")
            }
            let later = closed.filter { $0.county == code && $0.period > period }.map(\.period).min()
            if let later {
                throw refused(
                    "\(code.text) 较晚的 \(later) 已经关账；更早月份的补报会作为补发列入以后月份。",
                    "the later \(later) of \(code.text) is closed; what came in for earlier months is paid as an adjustment."
                )
            }
            // What lies before the last closed month was passed over: it is paid as adjustments and stops nothing.
            let last = closed.filter { $0.county == code }.map(\.period).max()
            let open = try computed.filter { earlier in
                earlier.county == code && earlier.period < period && last.map { earlier.period > $0 } ?? true
            }.sorted().first { earlier in
                try withData.contains(earlier) || !(ledger.pay(earlier)?.lines.isEmpty ?? true)
            }
            if let open {
                throw refused(
                    "\(code.text) 更早的 \(open.period) 还没有关账，请先关 \(open.period)。",
                    "the earlier \(open.period) of \(code.text) is open; close it first.")
            }
            try MergedClaims(context, ledger).check(month)
        }
        return candidates
    }

    private func refused(_ zh: String, _ en: String) -> RunFailure { .refused(BilingualText(zh: zh, en: en)) }

    private func freeze(_ month: CountyMonth, _ ledger: LedgerWriter) throws -> BatchRecord {
        let reader = ledger.reader
        let sources = try ReportSources(reader, context)
        guard let papers = try MonthPapers.Reader(sources.batches).read(month, reader) else {
            throw refused("\(month.period) 没有计算结果。", "\(month.period) was not computed.")
        }
        let pay = papers.pay
        let county = try self.county(month.county, reader)
        let id = BatchRecord.id(month)
        let files = try finance(county, sources).make(papers, batch: id)
        for file in files {
            try context.originals.keep(file.bytes, sha256: file.digest.sha256, isDurable: true)
        }
        for path in context.options.exports {
            let bytes = Array(try context.text(path).utf8)
            try context.originals.keep(bytes, sha256: Fingerprint.sha256(bytes), isDurable: true)
        }
        try context.originals.keep(
            Array(context.policyText.utf8), sha256: context.policySHA256, isDurable: true)
        let manifest = files.first { $0.path.hasPrefix("manifest-") }.map { String(decoding: $0.bytes, as: UTF8.self) }
        let batch = BatchRecord(
            id: id, month: month, asOf: context.options.asOf, policyName: context.policyFileName,
            policySHA256: context.policySHA256, programVersion: ProgramVersion.text, manifest: manifest ?? "")
        let evidence = BatchEvidence(
            sources: try batchSources(month, reader),
            month: try reader.month(month) ?? MonthAttendance(county: month.county, period: month.period),
            foreignClaims: try MonthInputs(context: context, ledger: reader).foreignClaims(
                month, policy: context.policy, asOf: context.options.asOf),
            exports: try context.options.exports.map { Fingerprint.sha256(Array(try context.text($0).utf8)) },
            understanding: try reader.setting("understanding") ?? "",
            settled: papers.decisions.filter { $0.decision != nil }.map(\.evidence), county: county,
            papers: ProgramVersion.papers,
            kept: try ClosingState(context, month, county, papers, reader).keep())
        let paid = PaymentsReport.paid(pay.lines)
        // Before the batch is one: the months are read as they are computed.
        let days = try CountyDesk(month.county, PayStep(context, reader, reader.work()), reader).states(
            month, batch: id, outstanding: pay.outstanding)
        try ledger.insert(
            batch, lines: paid,
            files: files.map { BatchFile(name: $0.path, sha256: $0.digest.sha256, size: $0.digest.size) },
            evidence: evidence)
        let closedAfter = evidence.sources.map(\.id).max()
        try ledger.insert(
            finance(county, sources).bank(paid, papers.standing).lines(batch: id).map { line in
                var line = line
                line.closedAfter = closedAfter
                return line
            })
        try ledger.insert(days)
        try ledger.setOrigins(
            Set(paid.map(\.originPeriod) + days.map(\.period) + [month.period]).sorted(), batch: id,
            county: month.county)
        try ledger.seal(batch: id)
        return batch
    }

    /// Kept originals that the batch rests on: attendance of the county up to the month, and every register.
    private func batchSources(_ month: CountyMonth, _ ledger: LedgerReader) throws -> [BatchSource] {
        let current = Set(try ledger.inboxFiles().values.filter(\.isPresent).compactMap(\.submission))
        let submissions = try ledger.submissions()
        var ids = Set(try ledger.registerSubmissionIDs())
        for (other, assignments) in try ledger.assignments()
        where other.county == month.county && other.period <= month.period {
            ids.formUnion(try ledger.blockHeaders(of: assignments.map(\.block)).map(\.submission))
        }
        // Later versions of those files too: one that was mended in place takes back what the last one said.
        let paths = Set(ids.compactMap { submissions[$0]?.path })
        for (id, submission) in submissions where !submission.isRefused && paths.contains(submission.path) {
            ids.insert(id)
        }
        return ids.sorted().compactMap { id in
            submissions[id].map {
                BatchSource(
                    id: id, path: $0.path, sha256: $0.sha256, modified: $0.modified, isCurrent: current.contains(id))
            }
        }
    }
}
