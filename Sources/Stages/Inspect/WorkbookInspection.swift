import Domain
import Forms
import Foundation
import Rules
import Settings
import Sheets
import Tables

/// One workbook as the program understands it: what `zhucun inspect` shows. Needs neither ledger nor roster.
///
/// Source: spec §4. Whose a row is, and whether that person was posted there, is matching's question and not asked.
public struct WorkbookInspection: Sendable {
    /// As the inbox would name it: relative to the inbox where the file lies in one, else as given.
    public let path: String
    /// What the file is; nil for one that is refused.
    public let workbook: Workbook?
    /// How each sheet was understood, in the order of the file; empty for a file that is refused.
    public let sheets: [Forms.SheetReading]
    /// Of the whole file and of its sheets, in report order, numbers that may be IDs masked.
    public let findings: [Finding]

    /// Whether anything in it would be held or not paid.
    public var holdsSomething: Bool { findings.contains { $0.effect == .held || $0.effect == .excluded } }

    /// Reads the file at `path`.
    ///
    /// - Throws: `RunFailure` where there is no such file, or a folder in its place; `FormFiles.Failure` and
    ///   `SettingsFileError` for data files of the program that are wrong. A file that is refused is a finding.
    public init(file path: String, options: RunOptions) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw RunFailure.noSuchFile(path)
        }
        guard !isFolder.boolValue else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "\(path) 是文件夹。zhucun inspect 一次看一个工作簿：请给出其中一个文件的路径。",
                    en: "\(path) is a folder. `zhucun inspect` looks at one workbook: name a file in it."))
        }
        guard let text = try? String(contentsOfFile: options.policy, encoding: .utf8) else {
            throw RunFailure.noSuchFile(options.policy)
        }
        let policy = try PolicyFile.policy(from: text, file: options.policy)
        let reader = FormReader(
            forms: try FormFiles.load(folder: options.forms), marks: MarkTable(marks: policy.marks),
            own: try OwnFiles.headers(options), explains: true)
        self.init(file: path, inbox: options.inbox, reader: reader, limits: options.readingLimits)
    }

    init(file: String, inbox: String, reader: FormReader, limits: ReadingLimits) {
        path = WorkbookInspection.relative(file, inbox: inbox)
        do {
            let workbook = try WorkbookOpener.open(path: file, limits: limits)
            let reading = reader.read(workbook, path: path)
            self.workbook = workbook
            sheets = reading.sheets
            findings = WorkbookInspection.masked(reading.sheets.flatMap(\.findings) + reading.submitted.findings)
        } catch {
            workbook = nil
            sheets = []
            findings = WorkbookInspection.masked([error.finding(file: path)])
        }
    }

    /// In report order, none twice. Findings of values that are IDs are masked wherever the number stands.
    private static func masked(_ findings: [Finding]) -> [Finding] {
        var result: [Finding] = []
        for finding in findings.sorted(by: FindingOrder.total).map(FindingOrder.masked) where result.last != finding {
            result.append(finding)
        }
        return result
    }

    /// Months and counties are also told by the names of folders: those above the inbox must not count.
    private static func relative(_ file: String, inbox: String) -> String {
        let real = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
        let root = URL(fileURLWithPath: inbox).resolvingSymlinksInPath()
        if real.hasPrefix(root.path + "/") { return String(real.dropFirst(root.path.utf8.count + 1)) }
        // Another inbox of the same name: a copy, a fixture.
        let parts = real.split(separator: "/")
        if let place = parts.lastIndex(where: { $0 == root.lastPathComponent }), place + 1 < parts.count {
            return parts[(place + 1)...].joined(separator: "/")
        }
        return parts.suffix(2).joined(separator: "/")
    }
}
