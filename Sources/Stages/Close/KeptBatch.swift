import Codec
import Domain
import Forms
import Foundation
import Ledger
import Matching
import Registers
import Reports
import Rules
import Settings
import Sheets
import Tables

/// A closed batch with everything it was made from, as kept at closing; of batches of earlier programs, what those did
/// not keep is today's.
struct KeptBatch {
    /// Something kept that is gone or is not what its name says.
    struct Gone: Error {
        let text: BilingualText

        init(zh: String, en: String, sha256: String) {
            text = BilingualText(
                zh: "\(zh) 的原件缺失或被改动（\(sha256.prefix(12))）",
                en: "the kept original of \(en) is missing or was changed (\(sha256.prefix(12)))")
        }
    }

    let batch: BatchRecord
    let evidence: BatchEvidence
    let policy: Policy
    let policyBytes: [UInt8]
    private let context: RunContext
    private let forms: FormCatalogue
    private let limits: ReadingLimits
    private let regions: Region
    private let authority: Authority

    /// - Throws: `Gone`.
    init(_ batch: BatchRecord, _ evidence: BatchEvidence, _ context: RunContext) throws {
        self.batch = batch
        self.evidence = evidence
        self.context = context
        policyBytes = try KeptBatch.bytes(batch.policySHA256, "政策文件", "policy file", context)
        policy = try PolicyFile.policy(from: String(decoding: policyBytes, as: UTF8.self), file: batch.policyName)
        guard let kept = evidence.kept else {
            forms = try FormFiles.load(folder: context.options.forms)
            limits = context.limits
            regions = try context.region()
            authority = context.options.authority
            return
        }
        forms = try FormFiles.load(
            try kept.forms.map { file in
                let bytes = try KeptBatch.bytes(file.sha256, "表式 \(file.name)", "form \(file.name)", context)
                return (file.name, String(decoding: bytes, as: UTF8.self))
            })
        limits = ReadingLimits.over(kept.limits)
        let text = try KeptBatch.bytes(kept.regions.sha256, "县区名录", "list of counties", context)
        regions = try RegionFile.region(from: String(decoding: text, as: UTF8.self), file: kept.regions.name)
        var authority = Authority()
        if kept.authority.count == 4 {
            authority.decisions = kept.authority[0]
            authority.bankReturns = kept.authority[1]
            authority.deciders = kept.authority[2]
            authority.registers = kept.authority[3]
        }
        self.authority = authority
    }

    private static func bytes(_ sha256: String, _ zh: String, _ en: String, _ context: RunContext) throws -> [UInt8] {
        guard context.originals.holds(sha256) else { throw Gone(zh: zh, en: en, sha256: sha256) }
        return try context.originals.bytes(sha256)
    }

    /// Kept bytes of a name.
    ///
    /// - Throws: `Gone`.
    func bytes(_ sha256: String, _ zh: String, _ en: String) throws -> [UInt8] {
        try KeptBatch.bytes(sha256, zh, en, context)
    }

    /// The export profiles of the closing.
    ///
    /// - Throws: `Gone`.
    func profiles() throws -> [ExportProfile] {
        try evidence.exports.map { sha256 in
            try ExportProfileFile.profile(
                String(decoding: bytes(sha256, "导出格式", "export profile"), as: UTF8.self), file: sha256,
                // A batch of the first version kept no county, and its bank's file a row a line.
                netsByDefault: evidence.county != nil)
        }
    }

    /// Whether the program reads workbooks as it did; nil where that was not kept.
    func understands(_ evidence: BatchEvidence) throws -> Bool? {
        guard evidence.kept == nil else { return nil }
        return try context.understandingVersion(marks: policy.marks) == evidence.understanding
    }

    var kept: BatchKept? { evidence.kept }

    /// The county as it was called.
    var county: CountyRecord {
        evidence.county
            ?? regions.countyRecords.first { $0.code == batch.month.county }
            ?? CountyRecord(
                code: batch.month.county, name: batch.month.county.text, prefecture: "", isDeepPoverty: false)
    }

    /// The policy that a month before is read with.
    func policy(of period: Period) throws -> Policy {
        guard let other = kept?.policies.first(where: { $0.period == period }) else { return policy }
        let bytes = try bytes(other.sha256, "\(period) 的政策文件", "policy file of \(period)")
        return try PolicyFile.policy(from: String(decoding: bytes, as: UTF8.self), file: batch.policyName)
    }

    func foreign(_ period: Period) -> BatchKept.Foreign {
        if let kept {
            return kept.foreign.first { $0.period == period }
                ?? BatchKept.Foreign(period: period, claims: [], issued: [], settled: [], others: [])
        }
        let claims = period == batch.month.period ? evidence.foreignClaims : []
        return BatchKept.Foreign(period: period, claims: claims, issued: [], settled: [], others: [])
    }

    // MARK: Workbooks

    /// What the workbooks say, as a policy's marks read them.
    struct Sent {
        var blocks: [(source: BatchSource, block: AttendanceBlock)] = []
        var registers: [RegisterSource] = []
    }

    /// Every workbook as it was sent.
    func sent(marks: [AttendanceStatus: [String]]) throws -> Sent {
        let reader = FormReader(
            forms: forms, marks: MarkTable(marks: marks), own: OwnFiles.headers(try profiles()),
            explains: false)
        var sent = Sent()
        for source in evidence.sources {
            let bytes = try bytes(source.sha256, source.path, source.path)
            let submitted = reader.read(
                try WorkbookOpener.open(bytes: bytes, limits: limits), path: source.path
            ).submitted
            sent.blocks += submitted.blocks.map { (source, $0) }
            sent.registers.append(
                RegisterSource(
                    order: source.order, isCurrent: source.isCurrent, isBesideAttendance: !submitted.blocks.isEmpty,
                    rows: submitted.formRows))
        }
        return sent
    }

    /// The registers that those workbooks make, with what other counties' registers said then.
    func registers(_ sent: Sent) throws -> Registers {
        let files = try kept?.guests.map {
            try [GuestFile](packed: bytes($0.sha256, "外县区登记", "other counties' registers"))
        }
        let merge = RegisterMerge(
            region: regions, rules: RegisterRules(policy, authority, asOf: batch.asOf, forms: forms))
        let accounts = Set(kept?.sharedAccounts ?? [])
        return merge.registers(
            sent.registers, guests: files ?? [], of: files == nil ? nil : batch.month.county,
            isShared: { accounts.contains($0) })
    }

    /// A county without any register.
    func record(_ code: CountyCode, _ registers: Registers) -> CountyRecord {
        registers.index.counties[code]
            ?? CountyRecord(code: code, name: code.text, prefecture: "", isDeepPoverty: false)
    }
}
