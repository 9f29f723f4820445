import Codec
import Domain
import Testing

@Suite("Rows of registers as kept")
struct FormRowTests {
    private func row() -> FormRow {
        FormRow(
            form: .roster, sheet: "花名册", cell: CellAddress(row: 3, column: 1),
            fields: [.name: SubmittedField(value: .text("张世安"), cell: CellAddress(row: 3, column: 1), asSent: "张世安")],
            isHeld: true,
            blankCells: [.bankAccount: CellAddress(row: 3, column: 9), .rank: CellAddress(row: 3, column: 8)])
    }

    @Test("come back as they were, with the columns that their sheet lacks")
    func roundTrip() throws {
        var rows = [row(), row(), row()]
        rows[1].lacking = [.sendingUnit, .postingRole]
        rows[2].blankCells = [:]
        rows[2].lacking = [.name]
        #expect(try [FormRow](packed: rows.packed) == rows)
    }

    @Test("a row that lacks none is kept as earlier programs kept it")
    func asBefore() throws {
        var lacking = row()
        lacking.lacking = [.name]
        // The count of blank cells is the first byte that differs: two, against the two that the fields follow.
        let (before, after) = (row().packed, lacking.packed)
        let place = try #require(zip(before, after).enumerated().first { $0.element.0 != $0.element.1 }?.offset)
        #expect(after.count > before.count && place > 0)
        #expect(try FormRow(packed: before) == row())
    }
}
