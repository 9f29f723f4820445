/// What `RecordCoder` wrote, read back value by value; shared by all values of a record.
final class RecordBody {
    let bytes: [UInt8]
    let texts: [String]
    let start: Int

    init(_ bytes: [UInt8], from mark: Int) throws(PackingError) {
        let reader = try PackReader(bytes, from: mark)
        self.bytes = bytes
        (texts, start) = reader.table
    }

    func text(_ place: inout Int) throws(PackingError) -> String {
        let number = try PackReader.varint(bytes, &place)
        guard number < UInt(texts.count) else { throw PackingError(what: "string number") }
        return texts[Int(number)]
    }

    func tag(_ place: inout Int) throws(PackingError) -> RecordTag {
        guard place < bytes.count, let tag = RecordTag(rawValue: bytes[place]) else {
            throw PackingError(what: "kind of value")
        }
        place += 1
        return tag
    }

    /// Where a list or a keyed value ends whose length stands there; `place` moves behind the length.
    func end(_ place: inout Int) throws(PackingError) -> Int {
        guard place <= bytes.count - 4 else { throw PackingError(what: "length") }
        var length: UInt32 = 0
        for byte in 0..<4 { length |= UInt32(bytes[place + byte]) << UInt32(8 * byte) }
        place += 4
        guard Int(length) <= bytes.count - place else { throw PackingError(what: "length") }
        return place + Int(length)
    }

    /// The place behind a value.
    func behind(_ place: Int) throws(PackingError) -> Int {
        var place = place
        switch try tag(&place) {
        case .none, .no, .yes: break
        case .number, .fraction, .text: _ = try PackReader.varint(bytes, &place)
        case .keyed, .list: place = try end(&place)
        }
        return place
    }
}

/// One value of a record.
struct RecordDecoder: Decoder {
    let body: RecordBody
    /// Where the value's tag stands.
    let place: Int

    init(_ body: RecordBody) { self.init(body, at: body.start) }
    init(_ body: RecordBody, at place: Int) {
        self.body = body
        self.place = place
    }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try KeyedValues<Key>(body, try range(of: .keyed)))
    }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { ListValues(body, try range(of: .list)) }
    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    private func range(of tag: RecordTag) throws(PackingError) -> Range<Int> {
        var place = try expect(tag)
        let end = try body.end(&place)
        return place..<end
    }

    /// Moves behind the value's tag.
    private func expect(_ tag: RecordTag) throws(PackingError) -> Int {
        var place = place
        guard try body.tag(&place) == tag else { throw PackingError(what: "\(tag) expected") }
        return place
    }

    private func number<Number: BinaryInteger>(_: Number.Type) throws(PackingError) -> Number {
        var place = try expect(.number)
        let int = try PackReader.int(body.bytes, &place)
        guard let number = Number(exactly: int) else { throw PackingError(what: "number \(int)") }
        return number
    }
}

extension RecordDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { place < body.bytes.count && body.bytes[place] == RecordTag.none.rawValue }
    func decode(_: Bool.Type) throws -> Bool {
        var place = place
        switch try body.tag(&place) {
        case .yes: return true
        case .no: return false
        default: throw PackingError(what: "yes or no expected")
        }
    }
    func decode(_: String.Type) throws -> String {
        var place = try expect(.text)
        return try body.text(&place)
    }
    func decode(_: Double.Type) throws -> Double {
        var place = try expect(.fraction)
        return Double(bitPattern: UInt64(UInt(bitPattern: try PackReader.int(body.bytes, &place))))
    }
    func decode(_: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try number(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try number(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try number(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try number(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try number(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try number(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try number(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try number(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try number(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try number(type) }
    func decode<Value: Decodable>(_: Value.Type) throws -> Value { try Value(from: self) }
}

/// The values of a keyed record.
private struct KeyedValues<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let body: RecordBody
    /// Keys and where their values stand.
    private var entries: [(name: String, place: Int)] = []

    init(_ body: RecordBody, _ range: Range<Int>) throws(PackingError) {
        self.body = body
        var place = range.lowerBound
        while place < range.upperBound {
            let name = try body.text(&place)
            entries.append((name, place))
            place = try body.behind(place)
        }
    }

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { entries.compactMap { Key(stringValue: $0.name) } }

    private func find(_ name: String) -> RecordDecoder? {
        entries.first { $0.name == name }.map { RecordDecoder(body, at: $0.place) }
    }

    private func value(_ key: Key) throws -> RecordDecoder {
        guard let value = find(key.stringValue) else {
            throw DecodingError.keyNotFound(
                key, DecodingError.Context(codingPath: [], debugDescription: "the ledger keeps no \(key.stringValue)"))
        }
        return value
    }

    func contains(_ key: Key) -> Bool { find(key.stringValue) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try value(key).decodeNil() }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try value(key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(key).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(key).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(key).decode(type) }
    func decode<Value: Decodable>(_: Value.Type, forKey key: Key) throws -> Value { try Value(from: try value(key)) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try value(key).container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try value(key).unkeyedContainer()
    }
    func superDecoder() throws -> any Decoder {
        guard let value = find("super") else { throw PackingError(what: "super expected") }
        return value
    }
    func superDecoder(forKey key: Key) throws -> any Decoder { try value(key) }
}

/// The values of a list, one after the other.
private struct ListValues: UnkeyedDecodingContainer {
    private let body: RecordBody
    private let range: Range<Int>
    private var next: Int
    private(set) var currentIndex = 0

    init(_ body: RecordBody, _ range: Range<Int>) {
        self.body = body
        self.range = range
        next = range.lowerBound
    }

    var codingPath: [any CodingKey] { [] }
    /// Not known before the end is reached.
    var count: Int? { nil }
    var isAtEnd: Bool { next >= range.upperBound }

    private mutating func value() throws -> RecordDecoder {
        guard !isAtEnd else { throw PackingError(what: "end of a list") }
        let place = next
        next = try body.behind(place)
        currentIndex += 1
        return RecordDecoder(body, at: place)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, RecordDecoder(body, at: next).decodeNil() else { return false }
        _ = try value()
        return true
    }
    mutating func decode(_ type: Bool.Type) throws -> Bool { try value().decode(type) }
    mutating func decode(_ type: String.Type) throws -> String { try value().decode(type) }
    mutating func decode(_ type: Double.Type) throws -> Double { try value().decode(type) }
    mutating func decode(_ type: Float.Type) throws -> Float { try value().decode(type) }
    mutating func decode(_ type: Int.Type) throws -> Int { try value().decode(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try value().decode(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try value().decode(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try value().decode(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try value().decode(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try value().decode(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try value().decode(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try value().decode(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try value().decode(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try value().decode(type) }
    mutating func decode<Value: Decodable>(_: Value.Type) throws -> Value { try Value(from: try value()) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { try value().container(keyedBy: type) }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try value().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try value() }
}
