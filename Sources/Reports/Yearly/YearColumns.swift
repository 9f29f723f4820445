import Domain
import Tables

/// Columns that several yearly reports share.
enum YearColumns {
    static let year = CSVColumn("年度", .year, isRequired: true)
    static let county = CSVColumn("县区", isRequired: true)
    static let township = CSVColumn("乡镇")
    static let village = CSVColumn("村")
    static let unit = CSVColumn("派出单位")
    static let name = CSVColumn("姓名")
    static let maskedID = CSVColumn("身份证号", description: "已脱敏")

    static func people(_ name: String, _ description: String = "") -> CSVColumn {
        CSVColumn(name, .integer, unit: "人", description: description)
    }

    static func yuan(_ name: String, _ description: String = "") -> CSVColumn {
        CSVColumn(name, .number, unit: "元", description: description)
    }

    /// Yes or no as the registers say it.
    static func flag(_ value: Bool) -> String { value ? "是" : "否" }
}

extension SourceCell {
    /// The cell for a report, personal numbers in names of files and sheets masked.
    var maskedText: String { IDMasking.masked(text) }
}

extension [SourceCell] {
    /// Where it stands: every cell, those of one sheet together: `花名册.xlsx 表!S4、S5；…`, without the county's own
    /// folder.
    func evidenceText(in county: CountyRecord) -> String {
        var texts: [String] = []
        var last: SourceCell?
        let folders = ["\(county.code.text)-", "\(county.name)/", "\(county.code.text)/"]
        for cell in self {
            if let last, last.file == cell.file, last.sheet == cell.sheet {
                // Another county's name says all there is to say.
                guard !cell.isElsewhere else { continue }
                texts[texts.count - 1] += "、\(cell.address.a1)"
            } else {
                let isOwn = folders.contains { cell.file.hasPrefix($0) }
                let text = cell.maskedText
                texts.append(isOwn ? String(text.drop { $0 != "/" }.dropFirst()) : text)
            }
            last = cell
        }
        return texts.joined(separator: "；")
    }
}
