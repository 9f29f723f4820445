import Forms
import Ledger

extension IngestStage {
    /// Takes in what lies in other counties' folders and speaks of this one, as the province gave it back.
    ///
    /// - Returns: their paths.
    func take(
        _ guests: GuestWorkbooks, _ reader: FormReader, _ version: String, _ ledger: LedgerWriter,
        _ summary: inout Summary
    ) throws -> [String] {
        let known = try ledger.reader.inboxFiles()
        for path in guests.gone {
            guard var file = known[path], file.isPresent else { continue }
            file.isPresent = false
            try ledger.upsert(file)
            summary.isChanged = true
        }
        let current = Set(guests.files.filter(\.isCurrent).map(\.path))
        for file in guests.files {
            let submission = try submission(of: file, reader, version, ledger, &summary)
            guard file.isCurrent || !current.contains(file.path) else { continue }
            let record = InboxFileRecord(
                path: file.path, size: file.bytes.count, modified: file.received, sha256: file.sha256,
                submission: submission, isPresent: file.isCurrent)
            if known[file.path] != record { summary.isChanged = true }
            try ledger.upsert(record)
        }
        try guests.keep(ledger)
        return guests.files.map(\.path)
    }

    /// What the ledger knows such a file as; it is read where it is new.
    private func submission(
        of file: GuestWorkbook, _ reader: FormReader, _ version: String, _ ledger: LedgerWriter,
        _ summary: inout Summary
    ) throws -> Int {
        let same = try ledger.reader.versions(of: file.path).map(\.record)
        if let known = same.first(where: { $0.sha256 == file.sha256 && $0.modified == file.received }) {
            return known.id
        }
        let reading = try understand(file.bytes, path: file.path, reader, keeps: true)
        if same.isEmpty, let known = try equal(reading, ledger) { return known }
        summary.isChanged = true
        summary.read += 1
        if reading.isRefused { summary.refused += 1 }
        return try ledger.insert(
            path: file.path, sha256: file.sha256, size: file.bytes.count, modified: file.received,
            understoodBy: version, isRefused: reading.isRefused, content: reading.content)
    }
}
