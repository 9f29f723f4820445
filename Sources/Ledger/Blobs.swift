import Foundation
import GRDB

extension [UInt8] {
    /// The bytes as a value of a column.
    var blob: Data { Data(self) }

    static func fetchBlob(_ db: Database, _ sql: String, _ arguments: StatementArguments) throws -> [UInt8]? {
        try Data.fetchOne(db.cachedStatement(sql: sql), arguments: arguments).map { [UInt8]($0) }
    }
}

extension Row {
    func dataNoCopy(atIndex index: Int) -> Data? { self[index] }
}
