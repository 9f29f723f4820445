import Domain
import Foundation
import Ledger
import Reports
import Rules
import Settings
import Sheets

/// What came out again against what the ledger and the output hold.
struct BatchComparison {
    private let kept: KeptBatch
    private let ledger: LedgerReader
    private let context: RunContext
    private var batch: BatchRecord { kept.batch }

    init(_ kept: KeptBatch, _ ledger: LedgerReader, _ context: RunContext) {
        self.kept = kept
        self.ledger = ledger
        self.context = context
    }

    /// - Returns: how many lines the ledger holds.
    func compareLines(_ computed: [PaymentLine], _ problems: inout [BilingualText]) throws -> Int {
        func key(_ line: PaymentLine) -> [String] {
            [
                line.person.text, line.township, line.village, line.originPeriod.description,
                line.reissue.map { "\($0.batch) \($0.account)" } ?? "",
            ]
        }
        func plain(_ line: PaymentLine) -> PaymentLine {
            var line = line
            line.batch = nil
            return line
        }
        let stored = try ledger.lines(batch: batch.id)
        let expected = Dictionary(
            PaymentsReport.paid(computed).map { (key($0), plain($0)) }, uniquingKeysWith: { first, _ in first })
        let found = Dictionary(stored.map { (key($0), plain($0)) }, uniquingKeysWith: { first, _ in first })
        for key in Set(expected.keys).union(found.keys).sorted(by: { $0.lexicographicallyPrecedes($1) })
        where expected[key] != found[key] {
            let name = (found[key] ?? expected[key])?.name ?? ""
            let was = found[key]?.total.yuanText ?? "—"
            let now = expected[key]?.total.yuanText ?? "—"
            let place = "\(name) \(key[1])\(key[2]) \(key[3])"
            problems.append(
                BilingualText(
                    zh: "\(place)：账本为 \(was) 元，重算为 \(now) 元，或该行其他内容不同",
                    en: "\(place): ledger \(was), computed again \(now), or the line differs otherwise"))
        }
        return stored.count
    }

    /// Days kept for other counties and later months.
    func compareDays(_ computed: [IssuedDays]?, _ problems: inout [BilingualText]) throws {
        guard let computed else { return }
        let stored = Set(try ledger.issuedDays(batch: batch.id))
        let difference = stored.symmetricDifference(Set(computed)).sorted {
            ($0.period, $0.person, $0.village) < ($1.period, $1.person, $1.village)
        }
        for days in difference.reduce(
            into: [IssuedDays](),
            { list, days in
                if list.last.map({ ($0.period, $0.person) == (days.period, days.person) }) != true { list.append(days) }
            })
        {
            problems.append(
                BilingualText(
                    zh: "\(days.name) \(days.township)\(days.village) \(days.period)：账本记的已发日期与重算不同",
                    en: "\(days.name) \(days.township)\(days.village) \(days.period): issued days differ"))
        }
    }

    // MARK: Files

    /// - Returns: how many files the ledger names.
    func compareFiles(_ papers: MonthPapers, _ result: inout VerifyStage.Result) throws -> Int {
        let stored = try ledger.files(batch: batch.id)
        let made = try files(papers, stored)
        let place = kept.kept?.folder ?? OutputNames.folder(batch.month.period, kept.county)
        for file in stored {
            guard context.originals.holds(file.sha256) else {
                result.obstacles.append(KeptBatch.Gone(zh: file.name, en: file.name, sha256: file.sha256).text)
                continue
            }
            if isMade(file.name), let again = made.first(where: { $0.path == file.name }),
                again.bytes != (try context.originals.bytes(file.sha256))
            {
                result.problems.append(
                    BilingualText(zh: "\(file.name) 重新生成后字节不同", en: "\(file.name) comes out with other bytes"))
            }
            let bytes = AtomicFile.contents("\(context.options.output)/\(place)/finance/\(file.name)")
            if bytes.map(Fingerprint.sha256) != file.sha256 {
                result.problems.append(
                    BilingualText(
                        zh: "输出目录中的 \(file.name) \(bytes == nil ? "缺失" : "被改动")",
                        en: bytes == nil
                            ? "\(file.name) is missing from the output folder"
                            : "\(file.name) in the output folder was changed"))
            }
        }
        let names = Set(stored.map(\.name))
        for file in made where !names.contains(file.path) && kept.kept != nil {
            result.problems.append(
                BilingualText(
                    zh: "账本没有记下批次的文件 \(file.path)", en: "the ledger does not name the file \(file.path)"))
        }
        let manifest = stored.first { $0.name.hasPrefix("manifest-") }
        let text = try manifest.flatMap { file in
            try context.originals.holds(file.sha256)
                ? String(decoding: context.originals.bytes(file.sha256), as: UTF8.self) : nil
        }
        if batch.manifest != text {
            result.problems.append(BilingualText(zh: "账本中的清单被改动", en: "the manifest in the ledger was changed"))
        }
        return stored.count
    }

    /// Whether a file, made again, must have the bytes it had. A manifest also names sources, and 裁定表 what was still to
    /// decide: batches of earlier programs did not keep all that these are made from.
    private func isMade(_ name: String) -> Bool {
        let isWhole = kept.kept?.readings != nil
        let needsAll = name.hasPrefix("manifest-") || name.hasPrefix("裁定表-")
        return (isWhole || !needsAll) && FinanceFiles.comesOutAlike(name, kept.evidence)
    }

    private func files(_ papers: MonthPapers, _ stored: [BatchFile]) throws -> [OutputBytes] {
        var files = FinanceFiles(
            policy: kept.policy,
            policyFile: FileDigest(
                path: batch.policyName, sha256: batch.policySHA256, sizeBytes: kept.policyBytes.count),
            profiles: try kept.profiles(), county: kept.county, folder: OutputFolder(root: context.options.output))
        files.programVersion = batch.programVersion
        for file in stored where !FinanceFiles.comesOutAlike(file.name, kept.evidence) {
            files.kept[file.name] = FileDigest(path: file.name, sha256: file.sha256, sizeBytes: file.size)
        }
        return try files.make(papers, batch: batch.id)
    }
}
