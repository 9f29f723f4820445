/// Whether a part is XML as this program writes it: every element closed, every text guarded, nothing that the format
/// has no place for. Whatever it accepts every XML parser accepts (a test holds it against libxml2); of what others
/// write it refuses much.
///
/// It takes a tenth of libxml2's time: each of thousands of workbooks is looked at before it gets its name.
enum XMLForm {
    /// Shape: UTF-8, the declaration of all such parts first or none.
    static func isGood(_ part: UnsafeRawBufferPointer) -> Bool {
        var scan = Scan(part.bindMemory(to: UInt8.self))
        return scan.isGood()
    }

    private struct Scan {
        private let bytes: UnsafeBufferPointer<UInt8>
        private var place = 0
        /// Names of open elements, as ranges of bytes.
        private var open: [Range<Int>] = []
        /// Of the element that is looked at.
        private var attributes: [Range<Int>] = []

        init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        mutating func isGood() -> Bool {
            _ = skip("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
            open.reserveCapacity(16)
            attributes.reserveCapacity(16)
            repeat {
                guard bytes.count - place > 2, bytes[place] == 0x3C else { return false }
                guard bytes[place + 1] == 0x2F ? isEnd() : isStart() else { return false }
                // The one outermost element is also the last.
                guard !open.isEmpty else { break }
                guard isText(until: 0x3C) else { return false }
            } while true
            return place == bytes.count
        }

        private mutating func skip(_ text: StaticString) -> Bool {
            let count = text.utf8CodeUnitCount
            guard bytes.count - place >= count else { return false }
            for index in 0..<count where bytes[place + index] != text.utf8Start[index] { return false }
            place += count
            return true
        }

        // MARK: Elements

        private mutating func isStart() -> Bool {
            place += 1
            let name = self.name()
            guard !name.isEmpty else { return false }
            attributes.removeAll(keepingCapacity: true)
            while place < bytes.count, bytes[place] == 0x20 {
                place += 1
                let attribute = self.name()
                guard !attribute.isEmpty, !attributes.contains(where: { isSame($0, attribute) }), skip("=\"") else {
                    return false
                }
                attributes.append(attribute)
                guard isText(until: 0x22) else { return false }
                place += 1
            }
            if skip("/>") { return true }
            open.append(name)
            return skip(">")
        }

        private mutating func isEnd() -> Bool {
            place += 2
            let name = self.name()
            guard let last = open.popLast(), isSame(last, name) else { return false }
            return skip(">")
        }

        private mutating func name() -> Range<Int> {
            let first = place
            while place < bytes.count, isNameByte(bytes[place], isFirst: place == first) { place += 1 }
            return first..<place
        }

        private func isNameByte(_ byte: UInt8, isFirst: Bool) -> Bool {
            switch byte {
            case 0x61...0x7A, 0x41...0x5A: true
            // One `:` parts a prefix from a name; this program writes no other, and none at the begin.
            case 0x3A, 0x30...0x39, 0x2D, 0x2E, 0x5F: !isFirst
            default: false
            }
        }

        private func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
            guard left.count == right.count else { return false }
            for offset in 0..<left.count where bytes[left.lowerBound + offset] != bytes[right.lowerBound + offset] {
                return false
            }
            return true
        }

        // MARK: Text

        /// Goes to the next `stop`; false where the text holds what it must not, or has no end.
        private mutating func isText(until stop: UInt8) -> Bool {
            while place < bytes.count {
                let byte = bytes[place]
                if byte == stop { return true }
                switch byte {
                case 0x3C, 0x3E, 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F: return false
                case 0x26:
                    guard skip("&amp;") || skip("&lt;") || skip("&gt;") || skip("&quot;") || skip("&#10;") else {
                        return false
                    }
                case 0x80...0xFF:
                    guard let length = character() else { return false }
                    place += length
                default: place += 1
                }
            }
            return false
        }

        /// The length of the character of several bytes that begins here; nil where it is none that XML has.
        private func character() -> Int? {
            let first = bytes[place]
            let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
            guard first >= 0xC2, first < 0xF5, place + length <= bytes.count else { return nil }
            for offset in 1..<length where bytes[place + offset] & 0xC0 != 0x80 { return nil }
            let second = bytes[place + 1]
            switch first {
            case 0xE0 where second < 0xA0, 0xED where second > 0x9F, 0xF0 where second < 0x90, 0xF4 where second > 0x8F:
                return nil
            case 0xEF where second == 0xBF && bytes[place + 2] >= 0xBE: return nil
            default: return length
            }
        }
    }
}
