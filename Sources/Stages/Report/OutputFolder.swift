import Domain
import Foundation
import Glibc
import Ledger
import Sheets
import Tables

/// A file that a report makes.
struct OutputBytes: Sendable {
    /// Relative to the output folder, with `/`.
    let path: String
    let bytes: [UInt8]

    init(_ path: String, _ bytes: [UInt8]) {
        self.path = path.split(separator: "/").map { OutputNames.short(String($0)) }.joined(separator: "/")
        self.bytes = bytes
    }

    var digest: (sha256: String, size: Int) { (Fingerprint.sha256(bytes), bytes.count) }
}

/// The folder of the outputs: what was written is known by size and time, what is unchanged is left alone.
struct OutputFolder: Sendable {
    let root: String

    /// Writes a report's files; returns them as they were left.
    ///
    /// - Parameter isDurable: they are on the disk before it returns, as those of a closed month.
    func write(_ files: [OutputBytes], report: String, isDurable: Bool) throws -> [OutputFileRecord] {
        try files.map { file in
            let path = root + "/" + file.path
            try AtomicFile.write(file.bytes, to: path, isDurable: isDurable)
            return OutputFileRecord(
                path: file.path, report: report, size: file.bytes.count, modified: modified(path) ?? 0,
                sha256: Fingerprint.sha256(file.bytes))
        }
    }

    /// Whether every file is as it was left.
    func holds(_ files: [OutputFileRecord]) -> Bool {
        files.allSatisfy { file in
            var status = stat()
            guard lstat(root + "/" + file.path, &status) == 0 else { return false }
            return Int(status.st_size) == file.size && modified(status) == file.modified
        }
    }

    /// Removes files that a report no longer makes, and folders that are empty then; gone for good when it returns, so
    /// that no power cut brings back what nobody may pay on.
    ///
    /// - Throws: `ReportWriteError.file` where one cannot be removed.
    func remove(_ paths: [String]) throws {
        var folders: Set<String> = []
        for path in paths.map({ root + "/" + $0 }) {
            if unlink(path) == 0 {
                folders.insert(AtomicFile.parent(of: path))
            } else if errno != ENOENT, errno != ENOTDIR {
                throw AtomicFile.failure(path, "unlink")
            }
        }
        for folder in folders.sorted() {
            try DiskSync.folder(folder)
            var folder = folder
            while folder.utf8.count > root.utf8.count, rmdir(folder) == 0 { folder = AtomicFile.parent(of: folder) }
        }
    }

    /// The bytes of a workbook.
    func bytes(_ workbook: ReportWorkbook) throws -> [UInt8] {
        try XLSXWriter.bytes(of: workbook)
    }

    private func modified(_ path: String) -> Int? {
        var status = stat()
        return lstat(path, &status) == 0 ? modified(status) : nil
    }

    private func modified(_ status: stat) -> Int {
        Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
    }
}

/// Names of folders and files in the output. Source: spec §9.
enum OutputNames {
    static func folder(_ period: Period, _ county: CountyRecord) -> String { "\(period)/\(safe(county.folderName))" }
    static func folder(_ year: Int, _ county: CountyRecord) -> String { "\(year)/\(safe(county.folderName))" }
    static func findings(_ period: Period, _ county: CountyRecord) -> String {
        folder(period, county) + "/findings.csv"
    }

    static func townships(_ period: Period, _ county: CountyRecord) -> String {
        folder(period, county) + "/townships/"
    }

    /// The most bytes of a name: file systems take 255, and a temporary name is a little longer.
    private static let nameBytesMax = 200

    /// A name that every file system takes: a longer one is cut and told from others by a digest; its ending stays.
    static func short(_ name: String) -> String {
        guard name.utf8.count > nameBytesMax else { return name }
        let dot = name.lastIndex(of: ".") ?? name.endIndex
        let ending = name[dot...].utf8.count <= 10 ? String(name[dot...]) : ""
        let tail = "~" + Fingerprint.sha256(Array(name.utf8)).prefix(8) + ending
        var head = ""
        for character in name {
            guard head.utf8.count + String(character).utf8.count + tail.utf8.count <= nameBytesMax else { break }
            head.append(character)
        }
        return head + tail
    }

    /// A name that stays one name: no separators, nothing that leads elsewhere.
    static func safe(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            let isBad = scalar.value < 32 || scalar == "/" || scalar == "\\" || scalar.value == 127
            scalars.append(isBad ? "_" : scalar)
        }
        let text = String(scalars)
        return text.hasPrefix(".") || text.isEmpty ? "_" + text : text
    }
}
