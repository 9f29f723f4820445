import Domain
import Forms
import Foundation
import Reports
import Settings
import Tables

/// The CSV files that this program writes, as it knows them again when they come back. Source: spec §5.1.
enum OwnFiles {
    /// Header lines of every report and of the configured export profiles.
    ///
    /// - Throws: `RunFailure` and `SettingsFileError` for an export profile that is missing or wrong.
    static func headers(_ options: RunOptions) throws -> OwnHeaders {
        let texts = try options.exports.map { path in
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw RunFailure.noSuchFile(path)
            }
            return (text: text, file: path)
        }
        return headers(try ExportProfileFile.profiles(texts))
    }

    /// The same with profiles at hand.
    static func headers(_ profiles: [ExportProfile]) -> OwnHeaders {
        let schemas =
            Array(DataPackageReport.yearly.values) + [
                FindingsReport.schema, HeldReport.schema, UnpayableReport.schema, PaymentsReport.schema(),
                DoublePresenceReport.schema, SettlementReport.schema,
            ] + profiles.map(PaymentsReport.schema)
        return OwnHeaders(schemas.map { $0.columns.map(\.name) })
    }
}
