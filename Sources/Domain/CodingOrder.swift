/// A set that is encoded in order: what is kept of it must not depend on how its elements hash.
@propertyWrapper
public struct EncodedInOrder<Element>: Sendable, Encodable
where Element: Hashable & Sendable & Encodable & RawRepresentable<String> {
    public var wrappedValue: Set<Element>

    public init(wrappedValue: Set<Element>) { self.wrappedValue = wrappedValue }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue.sorted { $0.rawValue < $1.rawValue })
    }
}

/// As a key of a dictionary that is encoded: an object whose keys can be sorted, not a list in hash order.
extension ResidentID: CodingKeyRepresentable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public var codingKey: any CodingKey { Key(stringValue: text) }

    public init?(codingKey: some CodingKey) { self.init(codingKey.stringValue) }
}
