import Foundation
import TestSupport

/// The texts inside written workbooks, unpacked by the system's own tool.
enum XLSXTexts {
    /// Shared strings, sheets and comments of every workbook below a folder, by path of the workbook.
    static func texts(below root: String, where isWanted: (String) -> Bool = { _ in true }) throws -> [String: String] {
        var texts: [String: String] = [:]
        for path in FileTree(root).files.keys.sorted() where path.hasSuffix(".xlsx") && isWanted(path) {
            texts[path] = try PlainUnzip.texts(root + "/" + path)
        }
        return texts
    }

    static func sheets(below root: String) throws -> [String] { Array(try texts(below: root).values) }
}

/// Unpacks a container into a folder of its own and joins what it holds.
enum PlainUnzip {
    static func texts(_ path: String) throws -> String {
        let folder = try TemporaryFolder()
        let script = "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])"
        let result = try BuiltProgram(path: "/usr/bin/python3").run(["-c", script, path, folder.path])
        guard result.exit == 0 else { throw POSIXError(.EIO) }
        return FileTree(folder.path).files.sorted { $0.key < $1.key }
            .map { String(decoding: $0.value.bytes, as: UTF8.self) }.joined(separator: "\n")
    }
}
