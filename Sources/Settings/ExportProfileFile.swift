import Domain
import Tables

/// Reads an export profile (`pipelines/exports/….yaml`). Source: spec §9.
public enum ExportProfileFile {
    /// The profile of a file's text.
    ///
    /// - Throws: `SettingsFileError` with line and key: unknown keys and fields, a separator that is not one ASCII
    ///   character, a name that is no file name, a heading used twice.
    ///
    /// - Parameter netsByDefault: whether a bank's profile without `net` has net lines; in version 1.0 none had.
    public static func profile(
        _ text: String, file: String, netsByDefault: Bool = true
    ) throws(SettingsFileError) -> ExportProfile {
        let root = try StrictYAML.root(of: text, file: file)
        let fields = try root.fields(
            required: ["name", "fileName", "columns"],
            optional: [
                "title", "encoding", "separator", "headerLine", "amounts", "removeSpacesInNames", "net", "only",
                "totals",
                "format",
            ])
        let name = try fields.required("name", in: root)
        let fileName = try fields.required("fileName", in: root)
        let nameText = try slug(name)
        let columns = try columns(try fields.required("columns", in: root))
        let format = try fields["format"].map(format) ?? .csv
        let pattern = try fileNamePattern(fileName)
        guard pattern.hasSuffix(".xlsx") == (format == .xlsx) else {
            throw fileName.refuse(
                zh: "文件名的后缀应与 format 一致（xlsx 或其他）", en: "must end with .xlsx just where format is xlsx")
        }
        return ExportProfile(
            name: nameText, title: try fields["title"]?.text() ?? nameText, fileName: pattern,
            dialect: CSVDialect(
                encoding: try fields["encoding"].map(encoding) ?? .utf8,
                separator: try fields["separator"].map(separator) ?? ",",
                hasHeader: try fields["headerLine"]?.flag() ?? true),
            amounts: try fields["amounts"].map(amounts) ?? .yuan,
            removesSpacesInNames: try fields["removeSpacesInNames"]?.flag() ?? false,
            columns: columns, isNetted: try isNetted(fields["net"], columns, netsByDefault),
            filters: try filters(fields["only"]),
            totalsLabel: try fields["totals"]?.text(), format: format)
    }

    /// The profiles of a pipeline file, in its order.
    ///
    /// - Throws: `SettingsFileError` as `profile`, and for a copy that kept its original's name or file name: one file
    ///   would take the other's place.
    public static func profiles(_ files: [(text: String, file: String)]) throws(SettingsFileError) -> [ExportProfile] {
        var profiles: [ExportProfile] = []
        for (index, file) in files.enumerated() {
            let profile = try profile(file.text, file: file.file)
            for (other, earlier) in zip(files[..<index], profiles) {
                let key =
                    earlier.name == profile.name ? "name" : earlier.fileName == profile.fileName ? "fileName" : nil
                guard let key else { continue }
                let root = try StrictYAML.root(of: file.text, file: file.file)
                throw root.refuse(
                    zh: "\(key) 与 \(other.file) 的相同，两个文件会互相覆盖，请改成别的",
                    en: "\(key) is that of \(other.file), and one file would replace the other: choose another")
            }
            profiles.append(profile)
        }
        return profiles
    }

    /// Without the key: an export that names accounts and nothing that only a single line has is a bank's.
    private static func isNetted(
        _ node: StrictYAML?, _ columns: [ExportProfile.Column], _ netsByDefault: Bool
    ) throws(SettingsFileError) -> Bool {
        let fields = Set(columns.compactMap(\.field))
        let fits = fields.isDisjoint(with: ExportProfile.unnettable)
        guard let node else {
            return netsByDefault && fits && fields.contains(.bankAccount) && fields.contains(.total)
        }
        let isNetted = try node.flag()
        guard !isNetted || fits else {
            let wrong = ExportProfile.unnettable.intersection(fields).map(\.rawValue).sorted().joined(separator: ", ")
            throw node.refuse(zh: "合并为净额后没有这些列：\(wrong)", en: "net lines have no \(wrong)")
        }
        return isNetted
    }

    /// `only: {bank: [农业银行, 农商银行]}`
    private static func filters(_ node: StrictYAML?) throws(SettingsFileError) -> [ExportProfile.Filter] {
        guard let node else { return [] }
        let names = PaymentField.allCases.map(\.rawValue)
        let fields = try node.fields(required: [], optional: names)
        var filters: [ExportProfile.Filter] = []
        for field in PaymentField.allCases {
            guard let value = fields[field.rawValue] else { continue }
            var texts: [String] = []
            for item in try value.items() { texts.append(try item.text()) }
            filters.append(ExportProfile.Filter(field: field, texts: texts))
        }
        return filters
    }

    private static func format(_ node: StrictYAML) throws(SettingsFileError) -> ExportProfile.Format {
        guard let format = ExportProfile.Format(rawValue: try node.text()) else {
            throw node.refuse(zh: "应为 csv 或 xlsx", en: "must be csv or xlsx")
        }
        return format
    }

    private static func slug(_ node: StrictYAML) throws(SettingsFileError) -> String {
        let text = try node.text()
        guard text.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }) else {
            throw node.refuse(zh: "应为小写字母、数字和连字符", en: "must be lower-case letters, digits and hyphens")
        }
        return text
    }

    private static func fileNamePattern(_ node: StrictYAML) throws(SettingsFileError) -> String {
        let text = try node.text()
        guard !text.contains("/"), !text.hasPrefix("."), !text.unicodeScalars.contains(where: { $0.value < 0x20 })
        else { throw node.refuse(zh: "应为文件名，不含路径", en: "must be a file name without a path") }
        // Files of several months share a folder name pattern, not a file: without the month one would hide another.
        guard text.contains("{period}") else {
            throw node.refuse(zh: "文件名应含 {period}", en: "must contain {period}")
        }
        return text
    }

    private static func encoding(_ node: StrictYAML) throws(SettingsFileError) -> CSVEncoding {
        guard let encoding = CSVEncoding(rawValue: try node.text().lowercased()) else {
            throw node.refuse(zh: "应为 utf-8 或 gb18030", en: "must be utf-8 or gb18030")
        }
        return encoding
    }

    private static func separator(_ node: StrictYAML) throws(SettingsFileError) -> Character {
        // A tab is white space to `text()`.
        let text = node.node.scalar?.string ?? ""
        guard text.count == 1, let character = text.first, let byte = character.asciiValue,
            byte == 9 || (byte >= 32 && byte < 127), byte != 34, !character.isLetter, !character.isNumber
        else {
            throw node.refuse(
                zh: "应为一个 ASCII 分隔符，如 , | ; 或制表符", en: "must be one ASCII separator such as , | ; or a tab")
        }
        return character
    }

    private static func amounts(_ node: StrictYAML) throws(SettingsFileError) -> ExportProfile.AmountFormat {
        guard let format = ExportProfile.AmountFormat(rawValue: try node.text()) else {
            throw node.refuse(zh: "应为 yuan、groupedYuan 或 fen", en: "must be yuan, groupedYuan or fen")
        }
        return format
    }

    private static func columns(_ node: StrictYAML) throws(SettingsFileError) -> [ExportProfile.Column] {
        var columns: [ExportProfile.Column] = []
        for item in try node.items() {
            let column = try column(item)
            guard !columns.contains(where: { $0.heading == column.heading }) else {
                throw item.refuse(zh: "表头重复", en: "the heading is used twice")
            }
            columns.append(column)
        }
        guard !columns.isEmpty else { throw node.refuse(zh: "至少要有一列", en: "at least one column is needed") }
        return columns
    }
}

extension ExportProfileFile {
    /// `{field: bankAccount, heading: 账号, text: true}` or `{fixed: 代发补助, heading: 用途}`.
    private static func column(_ item: StrictYAML) throws(SettingsFileError) -> ExportProfile.Column {
        let fields = try item.fields(required: [], optional: ["field", "fixed", "heading", "text"])
        let isText = try fields["text"]?.flag() ?? false
        if let fixed = fields["fixed"] {
            guard fields["field"] == nil, let heading = fields["heading"] else {
                throw item.refuse(zh: "固定内容的列需要 heading，且不能有 field", en: "a fixed column needs a heading and no field")
            }
            return ExportProfile.Column(fixed: try fixed.text(), heading: try heading.text(), isText: isText)
        }
        let source = try fields.required("field", in: item)
        guard let field = PaymentField(rawValue: try source.text()) else {
            throw source.refuse(zh: "不认识的字段", en: "unknown field")
        }
        return ExportProfile.Column(field, heading: try fields["heading"]?.text(), isText: isText)
    }
}

extension [String: StrictYAML] {
    /// A field that `fields(required:)` has found already.
    fileprivate func required(_ key: String, in parent: StrictYAML) throws(SettingsFileError) -> StrictYAML {
        guard let value = self[key] else { throw parent.refuse(zh: "缺少“\(key)”", en: "\(key) is missing") }
        return value
    }
}
