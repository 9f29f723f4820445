import Domain

/// Rows of one submitted file, with its place in time.
public struct RegisterSource: Sendable {
    public let order: FileOrder
    /// Whether these are the file's present bytes; findings about bytes that were since replaced are not raised.
    public let isCurrent: Bool
    /// The file holds attendance too: its registers fill what is empty and change nothing that stands.
    public let isBesideAttendance: Bool
    public let rows: [FormRow]

    public init(order: FileOrder, isCurrent: Bool, isBesideAttendance: Bool = false, rows: [FormRow]) {
        self.order = order
        self.isCurrent = isCurrent
        self.isBesideAttendance = isBesideAttendance
        self.rows = rows
    }
}

/// A row and the file it came from; of a merged row, the row received last with the fields in force.
struct SourcedRow {
    /// Shared by all claims of a row: a roster has a claim for each field of each of its rows.
    private final class Kept: Sendable {
        let row: FormRow
        let order: FileOrder
        let isCurrent: Bool

        init(row: FormRow, order: FileOrder, isCurrent: Bool) {
            self.row = row
            self.order = order
            self.isCurrent = isCurrent
        }
    }

    private let kept: Kept
    /// Where a field stands that another row than this one said.
    private(set) var origins: FieldMap<SourceCell>

    init(row: FormRow, order: FileOrder, isCurrent: Bool, origins: FieldMap<SourceCell> = [:]) {
        kept = Kept(row: row, order: order, isCurrent: isCurrent)
        self.origins = origins
    }

    var row: FormRow { kept.row }
    var order: FileOrder { kept.order }
    var isCurrent: Bool { kept.isCurrent }
    var file: String { order.path }
    var source: SourceCell { SourceCell(file: file, sheet: row.sheet, address: row.cell) }

    /// The cell a field was read from; of a blank one, where it would stand.
    func source(of field: FieldID) -> SourceCell {
        origins[field]
            ?? SourceCell(
                file: file, sheet: row.sheet, address: row.fields[field]?.cell ?? row.blankCells[field] ?? row.cell)
    }
}

/// By what a row is known again in a newer file.
struct RowKey: Hashable {
    /// The bold fields of spec §5.3.
    let natural: String
    /// What tells rows of one key in one file apart that are all true (a promotion's class); empty where nothing does.
    var part = ""
}

/// What a merge changed or refused, for the findings that say so.
enum MergeEvent {
    /// Rows of one key in one file say different things; the field keeps what it had.
    case conflict(field: FieldID, first: FieldClaim, second: FieldClaim)
    /// A register beside attendance says something else than what stands.
    case outvoted(field: FieldID, standing: FieldClaim, sent: FieldClaim)
    /// A newer file says something else than an older one.
    case changed(field: FieldID, from: FieldClaim, to: FieldClaim)
    /// 清空 took a value away.
    case cleared(field: FieldID, from: FieldClaim, by: FieldClaim)
    /// 作废 took the whole row away.
    case withdrawn(by: FieldClaim)
    /// 作废 of a row that nobody ever sent.
    case withdrawnUnknown(by: FieldClaim)
    /// 清空 in a register beside attendance, which changes nothing.
    case keptDespiteClearing(field: FieldID, by: FieldClaim, standing: FieldClaim)
    /// 作废 in a register beside attendance, which changes nothing.
    case keptDespiteWithdrawal(by: FieldClaim, standing: SourceCell)
}

/// One row's word about one field.
struct FieldClaim {
    let field: SubmittedField
    let row: SourcedRow
    var source: SourceCell { SourceCell(file: row.file, sheet: row.row.sheet, address: field.cell) }
}

/// Merges rows of one form (or of one part of its fields) by key, field by field. Source: spec §5.2.
///
/// A newer file changes what it says and nothing else: a column it lacks, an empty cell in it, leave a field as it was;
/// `清空` empties one, 作废 takes the row away. Files come in the order of their receipt.
struct RegisterUpserts {
    /// What stands of one row.
    private struct Entry {
        /// What stands of each field; nil where one row alone ever spoke, and everything it says stands: a roster of a
        /// hundred thousand would be held twice.
        var values: FieldMap<FieldClaim>?
        /// Fields on which the file that spoke of them last contradicts itself.
        var disputes: [FieldID: (first: FieldClaim, second: FieldClaim)] = [:]
        var latest: SourcedRow
        var isFilledOnly: Bool
    }

    /// By natural key, then by what tells rows of one key apart (a promotion's class).
    private var entries: [String: [String: Entry]] = [:]
    private var told: [(key: String, event: MergeEvent)] = []
    /// Rows that ever stood, or that a file sent only to take them away.
    private var known: Set<RowKey> = []
    /// Whether this merge is about a field.
    private let isAbout: @Sendable (FieldID) -> Bool

    /// - Parameter isAbout: the fields whose contradictions and changes are told; serial numbers and remarks never are.
    init(_ isAbout: @escaping @Sendable (FieldID) -> Bool = { _ in true }) { self.isAbout = isAbout }

    /// Takes the rows of one file, each with its natural key and what tells it from others of the key.
    ///
    /// Rows of a key that the file sends replace the older rows of that key that it does not send.
    mutating func merge(_ rows: [(key: RowKey, row: SourcedRow)], fillsOnly: Bool = false) {
        var order: [String] = []
        var byKey: [String: [(part: String, row: SourcedRow)]] = [:]
        for (key, row) in rows {
            if byKey[key.natural] == nil { order.append(key.natural) }
            byKey[key.natural, default: []].append((key.part, row))
        }
        for key in order {
            var parts: [String] = []
            var byPart: [String: [SourcedRow]] = [:]
            for (part, row) in byKey[key] ?? [] {
                if byPart[part] == nil { parts.append(part) }
                byPart[part, default: []].append(row)
            }
            let before = entries[key] ?? [:]
            var after = fillsOnly ? before : [:]
            for part in parts {
                let key = RowKey(natural: key, part: part)
                after[part] = merged(byPart[part] ?? [], over: before[part], key, fillsOnly)
                known.insert(key)
            }
            entries[key] = after.isEmpty ? nil : after
        }
    }

    /// What merging changed or refused, and the contradictions that no later file settled.
    var events: [(key: String, event: MergeEvent)] {
        told
            + entries.sorted { $0.key < $1.key }.flatMap { key, parts in
                parts.sorted { $0.key < $1.key }.flatMap { _, entry in
                    entry.disputes.sorted { $0.key < $1.key }.map { field, claims in
                        (key, MergeEvent.conflict(field: field, first: claims.first, second: claims.second))
                    }
                }
            }
    }

    /// The rows in force, by natural key and part.
    var rows: [SourcedRow] { keyedRows.map(\.row) }

    /// Tells that a row beside attendance says something else than what stands, and is not used.
    mutating func refuse(_ key: String, _ field: FieldID, standing: FieldClaim, sent: FieldClaim) {
        told.append((key, .outvoted(field: field, standing: standing, sent: sent)))
    }

    func has(_ key: String) -> Bool { entries[key] != nil }

    /// Whether any row in force of that key says anything of a field.
    func has(_ key: String, _ field: FieldID) -> Bool {
        (entries[key] ?? [:]).values.contains { entry in
            entry.values.map { $0[field] != nil } ?? (concerns(field) && entry.latest.row.fields[field] != nil)
        }
    }

    /// The rows in force with their natural keys.
    var keyedRows: [(key: String, row: SourcedRow)] {
        entries.sorted { $0.key < $1.key }.flatMap { key, parts in
            parts.sorted { $0.key < $1.key }.map { (key, merged($0.value)) }
        }
    }

    private func merged(_ entry: Entry) -> SourcedRow {
        let latest = entry.latest
        guard let values = entry.values else { return latest }
        let source = latest.source
        var row = latest.row
        var origins = latest.origins
        row.fields = row.fields.filter { !concerns($0.key) }
        for (field, value) in latest.row.fields where concerns(field) && values[field] == nil {
            row.blankCells[field] = value.cell
        }
        for (field, claim) in values {
            row.fields[field] = claim.field
            if claim.row.source != source { origins[field] = claim.source }
        }
        if let end = lastEnd(entry) {
            row.fields[.endDate] = end.field
            origins[.endDate] = end.source
        }
        return SourcedRow(row: row, order: latest.order, isCurrent: latest.isCurrent, origins: origins)
    }

    /// Of two ends of a posting that contradict each other the later one, where no end was known: after it the posting
    /// is over whichever is right, and what lies between the two is held.
    private func lastEnd(_ entry: Entry) -> FieldClaim? {
        guard entry.latest.row.form == .roster, let dispute = entry.disputes[.endDate] else { return nil }
        if case .date = entry.values?[.endDate]?.field.value { return nil }
        guard case .date(let first) = dispute.first.field.value, case .date(let second) = dispute.second.field.value
        else { return nil }
        return first < second ? dispute.second : dispute.first
    }

    /// Serial numbers and remarks say nothing that could be contradicted.
    private func concerns(_ field: FieldID) -> Bool {
        field != .sequence && field != .remark && isAbout(field)
    }

    // MARK: One key of one file

    private mutating func merged(
        _ rows: [SourcedRow], over before: Entry?, _ rowKey: RowKey, _ fillsOnly: Bool
    ) -> Entry? {
        let key = rowKey.natural
        if before == nil, rows.count == 1, standsWhole(rows[0]) {
            return Entry(latest: rows[0], isFilledOnly: fillsOnly)
        }
        let (claims, disputes) = claims(of: rows)
        if let withdrawal = claims[.withdrawn], case .flag(true) = withdrawal.field.value {
            if fillsOnly {
                if let before {
                    told.append((key, .keptDespiteWithdrawal(by: withdrawal, standing: before.latest.source)))
                }
                return before
            }
            told.append(
                (key, known.contains(rowKey) ? .withdrawn(by: withdrawal) : .withdrawnUnknown(by: withdrawal)))
            return nil
        }
        var entry = before ?? Entry(latest: rows[0], isFilledOnly: fillsOnly)
        var values = entry.values ?? (before == nil ? [:] : standing(entry.latest))
        for (field, claim) in claims where field != .withdrawn && concerns(field) {
            take(claim, field, key, &entry, &values, fillsOnly)
        }
        entry.values = values
        for (field, claims) in disputes { entry.disputes[field] = claims }
        if !fillsOnly || entry.isFilledOnly {
            entry.latest = rows[rows.count - 1]
            entry.isFilledOnly = fillsOnly
        }
        return entry
    }

    private mutating func take(
        _ claim: FieldClaim, _ field: FieldID, _ key: String, _ entry: inout Entry,
        _ values: inout FieldMap<FieldClaim>, _ fillsOnly: Bool
    ) {
        // The file received last settles what an earlier one left open; beside attendance nothing is settled.
        if !fillsOnly { entry.disputes[field] = nil }
        guard let standing = values[field] else {
            if claim.field.value != .cleared { values[field] = claim }
            return
        }
        if case .cleared = claim.field.value {
            if fillsOnly {
                told.append((key, .keptDespiteClearing(field: field, by: claim, standing: standing)))
                return
            }
            told.append((key, .cleared(field: field, from: standing, by: claim)))
            values[field] = nil
        } else if FieldSense.isSame(standing.field, claim.field, field) {
            // Said again: the newest cell that says it stands for it.
            if !fillsOnly { values[field] = claim }
        } else if fillsOnly {
            told.append((key, .outvoted(field: field, standing: standing, sent: claim)))
        } else {
            told.append((key, .changed(field: field, from: standing, to: claim)))
            values[field] = claim
        }
    }

    /// What a row that alone spoke says of the fields that the merge is about.
    private func standing(_ row: SourcedRow) -> FieldMap<FieldClaim> {
        claims(of: [row]).claims.filter { concerns($0.key) }
    }

    /// Whether everything that the row says stands where nothing stood before it.
    private func standsWhole(_ row: SourcedRow) -> Bool {
        row.row.fields.allSatisfy { field, value in
            field != .withdrawn && (!concerns(field) || value.value != .cleared)
        }
    }

    /// What the rows of one file say together; a field on which they differ is left out, and told.
    private func claims(
        of rows: [SourcedRow]
    ) -> (claims: FieldMap<FieldClaim>, disputes: [FieldID: (first: FieldClaim, second: FieldClaim)]) {
        var claims = FieldMap<FieldClaim>()
        var disputes: [FieldID: (first: FieldClaim, second: FieldClaim)] = [:]
        for row in rows {
            for (field, value) in row.row.fields
            where concerns(field) || field == .withdrawn {
                let claim = FieldClaim(field: value, row: row)
                guard let first = claims[field] else {
                    claims[field] = claim
                    continue
                }
                if FieldSense.isSame(first.field, value, field) {
                    if FieldSense.saysMore(value, first.field) { claims[field] = claim }
                    continue
                }
                if disputes[field] == nil { disputes[field] = (first, claim) }
            }
        }
        for field in disputes.keys { claims[field] = nil }
        return (claims, disputes)
    }
}

/// Whether two cells say the same of a field, whoever wrote them.
enum FieldSense {
    static func isSame(_ left: SubmittedField, _ right: SubmittedField, _ field: FieldID) -> Bool {
        if left.value == right.value { return true }
        switch (left.value, right.value) {
        case (.text(let one), .text(let other)):
            let (left, right) = (key(one, field), key(other, field))
            if left == right { return true }
            // 农业银行 and 农业银行乐都支行, 财政局 and 乐都区财政局: one says more of the same.
            switch field {
            case .bank: return left.hasPrefix(right) || right.hasPrefix(left)
            case .sendingUnit: return left.hasSuffix(right) || right.hasSuffix(left)
            default: return false
            }
        default: return false
        }
    }

    /// Whether a cell that says the same says more of it.
    static func saysMore(_ left: SubmittedField, _ right: SubmittedField) -> Bool {
        guard case .text(let one) = left.value, case .text(let other) = right.value else { return false }
        return TextFolding.key(one).count > TextFolding.key(other).count
    }

    private static func key(_ text: String, _ field: FieldID) -> String {
        switch field {
        case .name, .leader, .unitHead, .linkedLeader: PersonName(text).key
        case .bankAccount: BankAccount.digits(text)
        case .village: PlaceKey.village(text)
        case .township: PlaceKey.townshipStem(text)
        case .residentID: residentKey(text)
        default: TextFolding.key(text)
        }
    }

    private static func residentKey(_ text: String) -> String {
        switch ResidentID.read(text) {
        case .valid(let id), .upgraded(let id): id.text
        default: TextFolding.key(text)
        }
    }
}
