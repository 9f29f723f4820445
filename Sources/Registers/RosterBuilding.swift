import Domain

// Spec §5.2: «姓名, 职级, 派出单位, 开户行, 银行账号, 联系电话 and the like belong to the person over all postings; role,
// dates and place to the posting.»

extension RegisterBuilder {
    /// Fields of a roster row that belong to the person.
    static let personFields: Set<FieldID> = [
        .name, .sex, .ethnicity, .rank, .sendingUnit, .selectedGraduate, .workStartDate, .prePostingTrainingDate,
        .bank, .bankAccount, .phone,
    ]

    /// A posting of the merged roster, still as rows.
    private struct RosterRow {
        let county: CountyCode
        let id: ResidentID
        let posting: SourcedRow
    }

    mutating func buildRoster() {
        var persons = RegisterUpserts { Self.personFields.contains($0) }
        // The unit and the name stay, for where rows contradict each other on the person's.
        var postings = RegisterUpserts { !Self.personFields.contains($0) || $0 == .sendingUnit || $0 == .name }
        var owners: [String: (county: CountyCode, id: ResidentID)] = [:]
        for (rows, fillsOnly) in files(.roster) {
            var usable: [(key: RowKey, id: ResidentID, row: SourcedRow)] = []
            for row in rows {
                guard let (county, id) = owner(row) else { continue }
                let key = key(row)
                owners[key.natural] = (county, id)
                usable.append((key, id, row))
            }
            let known = fillsOnly ? standing(postings, owners) : [:]
            // A row that is withdrawn says nothing of its person.
            let speaking = usable.filter { $0.row.row.flag(.withdrawn) != true }
            persons.merge(speaking.map { (RowKey(natural: $0.id.text), $0.row) }, fillsOnly: fillsOnly)
            // Beside attendance, another posting of somebody the roster knows changes none of his.
            let (own, others) = (
                usable.filter { known[$0.id] == nil || postings.has($0.key.natural) },
                usable.filter { known[$0.id] != nil && !postings.has($0.key.natural) }
            )
            postings.merge(own.map { ($0.key, $0.row) }, fillsOnly: fillsOnly)
            for other in others { refuse(other.row, known[other.id], other.key.natural, &postings) }
            clearHolds(usable.map { (id: $0.id, row: $0.row) })
        }
        raiseRefusedAccounts(persons)
        var holds: [ResidentID: [RegisterHold]] = [:]
        for (key, event) in persons.events + postings.events {
            let id = ResidentID(key) ?? owners[key]?.id
            raise(event, county: owners[key]?.county)
            guard let id, case .conflict(let field, let first, let second) = event, isDecisive(field, of: id, persons)
            else { continue }
            let open = RegisterBuilder.openDays(field, first, second)
            holds[id, default: []].append(
                RegisterHold(
                    person: id, kind: .conflict, field: heading(field), source: second.source, from: open.from,
                    through: open.through))
        }
        let people = Dictionary(uniqueKeysWithValues: persons.keyedRows.map { ($0.key, $0.row) })
        var cadres: [CountyCode: [ResidentID: Cadre]] = [:]
        let unitIndex = UnitIndex(units)
        for (key, row) in postings.keyedRows {
            guard let owner = owners[key], let person = people[owner.id.text] else { continue }
            guard isOrdered(row, owner.county) else { continue }
            add(row, person, owner.county, owner.id, unitIndex, to: &cadres)
        }
        addUnreadable(to: &holds)
        settle(cadres, holds)
        if !homeless.isEmpty {
            for county in records.keys.sorted() { heldRosterRows[county, default: []] += homeless }
        }
    }

    /// The days that a contradiction leaves open: of an end those between the two, of anything else of a posting its
    /// own; of what belongs to the person all.
    private static func openDays(
        _ field: FieldID, _ first: FieldClaim, _ second: FieldClaim
    ) -> (from: CivilDate?, through: CivilDate?) {
        guard !personFields.contains(field), field != .residentID else { return (nil, nil) }
        guard field == .endDate else { return (second.row.row.date(.startDate), nil) }
        let ends = [first, second].map { claim -> CivilDate? in
            if case .date(let date) = claim.field.value { date } else { nil }
        }
        let known = ends.compactMap { $0 }
        return (known.min()?.adding(days: 1), known.count == 2 ? known.max() : nil)
    }

    /// The posting of each person that began last.
    private func standing(
        _ postings: RegisterUpserts, _ owners: [String: (county: CountyCode, id: ResidentID)]
    ) -> [ResidentID: SourcedRow] {
        var latest: [ResidentID: SourcedRow] = [:]
        for (key, row) in postings.keyedRows {
            guard let id = owners[key]?.id else { continue }
            let start = row.row.date(.startDate)?.dayNumber ?? 0
            if (latest[id]?.row.date(.startDate)?.dayNumber ?? .min) <= start { latest[id] = row }
        }
        return latest
    }

    /// A posting beside attendance that the roster has otherwise: the village, or the day of the beginning.
    private func refuse(
        _ sent: SourcedRow, _ standing: SourcedRow?, _ key: String, _ postings: inout RegisterUpserts
    ) {
        guard let standing else { return }
        let places = [sent, standing].map { PlaceKey.village($0.row.text(.village) ?? "") }
        let field: FieldID = places[0] == places[1] ? .startDate : .village
        guard let own = standing.row.fields[field], let other = sent.row.fields[field] else { return }
        postings.refuse(
            key, field, standing: FieldClaim(field: own, row: standing), sent: FieldClaim(field: other, row: sent))
    }

    /// The county and person of a roster row; nil after saying why it cannot be used.
    private mutating func owner(_ sourced: SourcedRow) -> (CountyCode, ResidentID)? {
        guard let county = county(sourced) else {
            raiseUnknownCounty(sourced)
            // Whoever sends a sheet for him is told the row, in whichever county.
            if sourced.isCurrent { homeless.append(RegisterBuilder.heldRow(sourced)) }
            return nil
        }
        withRecords(county) { $0.receivedForms.insert(.roster) }
        guard let id = rosterID(sourced, county), sourced.row.date(.startDate) != nil else { return nil }
        return (county, id)
    }

    /// Whether a field decides who is paid, how much, or out of whose funds: without any unit nobody can pay.
    private func isDecisive(_ field: FieldID, of id: ResidentID, _ persons: RegisterUpserts) -> Bool {
        if field == .sendingUnit { return !persons.has(id.text, field) }
        return [.name, .endDate, .residentID].contains(field) || rules.decisiveFields.contains(field)
    }

    /// An end before its start says nothing of the posting.
    private mutating func isOrdered(_ sourced: SourcedRow, _ county: CountyCode) -> Bool {
        guard let start = sourced.row.date(.startDate), let end = sourced.row.date(.endDate), end < start else {
            return true
        }
        if sourced.isCurrent {
            var finding = Finding(
                .dateRangeReversed, value: end.iso, arguments: ["驻村结束日期", end.iso, "驻村开始日期", start.iso])
            finding.cell = sourced.source(of: .endDate).address
            findings.append(located(finding, sourced, county: county))
            hold(sourced)
            unusable.append(sourced)
        }
        return false
    }

    private mutating func add(
        _ sourced: SourcedRow, _ person: SourcedRow, _ county: CountyCode, _ id: ResidentID, _ units: UnitIndex,
        to cadres: inout [CountyCode: [ResidentID: Cadre]]
    ) {
        let posting = posting(sourced, person, county, units)
        let row = person.row
        let name = PersonName(PersonName.withoutRemark(row.text(.name) ?? sourced.row.text(.name) ?? ""))
        var cadre =
            cadres[county]?[id]
            ?? Cadre(
                id: id, name: name, sex: row.text(.sex), ethnicity: row.text(.ethnicity),
                isSelectedGraduate: row.flag(.selectedGraduate) ?? false, workStart: row.date(.workStartDate),
                prePostingTraining: row.date(.prePostingTrainingDate), postings: [])
        if cadre.postings.isEmpty {
            raiseAccount(person, county)
            note(person, .person, key: id.text, in: county)
        }
        note(
            sourced, .posting, key: id.text, place: posting.township + posting.village, start: posting.start,
            in: county)
        cadre.postings.append(posting)
        cadre.postings.sort {
            ($0.start.dayNumber, $0.township, $0.village) < ($1.start.dayNumber, $1.township, $1.village)
        }
        cadres[county, default: [:]][id] = cadre
    }

    private mutating func posting(
        _ sourced: SourcedRow, _ person: SourcedRow, _ county: CountyCode, _ units: UnitIndex
    ) -> Posting {
        let row = sourced.row
        var township = TextFolding.trimmed(row.text(.township) ?? "")
        var village = TextFolding.trimmed(row.text(.village) ?? "")
        if let places = places[county], !places.townships.isEmpty {
            let known = places.township(named: township).flatMap { places.village(named: village, in: $0) }
            if let known {
                township = known.township
                village = known.village
            } else {
                raise(
                    .unknownVillage, sourced, county, row.fields[.village]?.cell, township + village,
                    [township, village])
            }
        }
        let unitText = TextFolding.trimmed(person.row.text(.sendingUnit) ?? row.text(.sendingUnit) ?? "")
        let account = person.row.fields[.bankAccount]
        return Posting(
            county: county, township: township, village: village,
            role: PostingRole(text: row.text(.postingRole) ?? ""),
            roleText: TextFolding.trimmed(row.fields[.postingRole]?.asSent ?? ""),
            sendingUnit: units.unit(named: unitText)?.name ?? unitText,
            rank: person.row.text(.rank).map(TextFolding.key), start: row.date(.startDate)!,
            end: row.date(.endDate), bank: person.row.text(.bank).map(TextFolding.trimmed),
            bankAccount: account.map { BankAccount.digits($0.asSent) },
            isAccountRounded: account.map { $0.isNumber && BankAccount.digits($0.asSent).count > 15 } ?? false,
            source: source(sourced, in: county), accountSource: shown(person.source(of: .bankAccount), in: county))
    }

    private mutating func raiseAccount(_ person: SourcedRow, _ county: CountyCode) {
        guard person.isCurrent else { return }
        let field = person.row.fields[.bankAccount]
        let account = field.map { BankAccount.digits($0.asSent) } ?? ""
        let reason: FindingReason
        if account.isEmpty {
            reason = .bankAccountMissing
        } else if field?.isNumber == true, account.count > 15 {
            reason = .bankAccountPrecisionLost
        } else if !BankAccount.isValid(account) {
            reason = .bankAccountInvalid
        } else {
            return
        }
        let source = person.source(of: .bankAccount)
        var finding = Finding(
            reason, file: source.file, sheet: source.sheet, cell: source.address, value: account,
            arguments: account.isEmpty ? [] : [ResidentID.masked(account)])
        finding = located(finding, person, county: county)
        finding.file = source.file
        finding.sheet = source.sheet
        findings.append(finding)
    }

    /// Two IDs with one account: each is told at its cell. Source: spec §6, bank-account-shared.
    private mutating func raiseSharedAccounts(_ cadres: [CountyCode: [ResidentID: Cadre]]) {
        var owners: [String: [(county: CountyCode, cadre: Cadre)]] = [:]
        for (county, people) in cadres.sorted(by: { $0.key < $1.key }) {
            for cadre in people.values.sorted(by: { $0.id < $1.id }) {
                guard let account = cadre.postings.last?.bankAccount, !account.isEmpty else { continue }
                owners[account, default: []].append((county, cadre))
            }
        }
        for (account, holders) in owners.sorted(by: { $0.key < $1.key })
        where Set(holders.map(\.cadre.id)).count > 1 || rules.isSharedElsewhere?(account) == true {
            sharedAccounts.append(SharedAccount(account: account, holders: holders))
            for (county, cadre) in holders {
                guard let posting = cadre.postings.last else { continue }
                withRecords(county) {
                    $0.sharedAccounts.append(AccountStanding.PersonAccount(person: cadre.id, account: account))
                    $0.sharedAccounts.sort()
                }
                let others = holders.filter { $0.cadre.id != cadre.id }.map {
                    "\($0.cadre.name.display) \($0.cadre.id.masked)"
                }
                findings.append(
                    Finding(
                        .bankAccountShared, county: county, township: posting.township,
                        file: posting.accountSource?.file ?? "", sheet: posting.accountSource?.sheet ?? "",
                        cell: posting.accountSource?.address, person: cadre.name.display, personID: cadre.id.text,
                        value: account,
                        arguments: [
                            ResidentID.masked(account), others.isEmpty ? "外县区人员" : others.joined(separator: "、"),
                        ]))
            }
        }
    }

    private mutating func settle(
        _ cadres: [CountyCode: [ResidentID: Cadre]], _ holds: [ResidentID: [RegisterHold]]
    ) {
        raiseSharedAccounts(cadres)
        for (county, people) in cadres {
            let list = people.values.sorted { $0.id < $1.id }
            let unitNames = Set(list.flatMap { $0.postings.map(\.sendingUnit) })
            let used = units.filter { unitNames.contains($0.name) }
            var standing = list.flatMap { holds[$0.id] ?? [] }
            for (village, field, source) in disputedVillages[county] ?? [] {
                for cadre in list {
                    for posting in cadre.postings where posting.villageKey == village.key {
                        standing.append(
                            RegisterHold(
                                person: cadre.id, kind: .conflict, field: heading(field), source: source,
                                from: posting.start, through: posting.end))
                    }
                }
            }
            entries[county, default: []] += used.compactMap { unitEntries[$0.name] }.map { shown($0, in: county) }
            standing = standing.map { hold in
                var hold = hold
                hold.source = shown(hold.source, in: county)
                return hold
            }
            let units = used.map { unit in
                var unit = unit
                unit.source = shown(unit.source, in: county)
                return unit
            }
            withRecords(county) {
                $0.cadres = list
                $0.units = units
                $0.registerHolds = Set(standing).sorted()
            }
        }
    }

    // MARK: Rows that cannot be used

    /// A newer usable row of the same person and village mends an unreadable one. Files come in the order of receipt:
    /// what a later one holds unreadable still holds.
    private mutating func clearHolds(_ rows: [(id: ResidentID, row: SourcedRow)]) {
        let headings = rules.headings[.roster] ?? [:]
        unusable.removeAll { row in
            guard case .valid(let id) = ResidentID.read(row.row.text(.residentID) ?? "") else { return false }
            let village = PlaceKey.village(row.row.text(.village) ?? "")
            let unread = RegisterBuilder.unreadFields(row, headings)
            return rows.contains { mending in
                // A column that the newer list lacks, or an empty cell in it, changes nothing: it must say the field.
                mending.id == id && row.order < mending.row.order
                    && unread.allSatisfy { mending.row.row.fields[$0] != nil }
                    && (village.isEmpty || village == PlaceKey.village(mending.row.row.text(.village) ?? ""))
            }
        }
    }

    /// The fields for which a row cannot be read.
    private static func unreadFields(_ row: SourcedRow, _ headings: [FieldID: String]) -> [FieldID] {
        row.row.findings.filter { $0.reason == .valueUnreadable }.compactMap { finding in
            headings.first { $0.value == finding.arguments.first }?.key
        }
    }

    private func addUnreadable(to holds: inout [ResidentID: [RegisterHold]]) {
        for row in unusable {
            switch ResidentID.read(row.row.text(.residentID) ?? "") {
            case .valid(let id), .upgraded(let id):
                let wrong = row.row.findings.first { $0.effect == .held }
                let lacking = row.row.lacking.first.map { rules.headings[.roster]?[$0] ?? $0.name }
                let cell = wrong?.cell ?? (lacking == nil ? row.source(of: .endDate).address : row.row.cell)
                let field = wrong?.arguments.first ?? lacking ?? "驻村结束日期"
                holds[id, default: []].append(
                    RegisterHold(
                        person: id, kind: .unreadable, field: field,
                        source: SourceCell(file: row.file, sheet: row.row.sheet, address: cell),
                        from: row.row.date(.startDate)))
            default: continue
            }
        }
    }

    /// The row's ID, or nil after saying why the row cannot be used.
    private mutating func rosterID(_ sourced: SourcedRow, _ county: CountyCode) -> ResidentID? {
        let field = sourced.row.fields[.residentID]
        let text = field?.asSent ?? ""
        let problem: FindingReason
        var arguments = [ResidentID.masked(text)]
        if field?.isNumber == true {
            problem = .idPrecisionLostRegister
        } else {
            switch ResidentID.read(text, asOf: rules.asOf) {
            case .valid(let id): return id
            case .upgraded(let id):
                raise(.idUpgraded, sourced, county, field?.cell, text, arguments + [id.masked])
                return id
            case .invalid(let reason):
                problem = .idInvalidRegister
                arguments.append(reason.chinese)
            case .blank:
                problem = .valueBlank
                arguments = ["身份证号"]
            }
        }
        raise(problem, sourced, county, field?.cell, text, arguments)
        if sourced.isCurrent { hold(sourced) }
        return nil
    }
}
