import Domain
import Tables

/// Decides which form a sheet is: by title, or where it has none by its headings; headings decide between forms whose
/// titles both fit; they never overrule a title that names something else. Source: spec §5.1, §5.3.
struct FormRecognition {
    let forms: FormCatalogue
    let view: SheetView
    let place: SheetPlace
    let marks: FoldedMarks

    var explains = false

    enum Kind {
        case none
        case attendance(AttendanceSheet, [[RecognisedBlock]])
        case register(FormIndex, RegisterHeading?, [ContextText])
        /// Looks like attendance and is none: a plan, a machine's record.
        case foreign(FindingReason, SubmittedText)
    }

    struct Result {
        var kind: Kind
        var why: [BilingualText]
        var titles: [SubmittedText] = []
        /// Forms that were weighed and lost, for `inspect`.
        var weighed: [WeighedCandidate] = []
    }

    private struct Candidate {
        var form: FormIndex
        var fit: Int
        var heading: RegisterHeading?
        var fields: Int { heading?.columns.count ?? 0 }
        var missing: Int { heading?.missing.count ?? Int.max }
        var isComplete: Bool { missing == 0 && fields >= 2 }
    }

    func recognise() -> Result {
        let titles = titleTexts()
        var result = recognise(titles)
        result.titles = titles
        return result
    }

    private func recognise(_ titles: [SubmittedText]) -> Result {
        let titleKey = titles.map { TextFolding.key($0.text) }.joined(separator: "|")
        let fits = forms.indexes.map { $0.titleFit(titleKey) }
        let isYielding = forms.yields(titleKey)
        let fitting = forms.indexes.indices.filter {
            fits[$0] > 0 && !(isYielding && forms.indexes[$0].definition.id == .attendance)
        }
        let attendanceFits = fitting.contains { forms.indexes[$0].definition.id == .attendance }
        let context = context(titles)
        if let machine = machine(titles) { return below(titles) ?? foreign(.machineNotAttendance, machine) }
        if attendanceFits { return titledAttendance(fitting, fits, context) }
        if !fitting.isEmpty {
            // A title that names another form is not overruled by headings.
            let found = candidates(fitting, fits, context)
            if let best = best(found.filter(\.isComplete)) { return register(best, byTitle: true, context, found) }
            if let below = below(titles) { return below }
            if let best = best(found.filter { $0.heading != nil }) {
                return register(best, byTitle: true, context, found)
            }
            let sheet = AttendanceSheet(view, form: forms.attendance, explains: explains)
            let blocks = untitled(sheet)
            if let best = best(found), hasDayGrid(blocks) { return register(best, byTitle: true, context, found) }
        }
        return byHeadings(titles, context)
    }

    /// A sheet that begins with a plan or another form's table and holds attendance under a title of its own below:
    /// each table is judged by its own title.
    private func below(_ titles: [SubmittedText]) -> Result? {
        let last = titles.last?.cell.row ?? -1
        let isTitled = view.grid.rows.contains { row in
            guard row.index > last, row.cells.count(where: \.isFilled) <= 3,
                case .text(let text)? = row.firstFilled?.value
            else { return false }
            return forms.attendance.titleFit(TextFolding.key(text)) > 0
        }
        guard isTitled else { return nil }
        let sheet = AttendanceSheet(view, form: forms.attendance, explains: explains)
        let blocks = Segments.recognise(sheet, isTitled: true)
        guard let first = blocks.first?.first?.headingRows.upperBound else { return nil }
        let judge = TitleJudge(forms: forms)
        let isBelow = blocks.dropFirst().contains { below in
            guard let heading = below.first?.headingRows.lowerBound else { return false }
            let above = sheet.rows((first + 1)..<max(heading, first + 1)).suffix(3)
            return above.contains { row in
                guard row.filled.count <= 3, case .text(let text)? = row.firstFilled?.value else { return false }
                return forms.attendance.titleFit(TextFolding.key(text)) > 0
                    && judge.verdict([SubmittedText(text: text, cell: CellAddress(row: row.index, column: 0))]) == nil
            }
        }
        return isBelow ? attendance(sheet, blocks, byTitle: true, []) : nil
    }

    private func titledAttendance(_ fitting: [Int], _ fits: [Int], _ context: [ContextText]) -> Result {
        let sheet = AttendanceSheet(view, form: forms.attendance, explains: explains)
        let blocks = Segments.recognise(sheet, isTitled: true)
        let rivals = fitting.count > 1 ? candidates(fitting, fits, context) : []
        // The training form's «training attendance»: headings decide.
        if let rival = best(rivals.filter(\.isComplete)), !hasDayGrid(blocks) {
            return register(rival, byTitle: true, context, rivals)
        }
        if !blocks.isEmpty { return attendance(sheet, blocks, byTitle: true, rivals) }
        if let rival = best(rivals), rival.heading != nil { return register(rival, byTitle: true, context, rivals) }
        // A page of instructions has the word in its title, but neither headings nor marks.
        if sheet.profiles.contains(where: { $0.hits.count >= 2 || $0.hasDays }) || sheet.firstMark != nil {
            return attendance(sheet, blocks, byTitle: true, rivals)
        }
        return nothing
    }

    private func byHeadings(_ titles: [SubmittedText], _ context: [ContextText]) -> Result {
        let all = forms.indexes.indices.filter { forms.indexes[$0].definition.id != .attendance }
        let sheetKey = TextFolding.key(place.sheetName)
        let found = candidates(all, forms.indexes.map { $0.titleFit(sheetKey) }, context).filter(isPure)
        let sheet = AttendanceSheet(view, form: forms.attendance, explains: explains)
        let blocks = untitled(sheet)
        if !blocks.isEmpty, let plan = plan(titles) { return below(titles) ?? foreign(.planNotAttendance, plan) }
        if hasDayGrid(blocks) { return attendance(sheet, blocks, byTitle: false, found) }
        if let best = best(found.filter { $0.isComplete && $0.fields >= 3 }) {
            return register(best, byTitle: false, context, found)
        }
        if !blocks.isEmpty { return attendance(sheet, blocks, byTitle: false, found) }
        // All but one of a form's required columns, and enough of the others: say what is missing.
        if let best = best(found.filter { $0.missing == 1 && $0.fields >= 5 }) {
            return register(best, byTitle: false, context, found)
        }
        return nothing
    }

    /// Whether the headings hold no column that the form is never without a title (people among units).
    private func isPure(_ candidate: Candidate) -> Bool {
        let foreign = candidate.form.definition.without
        guard !foreign.isEmpty, let rows = candidate.heading?.rows else { return true }
        let texts = rows.flatMap { view.row($0)?.cells ?? [] }.compactMap {
            if case .text(let text) = $0.value { text } else { nil }
        }
        return !texts.contains { text in
            forms.indexes.contains { form in
                form.hit(text).map { foreign.contains(form.definition.fields[$0.field].field) } ?? false
            }
        }
    }

    private var nothing: Result {
        Result(
            kind: .none,
            why: [BilingualText(zh: "标题和表头都不属于任何已知的表", en: "neither title nor headings belong to a known form")])
    }

    // MARK: What is no attendance

    /// A title without what its labels say.
    private func bare(_ title: SubmittedText) -> String {
        TextFolding.key(LabelText.split(title.text, forms.attendance).title)
    }

    /// The title that names a plan; where there is none, the sheet's name.
    private func plan(_ titles: [SubmittedText]) -> SubmittedText? {
        if titles.allSatisfy({ bare($0).isEmpty }) {
            return forms.foreign.isPlan(TextFolding.key(place.sheetName))
                ? SubmittedText(text: place.sheetName, cell: corner) : nil
        }
        guard forms.foreign.isPlan(titles.map(bare).joined(separator: "|")) else { return nil }
        return titles.first { forms.foreign.isPlan(bare($0)) }
    }

    /// The title, sheet name or heading that only a machine or an app writes.
    private func machine(_ titles: [SubmittedText]) -> SubmittedText? {
        let foreign = forms.foreign
        if let title = titles.first(where: { foreign.isMachine(bare($0)) }) { return title }
        if foreign.isMachine(TextFolding.key(place.sheetName)) {
            return SubmittedText(text: place.sheetName, cell: corner)
        }
        for row in view.grid.rows.prefix(6) where row.cells.count >= 3 {
            for cell in row.cells {
                guard case .text(let text) = cell.value, foreign.isMachineHeading(text) else { continue }
                return SubmittedText(text: text, cell: CellAddress(row: row.index, column: cell.column))
            }
        }
        return nil
    }

    private var corner: CellAddress {
        let row = view.grid.rows.first { $0.firstFilled != nil }
        return CellAddress(row: row?.index ?? 0, column: row?.firstFilled?.column ?? 0)
    }

    private func foreign(_ reason: FindingReason, _ named: SubmittedText) -> Result {
        let why =
            reason == .planNotAttendance
            ? BilingualText(zh: "“\(named.text)”是安排、计划，不是考勤记录", en: "«\(named.text)» is a plan, not a record")
            : BilingualText(zh: "“\(named.text)”是打卡机或软件的记录", en: "«\(named.text)» is a machine's or an app's record")
        return Result(kind: .foreign(reason, named), why: [why])
    }

    // MARK: Blocks without a title

    private func hasDayGrid(_ blocks: [[RecognisedBlock]]) -> Bool {
        blocks.contains { $0.contains { $0.days.count >= 5 || ($0.layout.id.hasDailyMarks && $0.days.isEmpty) } }
    }

    /// Without a title, dates beside words are a duty roster as well as attendance: most cells have to be marks.
    private func untitled(_ sheet: AttendanceSheet) -> [[RecognisedBlock]] {
        Segments.recognise(sheet, isTitled: false).map { $0.filter { holdsMarks($0, sheet) } }.filter { !$0.isEmpty }
    }

    private func holdsMarks(_ block: RecognisedBlock, _ sheet: AttendanceSheet) -> Bool {
        var columns = Set(block.people.map(\.column))
        for pair in block.dateColumns { columns.formUnion(pair.marks) }
        var isRefused = false
        if case .names(let guess)? = block.refusal {
            if guess == nil { return false }
            isRefused = true
        }
        if isRefused || block.layout.id.isOfOnePerson { columns.formUnion(block.days.map(\.column)) }
        if block.layout.id == .calendar { columns.formUnion(block.known) }
        guard !columns.isEmpty else { return true }
        var reader = MarkReader(marks, legend: [], areHours: false)
        var known = 0
        var seen = 0
        for profile in sheet.profiles where profile.index > block.headingRows.upperBound && seen < 200 {
            if block.layout.id.isOfOnePerson, profile.hasDays || isLegend(profile) { continue }
            for cell in view.row(profile.index)?.cells ?? [] where columns.contains(cell.column) && !cell.value.isBlank
            {
                seen += 1
                let isShape = cell.value.display.unicodeScalars.allSatisfy { MarkText.isSymbol($0) || $0 == "/" }
                if isShape || reader.read(cell).problem == nil { known += 1 }
            }
        }
        return known * 2 >= seen
    }

    private func isLegend(_ profile: RowProfile) -> Bool {
        guard case .text(let text)? = view.row(profile.index)?.firstFilled?.value else { return false }
        return LegendGrammar.body(of: text) != nil
    }

    private func candidates(_ indexes: [Int], _ fits: [Int], _ context: [ContextText]) -> [Candidate] {
        indexes.filter { forms.indexes[$0].definition.id != .attendance }.map { index in
            let form = forms.indexes[index]
            return Candidate(form: form, fit: fits[index], heading: RegisterHeading.find(view, form, context: context))
        }
    }

    /// Fewest missing columns, then most fields, then the longest title word, then the order of the forms.
    private func best(_ candidates: [Candidate]) -> Candidate? {
        var best: Candidate?
        for candidate in candidates {
            guard let held = best else {
                best = candidate
                continue
            }
            let left = (-candidate.missing, candidate.fields, candidate.fit)
            let right = (-held.missing, held.fields, held.fit)
            if left > right { best = candidate }
        }
        return best
    }

    private func attendance(
        _ sheet: AttendanceSheet, _ blocks: [[RecognisedBlock]], byTitle: Bool, _ others: [Candidate]
    ) -> Result {
        let title = forms.attendance.definition.title
        var result = Result(kind: .attendance(sheet, blocks), why: why(title, byTitle))
        result.weighed = weighed(others, taken: .attendance)
        return result
    }

    private func register(
        _ candidate: Candidate, byTitle: Bool, _ context: [ContextText], _ others: [Candidate]
    ) -> Result {
        var result = Result(
            kind: .register(candidate.form, candidate.heading, context),
            why: why(candidate.form.definition.title, byTitle))
        result.weighed = weighed(others, taken: candidate.form.definition.id)
        return result
    }

    /// Forms of which some headings stand here, and why none of them was taken.
    private func weighed(_ candidates: [Candidate], taken: FormID) -> [WeighedCandidate] {
        guard explains else { return [] }
        return candidates.filter { $0.form.definition.id != taken && $0.fields >= 2 }.map { candidate in
            let title = candidate.form.definition.title
            let lacking = candidate.heading?.missing.map(\.heading).joined(separator: "、") ?? ""
            return WeighedCandidate(
                subject: .form, what: BilingualText(zh: title, en: title), cell: nil,
                reason: lacking.isEmpty
                    ? BilingualText(zh: "另一种表更符合", en: "another form fits better")
                    : BilingualText(zh: "缺少“\(lacking)”", en: "lacks \(lacking)"))
        }
    }

    private func why(_ title: String, _ byTitle: Bool) -> [BilingualText] {
        byTitle
            ? [BilingualText(zh: "标题和表头符合《\(title)》", en: "title and headings fit \(title)")]
            : [BilingualText(zh: "没有表名，表头符合《\(title)》", en: "no title; the headings fit \(title)")]
    }

    /// Titles among the texts of the first rows that stand alone or nearly so.
    private func titleTexts() -> [SubmittedText] {
        var titles: [SubmittedText] = []
        for row in view.grid.rows.prefix(10) {
            let filled = row.filled
            guard filled.count <= 4 else {
                if !titles.isEmpty || filled.count > 8 { break }
                continue
            }
            // Headings of a short list are no title.
            let headings = filled.filter { if case .text(let text) = $0.value { forms.isHeading(text) } else { false } }
            if headings.count >= 2 { break }
            for cell in filled {
                guard case .text(let text) = cell.value, LegendGrammar.body(of: text) == nil else { continue }
                titles.append(SubmittedText(text: text, cell: CellAddress(row: row.index, column: cell.column)))
            }
        }
        return titles
    }

    private func context(_ titles: [SubmittedText]) -> [ContextText] {
        var context: [ContextText] = []
        var plain: [ContextText] = []
        for title in titles {
            let labels = LabelText.labels(title.text, forms.attendance)
            for label in labels {
                switch label.meaning {
                case .field(let field) where !label.value.isEmpty:
                    context.append(ContextText(kind: .label, field: field, text: label.value, cell: title.cell))
                case .sender where !label.value.isEmpty:
                    context.append(ContextText(kind: .label, text: label.value, cell: title.cell))
                default: break
                }
            }
            let own = labels.isEmpty ? title.text : LabelText.split(title.text, forms.attendance).title
            if !own.isEmpty { plain.append(ContextText(kind: .title, text: own, cell: title.cell)) }
        }
        return context + plain + place.context
    }
}

extension FormCatalogue {
    /// Whether any form heads a column so.
    func isHeading(_ text: String) -> Bool { headingKeys.contains(ByteText(HeadingText.key(text))) }
}
