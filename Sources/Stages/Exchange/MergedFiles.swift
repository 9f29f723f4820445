import Domain
import Foundation
import Sheets
import Work

/// The files of one merge, put in place together; what an earlier merge made and this one does not is removed.
/// Source: spec §11, «output of a task is committed whole (a folder with a manifest)».
struct MergedFiles {
    /// What lies in the output folder of a merge. Shape: `{"files":{"2018/province/….csv":"<SHA-256>"}}`.
    private struct Manifest: Codable {
        var files: [String: String]
    }

    static let manifest = "MANIFEST.json"

    private let root: String
    private let isHandedBack: Bool
    private var staged: StagedFiles
    private var files: [String: String] = [:]
    private var paths: [String] = []

    /// - Parameters:
    ///   - root: the output folder.
    ///   - isHandedBack: whether counties take up what is in it; tables that are only looked at have no manifest.
    init(root: String, isHandedBack: Bool) {
        self.root = root
        self.isHandedBack = isHandedBack
        staged = StagedFiles(root: root)
    }

    mutating func put(_ path: String, _ bytes: [UInt8]) throws {
        try staged.put(bytes, path)
        files[path] = Fingerprint.sha256(bytes)
        paths.append(path)
    }

    /// Gives every file its name and removes what no longer belongs to the merge.
    ///
    /// - Returns: the files' paths, relative to the output folder.
    mutating func commit() throws -> [String] {
        let stale = try stale()
        if isHandedBack {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
            try staged.put([UInt8](try encoder.encode(Manifest(files: files))) + [0x0A], MergedFiles.manifest)
        }
        try staged.commit()
        try OutputFolder(root: root).remove(stale)
        return paths
    }

    mutating func cancel() { staged.cancel() }

    /// Files of earlier merges: those that their manifest names, as they were left; and whatever was given back.
    private func stale() throws -> [String] {
        var stale: Set<String> = []
        if let data = FileManager.default.contents(atPath: root + "/" + MergedFiles.manifest),
            case .success(let known) = Result(catching: { try JSONDecoder().decode(Manifest.self, from: data) })
        {
            for (path, sha256) in known.files where files[path] == nil && !path.split(separator: "/").contains("..") {
                if AtomicFile.contents(root + "/" + path).map(Fingerprint.sha256) == sha256 { stale.insert(path) }
            }
        }
        let folder = root + "/" + ProvinceStage.folder
        guard FileManager.default.fileExists(atPath: folder) else { return stale.sorted() }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            // What a killed merge left beside a file it no longer makes goes too.
            let of = AtomicFile.isLeftover(name) ?? name
            if HandBackHeader.isFileName(of), files[ProvinceStage.folder + of] == nil {
                stale.insert(ProvinceStage.folder + name)
            }
        }
        return stale.sorted()
    }

    /// Whether a file that was given back is of the merge that its folder tells of: one that was stopped between two
    /// names leaves files of two. A copy that lies alone is not asked.
    ///
    /// - Throws: `RunFailure.refused` by name where it is of another merge.
    static func check(_ path: String, _ bytes: [UInt8]) throws {
        let file = URL(fileURLWithPath: path).standardizedFileURL
        let folder = file.deletingLastPathComponent()
        guard folder.lastPathComponent + "/" == ProvinceStage.folder,
            let data = FileManager.default.contents(
                atPath: folder.deletingLastPathComponent().appendingPathComponent(manifest).path)
        else { return }
        let told = Result { try JSONDecoder().decode(Manifest.self, from: data) }
        if case .success(let manifest) = told,
            manifest.files[ProvinceStage.folder + file.lastPathComponent] == Fingerprint.sha256(bytes)
        {
            return
        }
        throw RunFailure.refused(
            BilingualText(
                zh: "\(path) 与旁边 MANIFEST.json 写的不是同一次汇总：上次 zhucun province 没有做完。什么都没有改动；请重新汇总。",
                en: "\(path) is of another merge than MANIFEST.json beside it tells of: `zhucun province` was stopped. "
                    + "Nothing was changed; merge again."))
    }
}
