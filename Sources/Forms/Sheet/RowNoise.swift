import Domain

/// Rows that are nobody: subtotals, notes, signatures. Source: spec §5.4.
enum RowNoise {
    private static let totals = Set<ByteText>(
        [
            "小计", "合计", "总计", "共计", "累计", "总合计", "本页小计", "本页合计", "本月合计", "平均", "出勤合计", "村合计", "全乡合计", "全镇合计", "总人数",
            "人数",
            "天数合计",
        ].map(ByteText.init))
    private static let endings = ["合计", "小计", "总计", "共计", "人数", "人次", "出勤率"]
    private static let signatures = OpeningWords([
        "填表", "填报", "审核", "审批", "负责人", "签字", "签名", "盖章", "制表", "经办", "复核", "考勤员", "分管领导", "主管领导", "主要领导", "单位负责人",
        "单位(盖章",
        "(盖章", "批准", "联系电话", "报送", "记录人", "统计人", "汇总人", "领导签", "核对人", "监督", "公示", "附:", "备注:", "备注：", "注:", "注：", "说明:",
        "说明：",
        "校对", "上报", "村书记", "乡镇领导", "党委书记", "第一书记签",
    ])

    static func isTotal(_ text: String) -> Bool {
        guard text.utf8.count <= 40 else { return false }
        var key = TextFolding.key(text)
        while let last = key.utf8.last, ":)(".utf8.contains(last) { key.unicodeScalars.removeLast() }
        if totals.contains(ByteText(key)) { return true }
        return endings.contains { ByteText.ends(key, with: $0) && key.unicodeScalars.count <= 10 }
    }

    /// Whether a text opens a line of signatures or notes.
    static func isSignature(_ text: String) -> Bool {
        let key = TextFolding.key(text)
        if signs(key) { return true }
        guard signatures.open(key) else { return false }
        // A person can be called like such a word's beginning; the line has a colon, or is nothing but the word.
        return key.contains(":") || key.contains("：") || key.hasSuffix("人") || key.hasSuffix("盖章)")
            || key.hasSuffix("盖章")
            || key.hasSuffix("签字") || key.hasSuffix("签名") || key.hasSuffix("签字)") || key.hasSuffix("日")
            || signatures.words.contains(key)
    }

    private static let signing = ["签字:", "签名:", "签章:", "盖章:", "签字):", "签名):", "签章):", "盖章):"]

    /// 村支书签字：, 驻村干部（签字）：: whoever signs there.
    private static func signs(_ key: String) -> Bool {
        if key.utf8.count <= 30, ["签名", "签字", "签章"].contains(where: { ByteText.ends(key, with: $0) }) { return true }
        guard key.utf8.contains(0x3A), let colon = key.firstIndex(of: ":") else { return false }
        let head = key[...colon]
        return head.count <= 14 && signing.contains { head.hasSuffix($0) }
    }

    /// 附：考勤机打卡记录: what is annexed, as its title says it.
    static func withoutAnnexMark(_ text: String) -> String {
        let trimmed = TextFolding.trimmed(text)
        guard trimmed.hasPrefix("附：") || trimmed.hasPrefix("附:") else { return text }
        return TextFolding.trimmed(String(trimmed.dropFirst(2)))
    }

    private static let notes = ["附件", "附表", "附:", "附：", "依据", "根据", "按照", "要求", "第", "共", "页码", "抄送", "主送", "密级", "编号"]

    /// Whether a text beside a table is prose, or what a letter carries at its head: 附件2, 根据…要求，….
    static func isNote(_ text: String) -> Bool {
        let key = TextFolding.key(text)
        if key.hasPrefix("附件") || key.hasPrefix("附表") { return key.count <= 8 || key.contains("。") }
        if key.hasSuffix("页"), key.hasPrefix("第") || key.hasPrefix("共") { return true }
        if key.contains("。") { return true }
        return key.count > 14 && notes.contains { key.hasPrefix($0) } && key.contains { ",，;；".contains($0) }
    }
}
