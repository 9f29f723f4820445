import Domain
import Registers
import Rules
import Settings

extension RegisterRules {
    /// The fields on which pay hangs are those that the policy's rate tables are keyed by.
    init(_ policy: Policy, _ authority: Authority, asOf: CivilDate) {
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
        self.init(asOf: asOf, decisiveFields: fields, authorisedFolders: authority.registers)
        decisionFolders = authority.decisions
        deciders = authority.deciders
    }
}
