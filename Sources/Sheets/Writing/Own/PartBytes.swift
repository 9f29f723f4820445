import Glibc
import Tables

/// The bytes of one XML part while it is written.
struct PartBytes: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var room: Int
    private(set) var count = 0

    init(room: Int = 4096) {
        base = .allocate(capacity: room)
        self.room = room
    }

    deinit { base.deallocate() }

    /// Valid until the next write.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// Begins anew in the same memory.
    mutating func clear() { count = 0 }

    @inline(__always)
    private mutating func makeRoom(_ more: Int) {
        if count + more > room { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        room = max(room * 2, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
        larger.update(from: base, count: count)
        base.deallocate()
        base = larger
    }

    // MARK: Writing

    /// Markup as it stands.
    mutating func add(_ markup: StaticString) {
        let length = markup.utf8CodeUnitCount
        makeRoom(length)
        (base + count).update(from: markup.utf8Start, count: length)
        count += length
    }

    /// Text that holds nothing that XML reserves: numbers, references, names of this program's own.
    mutating func add(plain text: String) {
        var text = text
        text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return }
            makeRoom(bytes.count)
            (base + count).update(from: start, count: bytes.count)
        }
        count += text.utf8.count
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        makeRoom(bytes.count)
        (base + count).update(from: start.assumingMemoryBound(to: UInt8.self), count: bytes.count)
        count += bytes.count
    }

    /// What a body writes into memory for at most so many bytes; it returns how many it wrote.
    mutating func add(atMost most: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
        makeRoom(most)
        count += body(base + count)
    }

    /// A number of two or four bytes, the lowest first.
    mutating func add(low number: Int, bytes: Int) {
        makeRoom(bytes)
        for index in 0..<bytes { put(UInt8(truncatingIfNeeded: number >> (8 * index))) }
    }

    /// Puts four bytes where others stand.
    mutating func replaceFour(at place: Int, _ number: Int) {
        for index in 0..<4 { base[place + index] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
    }

    /// A whole number.
    mutating func add(_ number: Int) {
        makeRoom(20)
        if number < 0 { put(0x2D) }
        addDigits(number.magnitude, atLeast: 1)
    }

    /// A number as exact as it is: without noughts at its end.
    mutating func add(_ number: ReportDecimal) {
        var digits = number.digits
        var scale = number.scale
        while scale > 0, digits % 10 == 0 {
            digits /= 10
            scale -= 1
        }
        guard scale > 0 else { return add(digits) }
        makeRoom(24)
        if digits < 0 { put(0x2D) }
        var power: UInt = 1
        for _ in 0..<scale { power *= 10 }
        addDigits(digits.magnitude / power, atLeast: 1)
        put(0x2E)
        addDigits(digits.magnitude % power, atLeast: scale)
    }

    /// The shortest decimal that is read as this number again; a whole number has no point.
    mutating func add(_ number: Double) {
        if let whole = Int(exactly: number), whole.magnitude < 1 << 53 { return add(whole) }
        add(plain: number.description)
    }

    /// `AK12`; row and column from 0.
    mutating func add(row: Int, column: Int) {
        addColumn(column)
        add(row + 1)
    }

    /// `A1:C9`.
    mutating func add(_ range: CellRange) {
        add(row: range.top, column: range.left)
        guard range.top != range.bottom || range.left != range.right else { return }
        add(":")
        add(row: range.bottom, column: range.right)
    }

    /// Text, with what XML reserves as entities; what it cannot hold as U+FFFD.
    mutating func add(text: String) {
        var text = text
        text.withUTF8 { bytes in
            // The longest entity has six bytes for one.
            makeRoom(bytes.count * 6)
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte > 0x3E, byte != 0xEF {
                    put(byte)
                    index += 1
                    continue
                }
                index += addGuarded(byte, bytes, index)
            }
        }
    }

    /// Text of an attribute, in which a line end as it stands would be read as a blank.
    mutating func add(attribute text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if index > 0 { add("&#10;") }
            add(text: String(line))
        }
    }

    /// One character that may need care; returns how many bytes of the text it took.
    private mutating func addGuarded(_ byte: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        switch byte {
        case 0x26: add("&amp;")
        case 0x3C: add("&lt;")
        case 0x3E: add("&gt;")
        case 0x22: add("&quot;")
        case 0x09, 0x0A, 0x0D: put(byte)
        case 0xEF where index + 2 < bytes.count && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE:
            add("\u{FFFD}")
            return 3
        case 0..<0x20: add("\u{FFFD}")
        default: put(byte)
        }
        return 1
    }

    // MARK: Bytes

    private mutating func put(_ byte: UInt8) {
        base[count] = byte
        count += 1
    }

    private mutating func addColumn(_ column: Int) {
        makeRoom(8)
        if column >= 26 { addColumn(column / 26 - 1) }
        put(UInt8(truncatingIfNeeded: 0x41 + column % 26))
    }

    private mutating func addDigits(_ number: UInt, atLeast width: Int) {
        var rest = number
        var place = 20
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            repeat {
                place -= 1
                digits[place] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
                rest /= 10
            } while rest > 0 || 20 - place < width
            for index in place..<20 {
                base[count] = digits[index]
                count += 1
            }
        }
    }
}
