/// A small reader of the page's own HTML: enough to hold its structure, and strict where browsers forgive.
struct PageStructure {
    struct Element: Equatable {
        var name: String
        var attributes: [String: String]
        var text: String
    }

    private(set) var elements: [Element] = []
    /// Where elements do not close as they opened, or an attribute stands without quotes.
    private(set) var problems: [String] = []

    private static let void: Set<String> = ["meta", "link", "br", "!DOCTYPE", "rect", "circle", "path"]

    init(_ html: String) {
        var open: [(name: String, index: Int)] = []
        var rest = Substring(html)
        while let start = rest.firstIndex(of: "<") {
            for entry in open { elements[entry.index].text += rest[..<start] }
            guard let end = rest[start...].firstIndex(of: ">") else { break }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("/") {
                let name = String(tag.dropFirst())
                guard let last = open.popLast() else {
                    problems.append("\(name) closes nothing")
                    continue
                }
                if last.name != name { problems.append("\(last.name) is closed by \(name)") }
                continue
            }
            let name = String(tag.prefix { $0 != " " && $0 != "/" })
            let element = Element(name: name, attributes: attributes(tag.dropFirst(name.count)), text: "")
            elements.append(element)
            if PageStructure.void.contains(name) || tag.hasSuffix("/") { continue }
            open.append((name, elements.count - 1))
        }
        problems += open.map { "\($0.name) is not closed" }
    }

    private mutating func attributes(_ text: Substring) -> [String: String] {
        var result: [String: String] = [:]
        var rest = text
        while let start = rest.firstIndex(where: { $0 != " " && $0 != "/" && $0 != "\n" }) {
            let name = rest[start...].prefix { $0 != "=" && $0 != " " }
            rest = rest[name.endIndex...]
            guard rest.hasPrefix("=\"") else {
                if name != "html" { problems.append("attribute \(name) without quotes") }
                continue
            }
            rest = rest.dropFirst(2)
            let value = rest.prefix { $0 != "\"" }
            result[String(name)] = String(value)
            rest = rest[value.endIndex...].dropFirst()
        }
        return result
    }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }
}
