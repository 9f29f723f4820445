import Domain
import Forms
import Foundation
import Synchronization
import Yams

/// Reads the form definitions of `pipelines/forms/`: one file a form.
///
/// Shape of a file: `form, title, titleWords, yields, onlyWith, without, fields: [{field, heading, kind, required, key,
/// fromContext, synonyms, contains, choices: [{word, synonyms, contains}], note, offers}]`. Unknown keys are refused,
/// so that a typing error is no silent gap. `note` and `offers` are for empty forms alone: what to fill in, what to
/// choose.
/// `guidance.yaml` is no form: `passOver: [{sheet, title}]`, the sheets that are passed over. Nor is
/// `notAttendance.yaml`: `plans: {words, unless}, machines: {words, headings}, own: [{title, headings}]`.
public enum FormFiles {
    /// Why a form file is refused.
    public enum Failure: Error, CustomStringConvertible, Equatable {
        case folder(String)
        case file(String, String)

        public var description: String {
            switch self {
            case .folder(let folder): "no form definitions in \(folder)"
            case .file(let file, let problem): "\(file): \(problem)"
            }
        }
    }

    /// All `.yaml` files of the folder. Throws: `Failure`, naming the file and what is wrong in it.
    public static func load(folder: String) throws -> FormCatalogue {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
        guard !names.isEmpty else { throw Failure.folder(folder) }
        return try load(
            names.map { name in
                guard let data = FileManager.default.contents(atPath: folder + "/" + name) else {
                    throw Failure.file(folder + "/" + name, "cannot be read")
                }
                return (folder + "/" + name, String(decoding: data, as: UTF8.self))
            })
    }

    /// The same from texts that were kept, each with the path it had; in order of name.
    ///
    /// - Throws: `Failure.file`.
    public static func load(_ files: [(path: String, text: String)]) throws -> FormCatalogue {
        let texts = files.flatMap { [$0.path, $0.text] }
        if let known = parsed.withLock({ $0.first { $0.texts == texts }?.catalogue }) { return known }
        let catalogue = try parse(files)
        parsed.withLock { $0 = [(texts, catalogue)] + $0.prefix(1) }
        return catalogue
    }

    /// The last two sets that were read: each stage of a run asks for the same, verify for that of each batch.
    private static let parsed = Mutex<[(texts: [String], catalogue: FormCatalogue)]>([])

    private static func parse(_ files: [(path: String, text: String)]) throws -> FormCatalogue {
        var definitions: [FormDefinition] = []
        var guidance: [GuidanceSheet] = []
        var foreign = ForeignSheets()
        for (path, text) in files {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            if name == guidanceName {
                guidance = try parseGuidance(text, file: path)
                continue
            }
            if name == foreignName {
                foreign = try parseForeign(text, file: path)
                continue
            }
            let definition = try parse(text, file: path)
            if let other = definitions.first(where: { $0.id == definition.id }) {
                throw Failure.file(path, "form \(other.id.rawValue) is defined twice")
            }
            definitions.append(definition)
        }
        return FormCatalogue(definitions, guidance: guidance, foreign: foreign)
    }

    /// Which file of the folder lists the sheets to pass over.
    public static let guidanceName = "guidance.yaml"

    /// The text of `guidance.yaml`. Throws: `Failure.file`.
    public static func parseGuidance(_ text: String, file: String) throws -> [GuidanceSheet] {
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch { throw Failure.file(file, "\(error)") }
        guard let mapping = node?.mapping else { throw Failure.file(file, "not a mapping") }
        var reader = Keys(mapping, file: file, place: "guidance")
        guard let list = reader.take("passOver")?.sequence else {
            throw Failure.file(file, "passOver: a list is needed")
        }
        try reader.finish()
        return try list.map { node in
            guard let mapping = node.mapping else { throw Failure.file(file, "passOver: each is a mapping") }
            var entry = Keys(mapping, file: file, place: "passOver")
            let sheet = GuidanceSheet(sheet: try entry.text("sheet"), title: try entry.text("title"))
            try entry.finish()
            return sheet
        }
    }

    /// Which file of the folder lists what is no attendance.
    public static let foreignName = "notAttendance.yaml"

    /// The text of `notAttendance.yaml`. Throws: `Failure.file`.
    public static func parseForeign(_ text: String, file: String) throws -> ForeignSheets {
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch { throw Failure.file(file, "\(error)") }
        guard let mapping = node?.mapping else { throw Failure.file(file, "not a mapping") }
        var reader = Keys(mapping, file: file, place: "notAttendance")
        func lists(_ key: String, _ first: String, _ second: String) throws -> ([String], [String]) {
            guard let mapping = reader.take(key)?.mapping else {
                throw Failure.file(file, "\(key): a mapping is needed")
            }
            var entry = Keys(mapping, file: file, place: key)
            let found = (try entry.texts(first), try entry.texts(second))
            try entry.finish()
            return found
        }
        let (plans, records) = try lists("plans", "words", "unless")
        let (machines, headings) = try lists("machines", "words", "headings")
        let own = try (reader.take("own")?.sequence.map(Array.init) ?? []).map { node in
            guard let mapping = node.mapping else { throw Failure.file(file, "own: each is a mapping") }
            var entry = Keys(mapping, file: file, place: "own")
            let sheet = ForeignSheets.Own(title: try entry.text("title"), headings: try entry.texts("headings"))
            try entry.finish()
            return sheet
        }
        try reader.finish()
        return ForeignSheets(
            plans: plans, records: records, machines: machines, machineHeadings: headings, own: own)
    }

    /// One file's text. Throws: `Failure.file`.
    public static func parse(_ text: String, file: String) throws -> FormDefinition {
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch { throw Failure.file(file, "\(error)") }
        guard let mapping = node?.mapping else { throw Failure.file(file, "not a mapping") }
        var reader = Keys(mapping, file: file, place: "form")
        guard let id = try FormID(rawValue: reader.text("form")) else { throw Failure.file(file, "unknown form") }
        let title = try reader.text("title")
        let words = try reader.texts("titleWords")
        let yields = try reader.texts("yields")
        let onlyWith = (reader.take("onlyWith")?.string).map { FieldID($0) }
        let without = try reader.texts("without").map { FieldID($0) }
        guard let list = reader.take("fields")?.sequence else { throw Failure.file(file, "fields: a list is needed") }
        let fields = try list.map { try field($0, file: file) }
        try reader.finish()
        guard Set(fields.map(\.field)).count == fields.count else { throw Failure.file(file, "a field stands twice") }
        return FormDefinition(
            id: id, title: title, titleWords: words, yields: yields, fields: fields, onlyWith: onlyWith,
            without: without)
    }

    private static func field(_ node: Node, file: String) throws -> FieldDefinition {
        guard let mapping = node.mapping else { throw Failure.file(file, "fields: each is a mapping") }
        var reader = Keys(mapping, file: file, place: "fields")
        let name = try reader.text("field")
        let kindName = reader.take("kind")?.string ?? "text"
        guard let kind = FieldKind(rawValue: kindName) else {
            throw Failure.file(file, "\(name): unknown kind \(kindName)")
        }
        var choices: [FieldChoice] = []
        for node in reader.take("choices")?.sequence.map(Array.init) ?? [] {
            guard let mapping = node.mapping else { throw Failure.file(file, "\(name): choices are mappings") }
            var choice = Keys(mapping, file: file, place: "choices")
            choices.append(
                FieldChoice(
                    word: try choice.text("word"), synonyms: try choice.texts("synonyms"),
                    contains: try choice.texts("contains")))
            try choice.finish()
        }
        guard (kind == .choice) == !choices.isEmpty else {
            throw Failure.file(file, "\(name): a choice has choices, and nothing else has")
        }
        var field = FieldDefinition(
            field: FieldID(name), heading: try reader.text("heading"), kind: kind,
            synonyms: try reader.texts("synonyms"),
            contains: try reader.texts("contains"), isRequired: try reader.flag("required"),
            isKey: try reader.flag("key"),
            isFromContext: try reader.flag("fromContext"), choices: choices)
        field.note = reader.take("note")?.string ?? ""
        field.offers = try reader.texts("offers")
        try reader.finish()
        return field
    }

    /// Keys of a mapping, each taken once; what is left over is an error.
    private struct Keys {
        private var values: [String: Node] = [:]
        private let file: String
        private let place: String

        init(_ mapping: Node.Mapping, file: String, place: String) {
            self.file = file
            self.place = place
            for (key, value) in mapping { values[key.string ?? "?"] = value }
        }

        mutating func take(_ key: String) -> Node? { values.removeValue(forKey: key) }

        mutating func text(_ key: String) throws -> String {
            guard let text = take(key)?.string, !text.isEmpty else {
                throw Failure.file(file, "\(place): \(key) is missing")
            }
            return text
        }

        mutating func texts(_ key: String) throws -> [String] {
            guard let node = take(key) else { return [] }
            guard let list = node.sequence else { throw Failure.file(file, "\(place): \(key) is a list") }
            return try list.map {
                guard let text = $0.string else { throw Failure.file(file, "\(place): \(key) holds texts") }
                return text
            }
        }

        mutating func flag(_ key: String) throws -> Bool {
            guard let node = take(key) else { return false }
            guard let flag = node.bool else { throw Failure.file(file, "\(place): \(key) is true or false") }
            return flag
        }

        func finish() throws {
            guard let key = values.keys.sorted().first else { return }
            throw Failure.file(file, "\(place): unknown key \(key)")
        }
    }
}
