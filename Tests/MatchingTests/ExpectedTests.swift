import Domain
import Matching
import Testing

@Suite("Expected and not come")
struct ExpectedTests {
    private let county = CountyCode("630202")!
    private let other = CountyCode("630203")!
    private let october = Period(year: 2018, month: 10)!
    private let posted = CivilDateRange(CivilDate(2018, 10, 1)!, CivilDate(2020, 12, 31)!)!

    private func reasons(_ arrivals: [CountyCode: CountyArrivals], asOf: String, day: Int = 5) throws -> [String] {
        let expectations = Expectations(from: october, day: day, counties: [other, county])
        let date = try #require(CivilDate(iso: asOf))
        return expectations.findings(arrivals, names: [county: "甲县"], asOf: date).map {
            "\($0.reason) \($0.county?.text ?? "") \($0.period?.description ?? "")"
        }
    }

    @Test("a month is missing the day after its day, not on it", arguments: [("2018-11-05", 0), ("2018-11-06", 1)])
    func boundary(_ asOf: String, _ count: Int) throws {
        let arrivals = [
            county: CountyArrivals(postings: [posted]), other: CountyArrivals(postings: [posted], sent: [october]),
        ]
        #expect(try reasons(arrivals, asOf: asOf).count == count)
        if count == 1 { #expect(try reasons(arrivals, asOf: asOf) == ["\(FindingReason.missingMonth) 630202 2018-10"]) }
    }

    @Test("every overdue month is told by itself, in order, over the end of a year")
    func months() throws {
        let arrivals = [
            county: CountyArrivals(postings: [posted], sent: [october.next]),
            other: CountyArrivals(postings: [posted], sent: [october, october.next, october.next.next]),
        ]
        #expect(
            try reasons(arrivals, asOf: "2019-01-06") == [
                "\(FindingReason.missingMonth) 630202 2018-10", "\(FindingReason.missingMonth) 630202 2018-12",
            ])
    }

    @Test("a county without registers is told once, from the first expected day on")
    func registers() throws {
        #expect(try reasons([:], asOf: "2018-09-30").isEmpty)
        #expect(
            try reasons([:], asOf: "2018-10-01") == [
                "\(FindingReason.missingCounty) 630202 ", "\(FindingReason.missingCounty) 630203 ",
            ])
        #expect(try reasons([:], asOf: "2019-12-31").count == 2)
    }

    @Test("a month in which nobody was posted is not expected")
    func nobodyPosted() throws {
        let later = CivilDateRange(CivilDate(2018, 12, 1)!, CivilDate(2019, 12, 31)!)!
        let arrivals = [county: CountyArrivals(postings: [later]), other: CountyArrivals(postings: [later])]
        #expect(try reasons(arrivals, asOf: "2018-12-31").isEmpty)
        #expect(try reasons(arrivals, asOf: "2019-01-06").count == 2)
    }

    @Test("the finding names county, month and day")
    func text() throws {
        let expectations = Expectations(from: october, day: 5, counties: [county])
        let findings = expectations.findings(
            [county: CountyArrivals(postings: [posted])], names: [county: "甲县"], asOf: CivilDate(2018, 11, 6)!)
        #expect(findings.first?.message(.zh) == "甲县2018年10月的考勤应在 2018-11-05 前报送，没有一个乡镇报送。")
    }
}
