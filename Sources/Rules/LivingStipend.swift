import Domain

/// What a person attended on one day in one village, after every exclusion.
public struct AttendedDay: Hashable, Sendable, Codable {
    public var date: CivilDate
    /// Payable half-days, 0…2 (`LivingStipend.payable`).
    public var halfDays: HalfDays

    public init(date: CivilDate, halfDays: HalfDays) {
        self.date = date
        self.halfDays = halfDays
    }
}

/// The stipend of one person and village for one month, with its trace.
public struct LivingStipendResult: Hashable, Sendable, Codable {
    /// Days paid at one rate.
    public struct Segment: Hashable, Sendable, Codable {
        public var rate: DatedValue<Fen>
        public var halfDays: HalfDays
        /// First and last attended day of the segment.
        public var days: CivilDateRange
    }

    public var amount: Fen
    /// Half-days paid: those of `segments`.
    public var halfDays: HalfDays
    /// By date; empty where nothing was attended.
    public var segments: [Segment]
    /// 日标准: the rate of the last segment, else of the month's last day; nil where no rate covers it.
    public var rate: DatedValue<Fen>?
    /// Attended dates that no rate covers: unpaid, `rate-missing`.
    public var datesWithoutRate: [CivilDate]
}

// 青组字〔2018〕231号 第五条 (spec §7 M5): «60.00 yuan × payable days in the month, by person and village; funded from the
// sending unit's 公用经费; valid from 2018-10-01.» «The text pays 实际考勤天数.»

/// M5, living stipend (生活补助).
public enum LivingStipend {
    /// 资金来源.
    public static let funding = "派出单位公用经费"
    /// The measure it comes from.
    public static let clause = LegalSource.measure(5)

    /// What a day counts: 2 half-days where both halves are payable, `halfDayValue` where one is, else none.
    ///
    /// Nil where the policy covers that date with no `payableStatuses` or no `halfDayValue`.
    public static func payable(
        morning: AttendanceStatus, afternoon: AttendanceStatus, on date: CivilDate, policy: Policy
    ) -> HalfDays? {
        guard let statuses = policy.statuses(.payableStatuses, on: date)?.value else { return nil }
        let halves = [morning, afternoon].count { statuses.contains($0) }
        return payable(halves: halves, on: date, policy: policy)
    }

    /// The same for a number of payable halves, 0…2.
    public static func payable(halves: Int, on date: CivilDate, policy: Policy) -> HalfDays? {
        switch halves {
        case 2...: HalfDays(2)
        case 1: policy.halfDays(.halfDayValue, on: date)?.value
        default: .zero
        }
    }

    /// Rate × payable days, day by day (a rate may change within the month), rounded once: half up to the fen.
    public static func compute(_ days: [AttendedDay], in period: Period, policy: Policy) -> LivingStipendResult {
        var segments: [LivingStipendResult.Segment] = []
        var withoutRate: [CivilDate] = []
        var fenHalves = 0
        for day in days.sorted(by: { $0.date < $1.date }) where day.halfDays > .zero {
            precondition(day.date.period == period, "a stipend is computed month by month")
            guard let rate = policy.money(.livingStipendPerDay, on: day.date) else {
                withoutRate.append(day.date)
                continue
            }
            fenHalves += rate.value.amount * day.halfDays.count
            if let last = segments.last, last.rate == rate, let range = CivilDateRange(last.days.start, day.date) {
                segments[segments.count - 1].halfDays += day.halfDays
                segments[segments.count - 1].days = range
            } else if let range = CivilDateRange(day.date, day.date) {
                segments.append(.init(rate: rate, halfDays: day.halfDays, days: range))
            }
        }
        return LivingStipendResult(
            amount: Fen(Rounding.halfUp(fenHalves, 2)),
            halfDays: segments.reduce(.zero) { $0 + $1.halfDays }, segments: segments,
            rate: segments.last?.rate ?? policy.money(.livingStipendPerDay, on: period.lastDay),
            datesWithoutRate: withoutRate)
    }
}
