/// Compact bytes of any `Encodable` record that the ledger keeps as a whole: each different text and key once, numbers
/// short, no tree in between. Keys stay beside their values, so that a record of an earlier version still reads.
///
/// Shape: a string table and a body as `PackWriter` writes them; every value begins with its `RecordTag`.
public enum RecordCoder {
    /// The record as bytes: the same for the same record, as long as it holds no `Set` or `Dictionary`.
    ///
    /// - Throws: what the record's own `encode` throws.
    public static func bytes(of record: some Encodable) throws -> [UInt8] {
        let encoder = RecordEncoder()
        try encoder.write(record)
        return encoder.writer.bytes(after: [mark])
    }

    /// The record of those bytes; nil for what an earlier version kept as JSON.
    ///
    /// - Throws: `PackingError` where bytes are damaged, `DecodingError` where they are another record's.
    public static func record<Record: Decodable>(_: Record.Type, of bytes: [UInt8]) throws -> Record? {
        guard bytes.first == mark else { return nil }
        return try Record(from: RecordDecoder(RecordBody(bytes, from: 1)))
    }

    /// No JSON begins with it.
    private static let mark: UInt8 = 2
}

/// What a value is, as its first byte.
enum RecordTag: UInt8 {
    case none, no, yes, number, fraction, text
    /// Its length in four bytes, then keys and values.
    case keyed
    /// Its length in four bytes, then values.
    case list
}

/// One for all values of a record: they write one after the other to the same bytes.
final class RecordEncoder: Encoder {
    var writer = PackWriter()
    /// Where the lengths of lists and keyed values stand that are not yet written to their end.
    private var open: [Int] = []

    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(KeyedRecord(encoder: self, level: begin(.keyed)))
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer { ListRecord(encoder: self, level: begin(.list)) }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    /// Opens a list or a keyed value, and says how many are open with it.
    func begin(_ tag: RecordTag) -> Int {
        writer.write(tag.rawValue)
        open.append(writer.reserveLength())
        return open.count
    }

    /// Ends what was opened since that many were open.
    func end(to level: Int) {
        while open.count > level { writer.setLength(at: open.removeLast()) }
    }

    func write(_ value: some Encodable) throws {
        let (level, before) = (open.count, writer.bodyCount)
        try value.encode(to: self)
        end(to: level)
        if writer.bodyCount == before { write(.none) }
    }

    func write(_ tag: RecordTag) { writer.write(tag.rawValue) }
    func write(text: String) {
        write(.text)
        writer.write(text)
    }
    func write(number: some BinaryInteger) throws {
        guard let number = Int(exactly: number) else { throw PackingError(what: "number \(number)") }
        write(.number)
        writer.write(number)
    }
    func write(fraction: Double) {
        write(.fraction)
        writer.write(Int(bitPattern: UInt(fraction.bitPattern)))
    }
}

extension RecordEncoder: SingleValueEncodingContainer {
    func encodeNil() { write(.none) }
    func encode(_ value: Bool) { write(value ? .yes : .no) }
    func encode(_ value: String) { write(text: value) }
    func encode(_ value: Double) { write(fraction: value) }
    func encode(_ value: Float) { write(fraction: Double(value)) }
    func encode(_ value: Int) throws { try write(number: value) }
    func encode(_ value: Int8) throws { try write(number: value) }
    func encode(_ value: Int16) throws { try write(number: value) }
    func encode(_ value: Int32) throws { try write(number: value) }
    func encode(_ value: Int64) throws { try write(number: value) }
    func encode(_ value: UInt) throws { try write(number: value) }
    func encode(_ value: UInt8) throws { try write(number: value) }
    func encode(_ value: UInt16) throws { try write(number: value) }
    func encode(_ value: UInt32) throws { try write(number: value) }
    func encode(_ value: UInt64) throws { try write(number: value) }
    func encode(_ value: some Encodable) throws { try write(value) }
}

private struct KeyedRecord<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: RecordEncoder
    let level: Int
    var codingPath: [any CodingKey] { [] }

    private func value(_ key: some CodingKey) -> RecordEncoder { value(named: key.stringValue) }
    private func value(named name: String) -> RecordEncoder {
        encoder.end(to: level)
        encoder.writer.write(name)
        return encoder
    }

    func encodeNil(forKey key: Key) { value(key).encodeNil() }
    func encode(_ value: Bool, forKey key: Key) { self.value(key).encode(value) }
    func encode(_ value: String, forKey key: Key) { self.value(key).encode(value) }
    func encode(_ value: Double, forKey key: Key) { self.value(key).encode(value) }
    func encode(_ value: Float, forKey key: Key) { self.value(key).encode(value) }
    func encode(_ value: Int, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: Int8, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: Int16, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: Int32, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: Int64, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: UInt, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: UInt8, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: UInt16, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: UInt32, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: UInt64, forKey key: Key) throws { try self.value(key).encode(value) }
    func encode(_ value: some Encodable, forKey key: Key) throws { try self.value(key).write(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { value(key).container(keyedBy: keyedBy) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { value(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { value(named: "super") }
    func superEncoder(forKey key: Key) -> any Encoder { value(key) }
}

private struct ListRecord: UnkeyedEncodingContainer {
    let encoder: RecordEncoder
    let level: Int
    private(set) var count = 0
    var codingPath: [any CodingKey] { [] }

    init(encoder: RecordEncoder, level: Int) {
        self.encoder = encoder
        self.level = level
    }

    private mutating func next() -> RecordEncoder {
        encoder.end(to: level)
        count += 1
        return encoder
    }

    mutating func encodeNil() { next().encodeNil() }
    mutating func encode(_ value: Bool) { next().encode(value) }
    mutating func encode(_ value: String) { next().encode(value) }
    mutating func encode(_ value: Double) { next().encode(value) }
    mutating func encode(_ value: Float) { next().encode(value) }
    mutating func encode(_ value: Int) throws { try next().encode(value) }
    mutating func encode(_ value: Int8) throws { try next().encode(value) }
    mutating func encode(_ value: Int16) throws { try next().encode(value) }
    mutating func encode(_ value: Int32) throws { try next().encode(value) }
    mutating func encode(_ value: Int64) throws { try next().encode(value) }
    mutating func encode(_ value: UInt) throws { try next().encode(value) }
    mutating func encode(_ value: UInt8) throws { try next().encode(value) }
    mutating func encode(_ value: UInt16) throws { try next().encode(value) }
    mutating func encode(_ value: UInt32) throws { try next().encode(value) }
    mutating func encode(_ value: UInt64) throws { try next().encode(value) }
    mutating func encode(_ value: some Encodable) throws { try next().write(value) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type) -> KeyedEncodingContainer<Nested> {
        next().container(keyedBy: keyedBy)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { next() }
}
