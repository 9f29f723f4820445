import Domain
import Matching
import Testing

@testable import Codec

@Suite("Rows of a month as they are kept")
struct RowOutcomeTests {
    private func row(_ total: HalfDays?, on halves: IssuedHalves? = nil) -> RowOutcome {
        var row = RowOutcome(
            file: "a.xlsx", sheet: "1", layout: .totalsOnly, nameCell: CellAddress(row: 4, column: 2),
            nameAsSent: "张世安", cadre: nil, personID: "", sendingUnit: "", township: "碾伯镇", village: "大庄村",
            heldCodes: [.totalMismatch], pendingHalfDays: HalfDays(3), contradictionGroup: 1, acceptedHalfDays: total,
            days: [])
        row.acceptedHalves = halves
        return row
    }

    /// As programs wrote a row that did not keep on which days a total stands.
    private func before(_ row: RowOutcome) -> [UInt8] {
        var writer = PackWriter()
        for text in [row.file, row.sheet] { writer.write(text) }
        writer.write(row.layout)
        writer.write(row.nameCell)
        writer.write(row.nameAsSent)
        writer.write(optional: row.cadre) { $0.write($1.text) }
        for text in [row.personID, row.sendingUnit, row.township, row.village] { writer.write(text) }
        writer.write(row.heldCodes.map(\.rawValue))
        writer.write(optional: row.pendingHalfDays) { $0.write($1.count) }
        writer.write(optional: row.contradictionGroup) { $0.write($1) }
        writer.write(optional: row.acceptedHalfDays) { $0.write($1.count) }
        writer.write(columns: row.days)
        return writer.bytes
    }

    @Test("a total comes back with the halves of days that it stands on")
    func roundTrip() throws {
        let halves = IssuedHalves(mornings: 1 << 30, afternoons: 1 << 30, unnamed: 1)
        for row in [row(nil), row(HalfDays(3)), row(HalfDays(3), on: halves), row(.zero, on: IssuedHalves())] {
            var reader = try PackReader(row.packed)
            #expect(try RowOutcome(&reader) == row)
        }
    }

    @Test("rows that earlier programs kept go on being read")
    func earlier() throws {
        for row in [row(nil), row(HalfDays(44))] {
            var reader = try PackReader(before(row))
            #expect(try RowOutcome(&reader) == row)
        }
    }
}
