import Domain
import Forms
import Reports
import Tables

/// An inspection for machines: `inspect --json`. The keys are documented in `docs/inspect.md` and stay.
///
/// Rows are counted from 1 as spreadsheet programs do; numbers that may be IDs are masked.
public enum InspectionJSON {
    /// The document, ending in a line feed.
    public static func document(of inspection: WorkbookInspection, language: Language) -> String {
        JSONText.object([
            "file": .string(masked(inspection.path)),
            "format": .optional(inspection.workbook?.format.rawValue),
            "isRefused": .boolean(inspection.workbook == nil),
            "holdsSomething": .boolean(inspection.holdsSomething),
            "sheets": .array(inspection.sheets.map { sheet($0, language) }),
            "findings": .array(inspection.findings.map { finding($0, language) }),
        ]).document
    }

    private static func masked(_ text: String) -> String { IDMasking.masked(text) }

    private static func sheet(_ sheet: Forms.SheetReading, _ language: Language) -> JSONText {
        .object([
            "name": .string(masked(sheet.sheet)),
            "isHidden": .boolean(sheet.isHidden),
            "isEmpty": .boolean(sheet.isEmpty),
            "isGuidance": .boolean(sheet.isGuidance),
            "isLegend": .boolean(sheet.isLegend),
            "isForeign": .boolean(sheet.isForeign),
            "form": .optional(sheet.form?.rawValue),
            "why": .array(sheet.why.map { .string($0.text(language)) }),
            "sections": .array(sheet.sections.map { section($0, language) }),
            "regions": .array(sheet.regions.map(region)),
            "roles": .object(roles(sheet)),
            "weighed": .array(sheet.weighed.map { weighed($0, language) }),
        ])
    }

    private static func section(_ section: SectionReading, _ language: Language) -> JSONText {
        .object([
            "layout": .optional(section.layout?.letter),
            "layoutName": .optional(section.layout?.rawValue),
            "why": .array(section.why.map { .string($0.text(language)) }),
            "period": .optional(section.period?.description),
            "periodSource": .optional(section.periodSource?.text(language)),
            "titles": .array(
                section.titles.map { .object(["cell": .string($0.cell.a1), "text": .string(masked($0.text))]) }),
            "headingRows": .array(section.headingRows.map { .integer($0 + 1) }),
            "columns": .array(
                section.columns.map {
                    .object([
                        "field": .string($0.field.name), "heading": .string($0.heading),
                        "asSent": .string(masked($0.asSent)), "cell": .string($0.cell.a1),
                        "column": .string(CellAddress.columnName($0.cell.column)),
                    ])
                }),
            "dayCount": .integer(section.dayCount),
            "legend": .array(
                section.legend.map {
                    .object([
                        "mark": .string($0.mark), "words": .string(masked($0.words)),
                        "status": .optional($0.status?.rawValue), "isHalf": .boolean($0.isHalf),
                        "cell": .string($0.cell.a1),
                    ])
                }),
            "firstRow": section.rows.map { .integer($0.lowerBound + 1) } ?? .null,
            "lastRow": section.rows.map { .integer($0.upperBound + 1) } ?? .null,
            "rowCount": .integer(section.rowCount),
            "weighed": .array(section.weighed.map { weighed($0, language) }),
        ])
    }

    /// How many cells were what: the counts add up to the cells that hold something.
    private static func roles(_ sheet: Forms.SheetReading) -> [String: JSONText] {
        var counts: [String: Int] = [:]
        for cell in sheet.cells { counts[cell.role.contractName, default: 0] += 1 }
        return counts.mapValues(JSONText.integer)
    }

    private static func weighed(_ candidate: WeighedCandidate, _ language: Language) -> JSONText {
        .object([
            "subject": .string(candidate.subject.rawValue), "what": .string(masked(candidate.what.text(language))),
            "cell": .optional(candidate.cell?.a1), "isTaken": .boolean(candidate.reason == nil),
            "reason": .optional(candidate.reason?.text(language)),
        ])
    }

    private static func region(_ region: CellRegion) -> JSONText {
        .object([
            "role": .string(region.role.name), "from": .string(region.from.a1), "to": .string(region.to.a1),
        ])
    }

    private static func finding(_ finding: Finding, _ language: Language) -> JSONText {
        .object([
            "code": .string(finding.code.rawValue), "severity": .string(finding.severity.rawValue),
            "effect": .string(finding.effect.rawValue), "period": .optional(finding.period?.description),
            "sheet": .string(finding.sheet), "cell": .optional(finding.cell?.a1), "person": .string(finding.person),
            "value": .string(finding.value), "message": .string(finding.message(language)),
            "advice": .string(finding.advice(language)),
        ])
    }
}
