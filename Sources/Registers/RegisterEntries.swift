import Domain

extension RegisterBuilder {
    /// Notes which cells an entry in force comes from.
    mutating func note(
        _ sourced: SourcedRow, _ kind: RegisterEntry.Kind, key: String = "", place: String = "",
        start: CivilDate? = nil, in county: CountyCode
    ) {
        entries[county, default: []].append(
            shown(entry(sourced, kind, key: key, place: place, start: start), in: county))
    }

    /// An entry as the outputs of a county may show it.
    func shown(_ entry: RegisterEntry, in county: CountyCode) -> RegisterEntry {
        var entry = entry
        for index in entry.fields.indices {
            entry.fields[index].source = shown(entry.fields[index].source, in: county)
        }
        return entry
    }

    /// An entry in force with the cell of each field that it is about.
    func entry(
        _ sourced: SourcedRow, _ kind: RegisterEntry.Kind, key: String, place: String = "", start: CivilDate? = nil
    ) -> RegisterEntry {
        let form: FormID =
            switch kind {
            case .person, .posting: .roster
            case .village: .villageRegister
            case .unit: .unitRegister
            }
        let fields = sourced.row.fields.keys.filter { concerns($0, kind) }.compactMap { field in
            sourced.row.fields[field].map {
                RegisterEntry.Field(
                    title: heading(field, of: form), text: shown($0.asSent, field),
                    source: sourced.source(of: field))
            }
        }
        return RegisterEntry(kind: kind, key: key, place: place, start: start, fields: fields)
    }

    /// A posting's row also carries the person's name and unit, and every row its serial number.
    private func concerns(_ field: FieldID, _ kind: RegisterEntry.Kind) -> Bool {
        switch kind {
        case .person: RegisterBuilder.personFields.contains(field)
        case .posting:
            !RegisterBuilder.personFields.contains(field) && field != .residentID && field != .sequence
                && field != .remark && field != .withdrawn
        case .village, .unit: field != .sequence && field != .remark && field != .withdrawn
        }
    }

    /// Nobody needs a whole number to see where it stands.
    private func shown(_ text: String, _ field: FieldID) -> String {
        switch field {
        case .bankAccount: ResidentID.masked(BankAccount.digits(text))
        case .residentID, .phone: ResidentID.masked(text)
        default: IDMasking.byShape(text)
        }
    }
}
