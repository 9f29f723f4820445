import Domain
import Rules

/// A policy file of the spec's §7: `pipelines/policy/….yaml`.
public enum PolicyFile {
    /// Reads the text of a policy file; `file` only names it in errors.
    ///
    /// Throws: `SettingsFileError` for unknown keys, wrong types, amounts that are not exact, dates that overlap or do
    /// not ascend, a key whose length is not that of its table.
    public static func policy(from text: String, file: String) throws(SettingsFileError) -> Policy {
        let root = try StrictYAML.root(of: text, file: file)
        let fields = try root.fields(required: ["policy", "parameters"], optional: ["rateTables", "marks"])
        var name = ""
        var parameters: [Parameter] = []
        var tables: [RateTable] = []
        var marks: [AttendanceStatus: [String]]?
        if let field = fields["policy"] { name = try field.text() }
        if let field = fields["parameters"] {
            for (key, value) in try field.entries() {
                guard let id = ParameterID(rawValue: key) else {
                    throw value.refuseUnknownKey(known: ParameterID.allCases.map(\.rawValue))
                }
                parameters.append(try parameter(id, value))
            }
        }
        if let field = fields["rateTables"] {
            for (key, value) in try field.entries() {
                guard let id = RateTableID(rawValue: key) else {
                    throw value.refuseUnknownKey(known: RateTableID.allCases.map(\.rawValue))
                }
                tables.append(try rateTable(id, value))
            }
        }
        if let field = fields["marks"] { marks = try markTable(field) }
        return Policy(name: name, parameters: parameters, rateTables: tables, marks: marks)
    }

    private static func parameter(_ id: ParameterID, _ node: StrictYAML) throws(SettingsFileError) -> Parameter {
        let fields = try node.fields(required: ["source", "values"], optional: ["title", "unit"])
        let title = try fields["title"]?.text() ?? id.rawValue
        let unit = try fields["unit"]?.text() ?? ""
        let source = LegalSource(try fields["source"]?.text() ?? "")
        var dates = DateSequence()
        var read: [(range: DateSequence.Entry, value: ParameterValue)] = []
        let items = try fields["values"]?.items() ?? []
        if items.isEmpty {
            throw node.refuse(zh: "没有任何值；不用的参数请整段删除", en: "has no values; leave an unused parameter out")
        }
        for item in items {
            let parts = try item.fields(required: ["from", "value"], optional: ["to"])
            guard let from = parts["from"], let value = parts["value"] else { continue }
            read.append((try dates.next(from: from, to: parts["to"]), try parameterValue(id, value)))
        }
        let values = read.enumerated().map { index, item in
            DatedValue(
                value: item.value, from: item.range.from,
                to: item.range.end(before: index + 1 < read.count ? read[index + 1].range : nil), title: title,
                unit: unit, source: source)
        }
        return Parameter(id: id, values: values)
    }

    private static func parameterValue(
        _ id: ParameterID, _ node: StrictYAML
    ) throws(SettingsFileError) -> ParameterValue {
        switch id.kind {
        case .money: return .money(try node.money())
        case .count: return .count(try node.count())
        case .flag: return .flag(try node.flag())
        case .date: return .date(try node.date())
        case .halfDays:
            let value = try node.halfDays()
            guard value <= HalfDays(2) else {
                throw node.refuse(zh: "半天只能折算为 0、0.5 或 1 天", en: "half a day counts 0, 0.5 or 1")
            }
            return .halfDays(value)
        case .basis:
            guard let basis = LocationAllowanceBasis(rawValue: try node.text()) else {
                throw node.refuse(
                    zh: "应为 full、topUp 或 statementOnly", en: "must be full, topUp or statementOnly")
            }
            return .basis(basis)
        case .statuses:
            var statuses: [AttendanceStatus] = []
            for item in try node.items() {
                let status = try markStatus(try item.text(), item)
                if statuses.contains(status) { throw item.refuse(zh: "重复", en: "stands there twice") }
                statuses.append(status)
            }
            return .statuses(statuses)
        case .shares:
            var shares: [Int] = []
            for item in try node.items() { shares.append(try item.count()) }
            guard shares.count == 3, shares.allSatisfy({ $0 <= 100 }), shares.reduce(0, +) == 100 else {
                throw node.refuse(
                    zh: "应为省、市、县三个百分数，合计 100",
                    en: "must be three whole percentages (province, prefecture, county) that add up to 100")
            }
            return .shares(shares)
        }
    }

    private static func rateTable(_ id: RateTableID, _ node: StrictYAML) throws(SettingsFileError) -> RateTable {
        let fields = try node.fields(required: ["source", "keys", "rows"], optional: ["title", "unit"])
        let title = try fields["title"]?.text() ?? id.chinese
        let unit = try fields["unit"]?.text() ?? ""
        let source = LegalSource(try fields["source"]?.text() ?? "")
        var keys: [RateKey] = []
        for item in try fields["keys"]?.items() ?? [] {
            guard let key = RateKey(rawValue: try item.text()) else {
                throw item.refuseUnknownKey(known: RateKey.allCases.map(\.rawValue))
            }
            if keys.contains(key) { throw item.refuse(zh: "重复", en: "stands there twice") }
            keys.append(key)
        }
        var dates: [[String]: DateSequence] = [:]
        var read: [(key: [String], folded: [String], range: DateSequence.Entry, value: Fen)] = []
        for item in try fields["rows"]?.items() ?? [] {
            let parts = try item.fields(required: ["key", "from", "value"], optional: ["to"])
            guard let keyNode = parts["key"], let from = parts["from"], let value = parts["value"] else { continue }
            var key: [String] = []
            for part in try keyNode.items() { key.append(try part.text()) }
            guard key.count == keys.count else {
                throw keyNode.refuse(
                    zh: "应有 \(keys.count) 项，与 keys 一致", en: "must have \(keys.count) parts, as keys has")
            }
            let folded = key.map(TextFolding.key)
            let range = try dates[folded, default: DateSequence()].next(from: from, to: parts["to"])
            read.append((key, folded, range, try value.money()))
        }
        let rows = read.enumerated().map { index, row in
            let next = read[(index + 1)...].first { $0.folded == row.folded }?.range
            return RateTable.Row(
                key: row.key,
                rate: DatedValue(
                    value: row.value, from: row.range.from, to: row.range.end(before: next), title: title, unit: unit,
                    source: source))
        }
        return RateTable(id: id, title: title, unit: unit, source: source, keys: keys, rows: rows)
    }

    private static func markTable(_ node: StrictYAML) throws(SettingsFileError) -> [AttendanceStatus: [String]] {
        var marks: [AttendanceStatus: [String]] = [:]
        var seen: Set<String> = []
        for (key, value) in try node.entries() {
            let status = try markStatus(key, value)
            for item in try value.items() {
                let mark = try item.text()
                guard seen.insert(TextFolding.key(mark)).inserted else {
                    throw item.refuse(zh: "“\(mark)”已有含义", en: "\(mark) already has a meaning")
                }
                marks[status, default: []].append(mark)
            }
        }
        return marks
    }

    /// A status that a mark can mean.
    private static func markStatus(_ name: String, _ node: StrictYAML) throws(SettingsFileError) -> AttendanceStatus {
        switch AttendanceStatus(rawValue: name) {
        case .blank, .unknown, .uncached, nil:
            throw node.refuse(zh: "不认识的考勤状态“\(name)”", en: "unknown attendance status \(name)")
        case let status?: return status
        }
    }
}

/// The dates of one list of values, which must ascend and not overlap.
private struct DateSequence {
    struct Entry {
        let from: CivilDate
        let to: CivilDate?

        /// Its own last day, else the day before the next value begins.
        func end(before next: Entry?) -> CivilDate? { to ?? next.map { $0.from.adding(days: -1) } }
    }

    private var last: Entry?

    mutating func next(from: StrictYAML, to: StrictYAML?) throws(SettingsFileError) -> Entry {
        let start = try from.date()
        let end = try to?.date()
        if let to, let end, end < start {
            throw to.refuse(zh: "早于 from", en: "lies before from")
        }
        if let last {
            guard start > last.from else {
                throw from.refuse(
                    zh: "日期应晚于前一个值的 from（\(last.from.iso)）",
                    en: "must lie after the from of the value before (\(last.from.iso))")
            }
            if let lastEnd = last.to, start <= lastEnd {
                throw from.refuse(
                    zh: "与前一个值（至 \(lastEnd.iso)）重叠", en: "overlaps the value before (to \(lastEnd.iso))")
            }
        }
        let entry = Entry(from: start, to: end)
        last = entry
        return entry
    }
}
