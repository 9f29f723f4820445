import Domain

/// What a column or row of figures counts, by its heading. Source: spec §5.4.
enum FigureMeaning: Hashable, Sendable {
    /// 出勤 在岗 驻村 实到: days worked.
    case worked
    /// 应出勤 应到 计划: days due.
    case due
    /// 累计: a sum that runs over months.
    case running
    /// 未出勤 缺勤: due days not worked.
    case notWorked
    /// 请假 病假 公差 旷工: its own marks.
    case status(AttendanceStatus)
    /// 合计 小计 天数: of what, only place and arithmetic tell.
    case sum
    /// 迟到次数 人数: nothing that days of marks can be compared with.
    case other

    private static let counts = ["天数", "日数", "天", "次数", "数", "合计", "小计", "总计", "共计", "累计", "总数"]
    private static let bare: Set<String> = [
        "出勤", "实到", "应到", "应出勤", "实出勤", "缺勤", "未出勤", "请假", "事假", "病假", "年休假", "年假", "产假", "婚假", "探亲假", "丧假", "休假", "公假",
        "公差", "出差", "公出", "因公", "因公外出", "外出", "培训", "学习", "旷工", "旷岗", "脱岗", "抽调", "借调", "休息", "轮休", "迟到", "早退", "在岗",
        "到岗",
        "全勤", "公休", "节假日", "法定节假日", "实际出勤", "实际到岗", "实际在岗", "实际驻村", "计划", "实际", "累计", "工作日", "应勤", "实勤", "未到岗", "缺岗",
    ]
    private static let money = ["率", "%", "元", "金额", "工资", "标准", "电话", "账号", "得分", "分数", "扣分"]
    /// Money too, but for the days it is paid for: 补助天数.
    private static let allowances = ["补助", "补贴"]
    private static let dues = [
        "应出勤", "应到", "应在岗", "应驻村", "应勤", "应工作", "计划", "法定", "规定", "额定", "工作日", "本月天数", "当月天数", "日历天数", "全月天数",
    ]
    private static let notWorkeds = ["未出勤", "未到岗", "未在岗", "未驻村", "未到", "缺勤", "缺岗", "不在岗", "离岗", "空岗", "未在村"]
    private static let runnings = ["累计", "累积", "本年", "全年", "年度", "至今", "截至", "截止"]
    private static let workeds = [
        "出勤", "实到", "在岗", "驻村", "到岗", "实勤", "考勤天数", "应发", "实发", "上班", "实际", "在村", "到村", "签到", "工作天数",
        // What somebody found right, or will pay for, says how many days were worked as well.
        "核定", "认定", "核实", "审核", "审定", "确认", "计发", "发放", "补助", "补贴", "计补",
    ]
    private static let sums = ["合计", "小计", "总计", "共计", "天数", "总数", "周计", "月计"]

    /// Nil where the heading names no count of days.
    static func read(_ heading: String) -> FigureMeaning? {
        guard heading.utf8.count <= 60, heading.utf8.count >= 3 else { return nil }
        let whole = HeadingText.key(heading)
        let key = HeadingText.withoutBrackets(whole)
        guard (2...14).contains(key.count), !money.contains(where: { ByteText.contains(whole, $0) }) else { return nil }
        let isCount =
            counts.contains { key.hasSuffix($0) } || ByteText.contains(whole, "(天)") || ByteText.contains(whole, "(日)")
        guard isCount || bare.contains(key) else { return nil }
        let isOfDays = ["天数", "日数"].contains { key.hasSuffix($0) }
        guard isOfDays || !allowances.contains(where: { ByteText.contains(whole, $0) }) else { return nil }
        func says(_ words: [String]) -> Bool { words.contains { ByteText.contains(key, $0) } }
        if says(["人数", "人次", "次数", "迟到", "早退", "加班", "序数", "户数"]) { return .other }
        // Of a part of the month: nothing that its marks as a whole are compared with.
        if says(["上半月", "下半月", "上旬", "中旬", "下旬"]) { return .other }
        if says(notWorkeds) { return .notWorked }
        if says(dues) { return .due }
        if says(runnings), !says(["本月", "当月"]) { return .running }
        if let status = MarkMeaning.status(of: key), status != .present { return .status(status) }
        if says(workeds) { return .worked }
        return says(sums) || says(["累计"]) ? .sum : nil
    }

    /// Whether the heading itself says that it counts: 出勤天数, not 出勤.
    static func countsDays(_ heading: String) -> Bool {
        let key = HeadingText.withoutBrackets(HeadingText.key(heading))
        return counts.contains { key.hasSuffix($0) }
    }

    /// Whether the heading means nothing without the one above it: 请假 over 天数.
    static func isGeneric(_ heading: String) -> Bool {
        ["天数", "天", "日数", "次数", "小计", "合计", "数"].contains(HeadingText.withoutBrackets(HeadingText.key(heading)))
    }
}

/// A column (or, where days run down, a row) of figures.
struct FigureLine: Sendable {
    /// Its column, or its row.
    var index: Int
    var meaning: FigureMeaning
    var heading: SubmittedText
    /// It stands between days: a weekly sum.
    var isAmongDays = false
}
