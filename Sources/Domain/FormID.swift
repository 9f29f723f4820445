/// The forms of the spec's §5.3.
public enum FormID: String, Hashable, Sendable, Codable, CaseIterable {
    case countyRegister, villageRegister, unitRegister, roster, attendance, training, insurance, incidents
    case spotChecks, assessment, leaderVisits, careEvents, workFunds, honours, promotions, promotionTotals
    case expertTours, pairing
    case decisions, bankReturns
    case unitAssessment, accountabilityTalks, meetings, unitSupport, commendations
}
