import Domain
import Foundation
import Ledger
import Payroll
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
                line.reissue.map { "\($0.batch) \($0.account)" } ?? (line.isRemainder ? "余额" : ""),
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
        // What an earlier version closed does not say which days were issued in part.
        let saysParts = stored.contains { $0.parts != nil }
        let again = computed.map { days in
            var days = days
            if !saysParts { days.parts = nil }
            return days
        }
        let difference = stored.symmetricDifference(Set(again)).sorted {
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

    /// What a bank can answer, which months the batch speaks of, and that what banks answered is there.
    func compareBank(_ again: BatchAgain.Result, _ problems: inout [BilingualText]) throws {
        let paid = PaymentsReport.paid(again.papers.pay.lines)
        let origins = Set(paid.map(\.originPeriod) + (again.days ?? []).map(\.period) + [batch.month.period])
        let kept = try ledger.origins(batch: batch.id)
        for period in origins.subtracting(kept).sorted() {
            problems.append(
                BilingualText(
                    zh: "账本没有记下该批次为 \(period) 发放", en: "the ledger does not say that it issued for \(period)"))
        }
        guard self.kept.kept != nil else { return }
        let stored = try ledger.bankLines(county: batch.month.county).filter { $0.batch == batch.id }
        let finance = try finance([])
        let expected = finance.bank(paid, again.papers.standing).lines(batch: batch.id)
        func key(_ line: BankLine) -> [String] { [line.person.text, line.account] }
        func plain(_ line: BankLine) -> BankLine {
            var line = line
            line.closedAfter = nil
            return line
        }
        let found = Dictionary(stored.map { (key($0), plain($0)) }, uniquingKeysWith: { first, _ in first })
        let wanted = Dictionary(expected.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
        for key in Set(wanted.keys).union(found.keys).sorted(by: { $0.lexicographicallyPrecedes($1) })
        where wanted[key] != found[key] {
            let name = (found[key] ?? wanted[key])?.name ?? ""
            let was = found[key]?.amount.yuanText ?? "—"
            let now = wanted[key]?.amount.yuanText ?? "—"
            problems.append(
                BilingualText(
                    zh: "\(name)：账本中的银行代发行为 \(was) 元，重算为 \(now) 元，或该行其他内容不同",
                    en: "\(name): bank line \(was) in the ledger, computed again \(now), or it differs otherwise"))
        }
        let answered = try ledger.bankAnswers(county: batch.month.county).count { $0.line.batch == batch.id }
        if answered != stored.count, try ledger.countyRecord(batch.month.county) != nil {
            problems.append(
                BilingualText(
                    zh: "账本中该批次的银行回盘状态不全（\(answered)/\(stored.count) 行）；下次 zhucun run 重新核对",
                    en: "what banks answered of it is not whole (\(answered) of \(stored.count) lines)"))
        }
    }

    // MARK: Files

    /// - Returns: how many files the ledger names.
    func compareFiles(_ papers: MonthPapers, _ result: inout VerifyStage.Result) throws -> Int {
        let stored = try ledger.files(batch: batch.id)
        let made = try files(papers, stored)
        let place = kept.kept?.folder ?? OutputNames.folder(batch.month.period, kept.county)
        let isThere = ClosedFolder.holdsAny("\(context.options.output)/\(place)/finance", stored)
        if !isThere {
            result.problems.append(
                ClosedFolder.emptied("\(context.options.output)/\(place)/finance", stored.count))
        }
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
            if isThere, bytes.map(Fingerprint.sha256) != file.sha256 {
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
        for name in ClosedFolder.strangers("\(context.options.output)/\(place)/finance", names) {
            result.problems.append(
                BilingualText(
                    zh: "输出目录的 finance/ 中有不属于该批次的文件 \(name)",
                    en: "\(name) in the output's finance/ is no file of the batch"))
        }
        guard let manifest = stored.first(where: { $0.name.hasPrefix("manifest-") }) else {
            result.problems.append(BilingualText(zh: "账本没有记下该批次的清单", en: "the ledger names no manifest of it"))
            return stored.count
        }
        // Where its bytes are gone nothing is said of it but that.
        guard context.originals.holds(manifest.sha256) else { return stored.count }
        let text = String(decoding: try context.originals.bytes(manifest.sha256), as: UTF8.self)
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
        try finance(stored).make(papers, batch: batch.id)
    }

    private func finance(_ stored: [BatchFile]) throws -> FinanceFiles {
        var files = FinanceFiles(
            policy: kept.policy,
            policyFile: FileDigest(
                path: batch.policyName, sha256: batch.policySHA256, sizeBytes: kept.policyBytes.count),
            profiles: try kept.profiles(), county: kept.county, folder: OutputFolder(root: context.options.output))
        files.programVersion = batch.programVersion
        files.reckoning = kept.kept?.reckoning ?? Reckoning.first
        for file in stored where !FinanceFiles.comesOutAlike(file.name, kept.evidence) {
            files.kept[file.name] = FileDigest(path: file.name, sha256: file.sha256, sizeBytes: file.size)
        }
        return files
    }
}

/// The finance folder of a closed month: «from then on nothing in it changes». Source: spec §8.
enum ClosedFolder {
    /// Whether any of these files lies in it; so does none of no files.
    static func holdsAny(_ folder: String, _ files: [BatchFile]) -> Bool {
        files.isEmpty || files.contains { FileManager.default.fileExists(atPath: "\(folder)/\($0.name)") }
    }

    /// Said once where an output holds none of a batch's files: it is another one than the batch was closed into.
    static func emptied(_ folder: String, _ count: Int) -> BilingualText {
        BilingualText(
            zh: "输出目录 \(folder) 中没有该批次的任何文件（应有 \(count) 个）。下次 zhucun run 会放回。",
            en: "\(folder) holds none of the \(count) files of the batch. The next `zhucun run` puts them back.")
    }

    /// Files in it, units' too, that are none of the batch's, sorted; hidden ones are the system's.
    static func strangers(_ folder: String, _ names: Set<String>) -> [String] {
        let manager = FileManager.default
        guard let walk = manager.enumerator(atPath: folder) else { return [] }
        var strangers: [String] = []
        while let name = walk.nextObject() as? String {
            var isFolder: ObjCBool = false
            guard manager.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder), !isFolder.boolValue,
                !names.contains(name), !name.split(separator: "/").contains(where: { $0.hasPrefix(".") })
            else { continue }
            strangers.append(name)
        }
        return strangers.sorted()
    }
}
