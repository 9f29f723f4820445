import Domain
import Settings
import Testing

@Suite("The pipeline file")
struct PipelineFileTests {
    @Test("expectations: first month, day, counties; without the key nothing is expected")
    func expectations() throws {
        let pipeline = try PipelineFile.parse(
            "inbox: x\nexpectations: {from: 2018-10, day: 5, counties: [630203, \"630202\"]}\n", file: "p.yaml")
        let expectations = try #require(pipeline.expectations)
        #expect(expectations.from == Period(year: 2018, month: 10) && expectations.day == 5)
        #expect(expectations.counties.map(\.text) == ["630202", "630203"])
        #expect(try PipelineFile.parse("inbox: x\n", file: "p.yaml").expectations == nil)
    }

    @Test(
        "what is no calendar is refused with its place",
        arguments: [
            "{from: 2018, day: 5, counties: [630202]}", "{from: 2018-10, day: 0, counties: [630202]}",
            "{from: 2018-10, day: 29, counties: [630202]}", "{from: 2018-10, day: 5, counties: [63]}",
            "{from: 2018-10, day: 5}", "{from: 2018-10, day: 5, counties: [630202], weekday: 1}",
        ])
    func refused(_ text: String) {
        #expect(throws: SettingsFileError.self) {
            try PipelineFile.parse("inbox: x\nexpectations: \(text)\n", file: "p.yaml")
        }
    }
}
