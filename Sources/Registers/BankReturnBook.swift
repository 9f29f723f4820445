import Domain

/// What banks answered, in the order of receipt. Pure; the order in which the sources are given does not matter.
///
/// Source: spec §8.
struct BankReturnBook {
    let returns: [BankReturn]
    /// In report order.
    let findings: [Finding]

    /// - Parameters:
    ///   - folders: inbox folders that returns are taken from; empty for any.
    ///   - counties: of which anything is known: no batch is another county's.
    ///   - isHandedOver: whether what is of a county is handed over to it, and told there.
    init(
        _ sources: [RegisterSource], folders: [String], counties: Set<CountyCode>,
        isHandedOver: (CountyCode) -> Bool = { _ in false }
    ) {
        var returns: [BankReturn] = []
        var findings: [Finding] = []
        for source in sources.sorted(by: { $0.order < $1.order }) {
            for row in source.rows where row.form == .bankReturns {
                func raise(_ finding: Finding, at field: FieldID) {
                    if let told = source.told(finding, row, at: field) { findings.append(told) }
                }
                for finding in row.findings { raise(finding, at: .batch) }
                guard !row.isHeld, let word = row.text(.result) else { continue }
                // A word that is not of the form answers nothing: taken for a return it would be paid again.
                guard let result = BankResult(word: word) else {
                    raise(
                        Finding(
                            .bankReturnUnmatched, value: word,
                            arguments: [row.text(.batch) ?? "", row.amount(.amount)?.yuanText ?? ""]), at: .result)
                    continue
                }
                guard let read = BankReturnBook.read(row, result, source.order) else { continue }
                guard InboxFolder.allows(source.order.path, folders) else {
                    raise(
                        Finding(
                            .notAuthorisedFolder, value: source.order.path,
                            arguments: ["银行回盘", folders.joined(separator: "、")]), at: .result)
                    continue
                }
                if read.county.map(isHandedOver) == true { continue }
                guard read.county.map(counties.contains) == true, read.person != nil || read.account != nil else {
                    raise(
                        Finding(
                            .bankReturnUnmatched, value: read.batch, arguments: [read.batch, read.amount.yuanText]),
                        at: .batch)
                    continue
                }
                returns.append(read)
            }
        }
        self.returns = returns
        self.findings = findings.sorted(by: Finding.inReportOrder)
    }

    private static func read(_ row: FormRow, _ result: BankResult, _ order: FileOrder) -> BankReturn? {
        guard let batch = row.text(.batch), let amount = row.amount(.amount) else { return nil }
        var reason = TextFolding.trimmed(row.text(.reason) ?? "")
        if reason.isEmpty, row.text(.result) == BankResult.unpaidWord { reason = BankResult.unpaidWord }
        var person: ResidentID?
        if case .valid(let id) = ResidentID.read(row.text(.residentID) ?? "") { person = id }
        let account = row.fields[.bankAccount].map { BankAccount.digits($0.asSent) }
        return BankReturn(
            batch: TextFolding.key(batch).uppercased(), person: person,
            account: account.flatMap { $0.isEmpty ? nil : $0 }, amount: amount,
            result: result, reason: reason, name: TextFolding.trimmed(row.text(.name) ?? ""),
            source: SourceCell(file: order.path, sheet: row.sheet, address: row.fields[.result]?.cell ?? row.cell),
            arrival: order.arrival)
    }
}

extension RegisterSource {
    /// A finding about a field of one of the rows, at its cell; nil where other bytes stand in the file's place by now.
    func told(_ finding: Finding, _ row: FormRow, at field: FieldID) -> Finding? {
        guard isCurrent else { return nil }
        var finding = finding
        finding.file = order.path
        finding.sheet = row.sheet
        finding.cell = row.fields[field]?.cell ?? row.cell
        finding.person = TextFolding.trimmed(row.text(.name) ?? "")
        return finding
    }
}
