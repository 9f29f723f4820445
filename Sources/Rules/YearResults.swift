import Domain

/// Every rule of a county's year, computed once.
public struct YearResults: Sendable {
    /// M2: nil for a county without a roster.
    public let training: CountyTrainingExtract?
    public let staffing: RuleResult<Staffing.Row>
    public let deputies: RuleResult<DeputyProposals.Row>
    public let organisers: RuleResult<TrainingOrganisers.Row>
    public let weakVillages: RuleResult<WeakVillageTraining.Row>
    public let replacements: RuleResult<Replacements.Row>
    public let recalls: RuleResult<Replacements.Row>
    public let visits: RuleResult<LinkedVillages.Row>
    public let discipline: RuleResult<Discipline.Row>
    public let unitDiscipline: RuleResult<UnitDiscipline.Row>
    public let checks: RuleResult<SpotCheckCounts.Row>
    public let uncheckedVillages: RuleResult<Unchecked.VillageRow>
    public let uncheckedCadres: RuleResult<Unchecked.CadreRow>
    public let workFunds: RuleResult<WorkFunds.Row>
    public let insurance: RuleResult<InsuranceCover.Row>
    public let renewals: RuleResult<InsuranceRenewals.Row>
    public let medicalGaps: RuleResult<UnreimbursedGap.Row>
    public let assessment: RuleResult<AssessmentEffects.Row>
    public let unassessed: RuleResult<Unassessed.Row>
    public let excellence: RuleResult<UnitExcellence.Row>
    public let promotion: RuleResult<PromotionShare.Row>
    public let eligible: RuleResult<PromotionShare.EligibleRow>
    public let accountability: RuleResult<Accountability.Row>
    public let unitTalks: RuleResult<UnitTalks.Row>
    public let unitSupport: RuleResult<UnitSupport.Row>
    public let careVisits: RuleResult<CareVisits.Row>
    public let meetings: RuleResult<MeetingShares.Row>
    public let workingMeetings: RuleResult<WorkingMeetings.Row>
    public let cadreTalks: RuleResult<CadreTalks.Row>
    public let commendations: RuleResult<Commendations.Row>
    public let unitCandidates: RuleResult<UnitCandidates.Row>
    public let awards: RuleResult<AwardCandidates.Row>
    private let missingParameters: [Finding]
    private let futureRecords: [Finding]

    public init(_ input: YearInput) {
        training = TrainingCoverage.extract(input)
        staffing = Staffing.compute(input)
        deputies = DeputyProposals.compute(input)
        organisers = TrainingOrganisers.compute(input)
        weakVillages = WeakVillageTraining.compute(input)
        replacements = Replacements.compute(input)
        recalls = Replacements.recalled(replacements, input)
        visits = LinkedVillages.compute(input)
        discipline = Discipline.compute(input)
        unitDiscipline = UnitDiscipline.compute(input)
        checks = SpotCheckCounts.compute(input)
        uncheckedVillages = Unchecked.villages(input)
        uncheckedCadres = Unchecked.cadres(input)
        workFunds = WorkFunds.compute(input)
        insurance = InsuranceCover.compute(input)
        renewals = InsuranceRenewals.compute(input)
        medicalGaps = UnreimbursedGap.compute(input)
        assessment = AssessmentEffects.compute(input)
        unassessed = Unassessed.compute(input)
        excellence = UnitExcellence.compute(input)
        promotion = PromotionShare.compute(input)
        eligible = PromotionShare.eligible(input)
        accountability = Accountability.compute(input)
        unitTalks = UnitTalks.compute(input)
        unitSupport = UnitSupport.compute(input)
        careVisits = CareVisits.compute(input)
        meetings = MeetingShares.compute(input)
        workingMeetings = WorkingMeetings.compute(input)
        cadreTalks = CadreTalks.compute(input)
        commendations = Commendations.compute(input)
        unitCandidates = UnitCandidates.compute(input)
        awards = AwardCandidates.compute(input)
        missingParameters = TrainingCoverage.missingParameters(input)
        futureRecords = FutureRecords.findings(input)
    }

    /// Everything the rules found, none twice, in report order.
    public var findings: [Finding] {
        var all = staffing.findings + replacements.findings + visits.findings + discipline.findings
        all += unitDiscipline.findings + checks.findings + workFunds.findings + insurance.findings
        all += medicalGaps.findings + assessment.findings + promotion.findings + eligible.findings
        all += accountability.findings + unitTalks.findings + unitSupport.findings + careVisits.findings
        all += meetings.findings + cadreTalks.findings + awards.findings + missingParameters + futureRecords
        return Set(all).sorted(by: Finding.inReportOrder)
    }
}
