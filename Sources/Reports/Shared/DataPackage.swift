import Domain
import Tables

/// A CSV file of the output, as the data package describes it.
public struct DataResource: Hashable, Sendable {
    /// Relative to the output folder, with `/`.
    public let path: String
    public let schema: CSVSchema
    public let dialect: CSVDialect
    /// 64 hexadecimal digits; nil to leave it out.
    public let sha256: String?
    public let sizeBytes: Int?

    public init(
        path: String, schema: CSVSchema, dialect: CSVDialect = CSVDialect(), sha256: String? = nil,
        sizeBytes: Int? = nil
    ) {
        self.path = path
        self.schema = schema
        self.dialect = dialect
        self.sha256 = sha256
        self.sizeBytes = sizeBytes
    }
}

/// `output/datapackage.json`: a Frictionless Data Package of every CSV. Source: spec §9.
public struct DataPackage: Sendable {
    public var title: String
    public var version: String
    /// At least one: an empty package is not valid.
    public var resources: [DataResource]

    public init(title: String = "驻村干部管理数据", version: String, resources: [DataResource]) {
        self.title = title
        self.version = version
        self.resources = resources
    }

    /// The document, resources by path.
    public var text: String {
        let sorted = resources.sorted { $0.path < $1.path }
        let names = DataPackage.names(sorted)
        // A dozen schemas head thousands of files.
        var schemas: [String: (schema: CSVSchema, text: JSONText)] = [:]
        let described = zip(sorted, names).map { resource, name -> JSONText in
            let schema = resource.schema
            let known = schemas[schema.name].flatMap { $0.schema == schema ? $0.text : nil }
            // The document, its resources, one of them.
            let text = known ?? DataPackage.schema(schema).written(depth: 3)
            schemas[schema.name] = (schema, text)
            return DataPackage.json(resource, name, schema: text)
        }
        return JSONText.object([
            "profile": .string("tabular-data-package"),
            "name": .string("zhucun"),
            "title": .string(title),
            "version": .string(version),
            "resources": .array(described),
        ]).document
    }

    /// ASCII and unique: what of the path is ASCII, lower case, joined by hyphens.
    static func names(_ resources: [DataResource]) -> [String] {
        var used: Set<String> = []
        return resources.map { resource in
            var slug = ""
            var path = Substring(resource.path)
            if let dot = path.lastIndex(of: "."), dot > (path.lastIndex(of: "/") ?? path.startIndex) {
                path = path[..<dot]
            }
            for byte in path.utf8 {
                switch byte {
                case 65...90: slug.unicodeScalars.append(Unicode.Scalar(byte + 32))
                case 97...122, 48...57, 46, 95: slug.unicodeScalars.append(Unicode.Scalar(byte))
                default: if !slug.isEmpty, slug.last != "-" { slug += "-" }
                }
            }
            while slug.last == "-" { slug.removeLast() }
            if slug.isEmpty { slug = resource.schema.name }
            var name = slug
            var number = 2
            while !used.insert(name).inserted {
                name = "\(slug)-\(number)"
                number += 1
            }
            return name
        }
    }

    private static func json(_ resource: DataResource, _ name: String, schema: JSONText) -> JSONText {
        var members: [String: JSONText] = [
            "profile": .string("tabular-data-resource"),
            "name": .string(name),
            "path": .string(resource.path),
            "title": .string(resource.schema.title),
            "format": .string("csv"),
            "mediatype": .string("text/csv"),
            "encoding": .string(resource.dialect.encoding.rawValue),
            "dialect": .object([
                "delimiter": .string(String(resource.dialect.separator)), "lineTerminator": .string("\r\n"),
                "quoteChar": .string("\""), "doubleQuote": .boolean(true),
                "header": .boolean(resource.dialect.hasHeader), "caseSensitiveHeader": .boolean(true),
            ]),
            "schema": schema,
        ]
        if let hash = resource.sha256 { members["hash"] = .string("sha256:\(hash)") }
        if let size = resource.sizeBytes { members["bytes"] = .integer(size) }
        return .object(members)
    }

    private static func schema(_ schema: CSVSchema) -> JSONText {
        var members: [String: JSONText] = [
            "fields": .array(schema.columns.map(field)), "missingValues": .array([.string("")]),
        ]
        if !schema.primaryKey.isEmpty { members["primaryKey"] = .array(schema.primaryKey.map { .string($0) }) }
        return .object(members)
    }

    private static func field(_ column: CSVColumn) -> JSONText {
        var members: [String: JSONText] = ["name": .string(column.name)]
        switch column.type {
        case .percent:
            // `58.33%`: the digits are the number, the sign is decoration.
            members["type"] = .string("number")
            members["bareNumber"] = .boolean(false)
            members["unit"] = .string("%")
        default: members["type"] = .string(column.type.rawValue)
        }
        if !column.unit.isEmpty { members["unit"] = .string(column.unit) }
        if !column.description.isEmpty { members["description"] = .string(column.description) }
        if column.isRequired { members["constraints"] = .object(["required": .boolean(true)]) }
        return .object(members)
    }
}
