import Domain
import Registers

/// Which folders of the inbox a run reads: for one county all but those named with another county's code or name.
///
/// Source: spec §11. What lies in no county's folder belongs to all of them.
struct CountyScope {
    private let county: CountyCode?
    private let index: CountyIndex
    private let answers = CountyAnswers()

    init(_ context: RunContext) throws {
        county = context.options.county
        let region = try context.region()
        var index = CountyIndex(region.countyRecords, shortNames: region.countyShortNames)
        let named = try context.ledger.read { ledger in
            try RegisteredCounties.read(ledger) + ledger.countyNames().values.sorted { $0.code < $1.code }
        }
        for record in named { index.insert(record) }
        self.index = index
    }

    init(county: CountyCode?, index: CountyIndex) {
        self.county = county
        self.index = index
    }

    /// Whether a folder is looked into. The first of its names that names a county decides.
    ///
    /// - Parameter path: relative to the inbox, with `/`.
    func holds(folder path: String) -> Bool {
        guard let county else { return true }
        for name in path.split(separator: "/") {
            if let named = self.county(named: String(name)) { return named == county }
        }
        return true
    }

    /// Whether a file is read.
    func holds(_ file: String) -> Bool {
        guard county != nil, let end = file.lastIndex(of: "/") else { return true }
        return holds(folder: String(file[..<end]))
    }

    /// The county whose folder a file lies in; nil where it lies in none.
    func home(_ file: String) -> CountyCode? {
        for name in file.split(separator: "/").dropLast() {
            if let named = county(named: String(name)) { return named }
        }
        return nil
    }

    /// `630202-乐都区`, `平安区`; a code that nobody ships stands for itself where a name follows it.
    private func county(named folder: String) -> CountyCode? {
        let key = TextFolding.key(folder)
        // The code before the name: 522123-长云坪区 is not 云坪区's, whichever of the two is known.
        if let code = CountyCode(prefixOf: key), code.isOfProvince, let last = key.last, "县区市旗".contains(last) {
            return code
        }
        return answers.code(in: folder, of: index)
    }
}
