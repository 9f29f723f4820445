import Foundation
import Work

extension ProvinceKey {
    private static let tagSizeBytes = 16

    /// Bytes that only who has the key and knows the label can read; the same bytes give the same.
    ///
    /// Shape: base64 of a tag (the first 16 bytes of the HMAC of the bytes) and the bytes under a stream that the tag
    /// begins (SIV). The key of both is made from the province's key and the label.
    func seal(_ bytes: [UInt8], for label: String) -> String {
        let own = KeyedDigest.hmac(key: self.bytes, Array("zhucun: rows of \(label)".utf8))
        let tag = Array(KeyedDigest.hmac(key: own, bytes).prefix(ProvinceKey.tagSizeBytes))
        return Data(tag + ProvinceKey.crypt(bytes, own, tag)).base64EncodedString()
    }

    /// The bytes that were sealed; nil where key or label is another, or a byte was changed.
    func open(_ text: String, for label: String) -> [UInt8]? {
        guard let data = Data(base64Encoded: text), data.count >= ProvinceKey.tagSizeBytes else { return nil }
        let own = KeyedDigest.hmac(key: bytes, Array("zhucun: rows of \(label)".utf8))
        let tag = [UInt8](data.prefix(ProvinceKey.tagSizeBytes))
        let bytes = ProvinceKey.crypt([UInt8](data.dropFirst(ProvinceKey.tagSizeBytes)), own, tag)
        return Array(KeyedDigest.hmac(key: own, bytes).prefix(ProvinceKey.tagSizeBytes)) == tag ? bytes : nil
    }

    private static func crypt(_ bytes: [UInt8], _ key: [UInt8], _ tag: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var counter: UInt32 = 0
        while out.count < bytes.count {
            let number = (0..<4).map { UInt8(truncatingIfNeeded: counter >> ($0 * 8)) }
            let block = KeyedDigest.hmac(key: key, [1] + tag + number)
            for (byte, mask) in zip(bytes[out.count...], block) { out.append(byte ^ mask) }
            counter += 1
        }
        return out
    }
}
