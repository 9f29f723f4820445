import Domain

/// The townships and villages of one county over all its village registers, renamed ones known by code or stem.
///
/// Source: spec §5.3: a township's or village's new name or suffix (镇→乡, 村→社区) is the same place where its code
/// or stem says so.
struct PlaceBook {
    private struct Township {
        var name: String
        var formerNames: Set<String> = []
    }
    private struct Village {
        var township: Int
        var name: String
        var code: String
        /// Names it had, each with the township's name of that time.
        var formerNames: Set<PlaceIndex.Village> = []
    }

    private var townships: [Township] = []
    private var villages: [Village] = []
    private var villageByCode: [String: Int] = [:]
    private var villageByKey: [Int: [String: Int]] = [:]

    /// Takes the rows of one file; returns for each the number its village is known by.
    ///
    /// - Parameter rows: township, village and administrative code as sent.
    mutating func enter(_ rows: [(township: String, village: String, code: String)]) -> [Int] {
        let namesInFile = Set(rows.map { PlaceKey.township($0.township) })
        var namesOfCode: [String: Set<String>] = [:]
        for row in rows { namesOfCode[row.code, default: []].insert(PlaceKey.village(row.village)) }
        return rows.map { row in
            let township = enter(township: row.township, namesInFile)
            // A code that one file gives to two villages names neither; a short one names a township.
            let isTelling = row.code.utf8.count >= 12 && namesOfCode[row.code]?.count == 1
            return enter(village: row.village, in: township, code: isTelling ? row.code : "")
        }
    }

    private mutating func enter(township name: String, _ namesInFile: Set<String>) -> Int {
        let key = PlaceKey.township(name)
        if let known = townships.firstIndex(where: { PlaceKey.township($0.name) == key }) { return known }
        let stem = PlaceKey.townshipStem(name)
        let fits = townships.indices.filter { PlaceKey.townshipStem(townships[$0].name) == stem }
        if fits.count == 1, let known = fits.first {
            // 碾伯 is 碾伯镇 written short, and no new name.
            if stem == key { return known }
            // A file that names both 平安镇 and 平安乡 means two townships.
            if !namesInFile.contains(PlaceKey.township(townships[known].name)) {
                rename(township: known, to: name)
                return known
            }
        }
        townships.append(Township(name: name))
        return townships.count - 1
    }

    private mutating func rename(township index: Int, to name: String) {
        let old = townships[index].name
        for village in villages.indices where villages[village].township == index {
            villages[village].formerNames.insert(
                PlaceIndex.Village(township: old, village: villages[village].name))
        }
        townships[index].formerNames.insert(old)
        townships[index].name = name
    }

    private mutating func enter(village name: String, in township: Int, code: String) -> Int {
        let key = PlaceKey.village(name)
        if let known = villageByKey[township]?[key] {
            if !code.isEmpty, villages[known].code.isEmpty || villageByCode[code] == nil {
                villages[known].code = code
                villageByCode[code] = known
            }
            villages[known].name = name
            return known
        }
        if !code.isEmpty, let known = villageByCode[code] {
            let old = villages[known]
            villages[known].formerNames.insert(
                PlaceIndex.Village(township: townships[old.township].name, village: old.name))
            villages[known].name = name
            villages[known].township = township
            villageByKey[township, default: [:]][key] = known
            return known
        }
        villages.append(Village(township: township, name: name, code: code))
        let number = villages.count - 1
        villageByKey[township, default: [:]][key] = number
        if !code.isEmpty { villageByCode[code] = number }
        return number
    }

    /// The township and village of a number, by their names of today.
    func place(_ number: Int) -> PlaceIndex.Village {
        PlaceIndex.Village(township: townships[villages[number].township].name, village: villages[number].name)
    }

    /// Every former name beside today's, sorted.
    var formerPlaces: [FormerPlace] {
        var places: Set<FormerPlace> = []
        for township in townships {
            for old in township.formerNames {
                places.insert(FormerPlace(township: old, village: "", nowTownship: township.name, nowVillage: ""))
            }
        }
        for (number, village) in villages.enumerated() {
            let now = place(number)
            for old in village.formerNames where old != now {
                places.insert(
                    FormerPlace(
                        township: old.township, village: old.village, nowTownship: now.township,
                        nowVillage: now.village))
            }
        }
        return places.sorted()
    }
}
