import CStorage
import Glibc

/// Where the library puts a finished workbook: a file in memory that has no name on any disk.
///
/// The library takes a path. Where the system has no `/proc` to name such a file by, it is a file in a folder that only
/// this process may enter, gone with this value.
final class WorkbookPlace {
    /// What the library opens.
    let path: String
    private let descriptor: Int32
    private let folder: String?

    init() throws(ReportWriteError) {
        let memory = workbook_memory_file()
        let name = "/proc/self/fd/\(memory)"
        if memory >= 0, access(name, W_OK) == 0 {
            (path, descriptor, folder) = (name, memory, nil)
            return
        }
        if memory >= 0 { close(memory) }
        var template = Array("\(WorkbookPlace.temporaryFolder)/zhucun-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw AtomicFile.failure(WorkbookPlace.temporaryFolder, "mkdtemp") }
        let made = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        (path, descriptor, folder) = (made + "/workbook", -1, made)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if let folder {
            unlink(path)
            rmdir(folder)
        }
    }

    private static var temporaryFolder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

    /// What the library wrote.
    func bytes() throws(ReportWriteError) -> [UInt8] {
        guard let bytes = AtomicFile.contents(path) else { throw AtomicFile.failure(path, "read") }
        return bytes
    }
}
