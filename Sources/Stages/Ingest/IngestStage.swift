import Domain
import Forms
import Foundation
import Ledger
import Logging
import Sheets

/// Ingest: every new or changed file of the inbox is read whole and understood, and its bytes are kept.
///
/// Reads the inbox; commits submissions and blocks in one transaction.
public struct IngestStage: Sendable {
    /// What it did. Unit: files.
    public struct Summary: Sendable {
        public var seen = 0
        public var read = 0
        public var refused = 0
        /// Whether anything in the ledger changed.
        public var isChanged = false
    }

    let context: RunContext

    public init(_ context: RunContext) { self.context = context }

    /// A file after reading, on a worker.
    struct Reading: Sendable {
        var sha256: String
        var isRefused: Bool
        var isTransient: Bool
        var content: PackedSubmission
        /// Equal for equal bytes that mean the same whatever their path; nil where a duplicate must be told by path.
        var meaning: String
    }

    /// A file or a kept original to be understood.
    private enum Task: Sendable {
        case file(ScannedFile)
        case again(SubmissionRecord)

        var path: String {
            switch self {
            case .file(let file): file.path
            case .again(let record): record.path
            }
        }
    }

    public func run(progress: ProgressBar) throws -> Summary {
        let scope = try CountyScope(context)
        let scanned = try InboxScan.files(of: context.options.inbox, scope: scope, logger: context.logger)
        let version = try context.understandingVersion()
        try LedgerMark.establish(context.ledger, context.originals)
        let received = try ReceivedTimes(context.options.received)
        let known = try context.ledger.read { try $0.inboxFiles() }.filter { scope.holds($0.key) }
        if !context.options.acceptsVanished {
            try VanishedInbox.check(
                before: known.values.count { $0.isPresent }, now: scanned.count, inbox: context.options.inbox)
        }
        let guests = try context.ledger.read { try GuestWorkbooks(context, $0) }
        let isSameVersion = try context.ledger.read { try $0.setting("understanding") } == version
        var summary = Summary(seen: scanned.count)
        var tasks: [Task] = []
        for file in scanned {
            if let old = known[file.path], old.isPresent, old.size == file.size, old.modified == file.modified,
                file.problem == nil
            {
                continue
            }
            tasks.append(.file(file))
        }
        if !isSameVersion {
            let reread = Set(tasks.compactMap { if case .file(let file) = $0 { file.path } else { nil } })
            for record in try context.ledger.read({ try $0.submissions(notUnderstoodBy: version) })
            where !reread.contains(record.path) || known[record.path]?.submission != record.id {
                tasks.append(.again(record))
            }
        }
        let paths = Set(scanned.map(\.path))
        let vanished = known.values.filter { $0.isPresent && !paths.contains($0.path) }.sorted { $0.path < $1.path }
        try healOriginals(scanned, known)
        guard !tasks.isEmpty || !vanished.isEmpty || !isSameVersion || guests != nil else { return summary }

        let reader = try context.formReader()
        progress.begin(tasks.count)
        // What is taken in may be gone from the inbox tomorrow: it must not be taken back by a power cut.
        try context.ledger.write(isDurable: true) { ledger in
            for var file in vanished {
                file.isPresent = false
                try ledger.upsert(file)
                summary.isChanged = true
            }
            try OrderedParallel.forEach(
                tasks, jobs: context.options.jobs, makeWorker: { reader },
                work: { reader, task in try read(task, reader) },
                take: { task, reading in
                    progress.advance()
                    try store(task, reading, known, received, version, ledger, &summary)
                })
            let given = try guests.map { try take($0, reader, version, ledger, &summary) } ?? []
            for path in Set(tasks.map(\.path) + given).sorted() { try ledger.noteMended(path: path) }
            try ledger.setSetting("understanding", version)
            try context.originals.sync()
            if summary.isChanged { try LedgerMark.advance(ledger) }
        }
        try LedgerMark.note(context.ledger, context.originals)
        return summary
    }

    // MARK: Originals

    /// Keeps again what the inbox still has of originals that are gone or not in their length.
    private func healOriginals(_ scanned: [ScannedFile], _ known: [String: InboxFileRecord]) throws {
        for file in scanned {
            guard let old = known[file.path], old.isPresent, old.size == file.size, old.modified == file.modified,
                let submission = old.submission, !context.originals.seemsToHold(old.sha256, size: old.size),
                try !context.ledger.read({ try $0.isRefused(submission: submission) })
            else { continue }
            _ = try healed(old.sha256, path: file.path, raw: file.rawPath)
        }
    }

    /// The bytes of an original from the inbox, kept again; nil where the inbox has others.
    private func healed(_ sha256: String, path: String, raw: [UInt8]) throws -> [UInt8]? {
        let bytes: [UInt8]
        do { bytes = try inboxBytes(raw) } catch { return nil }
        guard Fingerprint.sha256(bytes) == sha256 else { return nil }
        try context.originals.keep(bytes, sha256: sha256)
        context.logger.warning("original kept again", metadata: ["file": "\(path)"])
        return bytes
    }

    private func inboxBytes(_ rawPath: [UInt8]) throws(WorkbookRefusal) -> [UInt8] {
        try SheetFile.bytes(
            rawPath: Array(context.options.inbox.utf8) + [0x2F] + rawPath, limits: context.limits)
    }

    /// The bytes of an original, healed from the inbox where they are gone or damaged.
    private func original(_ record: SubmissionRecord) throws -> [UInt8] {
        do {
            return try context.originals.bytes(record.sha256)
        } catch LedgerError.missingOriginal(let hash) {
            guard let bytes = try healed(record.sha256, path: record.path, raw: Array(record.path.utf8)) else {
                throw LedgerError.missingOriginal(hash)
            }
            return bytes
        }
    }

    // MARK: Reading

    private func read(_ task: Task, _ reader: FormReader) throws -> Reading {
        switch task {
        case .file(let file):
            if let problem = file.problem {
                let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
                let argument = problem == .fileIsFolder ? name : "没有读取权限"
                return refusal(WorkbookRefusal(problem, argument), path: file.path, sha256: "")
            }
            let bytes: [UInt8]
            do {
                bytes = try inboxBytes(file.rawPath)
            } catch {
                return refusal(error, path: file.path, sha256: "")
            }
            return try understand(bytes, path: file.path, reader, keeps: true)
        case .again(let record):
            guard !record.isRefused else {
                guard let bytes = try? inboxBytes(Array(record.path.utf8)), Fingerprint.sha256(bytes) == record.sha256
                else { return refusal(WorkbookRefusal(.fileNotReadable, "文件已不在收件目录"), path: record.path, sha256: "") }
                return try understand(bytes, path: record.path, reader, keeps: true)
            }
            return try understand(try original(record), path: record.path, reader, keeps: false)
        }
    }

    func understand(_ bytes: [UInt8], path: String, _ reader: FormReader, keeps: Bool) throws -> Reading {
        let sha256 = Fingerprint.sha256(bytes)
        do {
            let workbook = try WorkbookOpener.open(bytes: bytes, limits: context.limits)
            let submitted = reader.read(workbook, path: path).submitted
            if keeps { try context.originals.keep(bytes, sha256: sha256) }
            return Reading(
                sha256: sha256, isRefused: false, isTransient: false, content: PackedSubmission(submitted),
                meaning: IngestStage.meaning(submitted))
        } catch let error as WorkbookRefusal {
            return refusal(error, path: path, sha256: sha256)
        }
    }

    private func refusal(_ refusal: WorkbookRefusal, path: String, sha256: String) -> Reading {
        var finding = Finding(refusal.reason, file: path, arguments: refusal.arguments)
        finding.value = refusal.arguments.first ?? ""
        return Reading(
            sha256: sha256, isRefused: true, isTransient: sha256.isEmpty,
            content: PackedSubmission(SubmittedWorkbook(findings: [finding])), meaning: "")
    }

    /// What equal bytes mean apart from their path: months, and folders that name a county or a month.
    private static func meaning(_ workbook: SubmittedWorkbook) -> String {
        var print = Fingerprint()
        for block in workbook.blocks {
            print.add(block.period.description)
            for context in block.context where context.kind == .folder { print.add(folderMark(context.text)) }
        }
        for row in workbook.formRows {
            for context in row.context where context.kind == .folder { print.add(folderMark(context.text)) }
        }
        return print.value
    }

    private static func folderMark(_ text: String) -> String {
        CountyCode(prefixOf: text)?.text ?? ""
    }

    // MARK: Storing

    private func store(
        _ task: Task, _ reading: Reading, _ known: [String: InboxFileRecord], _ times: ReceivedTimes,
        _ version: String, _ ledger: LedgerWriter, _ summary: inout Summary
    ) throws {
        switch task {
        case .again(let record):
            if reading.isTransient {
                try ledger.setUnderstoodBy(version, submission: record.id)
                return
            }
            summary.read += 1
            summary.isChanged = true
            try ledger.replaceUnderstanding(
                submission: record.id, understoodBy: version, isRefused: reading.isRefused, content: reading.content)
        case .file(let file):
            summary.read += 1
            if reading.isRefused { summary.refused += 1 }
            let old = known[file.path]
            // A file that could not even be opened is looked at again in every run: its time says nothing.
            let modified = reading.isTransient ? 0 : file.modified
            if let old, old.sha256 == reading.sha256, old.isPresent, !reading.isTransient, old.submission != nil {
                // The same bytes again: only their time is noted.
                try ledger.upsert(
                    InboxFileRecord(
                        path: file.path, size: file.size, modified: modified, sha256: reading.sha256,
                        submission: old.submission))
                return
            }
            if reading.isTransient, let old, old.isPresent, old.sha256.isEmpty, old.modified == 0,
                let submission = old.submission,
                try ledger.reader.packedFindings(submission) == reading.content.findings
            {
                return
            }
            summary.isChanged = true
            var submission = try existing(file, reading, known, ledger)
            if submission == nil {
                submission = try ledger.insert(
                    path: file.path, sha256: reading.sha256, size: file.size,
                    modified: try received(file, reading, times, ledger),
                    understoodBy: version, isRefused: reading.isRefused, content: reading.content)
            }
            try ledger.upsert(
                InboxFileRecord(
                    path: file.path, size: file.size, modified: modified, sha256: reading.sha256,
                    submission: submission))
        }
    }

    /// When a content was received, in nanoseconds: the file's time; of bytes that come back to a path after others
    /// stood there, not before these. Source: spec §5.2.
    private func received(
        _ file: ScannedFile, _ reading: Reading, _ times: ReceivedTimes, _ ledger: LedgerWriter
    ) throws -> Int {
        if let told = times.time(of: file.path, sha256: reading.sha256, context.logger) { return told }
        guard !reading.isRefused, try ledger.reader.submission(path: file.path, sha256: reading.sha256) != nil,
            let last = try ledger.reader.lastReceived(path: file.path)
        else { return file.modified }
        return max(file.modified, last + 1)
    }

    /// The same bytes under another name (or back under the same one before anything newer came): nothing happens.
    private func existing(
        _ file: ScannedFile, _ reading: Reading, _ known: [String: InboxFileRecord], _ ledger: LedgerWriter
    ) throws -> Int? {
        // An older content put back in its place is a new version: it must win over what stood there since.
        if let old = known[file.path], old.sha256 != reading.sha256 { return nil }
        return try equal(reading, ledger)
    }

    /// What has the same bytes and means the same, whatever its path.
    func equal(_ reading: Reading, _ ledger: LedgerWriter) throws -> Int? {
        guard !reading.isRefused else { return nil }
        for record in try ledger.reader.submissions(sha256: reading.sha256) where !record.isRefused {
            let workbook = SubmittedWorkbook(
                blocks: try ledger.reader.blocks(submission: record.id),
                formRows: try ledger.reader.formRows(submission: record.id))
            if IngestStage.meaning(workbook) == reading.meaning { return record.id }
        }
        return nil
    }
}
