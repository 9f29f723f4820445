import Domain
import Registers

/// Places that the texts around a block name, read against one county's places. Source: spec §5.3, §5.6.
struct BlockPlace {
    /// Official name of the township; nil where none is named or known.
    var township: String?
    /// Official place of the village; nil where none is named or known.
    var village: PlaceIndex.Village?
    /// The village as named, where it is not one the county knows.
    var unknownVillage: String?
    /// The township as named by a label, where it is not one the county knows.
    var unknownTownship: String?
}

/// Resolves places of blocks and rows within one county.
struct PlaceResolver {
    let places: PlaceIndex
    let countyName: String

    /// The place of a whole block: labels, else titles, else sheet name, else folder.
    func place(of block: AttendanceBlock) -> BlockPlace {
        var place = BlockPlace()
        let contexts = block.context.enumerated().sorted { ($0.element.kind, $0.offset) < ($1.element.kind, $1.offset) }
            .map(\.element)
        for context in contexts where context.kind != .fileName {
            if place.township == nil { place.township = township(context) }
        }
        for context in contexts where context.kind == .label && context.field == .township && place.township == nil {
            place.unknownTownship = TextFolding.trimmed(context.text)
        }
        for context in contexts where context.kind != .fileName && context.kind != .folder {
            if place.village != nil { break }
            resolveVillage(context, &place)
        }
        if place.township == nil { place.township = place.village?.township }
        return place
    }

    private func township(_ context: ContextText) -> String? {
        switch context.kind {
        case .label:
            // 填报单位：威远镇 is a label of no person's field.
            guard let field = context.field else { return places.township(in: context.text) }
            guard field == .township || field == .village || field == .sendingUnit else { return nil }
            return field == .township ? places.township(named: context.text) : places.township(in: context.text)
        case .sheetName, .folder: return places.township(named: context.text) ?? places.township(in: context.text)
        case .title, .fileName: return places.township(in: context.text)
        }
    }

    private func resolveVillage(_ context: ContextText, _ place: inout BlockPlace) {
        switch context.kind {
        case .label:
            guard context.field == .village || context.field == .sendingUnit else { return }
            place.village = village(named: context.text, township: place.township)
            if place.village == nil, context.field == .village {
                place.unknownVillage = TextFolding.trimmed(context.text)
            }
        case .title:
            if let township = place.township { place.village = places.village(in: context.text, township: township) }
            if place.village == nil, place.unknownVillage == nil {
                place.unknownVillage = villageWord(in: context.text, township: place.township)
                if let word = place.unknownVillage, let known = village(named: word, township: place.township) {
                    place.village = known
                    place.unknownVillage = nil
                }
            }
        case .sheetName: place.village = village(named: context.text, township: place.township)
        case .fileName, .folder: return
        }
        if place.village != nil { place.unknownVillage = nil }
    }

    /// A village by name; one that only the county as a whole makes unique still counts.
    func village(named name: String, township: String?) -> PlaceIndex.Village? {
        places.village(named: name, in: township)
    }

    /// `枫叶岭村` of `高庙镇枫叶岭村驻村干部考勤表`: a word ending in 村 that follows the township (or the county).
    private func villageWord(in title: String, township: String?) -> String? {
        var key = TextFolding.key(title)
        key = PlaceIndex.removing(PlaceKey.county(countyName), from: key)
        var start = key.startIndex
        if let township, let range = key.firstBytes(of: PlaceKey.township(township)) { start = range.upperBound }
        guard let end = key[start...].firstIndex(of: "村") else { return nil }
        let word = key[start..<end]
        guard !word.isEmpty, word.count <= 8, word.last != "驻", !word.contains(where: { $0.isNumber || $0 == "年" })
        else {
            return nil
        }
        return word + "村"
    }
}

/// To which county each row of a block belongs: its column, else title, else folder, else township, else the person.
public struct CountyAssigner {
    private let index: CountyIndex
    private let answers = CountyAnswers()
    private let places: [CountyCode: PlaceIndex]
    private let countyByID: [String: CountyCode]

    public init(_ registers: Registers) {
        index = registers.index
        places = registers.counties.mapValues(PlaceIndex.init(records:))
        var byID: [String: CountyCode] = [:]
        for (code, records) in registers.counties.sorted(by: { $0.key < $1.key }) {
            for cadre in records.cadres where byID[cadre.id.text] == nil { byID[cadre.id.text] = code }
        }
        countyByID = byID
    }

    /// Knows the counties' names only: enough for a block whose title or folder names its county.
    public init(_ index: CountyIndex) {
        self.index = index
        places = [:]
        countyByID = [:]
    }

    /// The county of all rows, where title, label or folder names it and no row has a county of its own.
    public func countyByContext(_ block: AttendanceBlock) -> CountyCode? {
        block.rows.contains { $0.county != nil } ? nil : county(of: block)
    }

    /// What a row's county is, or why it has none.
    public enum Assignment: Hashable, Sendable {
        case county(CountyCode)
        /// The row names a county that nobody knows.
        case unknown(String)
        /// Nothing names one.
        case untold
    }

    /// Shape: one assignment a row, in order.
    public func assign(_ block: AttendanceBlock) -> [Assignment] {
        let ofBlock = county(of: block)
        return block.rows.map { row in
            if let text = row.county?.text, !TextFolding.key(text).isEmpty {
                return answers.code(named: text, in: index).map(Assignment.county)
                    ?? .unknown(TextFolding.trimmed(text))
            }
            if let ofBlock { return .county(ofBlock) }
            if let township = row.township?.text, let code = onlyCounty(withTownship: township) {
                return .county(code)
            }
            switch ResidentID.read(row.residentID?.text ?? "") {
            case .valid(let id), .upgraded(let id):
                if let code = countyByID[id.text] { return .county(code) }
            default: break
            }
            // The only county of the inbox is meant where nothing says otherwise.
            if places.count == 1, let only = places.keys.first { return .county(only) }
            return .untold
        }
    }

    /// The county that the texts around the block name.
    public func county(of block: AttendanceBlock) -> CountyCode? {
        let contexts = block.context.sorted { $0.kind < $1.kind }.filter { $0.kind != .fileName }
        for context in contexts {
            if context.kind == .label, context.field == .county, let code = answers.code(named: context.text, in: index)
            {
                return code
            }
            if context.kind != .label, let code = answers.code(in: context.text, of: index) { return code }
        }
        for context in contexts where context.kind != .label || context.field == .township {
            let fits = places.filter { $0.value.township(in: context.text) != nil }
            if fits.count == 1, let code = fits.first?.key { return code }
        }
        return nil
    }

    private func onlyCounty(withTownship name: String) -> CountyCode? {
        let fits = places.filter { $0.value.township(named: name) != nil }
        return fits.count == 1 ? fits.first?.key : nil
    }
}
