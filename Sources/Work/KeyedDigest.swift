import CLibCrypto

/// HMAC-SHA256 (RFC 2104): a digest that says nothing to whoever has no key.
public enum KeyedDigest {
    /// 32 bytes.
    public static func hmac(key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let done = key.withUnsafeBytes { key in
            bytes.withUnsafeBytes { bytes in
                HMAC(
                    EVP_sha256(), key.baseAddress, Int32(key.count),
                    bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, &digest, &length) != nil
            }
        }
        precondition(done && length == 32, "libcrypto has HMAC-SHA256")
        return digest
    }

    /// The same as 64 hexadecimal digits.
    public static func hex(key: [UInt8], _ text: String) -> String {
        Fingerprint.hexadecimal(hmac(key: key, Array(text.utf8)))
    }
}
