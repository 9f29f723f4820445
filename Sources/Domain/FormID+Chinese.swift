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
}
