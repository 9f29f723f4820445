import Domain
import Forms
import Reports
import Tables

/// An inspection as a person reads it: what the file is, how each sheet was understood and why, a picture, findings.
public struct InspectionText {
    private let inspection: WorkbookInspection
    private let language: Language
    private let isColoured: Bool
    private let width: Int
    private var lines: [String] = []

    /// - Parameters:
    ///   - isColoured: ANSI colours; without them the picture is of letters.
    ///   - width: columns of the terminal.
    public static func lines(
        of inspection: WorkbookInspection, language: Language, isColoured: Bool, width: Int
    ) -> [String] {
        var text = InspectionText(inspection, language, isColoured, max(40, width))
        text.write()
        return text.lines
    }

    private init(_ inspection: WorkbookInspection, _ language: Language, _ isColoured: Bool, _ width: Int) {
        self.inspection = inspection
        self.language = language
        self.isColoured = isColoured
        self.width = width
    }

    private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    private func strong(_ text: String) -> String { isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    private mutating func add(_ indent: Int, _ text: String) {
        lines.append(String(repeating: " ", count: indent) + InspectionText.plain(IDMasking.masked(text)))
    }

    /// On one line, without characters that steer a terminal.
    static func plain(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<32, 127...159, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    private mutating func write() {
        lines.append(strong(InspectionText.plain(IDMasking.masked(inspection.path))))
        guard let workbook = inspection.workbook else {
            add(2, say("没有读取：这个文件整个不用。", "not read: nothing of this file is used."))
            writeFindings(inspection.findings, title: say("问题", "findings"))
            return
        }
        add(
            2,
            say(
                "\(format(workbook.format)) · \(workbook.sheets.count) 个工作表",
                "\(format(workbook.format)) · \(workbook.sheets.count) sheet\(workbook.sheets.count == 1 ? "" : "s")"))
        for (index, sheet) in inspection.sheets.enumerated() {
            lines.append("")
            write(sheet, workbook.sheets[index], number: index + 1)
        }
        lines.append("")
        if inspection.findings.isEmpty {
            add(0, say("没有发现问题。", "no findings."))
        } else {
            writeFindings(inspection.findings, title: say("问题", "findings"))
        }
        add(
            0,
            say(
                "这里只看表格本身；是谁、是否在驻村期内、与花名册和抽查是否一致，在 zhucun run 时核对。",
                "This looks at the workbook alone; persons, postings and spot checks are compared by `zhucun run`."))
    }

    private func format(_ format: WorkbookFormat) -> String {
        switch format {
        case .xlsx: "xlsx"
        case .xls: "xls"
        case .text: say("文本（csv/txt）", "text (csv/txt)")
        }
    }

    // MARK: Sheets

    private mutating func write(_ sheet: Forms.SheetReading, _ grid: CellGrid, number: Int) {
        var title = say("工作表 \(number)", "sheet \(number)")
        if !sheet.sheet.isEmpty { title += say("“\(sheet.sheet)”", " “\(sheet.sheet)”") }
        if sheet.isHidden { title += say("（隐藏）", " (hidden)") }
        title += say("：", ": ") + what(sheet)
        lines.append(strong(InspectionText.plain(IDMasking.masked(title))))
        for why in sheet.why { add(2, say("依据：", "because ") + why.text(language)) }
        write(sheet.weighed, indent: 2)
        for (index, section) in sheet.sections.enumerated() {
            write(section, number: sheet.sections.count > 1 ? index + 1 : nil, sheetWhy: sheet.why)
        }
        guard !sheet.isEmpty, !sheet.isGuidance else { return }
        lines += GridPicture(
            grid: grid, reading: sheet, language: language, isColoured: isColoured, width: width
        ).lines().map { "  " + $0 }
    }

    private func what(_ sheet: Forms.SheetReading) -> String {
        if sheet.isEmpty { return say("空表，跳过", "empty, passed over") }
        if sheet.isGuidance { return say("说明，跳过", "instructions, passed over") }
        if sheet.isLegend { return say("图例，用于整个工作簿", "a legend for the whole workbook") }
        if sheet.isForeign { return say("不是考勤，未采用", "no attendance, not used") }
        guard let form = sheet.form else { return say("不认识的表", "no form that is known") }
        return language == .zh ? form.chinese : form.rawValue
    }

    private mutating func write(_ section: SectionReading, number: Int?, sheetWhy: [BilingualText]) {
        var head: [String] = []
        if let number { head.append(say("第 \(number) 块", "block \(number)")) }
        if let layout = section.layout { head.append(layout.name(language)) }
        if let period = section.period {
            let source = section.periodSource.map { say("（\($0.zh)）", " (\($0.en))") } ?? ""
            head.append(say("所属期 ", "period ") + period.description + source)
        }
        if let rows = section.rows {
            head.append(
                say(
                    "数据在第 \(rows.lowerBound + 1)–\(rows.upperBound + 1) 行",
                    "data in rows \(rows.lowerBound + 1)–\(rows.upperBound + 1)"))
        }
        head.append(
            section.layout == nil
                ? say("\(section.rowCount) 条", "\(section.rowCount) rows")
                : say("\(section.rowCount) 人", Counted.people(section.rowCount)))
        if section.dayCount > 0 { head.append(say("\(section.dayCount) 天", "\(section.dayCount) days")) }
        add(2, head.joined(separator: " · "))
        for why in section.why where !sheetWhy.contains(why) { add(4, say("依据：", "because ") + why.text(language)) }
        if !section.titles.isEmpty {
            let titles = section.titles.map { "\($0.cell.a1) \(cut($0.text, 40))" }
            add(4, say("标题：", "titles: ") + titles.joined(separator: "；"))
        }
        if !section.headingRows.isEmpty {
            let rows = section.headingRows.map { String($0 + 1) }.joined(separator: "、")
            add(4, say("表头在第 \(rows) 行", "headings in row \(rows)"))
        }
        for column in section.columns {
            let asSent = cut(column.asSent, 24)
            let same = TextFolding.key(asSent) == TextFolding.key(column.heading)
            let meaning = language == .zh ? column.heading : "\(column.field.name) (\(column.heading))"
            add(6, "\(column.cell.a1) \(asSent)" + (same && language == .zh ? "" : " → \(meaning)"))
        }
        if !section.legend.isEmpty {
            let entries = section.legend.map { entry in
                let status = entry.status.map { language == .zh ? $0.chinese : $0.rawValue } ?? say("不明", "unknown")
                return "\(entry.mark) \(cut(entry.words, 12)) → \(status)"
                    + (entry.isHalf ? say("（半天）", " (half)") : "")
            }
            add(4, say("图例：", "legend: ") + entries.joined(separator: "；"))
        } else if section.layout != nil {
            add(4, say("没有图例，按政策文件的符号表", "no legend: marks as in the policy file"))
        }
        write(section.weighed, indent: 4)
    }

    /// What else was weighed, and why it lost.
    private mutating func write(_ weighed: [WeighedCandidate], indent: Int) {
        for candidate in weighed {
            guard let reason = candidate.reason else { continue }
            let cell = candidate.cell.map { " " + $0.a1 } ?? ""
            add(
                indent,
                say("没有采用：", "weighed: ") + candidate.subject.name(language) + cell + " "
                    + cut(candidate.what.text(language), 40)
                    + say("（", " (") + reason.text(language) + say("）", ")"))
        }
    }

    private func cut(_ text: String, _ length: Int) -> String {
        text.count > length ? String(text.prefix(length)) + "…" : text
    }

    // MARK: Findings

    private mutating func writeFindings(_ findings: [Finding], title: String) {
        let problems = Problem.grouped(findings)
        lines.append(strong(title + say("（\(problems.count)）", " (\(problems.count))")))
        for problem in problems {
            let finding = problem.first
            var place = finding.sheet
            let cells = problem.cellText
            if !cells.isEmpty { place += (place.isEmpty ? "" : "!") + cells }
            let severity =
                language == .zh
                ? "\(finding.severity.chinese)·\(finding.effect.chinese)"
                : "\(finding.severity.rawValue), \(finding.effect.rawValue)"
            var head = "\(finding.code.rawValue) [\(severity)]"
            if !place.isEmpty { head += " " + place }
            if !problem.people.isEmpty { head += " " + people(problem) }
            if problem.count > 1 { head += say("（\(problem.count) 处）", " (\(problem.count) places)") }
            if !finding.value.isEmpty { head += say("：“\(cut(finding.value, 40))”", ": “\(cut(finding.value, 40))”") }
            let colour =
                switch finding.severity {
                case .error: "31"
                case .warning: "33"
                case .info: "36"
                }
            let plain = InspectionText.plain(head)
            lines.append("  " + (isColoured ? "\u{1B}[\(colour)m\(plain)\u{1B}[0m" : plain))
            add(4, finding.message(language))
            add(4, "→ " + finding.advice(language))
        }
    }

    private func people(_ problem: Problem) -> String {
        let shown = problem.people.prefix(3).joined(separator: "、")
        guard problem.people.count > 3 else { return shown }
        return shown + say("等\(problem.people.count)人", " and \(problem.people.count - 3) more")
    }
}

extension AttendanceLayoutID {
    /// The letter of spec §5.4 and what the layout looks like.
    func name(_ language: Language) -> String {
        switch self {
        case .grid: language == .zh ? "A 每人一行、每日一列" : "A: a row a person, a column a day"
        case .halfRowGrid: language == .zh ? "B 每人两行（上午/下午）" : "B: two rows a person (morning, afternoon)"
        case .log: language == .zh ? "C 每人每日一行" : "C: a row a person and day"
        case .personSheet: language == .zh ? "F 每人一表" : "F: a sheet a person"
        case .peopleAcross: language == .zh ? "G 日期向下、人员横排" : "G: days down, people across"
        case .totalsOnly: language == .zh ? "H 只有合计天数" : "H: totals only"
        case .halfColumnGrid: language == .zh ? "I 每日两列（上午/下午）" : "I: two columns a day (morning, afternoon)"
        case .exceptionsOnly: language == .zh ? "J 只登记请假" : "J: exceptions only"
        case .foldedGrid: language == .zh ? "A 日期分两行" : "A: days in two lines"
        case .statusLines: language == .zh ? "A 每人数行，每行一种情况" : "A: several rows a person, each of a status"
        case .personGrid: language == .zh ? "F 每人一表，日期横排" : "F: a sheet a person, days across"
        case .calendar: language == .zh ? "F 每人一表，按星期排列" : "F: a sheet a person, in weeks"
        }
    }

    /// `A` … `J`.
    var letter: String { String(name(.en).prefix(1)) }
}

extension WeighedCandidate.Subject {
    func name(_ language: Language) -> String {
        switch self {
        case .form: language == .zh ? "表" : "form"
        case .layout: language == .zh ? "版式" : "layout"
        case .month: language == .zh ? "月份" : "month"
        case .names: language == .zh ? "姓名栏" : "names"
        case .total: language == .zh ? "出勤天数" : "days worked"
        case .legend: language == .zh ? "图例" : "legend"
        }
    }
}
