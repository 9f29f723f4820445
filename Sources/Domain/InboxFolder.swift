/// Folders of the inbox as the pipeline file names them: `裁定`, `乐都区/裁定`, `*/裁定` (`*` is any one folder).
public enum InboxFolder {
    /// Whether the folders, as a list of who may say something, let a file say it: an empty list is anywhere.
    public static func allows(_ path: String, _ folders: [String]) -> Bool { folders.isEmpty || isBelow(path, folders) }

    /// Whether a file lies in one of the folders, at any depth.
    ///
    /// - Parameter path: relative to the inbox, with `/`.
    public static func isBelow(_ path: String, _ folders: [String]) -> Bool {
        let parts = path.split(separator: "/").dropLast()
        return folders.contains { folder in
            let wanted = folder.split(separator: "/")
            return wanted.count <= parts.count && zip(wanted, parts).allSatisfy { $0 == "*" || $0 == $1 }
        }
    }
}
