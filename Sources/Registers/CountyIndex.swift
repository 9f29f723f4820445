import Domain

/// The counties that are known: those shipped, those of county registers, those coded in village registers.
public struct CountyIndex: Sendable {
    /// By code.
    public private(set) var counties: [CountyCode: CountyRecord] = [:]
    private var byName: [String: [CountyCode]] = [:]
    private let byShortName: [String: CountyCode]
    /// Names that counties had before, where one county alone had them.
    private var byFormerName: [String: Set<CountyCode>] = [:]

    /// - Parameter shortNames: usual short names (互助县 of 互助土族自治县); one that two counties share names neither.
    public init(_ counties: [CountyRecord], shortNames: [CountyCode: [String]] = [:]) {
        var codes: [String: Set<CountyCode>] = [:]
        for (code, names) in shortNames { for name in names { codes[PlaceKey.county(name), default: []].insert(code) } }
        byShortName = codes.filter { $0.value.count == 1 }.compactMapValues(\.first)
        for county in counties { insert(county) }
    }

    /// Adds a county, or replaces the one of the same code.
    public mutating func insert(_ county: CountyRecord) {
        if let old = counties[county.code] {
            byName[PlaceKey.county(old.name)]?.removeAll { $0 == county.code }
            if PlaceKey.county(old.name) != PlaceKey.county(county.name) {
                byFormerName[PlaceKey.county(old.name), default: []].insert(county.code)
            }
        }
        counties[county.code] = county
        var codes = byName[PlaceKey.county(county.name), default: []]
        codes.append(county.code)
        byName[PlaceKey.county(county.name)] = codes.sorted()
    }

    /// The county of that name: in full, else by its short name, else without its last 县, 区 or 市 where that fits
    /// only one.
    public func code(named name: String) -> CountyCode? {
        let key = PlaceKey.county(name)
        if key.isEmpty { return nil }
        if let codes = byName[key], codes.count == 1 { return codes[0] }
        if let code = CountyCode(key), counties[code] != nil { return code }
        if let code = byShortName[key] { return code }
        if let codes = byFormerName[key], codes.count == 1 { return codes.first }
        let fits = byName.keys.filter { full in
            guard full.count > 2, let last = full.last, "县区市".contains(last) else { return false }
            return full.dropLast() == key || full.hasPrefix(key) && key.count >= 2 && full.hasSuffix("自治县")
        }
        let codes = fits.flatMap { byName[$0] ?? [] }
        if codes.count == 1 { return codes[0] }
        return codes.isEmpty ? code(stem: key) ?? code(under: key) : nil
    }

    /// 海东市乐都区, 青海省海东市乐都区: a county behind the names of what it lies in.
    private func code(under key: String) -> CountyCode? {
        let fits = byName.filter { name, codes in
            guard codes.count == 1, name.count > 2, key.hasSuffix(name), let last = key.dropLast(name.count).last else {
                return false
            }
            return "省市州盟区".contains(last)
        }
        let longest = fits.keys.map(\.count).max() ?? 0
        let codes = Set(fits.filter { $0.key.count == longest }.flatMap(\.value))
        return codes.count == 1 ? codes.first : nil
    }

    /// The only county whose name differs by its suffix alone: 平安县 of old is 平安区.
    private func code(stem key: String) -> CountyCode? {
        guard let stem = CountyIndex.stem(key) else { return nil }
        let codes = byName.filter { CountyIndex.stem($0.key) == stem }.flatMap(\.value)
        return codes.count == 1 ? codes[0] : nil
    }

    private static func stem(_ name: String) -> Substring? {
        guard name.count > 2, let last = name.last, "县区市旗".contains(last), !name.hasSuffix("自治县") else { return nil }
        return name.dropLast()
    }

    /// The county a text names anywhere (a title, a folder `630202-乐都区`) in full, or by a short name with its 县, 区
    /// or 市 (共和 alone may be a township); the longest name wins.
    public func code(in text: String) -> CountyCode? {
        let key = TextFolding.key(text)
        if let code = CountyCode(prefixOf: key), counties[code] != nil { return code }
        var best: (name: String, code: CountyCode)?
        for (name, codes) in byName where codes.count == 1 && key.hasBytes(of: name) {
            if let current = best, (current.name.count, name) > (name.count, current.name) { continue }
            best = (name, codes[0])
        }
        for (name, codes) in byFormerName where codes.count == 1 && byName[name]?.isEmpty ?? true {
            guard key.hasBytes(of: name), let code = codes.first else { continue }
            if let current = best, (current.name.count, name) > (name.count, current.name) { continue }
            best = (name, code)
        }
        for (name, code) in byShortName where name.count > 2 && "县区市".contains(name.last ?? " ") {
            guard key.hasBytes(of: name) else { continue }
            if let current = best, (current.name.count, name) > (name.count, current.name) { continue }
            best = (name, code)
        }
        return best?.code
    }
}

/// Which county a text names, asked before: every row of a register, every block names one of a few.
public final class CountyAnswers {
    private var known: [String: CountyCode?] = [:]
    private static let countMax = 10_000

    public init() {}

    /// The county of that name.
    public func code(named name: String, in index: CountyIndex) -> CountyCode? {
        answer("named " + name) { index.code(named: name) }
    }

    /// The county that a text names anywhere.
    public func code(in text: String, of index: CountyIndex) -> CountyCode? {
        answer("in " + text) { index.code(in: text) }
    }

    private func answer(_ question: String, _ look: () -> CountyCode?) -> CountyCode? {
        if let answer = known[question] { return answer }
        let found = look()
        if known.count >= CountyAnswers.countMax { known = [:] }
        known[question] = .some(found)
        return found
    }
}
