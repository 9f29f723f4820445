import Foundation
import GRDB
import Synchronization

/// The ledger: one SQLite file, created on first use, private to its owner.
///
/// Each stage reads what the stage before it committed and commits its own work in one transaction: killed anywhere,
/// the next run ends in the same state.
public final class LedgerDatabase: Sendable {
    /// The file.
    public let path: String
    let queue: DatabaseQueue
    private let registers: KnownRegisters
    /// Whether the rows of closed batches were counted, or need not be.
    let isCounted = Mutex(false)

    /// Opens or creates the ledger and brings its schema up to date.
    ///
    /// - Throws: `LedgerError` where the file cannot be opened, or belongs to a newer program.
    public init(path: String) throws {
        self.path = path
        registers = KnownRegisters()
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let isNew = !FileManager.default.fileExists(atPath: path)
        if isNew {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw LedgerError.cannotCreate(path) }
        }
        var configuration = Configuration()
        // The mode stays in the file. Setting it again would write to a ledger that is only looked at.
        if isNew || !LedgerDatabase.hasWriteAheadLog(path) { configuration.journalMode = .wal }
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { db in
            // A committed stage survives a killed process; after a power cut WAL falls back to the last checkpoint.
            try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY")
            try RowSums.register(db)
        }
        queue = try LedgerError.naming(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let migrator = LedgerMigrations.migrator
            try queue.read { db in
                guard try !migrator.hasBeenSuperseded(db) else { throw LedgerError.newerSchema(path) }
            }
            if try queue.read({ try !migrator.hasCompletedMigrations($0) }) { try migrator.migrate(queue) }
            if try queue.read({ try RowSums.areOutdated($0) }) { try queue.write { try RowSums.renew($0) } }
            try queue.writeWithoutTransaction { try RowSums.prepare($0, writes: true) }
            return queue
        }
    }

    /// Whether the file's header says that it keeps a write-ahead log (bytes 18 and 19 of an SQLite file are 2).
    private static func hasWriteAheadLog(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        guard let header = try? file.read(upToCount: 20), header.count == 20 else { return false }
        return header[18] == 2 && header[19] == 2
    }

    /// Another connection that only reads, for a worker thread.
    public func reader() throws -> LedgerDatabase { try LedgerDatabase(readingOnly: path, registers) }

    private init(readingOnly path: String, _ registers: KnownRegisters) throws {
        self.path = path
        self.registers = registers
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            try RowSums.register(db)
            try RowSums.prepare(db, writes: false)
        }
        queue = try LedgerError.naming(path) { try DatabaseQueue(path: path, configuration: configuration) }
    }

    /// Reads one consistent state.
    ///
    /// - Throws: `LedgerError.storage` where the file cannot be read; what `body` throws.
    public func read<Value>(_ body: (LedgerReader) throws -> Value) throws -> Value {
        try LedgerError.naming(path) { try queue.read { try body(LedgerReader(db: $0, registers: registers)) } }
    }

    /// One transaction: all of it is committed, or none. One that changed anything gives the ledger its next revision.
    ///
    /// - Parameter isDurable: the commit is on the disk before it returns; else a power cut may take the last commits
    ///   back, which the next run makes again.
    /// - Throws: `LedgerError.storage` where the file cannot be written; what `body` throws.
    public func write<Value>(isDurable: Bool = false, _ body: (LedgerWriter) throws -> Value) throws -> Value {
        try LedgerError.naming(path) {
            guard isDurable else { return try queue.write { try counted(body, $0) } }
            return try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                defer { _ = Result { try db.execute(sql: "PRAGMA synchronous = NORMAL") } }
                var value: Value?
                try db.inTransaction(.immediate) {
                    value = try counted(body, db)
                    return .commit
                }
                guard let value else { preconditionFailure("a transaction that was committed has run its body") }
                return value
            }
        }
    }

    private func counted<Value>(_ body: (LedgerWriter) throws -> Value, _ db: Database) throws -> Value {
        let before = db.totalChangesCount
        let value = try body(LedgerWriter(db: db, registers: registers))
        if db.totalChangesCount != before { try LedgerWriter(db: db, registers: registers).countRevision() }
        return value
    }

    /// Copies the ledger as it stands, while a run may be going on, into a file that was made for it.
    public func backup(to destination: String) throws {
        try LedgerError.naming(path) {
            // Private before its first byte is written.
            let isThere = FileManager.default.fileExists(atPath: destination)
            guard
                isThere
                    || FileManager.default.createFile(
                        atPath: destination, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw LedgerError.cannotCreate(destination) }
            let copy = try DatabaseQueue(path: destination)
            try queue.backup(to: copy)
            try copy.close()
        }
    }

    /// Reads the whole file. Complexity: O(size).
    ///
    /// - Throws: `LedgerError.storage` where a page of it is damaged.
    public func checkIntegrity() throws {
        try LedgerError.naming(path) {
            let answer = try queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") }
            guard answer == "ok" else { throw LedgerError.storage(path, .damaged) }
        }
    }

    /// Folds the write-ahead log into the file; it can be moved then.
    public func close() throws { try LedgerError.naming(path) { try queue.close() } }
}

/// Queries inside one read.
public struct LedgerReader {
    let db: Database
    let registers: KnownRegisters
}

/// Changes inside one transaction; reads its own writes.
public struct LedgerWriter {
    let db: Database
    let registers: KnownRegisters

    /// The queries, within the transaction.
    public var reader: LedgerReader { LedgerReader(db: db, registers: registers) }
}
