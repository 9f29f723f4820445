import Domain
import Tables
import Testing

@testable import Forms

@Suite("What a legend says, as a line below a sheet")
struct LegendSaidTests {
    private static let statuses: [AttendanceStatus] = [
        .present, .official, .training, .leave, .sick, .absent, .withdrawn, .rest,
    ]

    private static let readings: [MarkReading] =
        statuses.flatMap { status in
            [
                MarkReading.whole(status), .half(status), MarkReading(morning: status, afternoon: .blank),
                MarkReading(morning: .blank, afternoon: status),
            ] + statuses.filter { $0 != status }.map { MarkReading(morning: status, afternoon: $0) }
        }

    private func said(_ words: String, _ meaning: MarkReading?) throws -> (words: String, meaning: MarkReading?) {
        let entry = LegendEntry(mark: "△", words: words, cell: LegendTests.cell, meaning: meaning)
        let line = try #require(LegendLine.said(entry))
        let mark = try #require(LegendLine.asked(line.label))
        #expect(mark == "△")
        return (line.words, LegendLine.entry(mark, line.words, LegendTests.cell).meaning)
    }

    @Test("Read again it means the same, whatever words said it and whichever rule gave them their meaning")
    func roundTrip() throws {
        for reading in LegendSaidTests.readings {
            for words in ["出勤", "请假", "上午出勤", "视同出勤", "甲类", "半天", "？", ""] {
                let again = try said(words, reading)
                #expect(again.meaning == reading, "\(words) for \(reading): \(again.words)")
            }
        }
    }

    @Test("Words that were not understood, or contradicted each other, are not understood in the line either")
    func unknown() throws {
        for words in ["甲类", "出勤 / 病假", "出勤", "？", "", " "] {
            let again = try said(words, nil)
            #expect(again.meaning == nil && !again.words.isEmpty, "\(words): \(again.words)")
        }
    }

    @Test("The two marks of a cell", arguments: [("√/◈", "√", "◈"), ("◈|√", "◈", "√"), ("√\n◈", "√", "◈")])
    func halves(_ text: String, _ morning: String, _ afternoon: String) throws {
        let parts = try #require(LegendLine.halves(text))
        #expect(parts.morning == morning && parts.afternoon == afternoon)
        #expect(LegendLine.halves("√") == nil && LegendLine.halves("√/◈/○") == nil)
    }
}
