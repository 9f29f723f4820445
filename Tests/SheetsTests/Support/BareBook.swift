/// Writes BIFF8 workbook streams record by record, without the compound file around them.
struct BareBook {
    private var globals: [UInt8] = []
    private var sheet: [UInt8] = []
    var visibility: UInt8 = 0
    var sheetKind: UInt8 = 0

    static func record(_ kind: Int, _ body: [UInt8]) -> [UInt8] { u16(kind) + u16(body.count) + body }
    static func u16(_ number: Int) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8 & 255)] }
    static func u32(_ number: Int) -> [UInt8] { u16(number & 0xFFFF) + u16(number >> 16 & 0xFFFF) }
    static func double(_ number: Double) -> [UInt8] { (0..<8).map { UInt8(number.bitPattern >> ($0 * 8) & 255) } }
    /// A text with a 16-bit length, one byte a character.
    static func narrow(_ text: String) -> [UInt8] { u16(text.utf8.count) + [0] + Array(text.utf8) }
    /// A text with a 16-bit length, two bytes a character.
    static func wide(_ text: String) -> [UInt8] { u16(text.utf16.count) + [1] + text.utf16.flatMap { u16(Int($0)) } }

    mutating func global(_ kind: Int, _ body: [UInt8]) { globals += BareBook.record(kind, body) }
    mutating func add(_ kind: Int, _ body: [UInt8]) { sheet += BareBook.record(kind, body) }
    /// A record that begins with row, column and style.
    mutating func cell(_ kind: Int, _ row: Int, _ column: Int, style: Int = 0, _ body: [UInt8]) {
        add(kind, BareBook.u16(row) + BareBook.u16(column) + BareBook.u16(style) + body)
    }
    mutating func formula(_ row: Int, _ column: Int, result: [UInt8], options: Int = 0, cache: Int = 1) {
        cell(0x06, row, column, result + BareBook.u16(options) + BareBook.u32(cache) + BareBook.u16(0))
    }

    var bytes: [UInt8] {
        let name = [UInt8](Array("S".utf8))
        let start = BareBook.record(0x809, BareBook.u16(0x600) + BareBook.u16(5) + [UInt8](repeating: 0, count: 12))
        let end = BareBook.record(0x0A, [])
        let offset = start.count + globals.count + 4 + 8 + name.count + end.count
        let bound = BareBook.record(0x85, BareBook.u32(offset) + [visibility, sheetKind, UInt8(name.count), 0] + name)
        let page = BareBook.record(0x809, BareBook.u16(0x600) + BareBook.u16(16) + [UInt8](repeating: 0, count: 12))
        return start + globals + bound + end + page + sheet + end
    }
}
