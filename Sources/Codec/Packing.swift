/// Compact bytes for what the ledger keeps as a whole: blocks, rows, days. A province year has 2 million days; a
/// general-purpose coder takes seconds for them.
public protocol Packable {
    func pack(_ writer: inout PackWriter)
    init(_ reader: inout PackReader) throws(PackingError)
}

/// Kept bytes that do not read back: a damaged ledger, or one of another program version.
public struct PackingError: Error, CustomStringConvertible {
    public let what: String

    public init(what: String) { self.what = what }

    public var description: String { "ledger payload unreadable: \(what)" }
}

/// Writes numbers as varints and each different string once.
public struct PackWriter {
    private var body: [UInt8] = []
    private var strings: [String] = []
    private var numbers: [ByteKey: Int] = [:]
    /// The last few different texts with their numbers.
    private var recent: [(String, Int)] = []
    /// Which of them gives way.
    private var oldest = 0

    public init() {}

    /// Shape: string table, then body.
    public var bytes: [UInt8] { bytes(after: []) }

    func bytes(after mark: [UInt8]) -> [UInt8] {
        var header = mark
        PackWriter.varint(UInt(strings.count), &header)
        for string in strings {
            let utf8 = Array(string.utf8)
            PackWriter.varint(UInt(utf8.count), &header)
            header += utf8
        }
        header += body
        return header
    }

    var bodyCount: Int { body.count }

    /// Leaves room for a length, and says where.
    mutating func reserveLength() -> Int {
        body.append(contentsOf: [0, 0, 0, 0])
        return body.count
    }

    /// Writes how many bytes followed the room that was left for it.
    mutating func setLength(at end: Int) {
        let length = UInt32(body.count - end)
        for byte in 0..<4 { body[end - 4 + byte] = UInt8(truncatingIfNeeded: length >> UInt32(8 * byte)) }
    }

    private static func varint(_ value: UInt, _ bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    public mutating func write(_ value: Int) {
        let zigzag = UInt(bitPattern: (value << 1) ^ (value >> (Int.bitWidth - 1)))
        PackWriter.varint(zigzag, &body)
    }
    public mutating func write(_ values: [Int]) {
        write(values.count)
        for value in values { write(value) }
    }
    public mutating func write(_ value: Bool) { body.append(value ? 1 : 0) }
    public mutating func write(_ byte: UInt8) { body.append(byte) }
    /// Bytes as they are.
    public mutating func write(raw bytes: [UInt8]) {
        write(bytes.count)
        body += bytes
    }

    public mutating func write(_ value: String) {
        // A row's days repeat the same few texts: marks, township, village.
        for (text, number) in recent where ByteKey(text: text) == ByteKey(text: value) {
            PackWriter.varint(UInt(number), &body)
            return
        }
        let number = number(of: value)
        PackWriter.varint(UInt(number), &body)
        if recent.count < 4 {
            recent.append((value, number))
        } else {
            recent[oldest] = (value, number)
            oldest = (oldest + 1) & 3
        }
    }

    private mutating func number(of value: String) -> Int {
        let key = ByteKey(text: value)
        if let known = numbers[key] { return known }
        numbers[key] = strings.count
        strings.append(value)
        return strings.count - 1
    }

    public mutating func write<Value: RawRepresentable<String>>(_ value: Value) { write(value.rawValue) }
    public mutating func write<Value: Packable>(_ value: Value) { value.pack(&self) }
    public mutating func write<Value: Packable>(_ values: [Value]) {
        write(values.count)
        for value in values { value.pack(&self) }
    }
    public mutating func write(_ values: [String]) {
        write(values.count)
        for value in values { write(value) }
    }
    public mutating func write<Value>(optional value: Value?, _ body: (inout PackWriter, Value) -> Void) {
        write(value != nil)
        if let value { body(&self, value) }
    }
}

/// A text that equals another byte by byte: what was sent is kept as sent, and Unicode's equivalence costs time.
private struct ByteKey: Hashable {
    let text: String

    static func == (left: ByteKey, right: ByteKey) -> Bool {
        guard left.text.utf8.count == right.text.utf8.count else { return false }
        var left = left.text
        var right = right.text
        return left.withUTF8 { left in right.withUTF8 { right in left.elementsEqual(right) } }
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

/// Reads what `PackWriter` wrote; never past the end.
public struct PackReader {
    private let bytes: [UInt8]
    private var position = 0
    private var strings: [String] = []

    public init(_ bytes: [UInt8]) throws(PackingError) { try self.init(bytes, from: 0) }

    init(_ bytes: [UInt8], from start: Int) throws(PackingError) {
        self.bytes = bytes
        position = start
        let count = Int(clamping: try varint())
        guard count <= bytes.count else { throw PackingError(what: "string table") }
        strings.reserveCapacity(count)
        for _ in 0..<count {
            let length = Int(clamping: try varint())
            guard length <= bytes.count - position else { throw PackingError(what: "string") }
            strings.append(String(decoding: bytes[position..<position + length], as: UTF8.self))
            position += length
        }
    }

    /// The texts, and where the body begins, of what nothing was read from.
    var table: (texts: [String], start: Int) { (strings, position) }

    /// A short number; `place` moves behind it.
    static func varint(_ bytes: [UInt8], _ place: inout Int) throws(PackingError) -> UInt {
        var value: UInt = 0
        var shift: UInt = 0
        while place < bytes.count, shift < 64 {
            let byte = bytes[place]
            place += 1
            value |= UInt(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw PackingError(what: "number")
    }

    /// A short number with its sign; `place` moves behind it.
    static func int(_ bytes: [UInt8], _ place: inout Int) throws(PackingError) -> Int {
        let zigzag = try varint(bytes, &place)
        return Int(bitPattern: zigzag >> 1) ^ -Int(bitPattern: zigzag & 1)
    }

    private mutating func varint() throws(PackingError) -> UInt { try PackReader.varint(bytes, &position) }
    public mutating func int() throws(PackingError) -> Int { try PackReader.int(bytes, &position) }
    public mutating func byte() throws(PackingError) -> UInt8 {
        guard position < bytes.count else { throw PackingError(what: "byte") }
        position += 1
        return bytes[position - 1]
    }
    /// Bytes as they were written.
    public mutating func rawBytes() throws(PackingError) -> [UInt8] {
        let count = try int()
        guard count >= 0, count <= bytes.count - position else { throw PackingError(what: "bytes") }
        position += count
        return Array(bytes[position - count..<position])
    }
    public mutating func bool() throws(PackingError) -> Bool { try byte() != 0 }
    public mutating func string() throws(PackingError) -> String {
        let number = Int(clamping: try varint())
        guard number < strings.count else { throw PackingError(what: "string number") }
        return strings[number]
    }
    public mutating func raw<Value: RawRepresentable<String>>(_ type: Value.Type) throws(PackingError) -> Value {
        let text = try string()
        guard let value = Value(rawValue: text) else { throw PackingError(what: "\(type) \(text)") }
        return value
    }
    public mutating func value<Value: Packable>(_: Value.Type) throws(PackingError) -> Value { try Value(&self) }
    public mutating func array<Value: Packable>(_ type: Value.Type) throws(PackingError) -> [Value] {
        try array(type, count: try int())
    }
    public mutating func array<Value: Packable>(_: Value.Type, count: Int) throws(PackingError) -> [Value] {
        try list(count) { (reader) throws(PackingError) in try Value(&reader) }
    }
    public mutating func ints() throws(PackingError) -> [Int] {
        try list(try int()) { (reader) throws(PackingError) in try reader.int() }
    }
    public mutating func stringArray() throws(PackingError) -> [String] {
        try list(try int()) { (reader) throws(PackingError) in try reader.string() }
    }
    /// No list has more entries than the value has bytes: a damaged count asks for no memory.
    private mutating func list<Value>(
        _ count: Int, _ read: (inout PackReader) throws(PackingError) -> Value
    ) throws(PackingError) -> [Value] {
        guard count >= 0, count <= bytes.count else { throw PackingError(what: "count") }
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try read(&self)) }
        return values
    }
    public mutating func optional<Value>(
        _ read: (inout PackReader) throws(PackingError) -> Value
    ) throws(PackingError) -> Value? {
        try bool() ? try read(&self) : nil
    }
}

extension Packable {
    /// The value as bytes.
    public var packed: [UInt8] {
        var writer = PackWriter()
        pack(&writer)
        return writer.bytes
    }

    /// The value of those bytes.
    public init(packed bytes: [UInt8]) throws(PackingError) {
        var reader = try PackReader(bytes)
        self = try Self(&reader)
    }
}

extension Packable {
    /// Where an earlier version kept JSON: no JSON begins with this byte.
    private static var mark: UInt8 { 1 }

    /// The value as bytes that are told from an earlier version's JSON.
    public var marked: [UInt8] { [Self.mark] + packed }

    /// The value of those bytes; nil for an earlier version's JSON.
    public init?(marked bytes: [UInt8]) throws(PackingError) {
        guard bytes.first == Self.mark else { return nil }
        var reader = try PackReader(bytes, from: 1)
        try self.init(&reader)
    }
}

extension Array where Element: Packable {
    /// The values as bytes.
    public var packed: [UInt8] {
        var writer = PackWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The values of those bytes.
    public init(packed bytes: [UInt8]) throws(PackingError) {
        var reader = try PackReader(bytes)
        self = try reader.array(Element.self)
    }
}
