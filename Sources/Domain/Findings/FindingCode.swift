/// The permanent codes of the spec's §6. A code never changes its meaning; reasons below a code may be added.
public enum FindingCode: String, Hashable, Sendable, Codable, CaseIterable {
    case unreadableFile = "unreadable-file"
    case encryptedFile = "encrypted-file"
    case unsafeFile = "unsafe-file"
    case unknownForm = "unknown-form"
    case missingColumn = "missing-column"
    case unknownPeriod = "unknown-period"
    case periodConflict = "period-conflict"
    case hiddenContent = "hidden-content"
    case unknownLegend = "unknown-legend"
    case idInvalid = "id-invalid"
    case idPrecisionLost = "id-precision-lost"
    case idUpgraded = "id-upgraded"
    case notOnRoster = "not-on-roster"
    case ambiguousPerson = "ambiguous-person"
    case nameMismatch = "name-mismatch"
    case unknownCounty = "unknown-county"
    case unknownVillage = "unknown-village"
    case villageMismatch = "village-mismatch"
    case unitMismatch = "unit-mismatch"
    case duplicateRow = "duplicate-row"
    case doublePresence = "double-presence"
    case impossibleDay = "impossible-day"
    case outsidePosting = "outside-posting"
    case futureDay = "future-day"
    case unknownMark = "unknown-mark"
    case totalMismatch = "total-mismatch"
    case noDailyEvidence = "no-daily-evidence"
    case spotCheckConflict = "spot-check-conflict"
    case missingSubmission = "missing-submission"
    case missingPerson = "missing-person"
    case rateMissing = "rate-missing"
    case bankAccountMissing = "bank-account-missing"
    case bankAccountInvalid = "bank-account-invalid"
    case uncachedFormula = "uncached-formula"
    case ambiguousDate = "ambiguous-date"
    case valueUnreadable = "value-unreadable"
    case recordConflict = "record-conflict"
    case superseded
    case closedLineChanged = "closed-line-changed"
    case closedLineHeld = "closed-line-held"
    case registerConflict = "register-conflict"
    case bankAccountChanged = "bank-account-changed"
    case bankAccountShared = "bank-account-shared"
    case registerChanged = "register-changed"
    case decisionUsed = "decision-used"
    case decisionStale = "decision-stale"
    case notAuthorised = "not-authorised"
    case paymentReturned = "payment-returned"
    case missingCounty = "missing-county"
    case missingMonth = "missing-month"
    case unreadCell = "unread-cell"
    case legendConflict = "legend-conflict"
    case notAttendance = "not-attendance"
    case leftOut = "left-out"
    case alreadyIssued = "already-issued"
    case issuedUnderOtherID = "issued-under-other-id"
    case policyChanged = "policy-changed"
}

extension FindingCode {
    /// By the case: the standard library would hash the raw text, a dozen times a day of a person.
    public func hash(into hasher: inout Hasher) { withUnsafeBytes(of: self) { hasher.combine(bytes: $0) } }
}

extension FindingCode {
    /// Whether a township can do anything about it: the rest is for the county's finance and organisation departments,
    /// whoever's person it is about.
    public var isForTownship: Bool {
        switch self {
        case .superseded, .closedLineChanged, .closedLineHeld, .paymentReturned, .alreadyIssued, .issuedUnderOtherID,
            .policyChanged, .bankAccountShared, .decisionUsed, .decisionStale, .notAuthorised, .rateMissing,
            .missingCounty:
            false
        default: true
        }
    }
}

extension Finding {
    /// Whether a township has to mend something: not what only informs.
    public var isToMend: Bool {
        code.isForTownship && (effect == .held || effect == .excluded || severity != .info)
    }
}
