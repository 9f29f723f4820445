import Domain
import Glibc

/// Finds a text file's encoding and gives its UTF-8.
///
/// Tried in order: byte order mark, UTF-16 without one (told by its zero bytes), strict UTF-8, strict GB18030.
enum TextDecoding {
    static func utf8(_ bytes: UnsafeRawBufferPointer) throws(WorkbookRefusal) -> [UInt8] {
        let notText = WorkbookRefusal(.fileNotText)
        let text: [UInt8]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            text = Array(bytes.dropFirst(3))
            guard isUTF8(text) else { throw notText }
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            guard let wide = UTF16Text.utf8(Array(bytes)[2...], .little) else { throw notText }
            text = wide
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            guard let wide = UTF16Text.utf8(Array(bytes)[2...], .big) else { throw notText }
            text = wide
        } else if bytes.contains(0) {
            guard let order = order(bytes), let wide = UTF16Text.utf8(Array(bytes)[...], order) else { throw notText }
            text = wide
        } else {
            let plain = Array(bytes)
            if isUTF8(plain) {
                text = plain
            } else if let converted = fromGB18030(plain) {
                text = converted
            } else {
                throw notText
            }
        }
        let body = text.last == 0x1A ? text.dropLast() : text[...]
        guard body.allSatisfy(isTextByte) else { throw notText }
        return Array(body)
    }

    /// Control characters other than tab, line ends and form feeds stand in no text that a person exports.
    private static func isTextByte(_ byte: UInt8) -> Bool { byte >= 0x20 ? byte != 0x7F : (0x09...0x0D).contains(byte) }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
    }

    /// ASCII in UTF-16 has a zero byte on one side only; text has it in separators and line ends at least.
    private static func order(_ bytes: UnsafeRawBufferPointer) -> UTF16Text.Order? {
        guard bytes.count % 2 == 0 else { return nil }
        var even = 0
        var odd = 0
        for (position, byte) in bytes.enumerated() where byte == 0 {
            if position % 2 == 0 { even += 1 } else { odd += 1 }
        }
        // U+XX00 can occur in text (一 is U+4E00), but rarely.
        if odd > even * 2 { return .little }
        if even > odd * 2 { return .big }
        return nil
    }

    /// nil where any byte is not strict GB18030.
    static func fromGB18030(_ bytes: [UInt8]) -> [UInt8]? {
        guard let converter = iconv_open("UTF-8", "GB18030"), converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var source = bytes
        // Two bytes become at most three.
        let capacity = bytes.count * 2 + 16
        var succeeded = false
        let result = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            source.withUnsafeMutableBytes { input in
                var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
                var fromLeft = input.count
                output.withMemoryRebound(to: CChar.self) { target in
                    var to = target.baseAddress
                    var toLeft = capacity
                    let status = iconv(converter, &from, &fromLeft, &to, &toLeft)
                    succeeded = status != -1 && fromLeft == 0
                    count = capacity - toLeft
                }
            }
        }
        return succeeded ? result : nil
    }
}
