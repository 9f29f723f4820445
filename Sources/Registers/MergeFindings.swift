import Domain

// What a merge changed or refused, told to people. Source: spec §5.2, §6.

extension RegisterBuilder {
    /// Findings of an event; of bytes that were since replaced none.
    mutating func raise(_ event: MergeEvent, county: CountyCode?) {
        switch event {
        case .conflict(let field, let first, let second):
            add(
                .registerConflict, second, county,
                [
                    heading(field, of: second.row.row.form), shown(second.field, field), shown(first.field, field),
                    text(first.source, beside: second.row),
                ])
        case .outvoted(let field, let standing, let sent):
            add(
                .registerConflictBesideAttendance, sent, county,
                [
                    heading(field, of: sent.row.row.form), shown(sent.field, field), shown(standing.field, field),
                    text(standing.source, beside: sent.row),
                ])
        case .changed(.bankAccount, let from, let to):
            add(
                .bankAccountChanged, to, county,
                [
                    shown(from.field, .bankAccount), text(from.source, beside: to.row), shown(to.field, .bankAccount),
                    to.source.text,
                ])
        case .changed(.endDate, let from, let to):
            add(
                .registerChanged, to, county,
                [
                    "\(endHeading(to.row.row.form))由\(from.field.asSent)（\(text(from.source, beside: to.row))）改为\(to.field.asSent)"
                ])
        case .changed: break
        case .cleared(let field, let from, let by):
            add(
                .registerChanged, by, county,
                [
                    "\(heading(field, of: by.row.row.form))已清空，原为\(shown(from.field, field))"
                        + "（\(text(from.source, beside: by.row))）"
                ])
        case .keptDespiteClearing(let field, let by, let standing):
            add(
                .registerConflictBesideAttendance, by, county,
                [
                    heading(field, of: by.row.row.form), by.field.asSent, shown(standing.field, field),
                    text(standing.source, beside: by.row),
                ])
        case .keptDespiteWithdrawal(let by, let standing):
            add(
                .registerConflictBesideAttendance, by, county,
                [heading(.withdrawn, of: by.row.row.form), by.field.asSent, "现有登记", text(standing, beside: by.row)])
        case .withdrawn(let by): add(.registerChanged, by, county, ["此行已作废"])
        case .withdrawnUnknown(let by): add(.registerWithdrawnUnknown, by, county, [])
        }
    }

    private func endHeading(_ form: FormID) -> String {
        form == .roster ? "驻村结束日期" : rules.headings[form]?[.endDate] ?? "结束日期"
    }

    private mutating func add(
        _ reason: FindingReason, _ claim: FieldClaim, _ county: CountyCode?, _ arguments: [String]
    ) {
        guard claim.row.isCurrent else { return }
        let finding = Finding(
            reason, cell: claim.field.cell, value: claim.field.asSent, arguments: arguments)
        findings.append(located(finding, claim.row, county: county))
    }

    /// A value as a finding may show it: accounts and IDs masked.
    private func shown(_ field: SubmittedField, _ id: FieldID) -> String {
        switch id {
        case .bankAccount: ResidentID.masked(BankAccount.digits(field.asSent))
        case .residentID, .phone: ResidentID.masked(TextFolding.key(field.asSent))
        default: IDMasking.masked(TextFolding.trimmed(field.asSent))
        }
    }

    /// What people call a field: those of registers here, so that a batch is proven without today's forms; those of
    /// records as their form's definition says.
    func heading(_ field: FieldID, of form: FormID = .roster) -> String {
        RegisterBuilder.headings[field] ?? rules.headings[form]?[field] ?? field.name
    }

    private static let headings: [FieldID: String] = [
        .name: "姓名", .sex: "性别", .ethnicity: "民族", .residentID: "身份证号", .sendingUnit: "派出单位", .rank: "职级",
        .postingRole: "驻村职务", .county: "县(区)", .township: "乡镇", .village: "村", .startDate: "开始日期",
        .endDate: "结束日期", .selectedGraduate: "选调生", .workStartDate: "参加工作时间", .prePostingTrainingDate: "任前培训日期",
        .bank: "开户行", .bankAccount: "银行账号", .phone: "联系电话", .code: "代码", .prefecture: "市(州)",
        .deepPovertyCounty: "深度贫困地区贫困县", .poorVillage: "贫困村", .deepPovertyVillage: "深度贫困村",
        .weakVillage: "薄弱村", .hardshipCategory: "艰边类别", .subsidyClass: "乡镇补贴档次", .linkedLeader: "联点领导",
        .unitCode: "单位编码", .unitLevel: "层级", .unitHead: "主要负责人", .withdrawn: "作废",
    ]

    // MARK: Who may change what

    /// The row without what its folder may not say. Source: spec §5.8, `authority: {registers}`.
    func authorised(_ row: FormRow, _ source: RegisterSource) -> FormRow {
        let refused = refusedFields(row, source)
        guard !refused.isEmpty else { return row }
        var row = row
        for field in refused { row.fields[field] = nil }
        return row
    }

    /// `not-authorised` for every such field but accounts, which may say what is known.
    func refusals(_ row: FormRow, _ source: RegisterSource) -> [Finding] {
        refusedFields(row, source).filter { !isAccount($0, row) }.map { refusal($0, row) }
    }

    /// Whether the row's account is not taken.
    func refusesAccount(_ row: FormRow, _ source: RegisterSource) -> Bool {
        isAccount(.bankAccount, row) && refusedFields(row, source).contains(.bankAccount)
    }

    private func isAccount(_ field: FieldID, _ row: FormRow) -> Bool {
        guard field == .bankAccount, let value = row.fields[field]?.value else { return false }
        return value != .cleared
    }

    private func refusal(_ field: FieldID, _ row: FormRow) -> Finding {
        let what = field == .bankAccount ? "银行账号" : field == .withdrawn ? "作废" : "\(heading(field, of: row.form))清空"
        return Finding(
            .notAuthorisedRegister, cell: row.fields[field]?.cell, value: row.fields[field]?.asSent ?? "",
            arguments: [what, rules.authorisedFolders.joined(separator: "、")])
    }

    /// `not-authorised` for accounts that are others than those in force.
    mutating func raiseRefusedAccounts(_ persons: RegisterUpserts) {
        guard !refusedAccounts.isEmpty else { return }
        var known: [String: String] = [:]
        for (key, row) in persons.keyedRows {
            known[key] = row.row.fields[.bankAccount].map { BankAccount.digits($0.asSent) }
        }
        for sourced in refusedAccounts {
            let sent = BankAccount.digits(sourced.row.fields[.bankAccount]?.asSent ?? "")
            guard known[personKey(sourced.row)] != sent else { continue }
            findings.append(located(refusal(.bankAccount, sourced.row), sourced))
        }
    }

    private func refusedFields(_ row: FormRow, _ source: RegisterSource) -> [FieldID] {
        guard !InboxFolder.allows(source.order.path, rules.authorisedFolders) else { return [] }
        return row.fields.keys.filter { field in
            if field == .bankAccount { return true }
            guard let value = row.fields[field]?.value else { return false }
            return value == .cleared || field == .withdrawn && value == .flag(true)
        }
    }
}
