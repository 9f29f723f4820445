import Domain

/// What the document's clauses themselves say, for parameters that a policy file leaves out altogether.
///
/// A parameter that stands in the file is never completed from here: its undated days stay without a value.
/// The stipend itself and everything the text gives no figure for (rates, the least sum insured) is not here.
enum ClauseValues {
    static let parameters: [ParameterID: Parameter] = {
        var parameters: [ParameterID: Parameter] = [:]
        for (id, value, from, title, unit, clause) in rows {
            let dated = DatedValue(value: value, from: from, title: title, unit: unit, source: .measure(clause))
            parameters[id] = Parameter(id: id, values: [dated])
        }
        return parameters
    }()

    /// The marks of the spec's §5.5.
    static let marks: [AttendanceStatus: [String]] = [
        .present: ["√", "出勤", "出", "在岗", "到岗", "驻村", "1"],
        .official: ["公", "公差", "公出", "出差"],
        .training: ["培", "培训", "学"],
        .leave: ["假", "事", "事假", "年假", "婚假", "产假", "探亲"],
        .sick: ["病", "病假"],
        .absent: ["×", "旷", "旷岗", "旷工", "缺", "脱岗"],
        .withdrawn: ["抽", "抽调", "借", "借调"],
        .rest: ["休", "/", "-", "—"],
    ]

    /// How a mark is read does not hang on a date; an amount does.
    private static let always = CivilDate(1, 1, 1)!
    private static let year2018 = CivilDate(2018, 1, 1)!

    private typealias Row = (ParameterID, ParameterValue, CivilDate, String, String, Int)
    private static let rows: [Row] = [
        // «按实际考勤天数»: days actually attended; half a day is half a day.
        (.halfDayValue, .halfDays(HalfDays(1)), always, "半天折算", "天", 5),
        (.payableStatuses, .statuses([.present]), always, "计发考勤状态", "状态", 5),
        (.acceptTotalsOnly, .flag(false), always, "认可无逐日记录的合计", "是/否", 5),
        (.locationAllowanceBasis, .basis(.full), always, "津贴发放口径", "口径", 5),
        (.workFundsBase, .money(.yuan(10_000)), year2018, "工作经费基数", "元/队·年", 5),
        (.workFundsIncrease, .money(.yuan(10_000)), year2018, "工作经费增加额", "元/队·年", 5),
        (.insuranceExpiringDays, .count(30), always, "保险到期提醒天数", "天", 5),
        (.trainingTierShares, .shares([10, 30, 60]), always, "省、市（州）、县（区）培训比例", "%", 2),
        (.prePostingCountsForTier, .flag(false), always, "任前培训计入分级培训", "是/否", 2),
        (.mandatoryTermEnd, .date(CivilDate(2020, 12, 31)!), always, "第一书记任期截止", "日期", 1),
        (.minimumWorkYears, .count(1), always, "选调生任副书记工作年限", "年", 1),
        (.barYears, .count(2), always, "召回后限制年限", "年", 6),
        (.careVisitDays, .count(7), always, "五必访时限", "天", 9),
    ]
}
