import Foundation

/// The JSON twin of what a command tells: keys sorted, slashes as they are, so that two runs give the same bytes.
enum JSONOutput {
    static func text(_ document: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
}
