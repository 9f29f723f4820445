import Domain

/// What headings of registers and titles of a policy say in English, each beside the Chinese that stands in the file:
/// registers and policy are data, and keep their own words.
enum EnglishTitles {
    /// `sending unit (派出单位)`; a title that nobody translated as it stands.
    static func of(_ title: String) -> String {
        let isSample = title.hasSuffix("（样例）")
        let plain = isSample ? String(title.dropLast(4)) : title
        guard let english = words[plain] else { return title }
        return "\(english)\(isSample ? ", sample" : "") (\(title))"
    }

    /// `yuan a person and day`; a unit that nobody translated as it stands.
    static func unit(_ unit: String) -> String { units[unit] ?? unit }

    /// Whether a value of this unit is a word, which needs none behind it.
    static func isOfWords(_ unit: String) -> Bool { units[unit] == "" }

    private static let words = [
        // Registers.
        "姓名": "name", "性别": "sex", "民族": "ethnic group", "身份证号": "ID number", "派出单位": "sending unit",
        "职级": "rank", "驻村职务": "post", "县(区)": "county", "市(州)": "prefecture", "乡镇": "township", "村": "village",
        "驻村开始日期": "posted from", "驻村结束日期": "posted to", "选调生": "selected graduate",
        "参加工作时间": "working since", "任前培训日期": "pre-posting training", "开户行": "bank", "银行账号": "bank account",
        "联系电话": "telephone", "行政区划代码": "division code", "代码": "code", "贫困村": "poor village",
        "深度贫困村": "deep-poverty village", "薄弱村": "weak village", "深度贫困地区贫困县": "poor county of a deep-poverty area",
        "艰边类别": "hardship category", "乡镇补贴档次": "township subsidy class", "联点领导": "linked leader",
        "单位编码": "unit code", "单位": "unit", "层级": "level", "所在地艰边类别": "hardship category of its seat",
        "主要负责人": "head",
        // Policy.
        "生活补助标准": "living stipend", "半天折算": "what half a day counts", "计发考勤状态": "statuses that are paid",
        "认可无逐日记录的合计": "totals without daily marks accepted", "津贴发放口径": "what of the allowances is paid",
        "艰苦边远地区津贴": "hardship allowance", "青海津贴": "Qinghai allowance", "乡镇工作补贴": "township subsidy",
    ]

    private static let units = [
        "元/人·天": "yuan a person and day", "元/人·月": "yuan a person and month", "天": "days", "元": "yuan",
        // Of words: they need none.
        "状态": "", "口径": "", "是/否": "",
    ]
}
