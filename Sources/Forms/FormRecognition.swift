import Domain
import Tables

/// Decides which form a sheet is: by title, or where it has none by its headings; headings decide between forms whose
/// titles both fit. Source: spec §5.1, §5.3.
struct FormRecognition {
    let forms: FormCatalogue
    let view: SheetView
    let place: SheetPlace
    let marks: FoldedMarks

    enum Kind {
        case none
        case attendance(AttendanceSheet, [RecognisedBlock])
        case register(FormIndex, RegisterHeading?, [ContextText])
    }

    struct Result {
        var kind: Kind
        var why: [BilingualText]
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
        let titleKey = titles.map { TextFolding.key($0.text) }.joined(separator: "|")
        let fits = forms.indexes.map { $0.titleFit(titleKey) }
        let fitting = forms.indexes.indices.filter { fits[$0] > 0 }
        let attendanceFits = fitting.contains { forms.indexes[$0].definition.id == .attendance }
        let context = context(titles)

        if attendanceFits {
            let sheet = AttendanceSheet(view, form: forms.attendance)
            let blocks = AttendanceReader.recognise(sheet, isTitled: true)
            let rivals = fitting.count > 1 ? candidates(fitting, fits, context) : []
            // The training form's «training attendance»: headings decide.
            if let rival = best(rivals.filter(\.isComplete)), !hasDayGrid(blocks) {
                return register(rival, byTitle: true, context)
            }
            if !blocks.isEmpty { return attendance(sheet, blocks, byTitle: true) }
            if let rival = best(rivals), rival.heading != nil { return register(rival, byTitle: true, context) }
            // A page of instructions has the word in its title, but no headings.
            if sheet.profiles.contains(where: { $0.hits.count >= 2 || $0.hasDays }) {
                return attendance(sheet, blocks, byTitle: true)
            }
            return nothing
        }
        if !fitting.isEmpty {
            let found = candidates(fitting, fits, context)
            if let best = best(found.filter(\.isComplete)) { return register(best, byTitle: true, context) }
            let sheet = AttendanceSheet(view, form: forms.attendance)
            let blocks = AttendanceReader.recognise(sheet, isTitled: false).filter { holdsMarks($0, sheet) }
            if hasDayGrid(blocks) { return attendance(sheet, blocks, byTitle: false) }
            if let best = best(found), best.heading != nil { return register(best, byTitle: true, context) }
        }
        return byHeadings(context)
    }

    private func byHeadings(_ context: [ContextText]) -> Result {
        let all = forms.indexes.indices.filter { forms.indexes[$0].definition.id != .attendance }
        let sheetKey = TextFolding.key(place.sheetName)
        let found = candidates(all, forms.indexes.map { $0.titleFit(sheetKey) }, context).filter(isPure)
        let sheet = AttendanceSheet(view, form: forms.attendance)
        let blocks = AttendanceReader.recognise(sheet, isTitled: false).filter { holdsMarks($0, sheet) }
        if hasDayGrid(blocks) { return attendance(sheet, blocks, byTitle: false) }
        if let best = best(found.filter { $0.isComplete && $0.fields >= 3 }) {
            return register(best, byTitle: false, context)
        }
        if !blocks.isEmpty { return attendance(sheet, blocks, byTitle: false) }
        // All but one of a form's required columns, and enough of the others: say what is missing.
        if let best = best(found.filter { $0.missing == 1 && $0.fields >= 5 }) {
            return register(best, byTitle: false, context)
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

    private func hasDayGrid(_ blocks: [RecognisedBlock]) -> Bool {
        blocks.contains { $0.days.count >= 5 || ($0.layout.id.hasDailyMarks && $0.days.isEmpty) }
    }

    /// Without a title, dates beside words are a duty roster as well as attendance: most cells have to be marks.
    private func holdsMarks(_ block: RecognisedBlock, _ sheet: AttendanceSheet) -> Bool {
        var columns = Set(block.people.map(\.column))
        for pair in block.dateColumns {
            columns.formUnion([pair.mark, pair.morning, pair.afternoon].compactMap { $0 })
        }
        guard !columns.isEmpty else { return true }
        var reader = MarkReader(marks, legend: [], areHours: false)
        var known = 0
        var seen = 0
        for profile in sheet.profiles where profile.index > block.headingRows.upperBound && seen < 200 {
            for cell in view.row(profile.index)?.cells ?? [] where columns.contains(cell.column) && !cell.value.isBlank
            {
                seen += 1
                let isShape = cell.value.display.unicodeScalars.allSatisfy { MarkText.isSymbol($0) || $0 == "/" }
                if isShape || reader.read(cell).problem == nil { known += 1 }
            }
        }
        return known * 2 >= seen
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

    private func attendance(_ sheet: AttendanceSheet, _ blocks: [RecognisedBlock], byTitle: Bool) -> Result {
        Result(kind: .attendance(sheet, blocks), why: why(forms.attendance.definition.title, byTitle))
    }

    private func register(_ candidate: Candidate, byTitle: Bool, _ context: [ContextText]) -> Result {
        Result(
            kind: .register(candidate.form, candidate.heading, context),
            why: why(candidate.form.definition.title, byTitle))
    }

    private func why(_ title: String, _ byTitle: Bool) -> [BilingualText] {
        byTitle
            ? [BilingualText(zh: "标题和表头符合《\(title)》", en: "title and headings fit \(title)")]
            : [BilingualText(zh: "没有表名，表头符合《\(title)》", en: "no title; the headings fit \(title)")]
    }

    /// Texts of the first rows that stand alone or nearly so.
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
                guard case .text(let text) = cell.value, MarkLegend.body(of: text) == nil else { continue }
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
            if labels.isEmpty { plain.append(ContextText(kind: .title, text: title.text, cell: title.cell)) }
        }
        return context + plain + place.context
    }
}

extension FormCatalogue {
    /// Whether any form heads a column so.
    func isHeading(_ text: String) -> Bool { headingKeys.contains(ByteText(HeadingText.key(text))) }
}
