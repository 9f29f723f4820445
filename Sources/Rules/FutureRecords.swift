import Domain

// Spec §6 (`record-conflict`): what is on record of a day or year that has not come is no record yet. It is counted
// nowhere; here it is said, for every form that no rule of its own says it of.

/// Records dated later than the run's date.
public enum FutureRecords {
    /// Of the year of the run's date alone: a past year has no future of its own.
    public static func findings(_ input: YearInput) -> [Finding] {
        guard input.year == input.runYear else { return [] }
        return (people(input) + places(input)).sorted(by: Finding.inReportOrder)
    }

    private static func people(_ input: YearInput) -> [Finding] {
        let records = input.records
        var found: [(person: ResidentID, date: CivilDate?, year: Int?, source: SourceCell)] = []
        found += records.trainings.map { ($0.person, $0.start, nil, $0.source) }
        found += records.incidents.map { ($0.person, $0.date, nil, $0.source) }
        found += records.careEvents.map { ($0.person, $0.date, nil, $0.source) }
        found += records.honours.map { ($0.person, $0.date, nil, $0.source) }
        found += records.promotions.map { ($0.person, $0.date, nil, $0.source) }
        found += records.assessments.map { ($0.person, $0.recallDate, $0.year, $0.source) }
        found += records.commendations.compactMap { record in
            record.person.map { ($0, nil, record.year, record.source) }
        }
        return found.compactMap { record in
            guard let text = future(record.date, record.year, input),
                input.cadre(record.person).map({ input.isCounted($0) }) ?? true
            else { return nil }
            return input.finding(
                .recordInFuture, about: record.person, at: record.source, value: text,
                arguments: [text, input.runDate.iso])
        }
    }

    private static func places(_ input: YearInput) -> [Finding] {
        let records = input.records
        var found: [(township: String, date: CivilDate?, year: Int?, source: SourceCell)] = []
        found += records.workFunds.map { ($0.township, $0.date, nil, $0.source) }
        found += records.pairings.map { ($0.township, $0.start, nil, $0.source) }
        found += records.promotionTotals.map { ("", nil, $0.year, $0.source) }
        found += records.unitAssessments.map { ("", nil, $0.year, $0.source) }
        found += records.commendations.filter { $0.person == nil }.map { ("", nil, $0.year, $0.source) }
        return found.compactMap { record in
            future(record.date, record.year, input).map { text in
                input.finding(
                    .recordInFuture, township: record.township, at: record.source, value: text,
                    arguments: [text, input.runDate.iso])
            }
        }
    }

    /// The day or year that has not come; nil where it has.
    private static func future(_ date: CivilDate?, _ year: Int?, _ input: YearInput) -> String? {
        if let year, year > input.runYear { return "\(year)年度" }
        return date.flatMap { input.hasComeByRun($0) ? nil : $0.iso }
    }
}
