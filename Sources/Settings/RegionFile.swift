import Domain

/// A place of a region file, with the names by which people call it.
public struct RegionPlace: Hashable, Sendable {
    /// Six digits.
    public let code: CountyCode
    /// Full official name.
    public let name: String
    /// Usual short names: 海西州.
    public let shortNames: [String]

    /// Full name, then the short ones.
    public var names: [String] { [name] + shortNames }

    public init(code: CountyCode, name: String, shortNames: [String] = []) {
        self.code = code
        self.name = name
        self.shortNames = shortNames
    }
}

/// A county of a region file.
public struct RegionCounty: Hashable, Sendable {
    public let place: RegionPlace
    /// Whether the file says that it is a poor county in a deep-poverty area.
    public let isDeepPoverty: Bool

    public init(place: RegionPlace, isDeepPoverty: Bool) {
        self.place = place
        self.isDeepPoverty = isDeepPoverty
    }
}

/// A province with its prefectures and counties (`pipelines/regions/….yaml`).
public struct Region: Hashable, Sendable {
    /// A prefecture and its counties by code.
    public struct Prefecture: Hashable, Sendable {
        public let place: RegionPlace
        public let counties: [RegionCounty]
    }

    public let province: RegionPlace
    /// By code.
    public let prefectures: [Prefecture]

    /// Every county as a record, by code.
    public var countyRecords: [CountyRecord] {
        prefectures.flatMap { prefecture in
            prefecture.counties.map {
                CountyRecord(
                    code: $0.place.code, name: $0.place.name, prefecture: prefecture.place.name,
                    isDeepPoverty: $0.isDeepPoverty)
            }
        }
    }

    /// Usual short names of counties.
    public var countyShortNames: [CountyCode: [String]] {
        var names: [CountyCode: [String]] = [:]
        for prefecture in prefectures {
            for county in prefecture.counties { names[county.place.code] = county.place.shortNames }
        }
        return names
    }

    /// The prefecture a name means: full or short, spaces aside; nil for an unknown name.
    public func prefecture(named name: String) -> RegionPlace? {
        let key = PlaceKey.county(name)
        return prefectures.map(\.place).first { $0.names.contains { PlaceKey.county($0) == key } }
    }

    /// The county a name means: full or short, spaces aside; nil for an unknown name.
    public func county(named name: String) -> CountyRecord? {
        let key = PlaceKey.county(name)
        for prefecture in prefectures {
            for county in prefecture.counties where county.place.names.contains(where: { PlaceKey.county($0) == key }) {
                return CountyRecord(
                    code: county.place.code, name: county.place.name, prefecture: prefecture.place.name,
                    isDeepPoverty: county.isDeepPoverty)
            }
        }
        return nil
    }
}

/// Reader of region files.
public enum RegionFile {
    /// Reads the text of a region file; `file` only names it in errors.
    ///
    /// Throws: `SettingsFileError` for unknown keys, codes that are not six digits, lie outside their prefecture or
    /// stand there twice, and names that two counties share.
    public static func region(from text: String, file: String) throws(SettingsFileError) -> Region {
        let root = try StrictYAML.root(of: text, file: file)
        let fields = try root.fields(required: ["province", "prefectures"])
        guard let provinceNode = fields["province"], let prefectureNodes = fields["prefectures"] else {
            throw root.refuse(zh: "缺少内容", en: "is incomplete")
        }
        let province = try place(provinceNode, optional: []).place
        var seen: Set<String> = [province.code.text]
        var countyNames: Set<String> = []
        var prefectures: [Region.Prefecture] = []
        for node in try prefectureNodes.items() {
            let (prefecture, fields) = try place(node, optional: ["counties"])
            try check(prefecture, in: province.code.text.prefix(2), seen: &seen, node)
            var counties: [RegionCounty] = []
            for countyNode in try fields["counties"]?.items() ?? [] {
                let (county, fields) = try place(countyNode, optional: ["deepPoverty"])
                try check(county, in: prefecture.code.text.prefix(4), seen: &seen, countyNode)
                for name in county.names where !countyNames.insert(PlaceKey.county(name)).inserted {
                    throw countyNode.refuse(zh: "名称“\(name)”重复", en: "the name \(name) stands there twice")
                }
                counties.append(
                    RegionCounty(place: county, isDeepPoverty: try fields["deepPoverty"]?.flag() ?? false))
            }
            prefectures.append(
                Region.Prefecture(
                    place: prefecture, counties: counties.sorted { $0.place.code < $1.place.code }))
        }
        return Region(province: province, prefectures: prefectures.sorted { $0.place.code < $1.place.code })
    }

    private static func place(
        _ node: StrictYAML, optional: [String]
    ) throws(SettingsFileError) -> (place: RegionPlace, fields: [String: StrictYAML]) {
        let fields = try node.fields(required: ["code", "name"], optional: ["short"] + optional)
        guard let codeNode = fields["code"], let code = CountyCode(try codeNode.text()) else {
            throw (fields["code"] ?? node).refuse(zh: "应为六位代码", en: "must be a code of six digits")
        }
        var shortNames: [String] = []
        for item in try fields["short"]?.items() ?? [] { shortNames.append(try item.text()) }
        let name = try fields["name"]?.text() ?? ""
        return (RegionPlace(code: code, name: name, shortNames: shortNames), fields)
    }

    private static func check(
        _ place: RegionPlace, in prefix: Substring, seen: inout Set<String>, _ node: StrictYAML
    ) throws(SettingsFileError) {
        guard place.code.text.hasPrefix(prefix) else {
            throw node.refuse(zh: "代码应以 \(prefix) 开头", en: "the code must begin with \(prefix)")
        }
        guard seen.insert(place.code.text).inserted else {
            throw node.refuse(zh: "代码重复", en: "the code stands there twice")
        }
    }
}
