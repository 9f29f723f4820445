import Glibc

/// Files that take their names together: all are whole under temporary names before the first is renamed. Where the
/// disk is full or a name cannot be given, everything is as it was.
///
/// Whoever is killed between two names leaves files of both; the last file that is put must tell which belong together.
/// Rooms below hand files over one by one; no content is kept in memory.
public struct StagedFiles {
    private let root: String
    private var waiting: [String] = []
    private var all: [String] = []
    private var made: [String] = []

    /// - Parameter root: the folder that paths are relative to.
    public init(root: String) { self.root = root }

    /// Takes in a file; one that holds the bytes already stays as it is.
    ///
    /// - Throws: `ReportWriteError.file`.
    public mutating func put(_ bytes: [UInt8], _ path: String) throws(ReportWriteError) {
        let place = root + "/" + path
        all.append(place)
        guard try !AtomicFile.keeps(bytes, at: place) else { return }
        try makeFolder(AtomicFile.parent(of: place))
        try AtomicFile.writePart(bytes, of: place)
        waiting.append(place)
    }

    /// Gives every file its name, in the order in which they came.
    ///
    /// - Throws: `ReportWriteError.file`.
    public mutating func commit() throws(ReportWriteError) {
        var kept: Set<String> = []
        for place in waiting where try AtomicFile.keepOld(of: place) { kept.insert(place) }
        var renamed: [String] = []
        do throws(ReportWriteError) {
            for place in waiting {
                try AtomicFile.renamePart(of: place)
                renamed.append(place)
            }
        } catch {
            for place in renamed.reversed() {
                if kept.contains(place) { _ = AtomicFile.putBackOld(of: place) } else { unlink(place) }
            }
            throw error
        }
        for place in all { AtomicFile.forgetOld(of: place) }
        waiting = []
        all = []
        made = []
    }

    /// Leaves everything as it was.
    public mutating func cancel() {
        for place in waiting {
            unlink(AtomicFile.partPath(of: place))
            AtomicFile.forgetOld(of: place)
        }
        // The innermost first; what holds something stays.
        for folder in made.reversed() { rmdir(folder) }
        waiting = []
        made = []
    }

    private mutating func makeFolder(_ path: String) throws(ReportWriteError) {
        var status = stat()
        var missing: [String] = []
        var folder = path
        while stat(folder, &status) != 0, missing.last != folder {
            missing.append(folder)
            folder = AtomicFile.parent(of: folder)
        }
        try AtomicFile.makeFolder(path)
        made += missing.reversed()
    }
}
