import Domain
import Rules
import Tables

/// What the province asks beside coverage: organisers (M2), shares among the promoted (M7), units everywhere (M8).
extension ProvinceSummary {
    private typealias Column = ReportFrame.Column

    func organisersSheet() -> ReportSheet {
        var frame = ReportFrame(
            name: Self.organisersName, title: "\(year)年各级各部门办班", left: "截至 \(asOf.iso)", right: "单位：期、人次、人",
            columns: [
                Column("范围", .text, min: 18, max: 28), Column("级别", .centered, min: 8, max: 11),
                Column("主办部门", .text, min: 20, max: 24), Column("期数", .count, min: 9, max: 10),
                Column("人次", .count, min: 9, max: 10), Column("人数", .count, min: 9, max: 10),
            ], isLandscape: false)
        for (name, rows) in organisers {
            for row in rows {
                frame.add([
                    .text(name), .text(row.tier.chinese + (row.isPrePosting ? "（任前）" : "")),
                    .text(row.organiser.chinese), .count(row.classes.count),
                    .count(row.attendances), .count(row.people),
                ])
            }
        }
        if organisers.allSatisfy({ $0.rows.isEmpty }) { frame.addLine("未报：还没有任何县(区)报送培训情况。", ReportLook.warning) }
        frame.addLine("任前培训单列，不计入各级。“期数”中同一期班只计一次；“人数”在同级同部门内每人只计一次。", ReportLook.note)
        return frame.sheet
    }

    func promotionSheet() -> ReportSheet {
        var frame = ReportFrame(
            name: Self.promotionName, title: "\(year)年提拔晋升中驻村干部占比", left: "截至 \(asOf.iso)", right: "单位：人",
            columns: [
                Column("层级", .centered, min: 8, max: 8), Column("代码", .number, min: 9, max: 9),
                Column("名称", .text, min: 18, max: 28), Column("类别", .text, min: 16, max: 18),
                Column("总人数", .count, min: 9, max: 10), Column("驻村干部\n人数", .count, min: 9, max: 10),
                Column("占比", .percent, min: 10, max: 10), Column("未报总人数\n县(区)", .count, min: 11, max: 11),
                Column("其驻村\n干部人数", .count, min: 10, max: 10),
            ])
        let counties = promotion.filter { $0.level == .county && $0.totalPeople == nil && $0.cadresWithoutTotal == 0 }
        let silent = Dictionary(grouping: counties, by: \.code).filter { $0.value.count == 3 }
        for row in promotion where silent[row.code] == nil { addPromotion(row, to: &frame) }
        if promotion.allSatisfy({ $0.totalPeople == nil && $0.cadresWithoutTotal == 0 }) {
            frame.addLine("未报：还没有任何县(区)报送提拔任用统计。", ReportLook.warning)
        }
        let names = silent.sorted { $0.key < $1.key }.compactMap { $0.value.first?.name }
        if !names.isEmpty, names.count < Set(promotion.map(\.code)).count {
            frame.addLine("未报送提拔晋升情况的县(区)：\(names.joined(separator: "、"))。", ReportLook.note)
        }
        frame.addLine("占比只用报送了总人数的县(区)计算；文件没有规定比例，只列数字。", ReportLook.note)
        return frame.sheet
    }

    private func addPromotion(_ row: PromotionShare.NodeRow, to frame: inout ReportFrame) {
        let levelText = row.level == .prefecture ? "市(州)" : row.level == .county ? "县(区)" : row.level.chinese
        frame.add([
            .text(levelText), .text(row.code), .text(row.name), .text(row.category.chinese),
            row.totalPeople.map { .count($0) } ?? .text("未报"), row.totalPeople == nil ? .empty : .count(row.cadres),
            share(row.share, row: frame.row, part: 5, whole: 4), .count(row.countiesMissing),
            row.cadresWithoutTotal > 0 ? .count(row.cadresWithoutTotal) : .empty,
        ])
        guard row.level != .county else { return }
        for index in frame.sheet.cells.indices.suffix(frame.columns.count) {
            let cell = frame.sheet.cells[index]
            frame.sheet.cells[index] = ReportCell(
                row: cell.row, column: cell.column, value: cell.value,
                style: cell.style.with {
                    $0.fill = 0xF2F6FB
                    $0.isBold = true
                })
        }
    }

    func unitsSheet() -> ReportSheet {
        var frame = ReportFrame(
            name: Self.unitsName, title: "\(year)年派出单位情况（各县(区)合计）", left: "截至 \(asOf.iso)", right: "",
            columns: [
                Column("层级", .centered, min: 8, max: 8), Column("派出单位", .text, min: 24, max: 40),
                Column("驻村\n干部", .count, min: 8, max: 8), Column("脱岗\n（人次日）", .count, min: 10, max: 10),
                Column("抽调\n（人次日）", .count, min: 10, max: 10), Column("召回\n（人）", .count, min: 8, max: 8),
                Column("未参保\n（人）", .count, min: 8, max: 8), Column("负责人\n走访（次）", .count, min: 10, max: 10),
                Column("约谈\n（次）", .count, min: 8, max: 8), Column("指标外优\n秀（人）", .count, min: 9, max: 9),
            ])
        func told(_ number: Int?) -> ReportValue { number.map { .count($0) } ?? .text("未报") }
        for unit in units {
            frame.add([
                .text(unit.level?.chinese ?? "未注明"), .text(unit.unit), .count(unit.cadres), .count(unit.absences),
                .count(unit.withdrawals), .count(unit.recalls), told(unit.uninsured), told(unit.headVisits),
                .count(unit.talks), .count(unit.excellent),
            ])
        }
        if units.isEmpty { frame.addLine("未报：还没有任何县(区)报送花名册。", ReportLook.warning) }
        frame.addLine("有脱岗、抽调、召回或未参保的派出单位，由同级组织部门约谈；是否约谈由组织部门决定。", ReportLook.note)
        return frame.sheet
    }
}
