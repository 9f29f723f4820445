import Domain
import Tables

/// 登记来源: what registers say of the year's cadres, their villages and units, and which cells said it.
///
/// A row for each row of a file that an entry rests on: registers are merged field by field, so that a cadre's account
/// may stand in another file than his unit. Source: spec §5.2.
struct RegisterEntriesSheet {
    static let name = "登记来源"

    /// - Parameters:
    ///   - entries: of the county, with IDs and accounts masked.
    ///   - cadres: who had a day of posting in the year.
    static func sheet(
        _ entries: [RegisterEntry], cadres: [Cadre], county: CountyRecord, year: Int
    ) -> ReportSheet {
        typealias Column = ReportFrame.Column
        var frame = ReportFrame(
            name: name, title: "\(county.name)\(year)年登记来源", left: "县区：\(county.name)（\(county.code.text)）",
            right: "名册逐项合并，以最后收到的为准；此表说明每一项出自哪个单元格",
            columns: [
                Column("类别", .centered, min: 6, max: 6), Column("对象", .text, min: 14, max: 26),
                Column("身份证号", .centered, min: 20, max: 20), Column("登记内容", .text, min: 40, max: 62),
                Column("出处", .text, min: 24, max: 40),
            ])
        for row in rows(entries, cadres, county) {
            frame.add([
                .text(row.kind), .text(row.subject), .text(row.id), .text(row.fields), .text(row.source),
            ])
        }
        return frame.sheet
    }

    private struct Row {
        var kind: String
        var subject: String
        var id: String
        var fields: String
        var source: String
    }

    private static func rows(_ entries: [RegisterEntry], _ cadres: [Cadre], _ county: CountyRecord) -> [Row] {
        var byPerson: [String: [RegisterEntry]] = [:]
        for entry in entries where entry.kind == .person || entry.kind == .posting {
            byPerson[entry.key, default: []].append(entry)
        }
        let places = Set(cadres.flatMap { $0.postings.map { $0.township + $0.village } })
        let units = Set(cadres.flatMap { $0.postings.map(\.sendingUnit) })
        let persons = cadres.sorted { ($0.name.display, $0.id) < ($1.name.display, $1.id) }.flatMap { cadre in
            grouped((byPerson[cadre.id.text] ?? []).flatMap(\.fields), county).map { fields, source in
                Row(kind: "干部", subject: cadre.name.display, id: cadre.id.masked, fields: fields, source: source)
            }
        }
        let others = entries.filter {
            $0.kind == .village && places.contains($0.place) || $0.kind == .unit && units.contains($0.key)
        }
        return persons
            + others.flatMap { entry in
                grouped(entry.fields, county).map { fields, source in
                    Row(
                        kind: entry.kind == .village ? "村" : "单位",
                        subject: entry.kind == .village ? entry.place : entry.key, id: "", fields: fields,
                        source: source)
                }
            }
    }

    /// The fields of each row of a file, with that row's cells from the first to the last.
    private static func grouped(
        _ fields: [RegisterEntry.Field], _ county: CountyRecord
    ) -> [(fields: String, source: String)] {
        var order: [SourceCell] = []
        var byRow: [SourceCell: [RegisterEntry.Field]] = [:]
        for field in fields.sorted(by: { ($0.source, $0.title) < ($1.source, $1.title) }) {
            let row = SourceCell(
                file: field.source.file, sheet: field.source.sheet,
                address: CellAddress(row: field.source.address.row, column: 0))
            if byRow[row] == nil { order.append(row) }
            byRow[row, default: []].append(field)
        }
        return order.map { row in
            let fields = byRow[row] ?? []
            let first = fields.prefix(1).map(\.source)
            let last = fields.last?.source.address.a1 ?? ""
            let isCell = first.first?.address.a1 == last || first.first?.isElsewhere == true
            let range = isCell ? "" : ":\(last)"
            return (
                fields.map { "\($0.title) \($0.text)" }.joined(separator: "；"),
                first.evidenceText(in: county) + range
            )
        }
    }
}
