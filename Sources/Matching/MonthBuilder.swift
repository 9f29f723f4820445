import Domain
import Registers

/// Builds a county's month: places, persons, versions, duplicates, days, what is missing. Pure.
///
/// Source: spec §5.2, §5.6, §6. A held row still counts as evidence: for double presence, discipline, missing people.
public struct MonthBuilder {
    let input: MonthInput
    let county: CountyCode
    /// Blocks that stand.
    let blocks: [SubmittedBlock]
    /// Blocks that their file, mended in place, took back.
    let mended: [SubmittedBlock]
    let places: PlaceIndex
    let roster: RosterIndex
    let units: UnitIndex
    let checks: [String: [CivilDate: SpotCheckRecord]]
    let holds: [ResidentID: [RegisterHold]]
    /// A few at most: asked four times a day of a person.
    let payable: PayableStatuses

    /// The month as it stands.
    public static func build(_ input: MonthInput) -> MonthAttendance { MonthBuilder(input).build().month }

    /// The month as it stands, and what its sheets claim before anything that other counties say is looked at.
    public static func buildWithClaims(_ input: MonthInput) -> (month: MonthAttendance, claims: [PresenceClaim]) {
        let builder = MonthBuilder(input)
        let (month, pass) = builder.build()
        guard input.foreignClaims.isEmpty, input.issuedElsewhere.isEmpty else {
            var alone = input
            alone.foreignClaims = []
            alone.issuedElsewhere = []
            return (month, claims(alone))
        }
        guard builder.countsTotals || builder.hasUnposted(pass.versions.inForce + pass.versions.leftOut) else {
            return (month, builder.daily(pass.versions.inForce))
        }
        return (month, builder.daily(pass.rows, month.decisions) + builder.totalClaims(pass.rows))
    }

    /// Only by policy or by a decision does a stated total count.
    private var countsTotals: Bool { !input.decisions.isEmpty || input.acceptsTotalsOnly }

    /// The claims of presence that a county's sheets make: what other counties need of it.
    public static func claims(_ input: MonthInput) -> [PresenceClaim] {
        let builder = MonthBuilder(input)
        if !builder.countsTotals {
            let versions = builder.currentVersions(builder.resolveRows(DecisionPlan()))
            // Only of days without a posting does it matter whether a row is held.
            if !builder.hasUnposted(versions.inForce + versions.leftOut) { return builder.daily(versions.inForce) }
        }
        let (month, pass) = builder.build()
        return builder.daily(pass.rows, month.decisions) + builder.totalClaims(pass.rows)
    }

    /// Presence that marks claim, and what rows say of days on which nobody posts the person here. Marks beside a
    /// statement that counts by its figure are in that figure.
    private func daily(_ rows: [ResolvedRow], _ decisions: MonthDecisions = MonthDecisions()) -> [PresenceClaim] {
        let decided = decisions.settled.filter { $0.decision?.action != .refuse }.flatMap(\.rows)
        return claims(of: rows.filter { !($0.isStatement && $0.isAccepted) }, decided: Set(decided))
    }

    init(_ input: MonthInput) {
        self.input = input
        county = input.records.county.code
        let sorted = input.blocks.sorted {
            ($0.order, $0.block.sheet, $0.block.index) < ($1.order, $1.block.sheet, $1.block.index)
        }
        blocks = sorted.filter { $0.mendedTo == nil }
        mended = sorted.filter { $0.mendedTo != nil }
        places = PlaceIndex(records: input.records)
        roster = RosterIndex(input.records.cadres, heldRows: input.heldRosterRows)
        units = UnitIndex(input.units)
        var checks: [String: [CivilDate: SpotCheckRecord]] = [:]
        for check in input.records.spotChecks where check.date.period == input.period {
            guard check.result == .absent || check.result == .withdrawn else { continue }
            checks[check.person.text, default: [:]][check.date] = check
        }
        self.checks = checks
        holds = Dictionary(grouping: input.records.registerHolds.filter { $0.concerns(input.period) }, by: \.person)
        payable = input.payable
    }

    private func build() -> (month: MonthAttendance, pass: MonthPass) {
        let (pass, use) = passes()
        var findings = pass.rows.flatMap { row in row.findings.map { located($0, row) } }
        let standing = pass.rows.filter { !$0.isLeftOut }
        findings += blockFindings(standing)
        findings += supersededFindings(pass.versions)
        let sent = sentTownships(pass.resolved)
        findings += missing(standing, sent)
        findings += usedFindings(use.settled, pass.outcomes) + use.findings
        let used = Set(use.settled.map(\.evidence))
        var month = MonthAttendance(
            county: county, period: input.period, rows: pass.outcomes.sorted(by: MonthBuilder.inFileOrder),
            supersededRowCount: mended.reduce(pass.versions.supersededRowCount) { $0 + $1.rows.count },
            sentTownships: sent,
            findings: findings.filter { !isSettled($0, use.settled) }.sorted(by: Finding.inReportOrder))
        month.decisions = MonthDecisions(
            open: pass.questions.filter { !used.contains($0.evidence) }.map { question in
                DecidableFinding(
                    finding: question.finding, evidence: question.evidence, choices: question.actions,
                    concern: question.concern,
                    rows: question.finding.effect == .held
                        ? use.touched(question, pass.rows).map { pass.rows[$0].source } : [])
            },
            settled: use.settled, evidence: use.evidence)
        return (month, pass)
    }

    /// Findings of a block, and those of refused answers, stand in the block's own list: told once more they would
    /// contradict `decision-used`.
    private func isSettled(_ finding: Finding, _ settled: [DecidableFinding]) -> Bool {
        guard finding.code != .decisionUsed else { return false }
        return settled.contains { $0.finding == finding }
    }

    private static func inFileOrder(_ left: RowOutcome, _ right: RowOutcome) -> Bool {
        (left.file, left.sheet, left.nameCell) < (right.file, right.sheet, right.nameCell)
    }

    // MARK: Findings of a row

    /// Everything found about a row itself, before other rows are looked at.
    func rowFindings(_ row: ResolvedRow) -> [Finding] {
        var findings = row.row.findings
        // Whose name could not be read is not called a stranger.
        let isUnnamed = findings.contains { $0.reason == .unreadName || $0.reason == .uncachedName }
        for var finding in row.match.findings where !isUnnamed || finding.code != .notOnRoster {
            if finding.cell == nil, [.idInvalid, .idPrecisionLost, .idUpgraded].contains(finding.code) {
                finding.cell = row.row.residentID?.cell
            }
            findings.append(finding)
        }
        if let cadre = row.cadre {
            findings += placeFindings(row, cadre)
            findings += unitFindings(row)
            findings += registerFindings(row, cadre)
        }
        return findings
    }

    /// `village-mismatch`: the sheet names another village than the posting's on a day of presence.
    private func placeFindings(_ row: ResolvedRow, _ cadre: Cadre) -> [Finding] {
        let stated = row.statedVillage
        // Most rows name the village of the only posting: nothing to look at day by day.
        if cadre.postings.count == 1, row.foreignTownship == nil, stated == nil || row.statedKey == row.postingKey {
            return []
        }
        let dates = row.row.days.filter(isPresence).map(\.date)
        if let township = row.foreignTownship { return [foreignTownshipFinding(row, cadre, township, dates)] }
        let cell = row.row.village?.cell ?? row.row.name.cell
        var mismatch: Posting?
        for date in dates {
            let inForce = distinctVillages(cadre.postings(on: date))
            if inForce.count > 1 {
                if let stated, inForce.contains(where: { $0.villageKey == stated.key }) { continue }
                // A township that only one of the villages is in names that village.
                if stated == nil, inForce.filter({ $0.township == row.statedTownship }).count == 1 { continue }
                let list = inForce.map { $0.township + $0.village }.joined(separator: "、")
                let named = stated.map { $0.township + $0.village } ?? ""
                return [
                    Finding(
                        .villageMismatchHeld, cell: cell, value: named,
                        arguments: [named.isEmpty ? "（未写）" : named, list])
                ]
            }
            if let posting = inForce.first, let stated, !isSameVillage(stated, posting) {
                mismatch = mismatch ?? posting
            }
        }
        if dates.isEmpty, let stated, let posting = row.posting, !isSameVillage(stated, posting) {
            mismatch = posting
        }
        guard let mismatch, let stated else { return [] }
        return [
            Finding(
                .villageMismatch, cell: cell, value: stated.village,
                arguments: [stated.township + stated.village, mismatch.township + mismatch.village])
        ]
    }

    /// Whether the sheet names another village, or township, than that of the posting in force on a day.
    func isElsewhere(_ row: ResolvedRow, _ cadre: Cadre, on date: CivilDate) -> Bool {
        let inForce = cadre.postings(on: date)
        if let stated = row.statedVillage { return !inForce.contains { isSameVillage(stated, $0) } }
        // Of another county's sheet, and of one that names a township alone, every day is.
        return !inForce.isEmpty
    }

    /// `village-mismatch` of a sheet that names no village, but a township without a posting of the person.
    private func foreignTownshipFinding(
        _ row: ResolvedRow, _ cadre: Cadre, _ township: String, _ dates: [CivilDate]
    ) -> Finding {
        let inForce = dates.lazy.compactMap { cadre.postings(on: $0).first }.first
        let villages = dates.map { distinctVillages(cadre.postings(on: $0)) }.first { $0.count > 1 }
        let cell = row.row.township?.cell ?? row.row.name.cell
        if let villages {
            let list = villages.map { $0.township + $0.village }.joined(separator: "、")
            return Finding(.villageMismatchHeld, cell: cell, value: township, arguments: [township, list])
        }
        let posting = (inForce ?? row.posting).map { $0.township + $0.village } ?? ""
        return Finding(.villageMismatch, cell: cell, value: township, arguments: [township, posting])
    }

    private func isSameVillage(_ stated: PlaceIndex.Village, _ posting: Posting) -> Bool {
        if stated.key == posting.villageKey { return true }
        // A village whose township the sheet does not name is the same by its own name.
        return stated.township.isEmpty && PlaceKey.village(stated.village) == PlaceKey.village(posting.village)
    }

    private func distinctVillages(_ postings: [Posting]) -> [Posting] {
        guard postings.count > 1 else { return postings }
        var seen: Set<VillageKey> = []
        return postings.filter { seen.insert($0.villageKey).inserted }
    }

    private func unitFindings(_ row: ResolvedRow) -> [Finding] {
        guard let sent = row.row.sendingUnit, !TextFolding.key(sent.text).isEmpty,
            let posting = row.posting, !units.isSame(sent.text, posting.sendingUnit)
        else { return [] }
        return [
            Finding(
                .unitMismatch, cell: sent.cell, value: sent.text,
                arguments: [TextFolding.trimmed(sent.text), posting.sendingUnit])
        ]
    }

    /// The register leaves open who the person is or what is due: nothing is paid, and the cell to mend is told.
    private func registerFindings(_ row: ResolvedRow, _ cadre: Cadre) -> [Finding] {
        (holds[cadre.id] ?? []).map { hold in
            Finding(
                hold.kind == .conflict ? .registerConflictPersonHeld : .registerUnreadablePersonHeld,
                cell: row.row.name.cell, value: row.name.display, arguments: [hold.field, hold.source.text])
        }
    }

    // MARK: Presence

    /// Whether a mark says presence in either half, in the sense of pay.
    func isPresence(_ day: DayMark) -> Bool {
        isPresence(day.morning, on: day.date) || isPresence(day.afternoon, on: day.date)
    }

    func isPresence(_ status: AttendanceStatus, on date: CivilDate) -> Bool {
        status == .present || payable.contains(status, on: date)
    }

    /// The presence a mark claims, at the place the sheet names, else the posting's.
    ///
    /// - Parameter ofAbsence: whether a mark that is none makes a claim of no half.
    func claim(_ row: ResolvedRow, _ day: DayMark, ofAbsence: Bool = false) -> PresenceClaim? {
        guard let identity = row.identity, ofAbsence || isPresence(day) else { return nil }
        let posting = row.cadre.flatMap { cadre in
            let inForce = cadre.postings(on: day.date)
            return inForce.first { $0.township == row.statedTownship } ?? inForce.first
        }
        let key =
            row.statedKey ?? row.foreignTownship.map { VillageKey(township: $0, village: "") }
            ?? posting?.villageKey ?? row.postingKey
            ?? VillageKey(township: row.statedTownship ?? "", village: "")
        return PresenceClaim(
            personID: identity, date: day.date, morning: isPresence(day.morning, on: day.date),
            afternoon: isPresence(day.afternoon, on: day.date), isUnnamedHalf: day.isUnnamedHalf && isPresence(day),
            place: row.visitorPlace ?? "\(county.text)/\(key.township)/\(key.village)",
            countyName: input.records.county.name)
    }

    // MARK: Placing findings

    /// Fills in month, place, file and person of a finding about a row.
    func located(_ finding: Finding, _ row: ResolvedRow) -> Finding {
        var finding = finding
        finding.period = input.period
        finding.county = county
        finding.township = row.township
        finding.file = row.order.path
        // Another county's sheet is named by its place, in the text.
        finding.sheet = row.isVisitor ? "" : row.block.sheet
        finding.cell = row.isVisitor ? nil : finding.cell ?? row.row.name.cell
        if finding.person.isEmpty || row.cadre?.name.key == row.name.key {
            finding.person =
                row.cadre.flatMap { $0.name.key == row.name.key ? $0.name.display : nil } ?? row.name.display
        }
        finding.personID = row.personID
        return finding
    }

    /// Findings about blocks that have a row in force (or no row at all), once each.
    private func blockFindings(_ rows: [ResolvedRow]) -> [Finding] {
        var townships: [Int: String] = [:]
        for row in rows where townships[row.blockNumber] == nil {
            townships[row.blockNumber] = row.township
        }
        let resolver = PlaceResolver(places: places, countyName: input.records.county.name)
        /// What stands on a legend sheet is found once, however many sheets it rules.
        var ofLegendSheets: Set<Finding> = []
        return blocks.enumerated().flatMap { number, submitted -> [Finding] in
            guard townships[number] != nil || submitted.block.rows.isEmpty else { return [] }
            return submitted.block.findings.compactMap { finding in
                var finding = finding
                finding.period = input.period
                finding.county = county
                finding.township = townships[number] ?? resolver.place(of: submitted.block).township ?? ""
                finding.file = submitted.order.path
                if finding.sheet.isEmpty { finding.sheet = submitted.block.sheet }
                if finding.sheet != submitted.block.sheet, !ofLegendSheets.insert(finding).inserted { return nil }
                return finding
            }
        }
    }
}
