import Domain
import Forms
import Registers
import Rules
import Settings

extension RegisterRules {
    /// The fields on which pay hangs are those that the policy's rate tables are keyed by.
    ///
    /// - Parameter forms: what fields are called in findings; nil where none is shown.
    init(_ policy: Policy, _ authority: Authority, asOf: CivilDate, forms: FormCatalogue? = nil) {
        var fields: Set<FieldID> = []
        for table in policy.rateTables.values {
            for key in table.keys {
                switch key {
                case .villageHardshipCategory: fields.insert(.hardshipCategory)
                case .villageSubsidyClass: fields.insert(.subsidyClass)
                case .cadreRank: fields.insert(.rank)
                case .cadreRole: fields.insert(.postingRole)
                case .villageTownship, .villageCounty, .unitLevel, .postingWholeYears: break
                }
            }
        }
        var headings: [FormID: [FieldID: String]] = [:]
        for form in forms?.definitions ?? [] {
            headings[form.id] = Dictionary(
                form.fields.map { ($0.field, $0.heading) }, uniquingKeysWith: { first, _ in first })
        }
        self.init(
            asOf: asOf, decisiveFields: fields, authorisedFolders: authority.registers, headings: headings)
        decisionFolders = authority.decisions
        deciders = authority.deciders
        returnFolders = authority.bankReturns
        for form in forms?.definitions ?? [] { titles[form.id] = form.title }
    }
}
