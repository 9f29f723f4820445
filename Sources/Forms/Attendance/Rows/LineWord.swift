import Domain

/// What a row under a person's name is, by the word beside it. Source: spec §5.4.
enum LineKind: Hashable, Sendable {
    /// A part of the day: 上午, 下午, 晚上.
    case slot(DaySlot)
    /// 出勤 实到 实际: what its marks say.
    case worked
    /// 请假 病假 公差: whatever is marked in it means this.
    case status(AttendanceStatus)
    /// 应到 计划: no presence.
    case plan
    /// 备注 星期 地点: no marks.
    case note

    var slot: DaySlot? { if case .slot(let slot) = self { slot } else { nil } }
}

enum LineWord {
    private static let workeds = words([
        "出勤", "实到", "实际", "实际出勤", "考勤", "到岗", "在岗", "出勤情况", "考勤情况", "考勤记录", "签到", "实出勤", "驻村情况", "在岗情况", "考勤符号", "出勤记录",
        "符号",
        "标记", "实际到岗", "打卡情况", "状态", "白天", "日间", "白班",
    ])
    private static let plans = words(["应到", "应出勤", "计划", "应勤", "计划出勤", "安排", "应到岗", "排班"])
    private static let notes = words([
        "备注", "说明", "原因", "签字", "签名", "地点", "工作内容", "工作地点", "事由", "星期", "周", "周次", "礼拜", "天气", "本人签字", "工作", "主要工作",
        "值班", "值守", "加班", "住宿", "住村", "夜间值班", "夜间值守",
    ])

    private static func words(_ list: [String]) -> Set<ByteText> { Set(list.map(ByteText.init)) }

    /// Nil where the word says nothing about a row.
    static func read(_ text: String) -> LineKind? {
        guard text.utf8.count <= 30 else { return nil }
        if let slot = HalfWord.read(text) { return .slot(slot) }
        var key = HeadingText.withoutBrackets(TextFolding.key(text))
        while key.utf8.last == 0x3A { key.unicodeScalars.removeLast() }
        let word = ByteText(key)
        if workeds.contains(word) { return .worked }
        if plans.contains(word) { return .plan }
        if notes.contains(word) { return .note }
        guard (2...5).contains(key.count), let status = MarkMeaning.status(of: key), status != .present else {
            return nil
        }
        return .status(status)
    }
}
