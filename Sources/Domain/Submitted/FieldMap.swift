/// Values by field, in the order of the fields. A row holds a dozen: a list of them takes half the memory of a hashed
/// table, is looked through as quickly, and comes out in one order.
public struct FieldMap<Value> {
    fileprivate struct Entry {
        var key: FieldID
        var value: Value
    }

    private var entries: [Entry] = []

    public init() {}

    /// With room for so many fields, so that a row of a hundred thousand takes no more than it holds.
    public init(minimumCapacity: Int) { entries.reserveCapacity(minimumCapacity) }

    public var count: Int { entries.count }
    public var isEmpty: Bool { entries.isEmpty }
    /// Sorted.
    public var keys: [FieldID] { entries.map(\.key) }
    /// In the order of the fields.
    public var values: [Value] { entries.map(\.value) }

    public subscript(field: FieldID) -> Value? {
        get { entries.first { $0.key == field }?.value }
        set {
            let place = entries.firstIndex { !($0.key < field) } ?? entries.endIndex
            let isKnown = place < entries.endIndex && entries[place].key == field
            switch (newValue, isKnown) {
            case (let value?, true): entries[place].value = value
            case (let value?, false): entries.insert(Entry(key: field, value: value), at: place)
            case (nil, true): entries.remove(at: place)
            case (nil, false): break
            }
        }
    }

    /// The entries that pass a test.
    public func filter(_ isIncluded: ((key: FieldID, value: Value)) -> Bool) -> FieldMap {
        var map = FieldMap()
        map.entries = entries.filter { isIncluded(($0.key, $0.value)) }
        return map
    }
}

extension FieldMap: Sequence {
    public func makeIterator() -> AnyIterator<(key: FieldID, value: Value)> {
        var rest = entries.makeIterator()
        return AnyIterator { rest.next().map { ($0.key, $0.value) } }
    }
}

extension FieldMap: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (FieldID, Value)...) {
        for (field, value) in elements { self[field] = value }
    }
}

extension FieldMap.Entry: Equatable where Value: Equatable {}
extension FieldMap.Entry: Hashable where Value: Hashable {}
extension FieldMap.Entry: Sendable where Value: Sendable {}
extension FieldMap: Equatable where Value: Equatable {}
extension FieldMap: Hashable where Value: Hashable {}
extension FieldMap: Sendable where Value: Sendable {}
