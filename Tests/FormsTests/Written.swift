import Domain
import Tables

@testable import Forms

/// The arrangements of spec §5.4 that a truth can be written in.
enum WrittenLayout: String, CaseIterable, Sendable {
    case a, b, c, d, e, f, g, i
    case folded, personAcross, calendar, subheaded, statusLines, halvesAcross, evenings, groupedLog

    var isRare: Bool { rawValue.count > 1 }
}

/// A truth as somebody wrote it down.
struct Written {
    let layout: WrittenLayout
    let truth: Truth
    var sheets: [Picture] = []
    var path: String
    /// What the same seed does further.
    var chance: SeededGenerator

    init(_ layout: WrittenLayout, seed: UInt64) {
        var chance = SeededGenerator(seed: seed &* 31 &+ UInt64(layout.rawValue.utf8.reduce(0) { $0 &* 7 &+ Int($1) }))
        self.layout = layout
        truth = Truth.random(&chance)
        var scribe = Scribe(truth, seed: chance.next())
        sheets = Written.sheets(layout, truth, &scribe, &chance)
        // A sheet name or folder that one title relies on holds for all sheets.
        for index in sheets.indices { sheets[index].name = scribe.sheetName }
        if scribe.sheetName != "Sheet1", !scribe.path.hasPrefix("20") {
            scribe.path = "\(truth.period.year)/收件.xlsx"
        }
        path = scribe.path
        self.chance = chance
    }

    var workbook: Workbook { Workbook(format: .xlsx, sheets: sheets.map(\.grid)) }

    private static func sheets(
        _ layout: WrittenLayout, _ truth: Truth, _ scribe: inout Scribe, _ chance: inout SeededGenerator
    ) -> [Picture] {
        let villages = truth.people.map(\.village).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        func people(_ village: String) -> [Truth.Person] { truth.people.filter { $0.village == village } }
        func one(_ write: (inout Scribe, inout Picture) -> Void) -> [Picture] {
            var picture = Picture()
            write(&scribe, &picture)
            return [picture]
        }
        func each<T>(_ items: [T], _ write: (inout Scribe, inout Picture, T) -> Void) -> [Picture] {
            items.flatMap { item in one { write(&$0, &$1, item) } }
        }
        switch layout {
        case .a, .b, .i:
            let kind: Scribe.GridKind = layout == .a ? .whole : layout == .b ? .halfRows : .halfColumns
            let start = Int.random(in: 0...3, using: &chance)
            return one { scribe, picture in
                let isBelow = scribe.maybe()
                _ = scribe.grid(
                    kind, people: truth.people, into: &picture, from: start, village: nil, legendBelow: isBelow)
            }
        case .c: return one { $0.log(&$1) }
        case .d:
            return one { scribe, picture in
                var row = 0
                let isBelow = scribe.maybe()
                for village in villages {
                    row = scribe.grid(
                        .whole, people: people(village), into: &picture, from: row, village: village,
                        legendBelow: isBelow)
                }
            }
        case .e:
            return each(villages) { scribe, picture, village in
                _ = scribe.grid(
                    .whole, people: people(village), into: &picture, from: 0, village: village, legendBelow: true)
            }
        case .f: return each(truth.people) { $0.person($2, into: &$1) }
        case .g: return each(villages) { $0.across(&$1, village: $2, people: people($2)) }
        case .folded: return one { $0.folded(&$1) }
        case .personAcross: return each(truth.people) { $0.personAcross($2, into: &$1) }
        case .calendar: return each(truth.people) { $0.calendar($2, into: &$1) }
        case .subheaded: return one { $0.subheaded(&$1) }
        case .statusLines: return one { $0.statusLines(&$1) }
        case .halvesAcross: return each(villages) { $0.halvesAcross(&$1, village: $2, people: people($2)) }
        case .evenings: return one { $0.evenings(&$1) }
        case .groupedLog: return one { $0.groupedLog(&$1) }
        }
    }

    // MARK: Looking

    /// Whether every cell that holds something has exactly one role; nil where it is so.
    static func roleProblem(_ reading: WorkbookReading, _ workbook: Workbook) -> String? {
        for (sheet, grid) in zip(reading.sheets, workbook.sheets) {
            let filled = grid.rows.reduce(0) { $0 + $1.cells.count { !$0.value.isBlank } }
            if sheet.cells.count != filled || Set(sheet.cells.map(\.cell)).count != filled {
                return "roles of \(sheet.cells.count) cells, \(filled) hold something"
            }
        }
        return nil
    }

    var dump: String {
        sheets.map { sheet in
            sheet.grid.rows.prefix(60).map { row in
                "\(row.index + 1): "
                    + row.cells.map { CellAddress.columnName($0.column) + "=" + $0.value.display }.joined(
                        separator: " ")
            }.joined(separator: "\n") + "\n" + sheet.merges.map { "\($0)" }.joined(separator: " ")
        }.joined(separator: "\n---\n") + "\n\(path) \(sheets.map(\.name))"
    }
}
