import Foundation

/// Comma-separated values as our outputs and expected results write them (RFC 4180, BOM or not).
public struct CSVText: Sendable {
    public var header: [String] = []
    public var records: [[String]] = []

    public init(path: String) throws { self.init(try String(contentsOfFile: path, encoding: .utf8)) }

    public init(_ text: String) {
        var rows: [[String]] = []
        var row: [String] = []
        var field = String.UnicodeScalarView()
        var isQuoted = false
        var scalars = Array(text.unicodeScalars)
        if scalars.first?.value == 0xFEFF { scalars.removeFirst() }
        var index = 0
        func finishField() {
            row.append(String(field))
            field = String.UnicodeScalarView()
        }
        while index < scalars.count {
            let scalar = scalars[index]
            if isQuoted {
                if scalar == "\"", index + 1 < scalars.count, scalars[index + 1] == "\"" {
                    field.append("\"")
                    index += 1
                } else if scalar == "\"" {
                    isQuoted = false
                } else {
                    field.append(scalar)
                }
            } else {
                switch scalar {
                case "\"": isQuoted = true
                case ",": finishField()
                case "\r": break
                case "\n":
                    finishField()
                    rows.append(row)
                    row = []
                default: field.append(scalar)
                }
            }
            index += 1
        }
        if !field.isEmpty || !row.isEmpty {
            finishField()
            rows.append(row)
        }
        header = rows.first ?? []
        records = Array(rows.dropFirst())
    }

    /// Each record by heading.
    public var rows: [[String: String]] {
        records.map { Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first }) }
    }
}
