import Foundation
import GRDB

/// A look into a ledger past the program, as somebody who tampers with it would.
enum TestLedger {
    static func execute(_ path: String, _ statements: String) throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: statements) }
    }

    static func execute(_ path: String, _ statement: String, _ value: Data) throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: statement, arguments: [value]) }
    }

    static func count(_ path: String, _ query: String) throws -> Int {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        return try queue.read { try Int.fetchOne($0, sql: query) ?? 0 }
    }
}
