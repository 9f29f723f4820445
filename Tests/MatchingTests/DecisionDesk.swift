import Domain
import TestSupport
import Testing

@testable import Matching

/// A month, what may be decided about it, and the month after deciding.
struct Desk {
    var input: MonthInput

    var month: MonthAttendance { MonthBuilder.build(input) }
    var open: [DecidableFinding] { month.decisions.open }

    /// Decides every open finding of that code, or the one at that place among them.
    func deciding(
        _ code: FindingCode, _ action: DecisionAction, at place: Int? = nil, by decider: String = "王书记"
    ) throws -> Desk {
        var next = self
        let fits = open.filter { $0.finding.code == code }
        try #require(!fits.isEmpty)
        for (index, question) in fits.enumerated() where place == nil || place == index {
            next.input.decisions.append(
                Decision(
                    evidence: question.evidence, code: code, period: input.period, action: action, decider: decider,
                    date: CivilDate(2018, 12, 6)!, ground: "会议纪要",
                    source: SourceCell(
                        file: "裁定/裁定表.xlsx", sheet: "裁定表", address: CellAddress(row: 2 + index, column: 10))))
        }
        return next
    }

    /// A person posted to two villages at once, whose sheet names neither.
    static var ofTwoVillages: (cadre: Cadre, desk: Desk) {
        let two = MonthFixture.cadre(
            "张世安", 1, MonthFixture.posting("碾伯镇", "大庄村"), MonthFixture.posting("碾伯镇", "新庄村"))
        let row = MonthFixture.row("张世安", present: 1...3)
        return (
            two, Desk(input: MonthFixture.input([two], [MonthFixture.file("a.xlsx", MonthFixture.block([row]))]))
        )
    }

    func paid(_ cadre: Cadre) -> Int { month.paidHalfDays(cadre).values.reduce(0, +) }
}
