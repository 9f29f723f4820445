import Domain

/// The townships and villages of one county: of its village register, and of postings beyond it.
public struct PlaceIndex: Sendable {
    /// A village by its official names.
    public struct Village: Hashable, Sendable, Comparable {
        public let township: String
        public let village: String
        public var key: VillageKey { VillageKey(township: township, village: village) }

        public init(township: String, village: String) {
            self.township = township
            self.village = village
        }

        public static func < (left: Village, right: Village) -> Bool {
            (left.township, left.village) < (right.township, right.village)
        }
    }

    /// Official names, sorted.
    public let townships: [String]
    private var townshipByKey: [String: String] = [:]
    private var townshipByStem: [String: [String]] = [:]
    private var villagesByTownship: [String: [String: String]] = [:]
    private var villagesByKey: [String: [Village]] = [:]
    /// By township of today, then by the key of a name the village had.
    private var formerVillages: [String: [String: Village]] = [:]

    /// - Parameter former: names that some of the places had before.
    public init(_ villages: some Sequence<Village>, former: [FormerPlace] = []) {
        var names: Set<String> = []
        for place in Set(villages).sorted() {
            if names.insert(place.township).inserted {
                townshipByKey[PlaceKey.township(place.township)] = place.township
                townshipByStem[PlaceKey.townshipStem(place.township), default: []].append(place.township)
            }
            guard !place.village.isEmpty else { continue }
            let key = PlaceKey.village(place.village)
            if villagesByTownship[place.township]?[key] == nil {
                villagesByTownship[place.township, default: [:]][key] = place.village
                villagesByKey[key, default: []].append(place)
            }
        }
        townships = names.sorted()
        for place in former { add(place) }
    }

    /// A former name counts where no place of today has it.
    private mutating func add(_ former: FormerPlace) {
        let oldTownship = PlaceKey.township(former.township)
        if former.village.isEmpty {
            if townshipByKey[oldTownship] == nil { townshipByKey[oldTownship] = former.nowTownship }
            return
        }
        let key = PlaceKey.village(former.village)
        let place = Village(township: former.nowTownship, village: former.nowVillage)
        let township = townshipByKey[oldTownship] ?? former.nowTownship
        if villagesByTownship[township]?[key] == nil, formerVillages[township]?[key] == nil {
            formerVillages[township, default: [:]][key] = place
        }
    }

    private func known(_ key: String, in township: String) -> Village? {
        if let exact = villagesByTownship[township]?[key] { return Village(township: township, village: exact) }
        return formerVillages[township]?[key]
    }

    /// The township of that name: in full, else without 镇, 乡, 街道 where that is unique in the county.
    public func township(named name: String) -> String? {
        let key = PlaceKey.township(name)
        if let exact = townshipByKey[key] { return exact }
        let stems = townshipByStem[PlaceKey.townshipStem(name)] ?? []
        return stems.count == 1 ? stems[0] : townships.first { PlaceIndex.isUnder(PlaceKey.township($0), key) }
    }

    /// Whether `key` is a name behind that of its county: 乐都区碾伯镇.
    private static func isUnder(_ name: String, _ key: String) -> Bool {
        guard name.count > 1, key.hasSuffix(name), let last = key.dropLast(name.count).last else { return false }
        return "县区市旗".contains(last)
    }

    /// 东村（贫困村） without its remark, 乐都区碾伯镇东村 without what it lies in.
    private func bare(_ name: String, in township: String?) -> String {
        var key = TextFolding.key(name)
        if key.hasSuffix(")"), let open = key.lastIndex(of: "("), open > key.startIndex { key = String(key[..<open]) }
        for name in township.map({ [PlaceKey.township($0)] }) ?? townships.map(PlaceKey.township) {
            guard let range = key.firstBytes(of: name), range.upperBound < key.endIndex else { continue }
            let before = key[..<range.lowerBound]
            if before.isEmpty || "县区市旗".contains(before.last ?? " ") {
                return township == nil ? String(key[range.lowerBound...]) : String(key[range.upperBound...])
            }
        }
        return key
    }

    /// The village of that name in the township, or in the only township that has one.
    public func village(named name: String, in township: String?) -> Village? {
        if let known = village(exactly: name, in: township) { return known }
        let bare = bare(name, in: township)
        if bare != TextFolding.key(name), let known = village(exactly: bare, in: township) { return known }
        // 东村村委会 is the committee of 东村.
        let short = PlaceKey.village(bare)
        return short == bare ? nil : village(exactly: short, in: township)
    }

    private func village(exactly name: String, in township: String?) -> Village? {
        var key = PlaceKey.village(name)
        if key.isEmpty { return nil }
        if let township {
            if let known = known(key, in: township) { return known }
            // `碾伯镇大庄村` in a village column repeats the township.
            for prefix in [PlaceKey.township(township), PlaceKey.townshipStem(township)]
            where key.hasPrefix(prefix) && key.count > prefix.count {
                key.removeFirst(prefix.count)
                if let known = known(key, in: township) { return known }
            }
            return nil
        }
        if let fits = villagesByKey[key] { return fits.count == 1 ? fits[0] : nil }
        let former = Set(formerVillages.values.compactMap { $0[key] })
        if let place = former.first { return former.count == 1 ? place : nil }
        for name in townships where key.hasPrefix(PlaceKey.township(name)) && key.count > name.count {
            let rest = String(key.dropFirst(PlaceKey.township(name).count))
            if let exact = villagesByTownship[name]?[rest] { return Village(township: name, village: exact) }
        }
        return nil
    }

    /// The township that a title names in full (else by a stem of two or more characters that only one has).
    public func township(in text: String) -> String? {
        let key = TextFolding.key(text)
        let full = townships.filter { key.hasBytes(of: PlaceKey.township($0)) }
        if let best = full.max(by: { ($0.count, $1) < ($1.count, $0) }) { return best }
        let stems = townships.filter {
            let stem = PlaceKey.townshipStem($0)
            return stem.count >= 2 && key.hasPrefix(stem) && townshipByStem[stem]?.count == 1
        }
        return stems.count == 1 ? stems[0] : nil
    }

    /// The village of `township` that a title names in full, the township's own name left out.
    public func village(in text: String, township: String) -> Village? {
        let key = PlaceIndex.removing(PlaceKey.township(township), from: TextFolding.key(text))
        var best: String?
        for (_, village) in villagesByTownship[township] ?? [:] where key.hasBytes(of: TextFolding.key(village)) {
            if let current = best, (current.count, village) > (village.count, current) { continue }
            best = village
        }
        return best.map { Village(township: township, village: $0) }
    }

    /// `text` without the first occurrence of `part`.
    public static func removing(_ part: String, from text: String) -> String {
        guard !part.isEmpty, let range = text.firstBytes(of: part) else { return text }
        return String(text[..<range.lowerBound] + text[range.upperBound...])
    }
}
