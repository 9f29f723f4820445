import Domain
import Foundation
import Work

extension ProvinceKey {
    private static let tagSizeBytes = 16

    /// Bytes that only who has the key and knows the label can read; the same bytes give the same.
    ///
    /// Shape: base64 of a tag (the first 16 bytes of the HMAC of the bytes) and the bytes under a stream that the tag
    /// begins (SIV). The key of both is made from the province's key and the label.
    func seal(_ bytes: [UInt8], for label: String) -> String { Data(sealed(bytes, label)).base64EncodedString() }

    private func sealed(_ bytes: [UInt8], _ label: String) -> [UInt8] {
        let own = KeyedDigest.hmac(key: self.bytes, Array("zhucun: rows of \(label)".utf8))
        let tag = Array(KeyedDigest.hmac(key: own, bytes).prefix(ProvinceKey.tagSizeBytes))
        return tag + ProvinceKey.crypt(bytes, own, tag)
    }

    /// The bytes that were sealed; nil where key or label is another, or a byte was changed.
    func open(_ text: String, for label: String) -> [UInt8]? {
        Data(base64Encoded: text).flatMap { opened([UInt8]($0), label) }
    }

    private func opened(_ data: [UInt8], _ label: String) -> [UInt8]? {
        guard data.count >= ProvinceKey.tagSizeBytes else { return nil }
        let own = KeyedDigest.hmac(key: bytes, Array("zhucun: rows of \(label)".utf8))
        let tag = Array(data.prefix(ProvinceKey.tagSizeBytes))
        let bytes = ProvinceKey.crypt(Array(data.dropFirst(ProvinceKey.tagSizeBytes)), own, tag)
        return Array(KeyedDigest.hmac(key: own, bytes).prefix(ProvinceKey.tagSizeBytes)) == tag ? bytes : nil
    }

    // MARK: To whom money went

    /// By what whoever has the same name and account finds it, and the ID sealed for them. Both hexadecimal: text that
    /// begins with `+` would be guarded as a formula.
    func paid(_ payee: Payee, to person: ResidentID) -> (payee: String, paidTo: String) {
        (self.payee(payee), Fingerprint.hexadecimal(sealed(Array(person.text.utf8), ProvinceKey.label(payee))))
    }

    /// HMAC of a name and account: 64 hexadecimal digits.
    func payee(_ payee: Payee) -> String { person(ProvinceKey.label(payee)) }

    /// Whom a batch issued to by that name and account; nil where it cannot be opened.
    func paidTo(_ text: String, _ payee: Payee) -> ResidentID? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        return opened(bytes, ProvinceKey.label(payee)).flatMap { ResidentID(String(decoding: $0, as: UTF8.self)) }
    }

    private static func label(_ payee: Payee) -> String { "payee \(payee.account) \(payee.name)" }

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
