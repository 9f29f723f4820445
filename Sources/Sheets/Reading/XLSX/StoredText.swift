/// Collects the text of one cell or shared string and undoes the `_xHHHH_` escapes of OOXML.
struct StoredText {
    /// Only the first `count` are the text; the rest is kept for the next.
    private var storage = [UInt8](repeating: 0, count: 256)
    private var count = 0
    private let bytesMax: Int
    private(set) var isTooLong = false

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    mutating func clear() { count = 0 }

    mutating func append(_ piece: XMLBytes) {
        guard let source = piece.baseAddress, count + piece.count <= bytesMax else {
            isTooLong = isTooLong || !piece.isEmpty
            return
        }
        let end = count + piece.count
        if end > storage.count {
            storage.append(contentsOf: repeatElement(0, count: max(storage.count, end - storage.count)))
        }
        storage.withUnsafeMutableBufferPointer { target in
            if let start = target.baseAddress { (start + count).update(from: source, count: piece.count) }
        }
        count = end
    }

    var isEmpty: Bool { count == 0 }

    func withBytes<Result>(_ body: (XMLBytes) -> Result) -> Result {
        storage.withUnsafeBufferPointer { body(XMLBytes(rebasing: $0[..<count])) }
    }

    private var bytes: ArraySlice<UInt8> { storage[..<count] }

    /// As it stands, escapes undone.
    var string: String {
        guard count >= 7, bytes.contains(0x5F) else {
            return withBytes { String(decoding: $0, as: UTF8.self) }
        }
        return unescaped()
    }

    private func unescaped() -> String {
        var units: [UInt16] = []
        var plain = 0
        var result = ""
        var position = 0
        func flush(_ end: Int) {
            if plain < end { result += String(decoding: storage[plain..<end], as: UTF8.self) }
        }
        while position < count {
            guard let unit = escape(at: position) else {
                position += 1
                continue
            }
            flush(position)
            // Two escapes in a row can be the halves of one character.
            units.removeAll(keepingCapacity: true)
            units.append(unit)
            position += 7
            if unit & 0xFC00 == 0xD800, let low = escape(at: position), low & 0xFC00 == 0xDC00 {
                units.append(low)
                position += 7
            }
            result += String(decoding: units, as: UTF16.self)
            plain = position
        }
        flush(count)
        return result
    }

    /// The code unit of the escape that begins there.
    private func escape(at start: Int) -> UInt16? {
        guard start + 7 <= count, storage[start] == 0x5F, storage[start + 1] == 0x78, storage[start + 6] == 0x5F else {
            return nil
        }
        var unit: UInt16 = 0
        for byte in storage[(start + 2)..<(start + 6)] {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
