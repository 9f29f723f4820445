extension FormID {
    /// What people call the form.
    public var chinese: String {
        switch self {
        case .countyRegister: "县区名录"
        case .villageRegister: "村名录"
        case .unitRegister: "派出单位名录"
        case .roster: "驻村干部花名册"
        case .attendance: "考勤表"
        case .training: "培训情况"
        case .insurance: "保险台账"
        case .incidents: "医疗意外登记"
        case .spotChecks: "抽查记录"
        case .assessment: "考核结果"
        case .leaderVisits: "联点走访记录"
        case .careEvents: "五必访登记"
        case .workFunds: "工作经费拨付"
        case .honours: "表彰奖励"
        case .promotions: "提拔晋升登记"
        case .promotionTotals: "提拔任用统计"
        case .expertTours: "专家巡回指导"
        case .pairing: "结对帮带"
        case .decisions: "裁定表"
        case .bankReturns: "银行回盘"
        case .unitAssessment: "派出单位班子考核"
        case .accountabilityTalks: "约谈记录"
        case .meetings: "会议和谈心谈话"
        case .unitSupport: "派出单位结对共建"
        case .commendations: "表彰名单"
        }
    }

    /// The form that a word means: its identifier or its name; of names that stand in the word with other characters
    /// between (派出单位领导班子考核结果登记表) the longest; else the one name that holds the word.
    public static func named(_ word: String) -> FormID? {
        if let form = FormID(rawValue: word) ?? allCases.first(where: { $0.chinese == word }) { return form }
        let within = allCases.filter { runsThrough($0.chinese, word) }
        if let length = within.map(\.chinese.count).max() {
            let longest = within.filter { $0.chinese.count == length }
            return longest.count == 1 ? longest[0] : nil
        }
        let holding = allCases.filter { $0.chinese.contains(word) }
        return holding.count == 1 ? holding[0] : nil
    }

    /// Whether all characters of a name stand in a word in their order.
    private static func runsThrough(_ name: String, _ word: String) -> Bool {
        var rest = word[...]
        for character in name {
            guard let place = rest.firstIndex(of: character) else { return false }
            rest = rest[rest.index(after: place)...]
        }
        return true
    }
}
