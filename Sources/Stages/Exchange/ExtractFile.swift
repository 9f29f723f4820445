import Domain
import Foundation
import Rules

/// An extract as a county handed it over.
struct ExtractFile {
    let path: String
    let extract: CountyExtract
    let stamp: ExchangeStamp
    let until: CivilDate

    var key: CountyYear { CountyYear(county: extract.county.code, year: extract.year) }

    /// 乐都区 2018 (out/extract-2018.json)
    var name: String { "\(extract.county.name) \(extract.year)（\(path)）" }

    /// - Throws: `RunFailure.refused` for a file that is none, or one of another version.
    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else { throw RunFailure.noSuchFile(path) }
        self.path = path
        do {
            extract = try JSONDecoder().decode(CountyExtract.self, from: data)
        } catch {
            throw RunFailure.refused(
                BilingualText(zh: "\(path) 不是县区提取文件。", en: "\(path) is no extract of a county."))
        }
        guard extract.version == CountyExtract.version, let stamp = extract.stamp, let until = extract.until else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "\(path) 是第 \(extract.version) 版提取文件，本程序读第 \(CountyExtract.version) 版。",
                    en:
                        "\(path) is an extract of version \(extract.version); this program reads \(CountyExtract.version)."
                ))
        }
        guard DigestedFile.isWhole([UInt8](data)) else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "\(extract.county.name) \(extract.year) 的 \(path) 已损坏：内容与文件开头的校验值不符。"
                        + "请从该县区重新取得。",
                    en:
                        "\(path) of \(extract.county.code.text) \(extract.year) is damaged: it does not match the digest "
                        + "at its beginning. Fetch it again from the county."))
        }
        if let wrong = ImpossibleFigures.first(extract) { throw ImpossibleFigures.refused(path, wrong) }
        self.stamp = stamp
        self.until = until
    }

    /// The claims of the year's months that lie beside the extract.
    var claims: [ClaimsSource] {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return (extract.claims ?? []).compactMap { digest in
            Period(digest.period).map {
                ClaimsSource(
                    county: extract.county.code, period: $0, path: folder + ClaimsFile.name($0), sha256: digest.sha256)
            }
        }
    }
}

/// The claims of a county's month as they were handed over.
struct ClaimsSource {
    let county: CountyCode
    let period: Period
    let path: String
    let sha256: String

    /// The bytes that the extract names.
    ///
    /// - Throws: `RunFailure.refused` where they are missing or others.
    func bytes() throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "缺少 \(county.text) 的 \(path)：它应与提取文件放在一起。",
                    en: "\(path) of \(county.text) is missing: it belongs beside the extract."))
        }
        let bytes = [UInt8](data)
        guard Fingerprint.sha256(bytes) == sha256 else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "\(path) 与 \(county.text) 的提取文件不是同一次运行的。",
                    en: "\(path) is not of the same run as the extract of \(county.text)."))
        }
        return bytes
    }

    /// The lines about those people.
    ///
    /// - Throws: `RunFailure.refused` also where one of them is no line of claims.
    func lines(of people: Set<UInt64>) throws -> [ClaimLine] {
        var lines: [ClaimLine] = []
        var isDamaged = false
        ClaimsFile.each(try bytes(), of: people) { cells in
            if let line = ClaimLine(cells: cells), line.fits(period), line.county == county {
                lines.append(line)
            } else {
                isDamaged = true
            }
        }
        guard !isDamaged else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "\(county.text) 的 \(path) 有一行不是申报。请重新运行该县区。",
                    en: "\(path) of \(county.text) has a line that is no claim. Run the county again."))
        }
        return lines
    }
}
