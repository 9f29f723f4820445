import Foundation

/// A folder of a test's own, gone with the value that holds it.
public final class TemporaryFolder: Sendable {
    public let path: String

    /// - Parameter inMemory: in memory where there is such a place, for tests that write and sync very much.
    public init(inMemory: Bool = false) throws {
        let name = "zhucun-test-" + UUID().uuidString
        let memory = "/dev/shm"
        let parent =
            inMemory && FileManager.default.isWritableFile(atPath: memory)
            ? URL(fileURLWithPath: memory) : FileManager.default.temporaryDirectory
        let url = parent.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a name below the folder.
    public func at(_ name: String) -> String { path + "/" + name }

    /// Writes text, folders included.
    public func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

    /// Writes bytes, folders included.
    public func write(_ name: String, _ bytes: Data) throws {
        let url = URL(fileURLWithPath: at(name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: url)
    }
}

/// The package this test was built from.
public enum PackageRoot {
    public static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    public static func at(_ name: String) -> String { path + "/" + name }
}
