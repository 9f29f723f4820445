import Domain
import Forms
import Settings
import Tables
import Testing

@Suite("Form files")
struct FormFileTests {
    static let small = """
        form: honours
        title: 荣誉表
        titleWords: [荣誉]
        fields:
          - {field: name, heading: 姓名, kind: name, required: true, synonyms: [获奖人]}
          - {field: level, heading: 级别, kind: choice, choices: [{word: 省, synonyms: [省级]}]}
        """

    @Test("All twenty-three forms ship, each with its key and its required fields")
    func shipped() {
        #expect(TestForms.catalogue.definitions.map(\.id) == FormID.allCases)
        for definition in TestForms.catalogue.definitions where definition.id != .attendance {
            #expect(definition.fields.contains { $0.isKey })
            #expect(definition.fields.contains { $0.isRequired })
        }
    }

    @Test("No form is taken for another by its title; of names that both fit a word the longer is meant")
    func byTitle() {
        for definition in TestForms.catalogue.definitions {
            let named = FormID.named(definition.title)
            #expect(named == nil || named == definition.id, "\(definition.title)")
            #expect(FormID.named(definition.id.chinese) == definition.id)
        }
        #expect(FormID.named("派出单位领导班子考核") == .unitAssessment && FormID.named("班子考核") == .unitAssessment)
        #expect(FormID.named("花名册") == .roster && FormID.named("考核结果") == .assessment)
        #expect(FormID.named("考核") == nil && FormID.named("") == nil && FormID.named("工资表") == nil)
    }

    @Test("A new synonym or a whole form is only a change of a file")
    func dataOnly() throws {
        let reader = FormReader(
            forms: FormCatalogue([try FormFiles.parse(FormFileTests.small, file: "honours.yaml")]), marks: .standard)
        let picture = Picture("荣誉表\n获奖人|级别\n潘映雪|省级")
        let reading = reader.read(Workbook(format: .xlsx, sheets: [picture.grid]), path: "a.xlsx")
        #expect(reading.submitted.formRows.first?.text(.name) == "潘映雪")
        #expect(reading.submitted.formRows.first?.text(.level) == "省")
    }

    @Test(
        "A mistake in a file is refused by name",
        arguments: [
            ("synonyms: [获奖人]", "synonims: [获奖人]", "unknown key synonims"),
            ("kind: name", "kind: nam", "unknown kind nam"),
            ("form: honours", "form: honour", "unknown form"), ("heading: 级别, ", "", "heading is missing"),
            (", choices: [{word: 省, synonyms: [省级]}]", "", "a choice has choices"),
            ("field: level", "field: name", "stands twice"),
            ("required: true", "required: perhaps", "true or false"),
        ])
    func mistakes(_ right: String, _ wrong: String, _ expected: String) {
        do {
            _ = try FormFiles.parse(
                FormFileTests.small.replacingOccurrences(of: right, with: wrong), file: "honours.yaml")
            Issue.record("accepted")
        } catch {
            #expect("\(error)".hasPrefix("honours.yaml: "))
            #expect("\(error)".contains(expected))
        }
    }
}
