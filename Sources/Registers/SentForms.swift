import Domain

// Spec §7: «A form nobody sent says 未报送». Who sent a form is asked here, and nowhere else.

extension RegisterBuilder {
    /// Notes for every county which forms it sent, and of which years they speak.
    ///
    /// A row is the county's that its column, title or folder tells, whomever it is about. A list at the root of the
    /// inbox, where nothing tells a county, is one of all counties: it is sent for each of them, whoever stands on it.
    mutating func noteSentForms() {
        var shared: ReceivedForms = []
        for source in sources {
            for row in source.rows where !row.isHeld && row.form.isOfRecords {
                let sourced = SourcedRow(row: row, order: source.order, isCurrent: source.isCurrent)
                let year = row.year
                if let county = county(sourced) {
                    withRecords(county) { $0.receivedForms.insert(row.form, of: year) }
                } else if TextFolding.key(row.text(.county) ?? "").isEmpty {
                    shared.insert(row.form, of: year)
                }
            }
        }
        for county in records.keys { records[county]?.receivedForms.formUnion(shared) }
    }
}

extension FormID {
    /// Forms of a county's records: neither registers, which are noted as they are read, nor what is no county's.
    fileprivate var isOfRecords: Bool {
        switch self {
        case .countyRegister, .villageRegister, .unitRegister, .roster, .attendance, .decisions, .bankReturns:
            false
        default: true
        }
    }
}

extension FormRow {
    /// The year of which a row speaks; nil where its form speaks of all (a pairing lasts).
    fileprivate var year: Int? {
        switch form {
        case .pairing: nil
        case .training, .insurance: date(.startDate)?.year
        default: count(.year) ?? date(.date)?.year
        }
    }
}
