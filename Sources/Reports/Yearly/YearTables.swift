import Domain
import Rules
import Tables

/// Every CSV of a county's year. Source: spec §9.
///
/// Each stands in every year with data: its heading line alone where nothing is to be listed.
public enum YearTables {
    public static let schemas: [CSVSchema] = [
        InsuranceReport.schema, WorkFundsReport.schema, DisciplineReport.schema, StaffingReport.schema,
        VisitsReport.schema, CareVisitsReport.schema, AssessmentReport.schema, PromotionReport.schema,
        PromotionEligibleReport.schema, AccountabilityReport.schema, AwardCandidatesReport.schema,
        NominationsReport.schema, MedicalGapReport.schema, ChecksReport.schema, UncheckedReport.schema,
        MeetingsReport.schema, TalksReport.schema, UnitSupportReport.schema, CommendationReport.schema,
        UnitCandidatesReport.schema, TalksHeldReport.schema,
    ]

    /// In the order of `schemas`.
    public static func all(_ results: YearResults, _ nominations: RuleResult<Nominations.Row>) -> [CSVTable] {
        [
            InsuranceReport.table(results.insurance.rows), WorkFundsReport.table(results.workFunds.rows),
            DisciplineReport.table(results.discipline.rows),
            StaffingReport.table(results.staffing.rows, proposals: results.deputies.rows),
            VisitsReport.table(results.visits.rows), CareVisitsReport.table(results.careVisits.rows),
            AssessmentReport.table(results.assessment.rows), PromotionReport.table(results.promotion.rows),
            PromotionEligibleReport.table(results.eligible.rows),
            AccountabilityReport.table(results.accountability.rows), AwardCandidatesReport.table(results.awards.rows),
            NominationsReport.table(nominations.rows), MedicalGapReport.table(results.medicalGaps.rows),
            ChecksReport.table(results.checks.rows), UncheckedReport.table(results.uncheckedVillages.rows),
            MeetingsReport.table(results.meetings.rows), TalksReport.table(results.cadreTalks.rows),
            UnitSupportReport.table(results.unitSupport.rows), CommendationReport.table(results.commendations.rows),
            UnitCandidatesReport.table(results.unitCandidates.rows), TalksHeldReport.table(results.unitTalks.rows),
        ]
    }
}
