import Domain
import Foundation

/// Lines of claims as files hold them. Shape: RFC 4180, UTF-8.
enum ClaimsFile {
    /// `claims-2018-11.csv`
    static func name(_ period: Period) -> String { "claims-\(period).csv" }

    /// Cells of each line, header lines left out; each is handed over as it is read.
    static func each(_ bytes: [UInt8], _ take: ([String]) -> Void) { eachLine(bytes) { take(cells($0)) } }

    /// Cells of every line of a CSV.
    static func rows(_ bytes: [UInt8]) -> [[String]] {
        var rows: [[String]] = []
        split(bytes) { rows.append(cells($0)) }
        return rows
    }

    /// The same of the lines of those people.
    static func each(_ bytes: [UInt8], of people: Set<UInt64>, _ take: ([String]) -> Void) {
        eachLine(bytes) { line in if people.contains(person(line)) { take(cells(line)) } }
    }

    /// Whom each line is about; and by which name and account money went to them, where the line says it.
    static func eachPerson(_ bytes: [UInt8], _ take: (_ person: UInt64, _ payee: UInt64?) -> Void) {
        eachLine(bytes) { line in
            // The payee is the last column, 64 digits or nothing.
            take(person(line), line.last == 0x2C ? nil : number(line.suffix(64)))
        }
    }

    /// The first 64 bits of the person's HMAC.
    private static func person(_ line: ArraySlice<UInt8>) -> UInt64 { number(line) }

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64 {
        digits.prefix(16).reduce(0) { $0 << 4 | UInt64($1 < 0x3A ? $1 & 0x0F : ($1 & 0x0F) + 9) }
    }

    private static func eachLine(_ bytes: [UInt8], _ take: (ArraySlice<UInt8>) -> Void) {
        split(bytes) { line in
            guard let first = line.first, first != 0x23, first != headings[0], first != headings[1] else { return }
            take(line)
        }
    }

    /// Lines that hold something; a quoted line end belongs to its line.
    private static func split(_ bytes: [UInt8], _ take: (ArraySlice<UInt8>) -> Void) {
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count {
            var end = start
            var isQuoted = false
            while end < bytes.count, bytes[end] != 0x0A || isQuoted {
                if bytes[end] == 0x22 { isQuoted.toggle() }
                end += 1
            }
            var line = bytes[start..<end]
            if line.last == 0x0D { line = line.dropLast() }
            start = end + 1
            if !line.isEmpty { take(line) }
        }
    }

    /// `person,…` and `period,…`; a guard against formulas. No line of a file begins so.
    private static let headings: [UInt8] = [0x70, 0x27]

    private static func cells(_ line: ArraySlice<UInt8>) -> [String] {
        var cells: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var index = line.startIndex
        while index < line.endIndex {
            let byte = line[index]
            index += 1
            if byte == 0x22 {
                if isQuoted, index < line.endIndex, line[index] == 0x22 {
                    cell.append(0x22)
                    index += 1
                } else {
                    isQuoted.toggle()
                }
            } else if byte == 0x2C, !isQuoted {
                cells.append(String(decoding: cell, as: UTF8.self))
                cell.removeAll(keepingCapacity: true)
            } else {
                cell.append(byte)
            }
        }
        return cells + [String(decoding: cell, as: UTF8.self)]
    }

    /// A line of those cells.
    static func line(_ cells: [String]) -> String {
        cells.map { cell in
            cell.contains { ",\"\r\n".contains($0) } ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
        }.joined(separator: ",")
    }
}
