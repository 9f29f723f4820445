import Domain
import Foundation
import Settings
import Work

/// Names of all provinces and counties of the country, for whoever merges more than one province.
///
/// Shape of `china.csv`, which lies beside the region file and says its source and date: `code,name,prefecture`; codes
/// of provinces end with 0000.
struct Country: Sendable {
    /// By code (`630000`).
    var provinces: [String: String] = [:]
    var counties: [CountyRecord] = []
    /// SHA-256 of the file; empty where none was read.
    private(set) var digest = ""

    /// Nothing is known beyond the region file.
    init() {}

    /// What is needed beside a region file for these counties: nothing where all lie in its province.
    init(beside regions: String, of region: Region, for counties: some Sequence<CountyCode>) throws {
        let own = region.province.code.provinceCode
        self = try counties.contains { $0.provinceCode != own } ? Country(beside: regions) : Country()
    }

    /// Reads the file beside a region file; nothing where there is none.
    ///
    /// - Throws: `RunFailure.refused` for a line that is none.
    init(beside regions: String) throws {
        let path = URL(fileURLWithPath: regions).deletingLastPathComponent().path + "/china.csv"
        guard let data = FileManager.default.contents(atPath: path) else { return }
        digest = Fingerprint.sha256([UInt8](data))
        for cells in ClaimsFile.rows([UInt8](data)) where cells.first?.hasPrefix("#") == false && cells[0] != "code" {
            guard cells.count == 3, let code = CountyCode(cells[0]) else {
                throw RunFailure.refused(
                    BilingualText(
                        zh: "\(path) 有一行不是“代码,名称,市(州)”。", en: "a line of \(path) is no `code,name,prefecture`."))
            }
            if code.text.hasSuffix("0000") {
                provinces[code.text] = cells[1]
            } else {
                counties.append(
                    CountyRecord(code: code, name: cells[1], prefecture: cells[2], isDeepPoverty: false))
            }
        }
    }
}
