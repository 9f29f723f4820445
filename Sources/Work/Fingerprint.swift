import CLibCrypto

/// SHA-256 over a sequence of texts: two inputs with the same fingerprint need not be looked at again.
public struct Fingerprint: Sendable {
    private var bytes: [UInt8] = []

    public init() {}

    public mutating func add(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(0)
    }

    /// 64 hexadecimal digits.
    public var value: String { Fingerprint.sha256(bytes) }

    public static func of(_ parts: String...) -> String {
        var print = Fingerprint()
        for part in parts { print.add(part) }
        return print.value
    }

    /// SHA-256 of bytes, as 64 hexadecimal digits.
    public static func sha256(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let done = bytes.withUnsafeBytes { EVP_Digest($0.baseAddress, $0.count, &digest, &length, EVP_sha256(), nil) }
        precondition(done == 1 && length == 32, "libcrypto has SHA-256")
        return hexadecimal(digest)
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// Two lowercase digits a byte.
    public static func hexadecimal(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
