import Codec
import Domain
import Testing

@Suite("Codec: register entries")
struct RegisterEntryTests {
    @Test("entries come back as they were, and cut bytes are an error")
    func roundTrip() throws {
        let cell = SourceCell(file: "花名册.xlsx", sheet: "Sheet1", address: CellAddress(row: 4, column: 2))
        let entries = [
            RegisterEntry(
                kind: .posting, key: "63020219800101123X", place: "碾伯镇大庄村", start: CivilDate(2018, 10, 1),
                fields: [.init(title: "驻村职务", text: "队员", source: cell)]),
            RegisterEntry(kind: .village, key: "", place: "碾伯镇大庄村", fields: []),
        ]
        let bytes = entries.packed
        #expect(try [RegisterEntry](packed: bytes) == entries)
        for length in bytes.indices {
            #expect(throws: PackingError.self) { try [RegisterEntry](packed: Array(bytes[..<length])) }
        }
    }
}
