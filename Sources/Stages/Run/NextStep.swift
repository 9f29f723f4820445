import Domain
import Ledger

/// What a new user lacks after a run: the first minutes, said in one line.
public enum NextStep: Hashable, Sendable {
    case emptyInbox(String)
    case nothingRecognised(String)
    case noRoster(String)
    case noAttendance(CountyCode)

    /// What is lacking most; nil where the inputs are complete enough to pay.
    public static func of(_ options: RunOptions) throws -> NextStep? {
        try LedgerDatabase(path: options.ledger).read { ledger in
            if try ledger.hasPayments() { return nil }
            let counties = try ledger.countyNames()
            let months = try ledger.monthSummaries()
            if counties.isEmpty, months.isEmpty {
                return try ledger.inboxCounts().present == 0
                    ? .emptyInbox(options.inbox) : .nothingRecognised(options.inbox)
            }
            if !months.isEmpty {
                return months.values.contains { !$0.dueTownships.isEmpty } ? nil : .noRoster(options.inbox)
            }
            for code in counties.keys.sorted() {
                if let entry = try ledger.countyRecord(code), !entry.records.cadres.isEmpty {
                    return .noAttendance(code)
                }
            }
            return .noRoster(options.inbox)
        }
    }

    public func message(_ language: Language) -> String {
        let text: BilingualText =
            switch self {
            case .emptyInbox(let inbox):
                BilingualText(
                    zh: "收件目录 \(inbox) 是空的。请放入花名册、村名录、派出单位名录和各乡镇考勤表（.xlsx .xls .et .csv），再运行一次。",
                    en:
                        "The inbox \(inbox) is empty. Put the roster (花名册), village register (村名录), unit register (派出单位名录) and the townships' attendance sheets (考勤) there, then run again."
                )
            case .nothingRecognised(let inbox):
                BilingualText(
                    zh: "\(inbox) 里没有一张表能识别。用 zhucun inspect 文件 看程序读到了什么；表头应有“花名册”“村名录”“考勤”等字样。",
                    en:
                        "Nothing in \(inbox) was recognised. `zhucun inspect FILE` shows what was read; titles should say 花名册, 村名录, 考勤."
                )
            case .noRoster(let inbox):
                BilingualText(
                    zh: "还没有花名册，无人可以计发。请把花名册（姓名、身份证号、派出单位、驻村职务、县区、乡镇、村、驻村开始日期）放入 \(inbox)。",
                    en:
                        "There is no roster yet, so nobody can be paid. Put the 花名册 (姓名, 身份证号, 派出单位, 驻村职务, 县区, 乡镇, 村, 驻村开始日期) into \(inbox)."
                )
            case .noAttendance(let county):
                BilingualText(
                    zh:
                        "花名册已读入，还没有考勤表。可用 zhucun template 考勤表 --county \(county.text) --period 年-月 --to 目录 生成各乡镇的填报模板。",
                    en:
                        "The roster is in; attendance is not. `zhucun template attendance --county \(county.text) --period yyyy-mm --to DIR` makes a pre-filled sheet for each township."
                )
            }
        return text.text(language)
    }
}
