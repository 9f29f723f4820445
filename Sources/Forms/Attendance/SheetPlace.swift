import Domain

/// Where a sheet stands: for periods and context that its names tell.
struct SheetPlace {
    let file: String
    let sheetName: String
    let fileName: String
    /// The nearest first.
    let folders: [String]

    init(path: String, sheetName: String) {
        file = path
        self.sheetName = sheetName
        var parts = path.split(separator: "/").map(String.init)
        var name = parts.popLast() ?? ""
        if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = String(name[..<dot]) }
        fileName = name
        folders = parts.reversed()
    }

    /// Names of sheet, file and folders, outranked by titles and labels.
    var context: [ContextText] {
        var context: [ContextText] = []
        if !sheetName.isEmpty { context.append(ContextText(kind: .sheetName, text: sheetName)) }
        if !fileName.isEmpty { context.append(ContextText(kind: .fileName, text: fileName)) }
        return context + folders.map { ContextText(kind: .folder, text: $0) }
    }
}
