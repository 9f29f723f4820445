import Domain

/// Tells titles that name something else than attendance: a plan, a machine's record, another form, another record.
///
/// Source: spec §5.1: headings never overrule a title that names something else.
struct TitleJudge {
    let forms: FormCatalogue

    /// What speaks against a title, and the cell that says so.
    struct Verdict {
        var reason: FindingReason
        var title: SubmittedText
        /// The form that it names, in its own words; empty where it is none.
        var form = ""

        var arguments: [String] { [TextFolding.trimmed(title.text)] + (form.isEmpty ? [] : [form]) }
    }

    /// Of the titles of a table below others on a sheet; nil where nothing speaks against it.
    func verdict(_ titles: [SubmittedText]) -> Verdict? {
        let keys = titles.map { TextFolding.key(LabelText.split($0.text, forms.attendance).title) }
        if let place = keys.firstIndex(where: forms.foreign.isMachine) {
            return Verdict(reason: .machineNotAttendance, title: titles[place])
        }
        let joined = keys.joined(separator: "|")
        if forms.foreign.isPlan(joined), let place = keys.firstIndex(where: forms.foreign.isPlan) {
            return Verdict(reason: .planNotAttendance, title: titles[place])
        }
        if forms.attendance.titleFit(joined) > 0, !forms.yields(joined) { return nil }
        for (place, key) in keys.enumerated() where !PlaceText.isPlace(titles[place].text) {
            if let form = otherForm(key) {
                return Verdict(reason: .otherFormNotAttendance, title: titles[place], form: form)
            }
        }
        if forms.attendance.titleFit(joined) > 0 { return nil }
        return keys.firstIndex(where: TitleJudge.isOtherRecord).map {
            Verdict(reason: .otherRecordNotAttendance, title: titles[$0])
        }
    }

    /// A heading between the people of a table (二、下月计划, 三、加班情况) under which nobody's attendance stands.
    func verdict(between text: SubmittedText) -> Verdict? {
        let key = TextFolding.key(text.text)
        guard TitleJudge.isShort(key), LegendGrammar.body(of: text.text) == nil, !RowNoise.isSignature(text.text),
            !key.unicodeScalars.contains(where: { !$0.isCJK && MarkText.isSymbol($0) })
        else { return nil }
        if forms.foreign.isMachine(key) { return Verdict(reason: .machineNotAttendance, title: text) }
        if forms.foreign.isPlan(key) { return Verdict(reason: .planNotAttendance, title: text) }
        let isBeyond = TitleJudge.beyondTheDay.contains { ByteText.contains(key, $0) }
        return isBeyond ? Verdict(reason: .otherRecordNotAttendance, title: text) : nil
    }

    /// Whether a text alone in its row is a title that speaks of something else, not a note or a sentence.
    func namesOther(_ text: String) -> Bool {
        let key = TextFolding.key(text)
        guard TitleJudge.isShort(key), forms.attendance.titleFit(key) == 0 || forms.yields(key) else { return false }
        return forms.foreign.isMachine(key) || forms.foreign.isPlan(key) || otherForm(key) != nil
            || TitleJudge.isOtherRecord(key)
    }

    private func otherForm(_ key: String) -> String? {
        forms.otherForm(in: key)?.definition.title
    }

    /// Neither a number at its head nor a sentence.
    private static func isShort(_ key: String) -> Bool {
        (3...30).contains(key.count) && key.first.map { !$0.isNumber || !$0.isASCII || key.contains("年") } ?? false
            && !key.contains { "。，,；;".contains($0) }
    }

    /// Times that no day of attendance is made of.
    private static let beyondTheDay = ["加班", "夜间", "值守", "晚上"]
    private static let records = [
        "情况", "情况表", "统计", "统计表", "登记", "登记表", "登记簿", "登记册", "记录", "记录表", "台账", "一览表", "明细", "明细表", "清单", "清单表", "公示",
        "公示表",
    ]
    private static let attendanceWords = [
        "考勤", "出勤", "签到", "在岗", "到岗", "驻村", "在村", "实到", "出缺勤", "书记", "队员", "工作队", "干部", "人员", "村民委员会",
    ]

    /// 公务用车使用情况: a record of its own, in no word of people or of being there.
    private static func isOtherRecord(_ key: String) -> Bool {
        let bare = HeadingText.withoutBrackets(key)
        return records.contains { bare.hasSuffix($0) } && !attendanceWords.contains { ByteText.contains(bare, $0) }
    }
}
