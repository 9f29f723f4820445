/// The texts of a workbook, each once: cells name them by number.
///
/// Texts are told apart by their bytes: to Swift's strings a compatibility ideograph in a name (U+F90A) is the same as
/// the common one.
struct SharedTexts: ~Copyable {
    private struct Entry {
        var hash: UInt64
        var start: Int
        var count: Int
    }

    private var entries: [Entry] = []
    /// By hash, 1 for the first entry; more than twice as many as entries.
    private var slots = [Int32](repeating: 0, count: 256)
    private var texts = PartBytes(room: 1 << 13)
    private var part = PartBytes(room: 1 << 14)
    private var uses = 0

    var isEmpty: Bool { uses == 0 }

    /// The number of a text.
    mutating func index(_ text: String) -> Int {
        uses += 1
        var copy = text
        let (hash, slot, found) = copy.withUTF8 { bytes in
            let hash = SharedTexts.hash(bytes)
            let (slot, found) = place(hash, bytes)
            return (hash, slot, found)
        }
        if let found { return found }
        let index = entries.count
        entries.append(Entry(hash: hash, start: texts.count, count: copy.utf8.count))
        texts.add(plain: copy)
        slots[slot] = Int32(index + 1)
        if entries.count * 2 > slots.count { grow() }
        part.add("<si><t")
        part.add(spaceOf: copy)
        part.add(">")
        part.add(text: copy)
        part.add("</t></si>")
        return index
    }

    /// Where the text stands, or where it may.
    private func place(_ hash: UInt64, _ bytes: UnsafeBufferPointer<UInt8>) -> (slot: Int, index: Int?) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            let entry = entries[index]
            if entry.hash == hash, entry.count == bytes.count,
                texts.bytes[entry.start..<(entry.start + entry.count)].elementsEqual(UnsafeRawBufferPointer(bytes))
            {
                return (slot, index)
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return (slot, nil)
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: slots.count * 2)
        for (index, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(index + 1)
        }
    }

    /// FNV-1a, its halves folded: texts here are short, and nobody gains by making them collide.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return hash ^ hash >> 32
    }

    /// The part `xl/sharedStrings.xml`.
    func write(_ xml: inout PartBytes) {
        xml.add("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"")
        xml.add(uses)
        xml.add("\" uniqueCount=\"")
        xml.add(entries.count)
        xml.add("\">")
        xml.add(part.bytes)
        xml.add("</sst>")
    }
}

extension PartBytes {
    /// Readers drop blanks at the ends of a text where nothing says otherwise.
    mutating func add(spaceOf text: String) {
        func isBlank(_ byte: UInt8?) -> Bool { byte.map { $0 == 0x20 || (0x09...0x0D).contains($0) } ?? false }
        if isBlank(text.utf8.first) || isBlank(text.utf8.last) { add(" xml:space=\"preserve\"") }
    }

    /// Six hexadecimal digits of 0xRRGGBB.
    mutating func add(color: Int) {
        let digits = String(color & 0xFF_FFFF, radix: 16, uppercase: true)
        for _ in digits.utf8.count..<6 { add("0") }
        add(plain: digits)
    }
}
