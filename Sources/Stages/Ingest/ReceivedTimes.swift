import Domain
import Foundation
import Logging

/// When files were received, for copies that lost their times. Source: spec §5.2.
///
/// Shape: CSV `path,sha256,time`; path relative to the inbox, time ISO 8601 with offset (fractions of a second too).
struct ReceivedTimes {
    private struct Line {
        let sha256: String
        /// Unit: nanoseconds since 1970.
        let time: Int
    }

    private var lines: [String: Line] = [:]

    /// - Throws: `RunFailure.noSuchFile`; `RunFailure.refused` for a line that is none.
    init(_ path: String?) throws {
        guard let path else { return }
        guard let data = FileManager.default.contents(atPath: path) else { throw RunFailure.noSuchFile(path) }
        var number = 0
        for cells in ClaimsFile.rows([UInt8](data)) {
            number += 1
            if number == 1, cells.first == "path" { continue }
            guard cells.count == 3, let time = ReceivedTimes.nanoseconds(cells[2]) else {
                throw RunFailure.refused(
                    BilingualText(
                        zh: "\(path) 第 \(number) 行不是“path,sha256,time”（时间如 2018-12-03T08:15:00+08:00）。",
                        en: "line \(number) of \(path) is no `path,sha256,time` (a time is 2018-12-03T08:15:00+08:00).")
                )
            }
            lines[cells[0]] = Line(sha256: cells[1].lowercased(), time: time)
        }
    }

    /// The time told of a file; a line about other bytes is named in the log and not used.
    func time(of path: String, sha256: String, _ logger: Logger) -> Int? {
        guard let line = lines[path] else { return nil }
        guard line.sha256 == sha256 else {
            logger.error("time of receipt not used: the file has other bytes", metadata: ["file": "\(path)"])
            return nil
        }
        return line.time
    }

    /// `2018-12-03T08:15:00.25+08:00`, `2018-12-03T00:15:00Z`.
    static func nanoseconds(_ text: String) -> Int? {
        guard let date = CivilDate(iso: String(text.prefix(10))), text.count > 19 else { return nil }
        let rest = text.dropFirst(11)
        let clock = rest.prefix(8).split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, clock[0] < 24, clock[1] < 60, clock[2] < 61 else { return nil }
        var tail = rest.dropFirst(8)
        var fraction = 0
        if tail.first == "." {
            let digits = tail.dropFirst().prefix { $0.isNumber }
            tail = tail.dropFirst(digits.count + 1)
            fraction = Int((digits + String(repeating: "0", count: 9)).prefix(9)) ?? 0
        }
        guard let offset = ReceivedTimes.offset(tail) else { return nil }
        let seconds = Int(date.dayNumber) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2] - offset
        return seconds * 1_000_000_000 + fraction
    }

    /// Seconds of `Z`, `+08:00`.
    private static func offset(_ text: Substring) -> Int? {
        if text == "Z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let parts = text.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, parts[0] < 15, parts[1] < 60 else { return nil }
        return (sign == "+" ? 1 : -1) * (parts[0] * 3600 + parts[1] * 60)
    }
}
