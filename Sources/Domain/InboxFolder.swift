/// Folders of the inbox as the pipeline file names them: `裁定`, `乐都区/裁定`, `*/裁定` (`*` is any one folder).
///
/// `裁定` is that of a county's own folder too: `630202-乐都区/裁定`, as an inbox with a folder a county is laid out.
public enum InboxFolder {
    /// Whether the folders, as a list of who may say something, let a file say it: an empty list is anywhere.
    public static func allows(_ path: String, _ folders: [String]) -> Bool { folders.isEmpty || isBelow(path, folders) }

    /// Whether a file lies in one of the folders, at any depth. A folder is counted from the inbox or from a county's
    /// (prefecture's) folder in it, never from a township's.
    ///
    /// - Parameter path: relative to the inbox, with `/`.
    public static func isBelow(_ path: String, _ folders: [String]) -> Bool {
        let parts = path.split(separator: "/").dropLast()
        let own = parts.prefix(while: isCounty).count
        return folders.contains { folder in
            let wanted = folder.split(separator: "/")
            return (0...own).contains { start in
                let rest = parts.dropFirst(start)
                return wanted.count <= rest.count && zip(wanted, rest).allSatisfy { $0 == "*" || $0 == $1 }
            }
        }
    }

    /// `630202-乐都区`, `630202`, `乐都区`, `海东市`: no county's name ends as a township's.
    private static func isCounty(_ folder: Substring) -> Bool {
        CountyCode(prefixOf: String(folder))?.isOfProvince == true
            || ["县", "区", "市", "旗", "自治州"].contains { folder.hasSuffix($0) }
    }
}
