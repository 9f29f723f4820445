import Domain
import Foundation
import Ledger
import Reports
import Rules
import Settings
import Sheets

/// The province's outputs from counties' extracts, wherever those were computed. Source: spec §11.
public enum ProvinceStage {
    /// Reads extracts and writes the province's files for every year in them.
    ///
    /// - Returns: paths written, relative to the output folder.
    /// - Throws: `RunFailure.refused` for a file that is no extract, or a county and year that comes twice.
    public static func run(_ paths: [String], options: RunOptions) throws -> [String] {
        var extracts: [CountyYear: CountyExtract] = [:]
        for path in paths {
            guard let data = FileManager.default.contents(atPath: path) else { throw RunFailure.noSuchFile(path) }
            let extract: CountyExtract
            do {
                extract = try JSONDecoder().decode(CountyExtract.self, from: data)
            } catch {
                throw RunFailure.refused(
                    BilingualText(zh: "\(path) 不是县区提取文件。", en: "\(path) is no extract of a county."))
            }
            guard extract.version == CountyExtract.version else {
                throw RunFailure.refused(
                    BilingualText(
                        zh: "\(path) 是第 \(extract.version) 版提取文件，本程序读第 \(CountyExtract.version) 版。",
                        en:
                            "\(path) is an extract of version \(extract.version); this program reads \(CountyExtract.version)."
                    ))
            }
            let key = CountyYear(county: extract.county.code, year: extract.year)
            if let other = extracts[key], other != extract {
                throw RunFailure.refused(
                    BilingualText(
                        zh: "\(extract.county.name) \(extract.year) 有两份不同的提取文件。",
                        en: "there are two different extracts of \(extract.county.name) \(extract.year)."))
            }
            extracts[key] = extract
        }
        guard let regionText = try? String(contentsOfFile: options.regions, encoding: .utf8) else {
            throw RunFailure.noSuchFile(options.regions)
        }
        guard let policyText = try? String(contentsOfFile: options.policy, encoding: .utf8) else {
            throw RunFailure.noSuchFile(options.policy)
        }
        let asOf = extracts.values.map(\.asOf).max() ?? options.asOf
        let province = ProvinceYears(
            extracts: Array(extracts.values), region: try RegionFile.region(from: regionText, file: options.regions),
            policy: try PolicyFile.policy(from: policyText, file: options.policy), asOf: asOf)
        let folder = OutputFolder(root: options.output)
        var written: [String] = []
        for year in province.years {
            for file in province.files(year) + [province.doublePresence(year)] {
                let output = try file.output(folder)
                try AtomicFile.write(output.bytes, to: options.output + "/" + output.path)
                written.append(output.path)
            }
        }
        return written
    }
}
