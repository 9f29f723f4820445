import Foundation
import FoundationXML

@testable import Sheets

/// What a workbook's parts say, independent of who wrote them: numbers of styles and texts resolved, attributes in
/// order, what only hints at a reader's speed left out.
struct WorkbookPicture {
    /// Lines of every part that somebody can see, by its name.
    private(set) var parts: [String: [String]] = [:]
    /// Names of all parts.
    let names: [String]

    init(_ bytes: [UInt8]) throws {
        var read: [String: XMLDocument] = [:]
        var names: [String] = []
        try bytes.withUnsafeBytes { raw in
            let container = try ZipContainer(raw, limits: ReadingLimits())
            names = container.names
            for name in names {
                var part = Data()
                try container.read(name) { part.append(contentsOf: $0) }
                read[name] = try XMLDocument(data: part)
            }
        }
        self.names = names
        let styles = try read["xl/styles.xml"].map(StylePictures.init)?.formats ?? []
        let texts = read["xl/sharedstrings.xml"]?.rootElement().map { root in
            root.elements(forName: "si").map { $0.stringValue ?? "" }
        }
        for (name, document) in read {
            guard let root = document.rootElement(), WorkbookPicture.isSeen(name) else { continue }
            WorkbookPicture.removeBareRows(root)
            var lines: [String] = []
            WorkbookPicture.describe(root, styles, texts ?? [], 0, &lines)
            parts[name] = lines
        }
    }

    private static func isSeen(_ name: String) -> Bool {
        name.hasPrefix("xl/worksheets/sheet") || name.hasPrefix("xl/comments") || name.hasPrefix("xl/drawings/vml")
            || ["xl/workbook.xml", "docprops/core.xml", "docprops/custom.xml"].contains(name)
            || name.hasPrefix("xl/worksheets/_rels")
    }

    /// Rows without cells that are as high as any other: the library writes one where a comment hangs.
    private static func removeBareRows(_ root: XMLElement) {
        let usual = root.elements(forName: "sheetFormatPr").first?.value("defaultRowHeight")
        for data in root.elements(forName: "sheetData") {
            for row in data.elements(forName: "row") where row.childCount == 0 {
                let height = row.value("ht")
                let isUsual = height == nil || height.flatMap(Double.init) == usual.flatMap(Double.init)
                if isUsual, row.value("hidden") == nil { row.detach() }
            }
        }
    }

    private static func describe(
        _ element: XMLElement, _ styles: [String], _ texts: [String], _ depth: Int, _ lines: inout [String]
    ) {
        let name = element.localName ?? ""
        var attributes: [String: String] = [:]
        for attribute in element.attributes ?? [] { attributes[attribute.name ?? ""] = attribute.stringValue ?? "" }
        attributes["spans"] = nil
        if name == "c" {
            attributes["s"] = attributes["s"].flatMap(Int.init).map { styles[$0] }
            let value = element.elements(forName: "v").first?.stringValue
            if attributes["t"] == "s" {
                attributes["v"] = value.flatMap(Int.init).map { texts[$0] }
            } else {
                // The library writes sixteen digits of a number.
                let digits = value.flatMap(Double.init).map { String(format: "%.14g", $0) }
                attributes["v"] = attributes["t"] == "str" ? value : digits ?? value
            }
            attributes["f"] = element.elements(forName: "f").first?.stringValue
        }
        for (key, value) in attributes where ["width", "ht", "left", "right", "top", "bottom"].contains(key) {
            attributes[key] = Double(value).map { String(format: "%.9f", $0) } ?? value
        }
        if name == "shape" {
            // Readers place the box by its anchor, which begins beside the cell; where it ends the library counts rows
            // of its own.
            let style = attributes["style"]?.split(separator: ";").filter { !$0.hasPrefix("margin") }
            attributes["style"] = style?.joined(separator: ";")
        }
        let shown = attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        let children = (element.children ?? []).compactMap { $0 as? XMLElement }
        var text = name == "c" || !children.isEmpty ? "" : element.stringValue ?? ""
        // Quoted by the library where they must be, here always. How far the cells reach is a hint alone.
        if name == "definedName" { text = text.replacingOccurrences(of: "'", with: "") }
        if name == "Anchor" { text = text.split(separator: ",").prefix(5).joined(separator: ",") }
        if name == "dimension" { return }
        lines.append(String(repeating: " ", count: depth) + "\(name) \(shown) \(text)")
        guard name != "c" else { return }
        // Names that all programs know may stand in any order.
        let ordered =
            name == "definedNames" ? children.sorted { $0.xmlString < $1.xmlString } : children
        for child in ordered { describe(child, styles, texts, depth + 1, &lines) }
    }
}

/// Formats of a workbook in words: code, font, fill, border, alignment, protection.
private struct StylePictures {
    private(set) var formats: [String] = []

    init(_ document: XMLDocument) throws {
        guard let root = document.rootElement() else { return }
        func children(_ name: String) -> [XMLElement] {
            root.elements(forName: name).first?.children?.compactMap { $0 as? XMLElement } ?? []
        }
        var codes: [String: String] = [:]
        for code in children("numFmts") {
            codes[code.value("numFmtId") ?? ""] = code.value("formatCode")
        }
        let fonts = children("fonts").map(Self.words)
        let fills = children("fills").map(Self.words)
        let borders = children("borders").map(Self.words)
        for format in children("cellXfs") {
            func number(_ name: String) -> Int { format.value(name).flatMap(Int.init) ?? 0 }
            let code = codes["\(number("numFmtId"))"] ?? "General"
            let rest = (format.children ?? []).compactMap { $0 as? XMLElement }.map(Self.words)
            formats.append(
                "[\(code)|\(fonts[number("fontId")])|\(fills[number("fillId")])|\(borders[number("borderId")])|"
                    + rest.joined(separator: "|") + "]")
        }
    }

    /// An element with all below it; the theme's black is black.
    private static func words(_ element: XMLElement) -> String {
        let name = element.localName ?? ""
        let attributes = (element.attributes ?? []).map { "\($0.name ?? "")=\($0.stringValue ?? "")" }.sorted()
        if name == "color", attributes == ["theme=1"] { return "" }
        if name == "scheme" { return "" }
        let below = (element.children ?? []).compactMap { $0 as? XMLElement }.map(words).filter { !$0.isEmpty }
        return "\(name)(" + (attributes + below).joined(separator: ",") + ")"
    }
}

/// Whether the parts of a workbook belong together.
enum PackageCheck {
    /// Relations that lead nowhere, parts of which nobody says what they are.
    static func faults(_ bytes: [UInt8]) throws -> [String] {
        var faults: [String] = []
        try bytes.withUnsafeBytes { raw in
            let container = try ZipContainer(raw, limits: ReadingLimits())
            func document(_ name: String) throws -> XMLDocument {
                var part = Data()
                try container.read(name) { part.append(contentsOf: $0) }
                return try XMLDocument(data: part)
            }
            func values(_ name: String, _ element: String, _ attribute: String) throws -> [String] {
                let part = try document(name)
                return withExtendedLifetime(part) {
                    let children = (part.rootElement()?.children ?? []).compactMap { $0 as? XMLElement }
                    return children.filter { $0.localName == element }.compactMap { $0.value(attribute) }
                }
            }
            let types = try values("[Content_Types].xml", "Override", "PartName")
            let typed = Set(types.map { $0.dropFirst().lowercased() })
            let endings = Set(try values("[Content_Types].xml", "Default", "Extension"))
            for part in typed where !container.names.contains(part) {
                faults.append("\(part) has a type and is missing")
            }
            for name in container.names {
                let ending = name.split(separator: ".").last.map(String.init) ?? ""
                let isPlain = ["rels", "vml"].contains(ending) && endings.contains(ending)
                if name != "[content_types].xml", !typed.contains(name), !isPlain {
                    faults.append("\(name) has no type")
                }
                guard name.hasSuffix(".rels") else { continue }
                let folder = name.replacingOccurrences(of: "_rels/", with: "").split(separator: "/").dropLast()
                for target in try values(name, "Relationship", "Target") {
                    var path = folder.map(String.init)
                    for step in target.lowercased().split(separator: "/").map(String.init) {
                        if step == ".." { path.removeLast() } else { path.append(step) }
                    }
                    let part = path.joined(separator: "/")
                    if !container.has(part) { faults.append("\(name) leads to \(part), which is missing") }
                }
            }
        }
        return faults
    }
}

extension XMLElement {
    /// Of an attribute. `attribute(forName:)` finds none where a namespace is declared.
    fileprivate func value(_ name: String) -> String? { attributes?.first { $0.name == name }?.stringValue }
}
