/// Where a part points to.
struct Relationship {
    let id: String
    /// The last word of its type: `worksheet`, `styles`, `sharedStrings`; transitional and strict types share it.
    let kind: String
    /// Path from the container's root; nil where it points out of the container.
    let path: String?
}

/// A `.rels` part.
final class RelationshipsPart: XMLPart {
    private(set) var all: [Relationship] = []
    private let folder: Substring
    private static let countMax = 20_000

    /// The relationships of the part at that path; of the container itself where the path is empty.
    init(of owner: String) {
        let slash = owner.lastIndex(of: "/")
        folder = slash.map { owner[...$0] } ?? ""
        let file = slash.map { owner[owner.index(after: $0)...] } ?? owner[...]
        super.init(path: folder + "_rels/" + file + ".rels", root: "Relationships")
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        guard name == "Relationship" else { return }
        guard let id = attributes.text("Id"), let type = attributes.text("Type"),
            let target = attributes.text("Target")
        else {
            refuse(.damaged("关系部件有误"))
            return
        }
        guard all.count < RelationshipsPart.countMax else {
            refuse(.tooLarge("关系超过\(RelationshipsPart.countMax)条"))
            return
        }
        let kind = String(type[(type.lastIndex(of: "/").map(type.index(after:)) ?? type.startIndex)...])
        let isExternal = attributes.text("TargetMode") == "External"
        all.append(Relationship(id: id, kind: kind, path: isExternal ? nil : resolve(target)))
    }

    /// Absolute targets count from the root, others from the owner's folder.
    private func resolve(_ target: String) -> String {
        var steps: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for step in target.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
            switch step {
            case ".": continue
            case "..": _ = steps.popLast()
            default: steps.append(step)
            }
        }
        return steps.joined(separator: "/")
    }
}
