import Domain

/// Names of the workbooks that sending units get. Source: spec §9.
enum UnitFileNames {
    /// `units/乐都区教育局-2018-11.xlsx` for each unit; names that a file system or a careless eye would take for one
    /// another are numbered.
    static func names(_ units: [String], period: Period) -> [String] {
        // What the systems of the units' offices allow in no name.
        let forbidden: Set<Character> = [":", "*", "?", "\"", "<", ">", "|"]
        var used: Set<String> = []
        return units.map { unit in
            let base = OutputNames.safe(String(TextFolding.trimmed(unit).map { forbidden.contains($0) ? "_" : $0 }))
            var number = 1
            while true {
                let name = "\(base)\(number == 1 ? "" : "(\(number))")-\(period).xlsx"
                if used.insert(OutputNames.short(name).lowercased()).inserted { return "units/" + name }
                number += 1
            }
        }
    }
}
