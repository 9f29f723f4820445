import Domain
import TestSupport
import Testing

@testable import Matching

/// A small generator with a seed, so that a failing case can be run again.
private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(sides))
    }
}

/// Random months and random answers. Source: spec §5.8, last sentence.
@Suite("No decision pays beyond the record")
struct DecisionPropertyTests {
    private let people = [
        MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村", from: MonthFixture.day(4))),
        MonthFixture.cadre("王永福", 2, MonthFixture.posting("碾伯镇", "新庄村")),
        MonthFixture.cadre(
            "李云山", 3, MonthFixture.posting("碾伯镇", "大庄村"), MonthFixture.posting("碾伯镇", "新庄村")),
    ]

    private func row(_ dice: inout Dice, at line: Int) -> AttendanceRow {
        let person = people[dice.roll(people.count)]
        var marks: [Int: AttendanceStatus] = [:]
        var present: [Int] = []
        for day in 1...30 {
            switch dice.roll(8) {
            case 0: marks[day] = .unknown
            case 1: marks[day] = .leave
            case 2...4: present.append(day)
            default: break
            }
        }
        let stated = dice.roll(3) == 0 ? dice.roll(60) : present.count * 2
        var row = MonthFixture.row(
            dice.roll(4) == 0 ? "赵天佑" : person.name.display, id: dice.roll(5) == 0 ? nil : person.id.text,
            village: dice.roll(3) == 0 ? "新庄村" : nil, present: present, marks: marks,
            total: dice.roll(2) == 0 ? nil : MonthFixture.total(HalfDays(stated).daysText, halfDays: stated), at: line)
        for day in marks.keys.sorted() where marks[day] == .unknown {
            row.days[day - 1].text = "△"
            row.findings.append(
                Finding(.unknownMark, cell: row.days[day - 1].cell, value: "△", arguments: ["△"]))
        }
        return row
    }

    private func answer(_ dice: inout Dice) -> DecisionAction {
        switch dice.roll(8) {
        case 0...2: .accept
        case 3: .refuse
        case 4: .change("出勤")
        case 5: .change("\(dice.roll(31))")
        case 6: .change(people[dice.roll(people.count)].id.text)
        default: .change(dice.roll(2) == 0 ? "大庄村" : "新庄村")
        }
    }

    private func input(_ dice: inout Dice) -> MonthInput {
        let blocks = (0..<(1 + dice.roll(2))).map { number in
            let isTotals = dice.roll(4) == 0
            var rows = (0..<(1 + dice.roll(4))).map { row(&dice, at: 4 + 3 * $0) }
            if isTotals { for index in rows.indices { rows[index].days = [] } }
            return MonthFixture.file(
                "\(number).xlsx", number,
                MonthFixture.block(rows, layout: isTotals ? .totalsOnly : .grid))
        }
        var input = MonthFixture.input(people, blocks)
        input.asOf = dice.roll(2) == 0 ? MonthFixture.afterwards : MonthFixture.day(20)
        if dice.roll(2) == 0 {
            input.records.spotChecks = [
                SpotCheckRecord(
                    person: people[dice.roll(3)].id, date: MonthFixture.day(1 + dice.roll(30)), result: .absent,
                    source: SourceCell(file: "抽查.xlsx", sheet: "抽查", address: CellAddress(row: 2, column: 0)))
            ]
        }
        return input
    }

    /// Answers random questions of the month as it stands, several rounds.
    private func decide(_ input: MonthInput, _ dice: inout Dice) -> MonthInput {
        var input = input
        for _ in 0..<3 {
            for question in MonthBuilder.build(input).decisions.open where dice.roll(2) == 0 {
                input.decisions.append(
                    Decision(
                        evidence: question.evidence, code: question.finding.code, period: input.period,
                        action: answer(&dice), decider: "周书记", date: CivilDate(2018, 12, 6)!, ground: "纪要",
                        source: SourceCell(file: "裁定.xlsx", sheet: "裁定表", address: CellAddress(row: 2, column: 10))))
            }
        }
        return input
    }

    @Test("over random months: marks, posting, as-of and figures bound what is paid; no half day twice")
    func bounds() throws {
        for seed in 1...150 {
            var dice = Dice(state: UInt64(seed))
            let input = decide(input(&dice), &dice)
            let month = MonthBuilder.build(input)
            var halves: [String: Int] = [:]
            for row in month.rows where !row.isHeld {
                if let accepted = row.acceptedHalfDays {
                    let source = try #require(self.sent(input, row))
                    let posted = HalfDays.days(input.asOf == MonthFixture.afterwards ? 30 : 20)
                    #expect(accepted <= source.total?.halfDays ?? posted, "seed \(seed)")
                }
                for day in row.days where day.counted > .zero {
                    let cadre = try #require(people.first { $0.id == row.cadre }, "seed \(seed)")
                    #expect(day.date <= input.asOf, "seed \(seed)")
                    #expect(cadre.postings.contains { $0.isInForce(on: day.date) }, "seed \(seed)")
                    let mark = try #require(sent(input, row)?.days.first { $0.cell == day.cell })
                    for (half, counted) in [(mark.morning, day.morning), (mark.afternoon, day.afternoon)]
                    where counted == .present {
                        #expect(half == .present || half == .unknown, "seed \(seed) \(day.date.iso)")
                    }
                    let key = "\(cadre.id.text) \(day.date.iso)"
                    halves[key, default: 0] += day.counted.count
                    #expect(halves[key, default: 0] <= 2, "seed \(seed) \(key)")
                }
            }
        }
    }

    @Test("whoever changes a cell makes the answers about it fall: nothing is paid by them")
    func staleness() {
        for seed in 1...60 {
            var dice = Dice(state: UInt64(seed))
            var changed = decide(input(&dice), &dice)
            // Every row is sent again with another mark on the 2nd.
            changed.blocks = changed.blocks.map { submitted in
                var block = submitted.block
                for row in block.rows.indices where block.rows[row].days.count > 1 {
                    block.rows[row].days[1].text += "·"
                }
                // A row without marks: its name cell.
                for row in block.rows.indices where block.rows[row].days.isEmpty { block.rows[row].name.text += " " }
                return SubmittedBlock(order: submitted.order, block: block)
            }
            let month = MonthBuilder.build(changed)
            let rowCodes: Set<FindingCode> = [
                .nameMismatch, .totalMismatch, .noDailyEvidence, .duplicateRow, .ambiguousPerson, .villageMismatch,
            ]
            #expect(month.decisions.settled.allSatisfy { !rowCodes.contains($0.finding.code) }, "seed \(seed)")
        }
    }

    private func sent(_ input: MonthInput, _ row: RowOutcome) -> AttendanceRow? {
        input.blocks.first { $0.order.path == row.file }?.block.rows.first { $0.name.cell == row.nameCell }
    }
}
