import Domain
import Foundation
import Glibc
import Work

/// The key that all counties of a province share: people are named by it to other counties, never by their ID.
///
/// Who holds it can test whether an ID is among those named; nobody else can. Source: spec §11.
struct ProvinceKey: Sendable {
    let bytes: [UInt8]

    /// Unit: bytes.
    static let sizeBytesMin = 32

    /// Reads a key file.
    ///
    /// - Throws: `RunFailure.refused` where it is not there, too short, or another user may read it.
    init(path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw RunFailure.noSuchFile(path) }
        guard status.st_mode & 0o077 == 0 else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "密钥文件 \(path) 其他用户也能读取。请先 chmod 600。",
                    en: "the key file \(path) can be read by others. Give it mode 0600 first."))
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw RunFailure.refused(
                BilingualText(zh: "无法读取密钥文件 \(path)。", en: "the key file \(path) cannot be read."))
        }
        guard data.count >= ProvinceKey.sizeBytesMin else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "密钥文件 \(path) 只有 \(data.count) 字节，至少要 \(ProvinceKey.sizeBytesMin) 个随机字节。",
                    en:
                        "the key file \(path) has \(data.count) bytes; it needs \(ProvinceKey.sizeBytesMin) random ones."
                ))
        }
        bytes = [UInt8](data)
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// HMAC-SHA256 of an ID: 64 hexadecimal digits.
    func person(_ id: String) -> String { KeyedDigest.hex(key: bytes, id) }

    /// Tells keys apart and says nothing else: 16 hexadecimal digits.
    var fingerprint: String { String(KeyedDigest.hex(key: bytes, "zhucun: fingerprint of the key").prefix(16)) }
}
