import Domain
import Forms
import Foundation
import Ledger
import Matching
import Registers
import Payroll
import Reports
import Rules
import Settings
import Sheets
import Tables

/// Verify: from kept originals and the policy file of that day, computes a closed batch again and compares it line by
/// line and byte by byte. Source: spec §8.
public struct VerifyStage: Sendable {
    /// What was compared and what does not agree.
    public struct Result: Sendable {
        public var batch: String
        public var originals = 0
        public var lines = 0
        public var files = 0
        /// One line each; empty where everything agrees.
        public var problems: [BilingualText] = []
        /// The data files of forms changed since: another understanding is then no proof of tampering.
        public var formsChanged = false

        public var isProven: Bool { problems.isEmpty }
    }

    private let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    /// Every batch, by county and month.
    public func batches() throws -> [BatchRecord] { try context.ledger.read { try $0.batches() } }

    /// - Throws: `RunFailure.refused` for an unknown batch.
    public func verify(_ id: String) throws -> Result {
        try context.ledger.read { ledger in
            guard let batch = try ledger.batches().first(where: { $0.id == id }),
                let evidence = try ledger.evidence(batch: id)
            else {
                throw RunFailure.refused(
                    BilingualText(zh: "没有批次 \(id)。用 zhucun status 查看已有批次。", en: "no batch \(id). See `zhucun status`."))
            }
            var result = Result(batch: id)
            try verify(batch, evidence, ledger, &result)
            return result
        }
    }

    private func verify(
        _ batch: BatchRecord, _ evidence: BatchEvidence, _ ledger: LedgerReader, _ result: inout Result
    ) throws {
        // The policy of that day.
        guard let policyBytes = original(batch.policySHA256, "政策文件", "policy file", &result) else { return }
        let policy = try PolicyFile.policy(
            from: String(decoding: policyBytes, as: UTF8.self), file: batch.policyName)
        result.formsChanged = try context.understandingVersion(marks: policy.marks) != evidence.understanding
        // Every workbook as it was sent.
        let reader = try context.formReader(marks: policy.marks, explains: false)
        var blocks: [(BatchSource, AttendanceBlock)] = []
        var registers: [RegisterSource] = []
        for source in evidence.sources {
            guard let bytes = original(source.sha256, source.path, source.path, &result) else { continue }
            result.originals += 1
            let submitted: SubmittedWorkbook
            do {
                submitted =
                    reader.read(try WorkbookOpener.open(bytes: bytes, limits: context.limits), path: source.path)
                    .submitted
            } catch {
                result.problems.append(
                    BilingualText(zh: "\(source.path) 现在读不出来", en: "\(source.path) cannot be read any more"))
                continue
            }
            blocks += submitted.blocks.map { (source, $0) }
            registers.append(
                RegisterSource(
                    order: source.order, isCurrent: source.isCurrent, isBesideAttendance: !submitted.blocks.isEmpty,
                    rows: submitted.formRows))
        }
        guard result.problems.isEmpty else { return }
        let papers = try compute(batch, evidence, policy, blocks, registers, ledger)
        compareLines(papers.pay.lines, try ledger.lines(batch: batch.id), &result)
        try compareFiles(papers, batch, evidence, policyBytes, policy, ledger, &result)
    }

    private func original(_ sha256: String, _ zh: String, _ en: String, _ result: inout Result) -> [UInt8]? {
        if let bytes = try? context.originals.bytes(sha256) { return bytes }
        result.problems.append(
            BilingualText(
                zh: "\(zh) 的原件缺失或被改动（\(sha256.prefix(12))）",
                en: "the kept original of \(en) is missing or was changed (\(sha256.prefix(12)))"))
        return nil
    }

    // MARK: Computing again

    /// Blocks, by place in the list, that the next version of their file took back.
    private func mendedBlocks(_ blocks: [(BatchSource, AttendanceBlock)]) -> [Int: Period] {
        var places: [Int: [Int]] = [:]
        for (place, (source, _)) in blocks.enumerated() { places[source.id, default: []].append(place) }
        var versions: [String: [Int]] = [:]
        for source in Dictionary(blocks.map { ($0.0.id, $0.0) }, uniquingKeysWith: { first, _ in first }).values {
            versions[source.path, default: []].append(source.id)
        }
        var result: [Int: Period] = [:]
        for ids in versions.values where ids.count > 1 {
            let ordered = ids.sorted()
            for (old, new) in zip(ordered, ordered.dropFirst()) {
                guard let before = places[old], let after = places[new] else { continue }
                let mended = MendedInPlace.withdrawn(
                    before.map { blocks[$0].1 }, by: after.map { blocks[$0].1 },
                    received: (blocks[before[0]].0.modified, blocks[after[0]].0.modified))
                for (index, period) in mended { result[before[index]] = period }
            }
        }
        return result
    }

    private func compute(
        _ batch: BatchRecord, _ evidence: BatchEvidence, _ policy: Policy, _ blocks: [(BatchSource, AttendanceBlock)],
        _ registers: [RegisterSource], _ ledger: LedgerReader
    ) throws -> MonthPapers {
        let region = try context.region()
        let built = RegisterBuilder.build(
            registers, regions: region.countyRecords, shortNames: region.countyShortNames,
            rules: RegisterRules(policy, context.options.authority, asOf: batch.asOf))
        let assigner = CountyAssigner(built)
        let county = batch.month.county
        let entry = CountyRecordEntry(
            records: built.counties[county]
                ?? CountyRecords(
                    county: built.index.counties[county]
                        ?? CountyRecord(code: county, name: county.text, prefecture: "", isDeepPoverty: false)),
            heldRosterRows: built.heldRosterRows[county] ?? [],
            decisions: built.decisions.filter { $0.county == nil || $0.county == county },
            bankReturns: built.bankReturns.filter { $0.county == county })
        let units = UnitIndex(built.units)
        var months: [Period: [SubmittedBlock]] = [:]
        let mended = mendedBlocks(blocks)
        for (position, (source, block)) in blocks.enumerated() where block.period <= batch.month.period {
            let rows = assigner.assign(block).enumerated().filter { $0.element == .county(county) }.map(\.offset)
            let isOurs = block.rows.isEmpty ? assigner.county(of: block) == county : !rows.isEmpty
            guard isOurs else { continue }
            months[block.period, default: []].append(
                SubmittedBlock(
                    order: source.order, block: block, rowIndexes: rows.count == block.rows.count ? nil : rows,
                    mendedTo: mended[position]))
        }
        func entitlement(_ period: Period, foreign: [PresenceClaim]) -> MonthEntitlement {
            guard let blocks = months[period] else { return .nothing }
            let month = MonthBuilder.build(
                MonthInputs.input(
                    period, blocks: blocks, entry: entry, units: units, foreign: foreign, policy: policy,
                    asOf: batch.asOf))
            return EntitlementBuilder.build(month, records: entry.records.forPay, policy: policy, asOf: batch.asOf)
        }
        let own = entitlement(batch.month.period, foreign: evidence.foreignClaims)
        var papers = MonthPapers(
            pay: MonthPay(month: batch.month, lines: own.lines, held: own.held, findings: own.findings),
            standing: SharedAccounts.standing(entry))
        let batches = try ledger.batches().filter { $0.month.county == county }
        let earlier = batches.filter { $0.month < batch.month }
        guard let last = earlier.last?.month.period, last.next == batch.month.period else { return papers }
        // Months that were passed over count as closed with nothing issued.
        let passed = months.keys.filter { period in period < last && !earlier.contains { $0.month.period == period } }
        let closed = try (earlier.map(\.month.period) + passed).sorted().map { period in
            let other = CountyMonth(county: county, period: period)
            let foreign = try ledger.evidence(batch: BatchRecord.id(other))?.foreignClaims ?? []
            return try IssuedMonth.closed(
                other,
                issued: try ledger.issued(county: county, origin: period).filter { ($0.batch ?? "") < batch.id },
                entitlement: entitlement(period, foreign: foreign), ledger)
        }
        let adjustments = Adjustments.compute(closed, county: county, target: batch.month.period, own: own.lines)
        let known = try ledger.bankLines(county: county).filter { $0.batch < batch.id }
        let again = BankAnswers.reissues(
            BankAnswers.match(entry.bankReturns, to: known, in: batch.month.period, county).answers,
            issued: try ledger.reissued(county: county).filter { ($0.batch ?? "") < batch.id },
            cadres: entry.records.cadres, county: county, target: batch.month.period)
        papers.pay.lines = (papers.pay.lines + adjustments.lines + again).sorted(by: PaymentLine.inStatementOrder)
        papers.pay.outstanding = adjustments.outstanding
        return papers
    }

    // MARK: Comparing

    private func compareLines(_ computed: [PaymentLine], _ stored: [PaymentLine], _ result: inout Result) {
        func key(_ line: PaymentLine) -> [String] {
            [line.person.text, line.township, line.village, line.originPeriod.description]
        }
        func plain(_ line: PaymentLine) -> PaymentLine {
            var line = line
            line.batch = nil
            return line
        }
        let expected = Dictionary(
            PaymentsReport.paid(computed).map { (key($0), plain($0)) }, uniquingKeysWith: { first, _ in first })
        let found = Dictionary(stored.map { (key($0), plain($0)) }, uniquingKeysWith: { first, _ in first })
        result.lines = stored.count
        for key in Set(expected.keys).union(found.keys).sorted(by: { $0.lexicographicallyPrecedes($1) })
        where expected[key] != found[key] {
            let name = (found[key] ?? expected[key])?.name ?? ""
            let was = found[key]?.total.yuanText ?? "—"
            let now = expected[key]?.total.yuanText ?? "—"
            result.problems.append(
                BilingualText(
                    zh: "\(name) \(key[1])\(key[2]) \(key[3])：账本为 \(was) 元，重算为 \(now) 元，或该行其他内容不同",
                    en:
                        "\(name) \(key[1])\(key[2]) \(key[3]): ledger \(was), computed again \(now), or the line differs otherwise"
                ))
        }
    }

    private func compareFiles(
        _ papers: MonthPapers, _ batch: BatchRecord, _ evidence: BatchEvidence, _ policyBytes: [UInt8],
        _ policy: Policy,
        _ ledger: LedgerReader, _ result: inout Result
    ) throws {
        let county =
            try evidence.county ?? ledger.countyRecord(batch.month.county)?.records.county
            ?? CountyRecord(
                code: batch.month.county, name: batch.month.county.text, prefecture: "", isDeepPoverty: false)
        let folder = OutputFolder(root: context.options.output)
        var profiles: [ExportProfile] = []
        for sha256 in evidence.exports {
            guard let bytes = original(sha256, "导出格式", "export profile", &result) else { return }
            profiles.append(
                try ExportProfileFile.profile(
                    String(decoding: bytes, as: UTF8.self), file: sha256,
                    // A batch of the first version kept no county, and its bank's file a row a line.
                    netsByDefault: evidence.county != nil))
        }
        let stored = try ledger.files(batch: batch.id)
        let place = OutputNames.folder(batch.month.period, county) + "/finance/"
        // The manifest also names sources, and 裁定表 what was still to decide: their bytes are compared with what the
        // ledger kept, not made again.
        let made = try FinanceFiles(
            policy: policy,
            policyFile: FileDigest(
                path: batch.policyName, sha256: batch.policySHA256, sizeBytes: policyBytes.count),
            profiles: profiles, county: county, folder: folder
        ).make(papers, batch: batch.id)
        for file in stored {
            result.files += 1
            guard let kept = original(file.sha256, file.name, file.name, &result) else { continue }
            if let again = made.first(where: { $0.path == file.name }), !file.name.hasPrefix("manifest-"),
                !file.name.hasPrefix("裁定表-"), FinanceFiles.comesOutAlike(file.name, evidence), again.bytes != kept
            {
                result.problems.append(
                    BilingualText(zh: "\(file.name) 重新生成后字节不同", en: "\(file.name) comes out with other bytes"))
            }
            let path = context.options.output + "/" + place + file.name
            if let onDisk = AtomicFile.contents(path), Fingerprint.sha256(onDisk) != file.sha256 {
                result.problems.append(
                    BilingualText(zh: "输出目录中的 \(file.name) 被改动", en: "\(file.name) in the output folder was changed"))
            }
        }
        if batch.manifest
            != stored.first(where: { $0.name.hasPrefix("manifest-") }).flatMap({
                try? String(decoding: context.originals.bytes($0.sha256), as: UTF8.self)
            })
        {
            result.problems.append(BilingualText(zh: "账本中的清单被改动", en: "the manifest in the ledger was changed"))
        }
    }
}
