import Domain
import Tables

/// Who a sheet of one person is about: a label, else the title, else the sheet's name. Source: spec §5.4.
enum OwnerName {
    private static let roles = [
        "驻村第一书记", "第一书记", "驻村工作队员", "驻村工作队队员", "工作队员", "工作队长", "驻村干部", "驻村队员", "队员", "选调生", "队长",
    ]
    private static let noNames: Set<String> = [
        "个人", "月度", "日常", "每日", "情况", "名单", "工作", "年度", "全体", "全镇", "全乡", "人员", "花名",
    ]
    private static let sheetWords = ["考勤", "出勤", "签到", "表", "月", "日", "汇总", "说明", "统计", "登记", "明细", "情况"]

    /// The name and the cell it stands in, nil where nothing or too much tells it; and what was weighed.
    static func find(_ preamble: Preamble, _ place: SheetPlace) -> (name: SubmittedText?, candidates: [SubmittedText]) {
        if let names = beside(preamble.labels) {
            return (nil, names.compactMap { name in name.cell.map { SubmittedText(text: name.text, cell: $0) } })
        }
        if let label = preamble.labels.last(where: { $0.field == .name }), let cell = label.cell {
            return (SubmittedText(text: label.text, cell: cell), [])
        }
        let sheetName = ofSheet(place.sheetName)
        var found: [SubmittedText] = []
        for title in preamble.titles {
            if let sheetName, ByteText.contains(TextFolding.key(title.text), sheetName) {
                return (SubmittedText(text: sheetName, cell: title.cell), [])
            }
            if let name = inTitle(title.text) { found.append(SubmittedText(text: name, cell: title.cell)) }
        }
        let cell = preamble.titles.first?.cell ?? CellAddress(row: 0, column: 0)
        let ofSheet = sheetName.map { SubmittedText(text: $0, cell: cell) }
        let all = found + [ofSheet].compactMap { $0 }
        let names = Set(all.map { PersonName($0.text).key })
        return (names.count == 1 ? all[0] : nil, all)
    }

    /// Labels of one row that name several people; nil where they name one.
    static func beside(_ labels: [ContextText]) -> [ContextText]? {
        let names = labels.filter { $0.field == .name && $0.cell != nil }
        guard let row = names.last?.cell?.row else { return nil }
        let ofRow = names.filter { $0.cell?.row == row }
        return Set(ofRow.map { PersonName($0.text).key }).count > 1 ? ofRow : nil
    }

    /// A sheet named after a person.
    private static func ofSheet(_ name: String) -> String? {
        var key = TextFolding.key(name)
        key = HeadingText.withoutBrackets(key)
        while let last = key.last, last.isNumber { key.removeLast() }
        guard NameText.isPlausible(key), !sheetWords.contains(where: { ByteText.contains(key, $0) }) else { return nil }
        return key
    }

    /// 碾伯镇青禾湾村王守成2018年11月考勤表: what stands between the village and the year.
    private static func behindVillage(_ key: String) -> String? {
        guard let digit = key.firstIndex(where: { $0.isNumber && $0.isASCII }),
            let village = key[..<digit].lastIndex(of: "村")
        else { return nil }
        let name = String(key[key.index(after: village)..<digit])
        let isWord = ["扶贫", "帮扶", "党员", "支部", "振兴", "干部", "驻村"].contains { ByteText.contains(name, $0) }
        return NameText.isPlausible(name) && !isWord && !noNames.contains(name) ? name : nil
    }

    /// 碾伯镇青禾湾村驻村干部王守成2018年11月考勤表: what stands between the role and the month.
    private static func inTitle(_ title: String) -> String? {
        let key = TextFolding.key(title)
        for role in roles {
            guard let range = key.firstBytes(of: role) else { continue }
            var rest = key[range.upperBound...]
            while let first = rest.first, ":：-—(（“\"".contains(first) { rest = rest.dropFirst() }
            let name = String(rest.prefix { !$0.isNumber && !"年月同考出签的()（）:：”\"在".contains($0) })
            if NameText.isPlausible(name), !noNames.contains(name) { return name }
        }
        return behindVillage(key)
    }
}
