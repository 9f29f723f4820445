import Domain
import Tables

/// What a heading over a group of day columns, or under each day or person, says of the marks below it: 计划 | 实际,
/// 应到 | 实到, 白天 | 夜间值守. Source: spec §5.4: only 出勤, 实到, 实际 is presence.
enum GroupWord {
    private static let beyond = ["夜", "晚", "加班", "值守", "值班", "住宿", "住村"]
    private static let others = ["抽查", "督查", "督导", "检查", "走访", "用车", "补登"]
    private static let plans = ["计划", "安排", "排班", "应到", "应出勤", "下月", "预案"]
    private static let absences = ["未到", "未出勤", "缺勤", "不在岗", "未在岗", "旷"]
    private static let workeds = ["实到", "实际", "出勤", "考勤", "在岗", "到岗", "驻村", "白天", "日间"]

    /// Nil where nobody knows what the group says.
    static func read(_ text: String) -> LineKind? {
        guard text.utf8.count <= 48 else { return nil }
        if let kind = LineWord.read(text) { return kind }
        let key = HeadingText.withoutBrackets(TextFolding.key(text))
        guard key.count <= 12 else { return nil }
        func says(_ words: [String]) -> Bool { words.contains { ByteText.contains(key, $0) } }
        if says(others) || says(beyond) { return .note }
        if says(plans) { return .plan }
        if says(absences) { return .status(.absent) }
        if let status = MarkMeaning.status(of: key), status != .present { return .status(status) }
        return says(workeds) ? .worked : nil
    }

    /// Whether marks of such a group say nothing of presence, whatever they are.
    static func isPassedOver(_ kind: LineKind) -> Bool {
        switch kind {
        case .plan, .note, .slot(.evening): true
        case .worked, .status, .slot: false
        }
    }
}
