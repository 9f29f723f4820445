import Domain
import Matching
import TestSupport
import Testing

@testable import Codec

@Suite("Days of a row in columns")
struct DayColumnsTests {
    private static let statuses: [AttendanceStatus] = [
        .present, .official, .training, .leave, .sick, .absent, .withdrawn, .rest, .blank, .unknown, .uncached,
    ]
    private static let marks = ["√", "△", "√/△", "假", "", "√（请假）", "e\u{301}", "é"]

    private func marks(_ seed: Int) -> [DayMark] {
        var random = SeededGenerator(UInt64(seed))
        let count = [0, 1, 2, 31, 62].randomElement(using: &random) ?? 0
        let first = Int32.random(in: 17_000...20_000, using: &random)
        let isOrderly = Bool.random(using: &random)
        return (0..<count).map { index in
            let jump = isOrderly ? 0 : Int.random(in: -3...3, using: &random)
            return DayMark(
                date: CivilDate(dayNumber: first + Int32(index + jump)),
                morning: Self.statuses.randomElement(using: &random) ?? .blank,
                afternoon: Self.statuses.randomElement(using: &random) ?? .blank,
                text: seed % 5 == 0 ? "第\(index)种" : Self.marks.randomElement(using: &random) ?? "",
                cell: CellAddress(row: 4 + abs(jump), column: 3 + index),
                afternoonCell: seed % 3 == 0 && Bool.random(using: &random)
                    ? CellAddress(row: 5, column: 3 + index) : nil,
                isUnnamedHalf: !isOrderly && Bool.random(using: &random))
        }
    }

    private func outcomes(_ seed: Int) -> [DayOutcome] {
        var random = SeededGenerator(UInt64(seed))
        return marks(seed).map { mark in
            DayOutcome(
                date: mark.date, morning: mark.morning, afternoon: mark.afternoon, text: mark.text, cell: mark.cell,
                afternoonCell: mark.afternoonCell, counted: HalfDays(Int.random(in: 0...2, using: &random)),
                township: Bool.random(using: &random) ? "碾伯镇" : "雨润镇", village: "大庄村",
                exclusion: Int.random(in: 0...9, using: &random) == 0 ? .futureDay : nil)
        }
    }

    private func written(_ body: (inout PackWriter) -> Void) -> [UInt8] {
        var writer = PackWriter()
        body(&writer)
        return writer.bytes
    }

    @Test("marks and outcomes come back as they went in, whatever their order, texts and cells", arguments: 0..<60)
    func roundTrip(_ seed: Int) throws {
        var reader = try PackReader(written { $0.write(columns: marks(seed)) })
        #expect(try reader.dayMarks() == marks(seed))
        reader = try PackReader(written { $0.write(columns: outcomes(seed)) })
        let back = try reader.dayOutcomes()
        #expect(back == outcomes(seed))
        #expect(zip(back, outcomes(seed)).allSatisfy { Array($0.text.utf8) == Array($1.text.utf8) })
    }

    @Test("days that an earlier version kept one by one are read", arguments: 0..<8)
    func earlierVersion(_ seed: Int) throws {
        var reader = try PackReader(written { $0.write(marks(seed)) })
        #expect(try reader.dayMarks() == marks(seed))
        reader = try PackReader(written { $0.write(outcomes(seed)) })
        #expect(try reader.dayOutcomes() == outcomes(seed))
    }

    @Test("a row of very many days comes back too")
    func manyDays() throws {
        let days = (0..<(PackReader.columnDaysMax + 1)).map { index in
            DayMark(
                date: CivilDate(2018, 11, 1)!, morning: .present, afternoon: .present, text: "√",
                cell: CellAddress(row: index, column: 2))
        }
        var reader = try PackReader(written { $0.write(columns: days) })
        #expect(try reader.dayMarks() == days)
    }

    @Test("bytes that are cut off or changed are an error or other days, never a crash", arguments: 0..<40)
    func damaged(_ seed: Int) throws {
        let bytes = written { $0.write(columns: outcomes(seed)) }
        for length in 0..<bytes.count {
            #expect(throws: PackingError.self) {
                var reader = try PackReader(Array(bytes.prefix(length)))
                _ = try reader.dayOutcomes()
            }
        }
        var random = SeededGenerator(UInt64(seed))
        for _ in 0..<200 where !bytes.isEmpty {
            var changed = bytes
            changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            guard var reader = try? PackReader(changed) else { continue }
            _ = try? reader.dayOutcomes()
        }
    }

    @Test("a month of one village and one mark takes two bytes a day and a few more")
    func size() {
        let days = (0..<31).map { index in
            DayMark(
                date: CivilDate(2018, 10, 1)!.adding(days: index), morning: .present, afternoon: .present, text: "√",
                cell: CellAddress(row: 4, column: 3 + index))
        }
        #expect(written { $0.write(columns: days) }.count < 100)
    }
}
