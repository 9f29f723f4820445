import Domain
import Mustache

/// The page that the operator looks at in the morning: `output/index.html`.
///
/// One self-contained file: no script, no outside resource, the same bytes for the same model. Source: spec §9.
public enum RunPage {
    /// Where it lies in the output.
    public static let fileName = "index.html"

    /// The page's bytes, UTF-8.
    public static func bytes(_ model: RunPageModel) -> [UInt8] {
        guard let text = PageTemplate.library.render(PageContent(model).context, withTemplate: "page") else {
            preconditionFailure("the run page has its template")
        }
        return Array(text.utf8)
    }
}

/// The model as the template reads it.
struct PageContent {
    let model: RunPageModel
    /// Every month of any county, ascending.
    let periods: [Period]
    /// The month that the head is about: the latest one that is over, else the latest.
    let focus: Period?
    /// What several sections tell of the only county; empty where there are more.
    private let single: [String: Any]

    init(_ model: RunPageModel) {
        self.model = model
        let county = model.counties.count == 1 ? model.counties.first : nil
        single = county.map { CountyContent($0).context } ?? [:]
        periods = Set(model.counties.flatMap { $0.months.map(\.period) }).sorted()
        focus = periods.last { $0.lastDay < model.asOf } ?? periods.last
    }

    /// Every month of every county.
    var months: [RunPageModel.Month] { model.counties.flatMap(\.months) }

    /// Years with anything to draw; the others only have files.
    var years: [RunPageModel.YearFigures] {
        model.years.filter { !$0.coverage.isEmpty || !$0.insurance.isEmpty || !$0.measures.isEmpty }
    }

    /// A single county has its grid among the overviews; several have theirs folded.
    var isSingle: Bool { model.counties.count == 1 }

    var context: [String: Any] {
        var context: [String: Any] = [
            "css": PageStyle.css, "title": "\(place) 驻村干部运行情况 \(periodText)", "heading": heading, "meta": meta,
            "nowHeading": focus.map { "\($0.chinese)概况" } ?? "概况", "footer": footer, "sections": sections,
        ]
        let verdict = self.verdict
        context["verdict"] = verdict.text
        context["verdictLook"] = verdict.look
        let cards = self.cards
        context["hasCards"] = !cards.isEmpty
        context["cards"] = cards
        let todo = self.todo
        context["hasTodo"] = !todo.isEmpty
        context["todo"] = todo
        if !model.sampleRates.isEmpty {
            context["samples"] = "金额中的\(model.sampleRates.joined(separator: "、"))用的是样例标准，不能用于实际发放。"
        }
        context["expected"] = model.expected
        context["hasChanges"] = !model.changes.isEmpty
        context["changes"] = model.changes
        if let path = model.rootFiles.first(where: { PageLink.name($0) == "changes.csv" }) {
            context["changesLink"] = ["href": PageLink.href(path), "name": path]
        }
        if hasSubmission { context["submission"] = submission }
        if !months.isEmpty { context["money"] = money }
        if !model.problems.isEmpty { context["problems"] = ProblemContent(model.problems).context }
        if !allFindings.isEmpty { context["findings"] = findings }
        if !years.isEmpty {
            context["hasYears"] = true
            context["years"] = years.map(YearContent.context)
        }
        if !isSingle, !model.counties.isEmpty {
            context["hasCounties"] = true
            context["counties"] = model.counties.map { CountyContent($0, isFolded: true).context }
        }
        context["fileGroups"] = fileGroups
        return context
    }

    // MARK: Head

    private var place: String {
        if let only = model.counties.first, isSingle { return only.name }
        let prefectures = Set(model.counties.map(\.prefecture)).subtracting([""])
        if let only = prefectures.first, prefectures.count == 1 { return only }
        return model.counties.isEmpty ? "" : "\(model.counties.count)个县区"
    }

    private var heading: String { place.isEmpty ? "还没有任何县区的数据" : place + " " + periodText }

    private var periodText: String {
        guard let first = periods.first, let last = periods.last else { return "" }
        return first == last ? first.chinese : "\(first.chinese)至\(last.chinese)"
    }

    private var meta: [String] {
        var meta = ["截止日期 \(model.asOf.iso)", "依据 \(model.policyName)"]
        meta.append(
            "收到文件 \(PageNumber.grouped(model.filesReceived)) 个"
                + (model.filesRefused > 0 ? "，其中 \(model.filesRefused) 个无法读取" : ""))
        if model.counties.count > 1 { meta.append("县区 \(model.counties.count) 个") }
        return meta
    }

    private var footer: String {
        "zhucun \(model.programVersion) 按 \(model.asOf.iso) 的数据生成。金额为元；人数为当月有发放记录的人。"
    }

    private var sections: [[String: Any]] {
        var sections = [["anchor": "s-now", "name": "概况"]]
        if hasSubmission { sections.append(["anchor": "s-sent", "name": "报送情况"]) }
        if !months.isEmpty { sections.append(["anchor": "s-money", "name": "金额"]) }
        if !model.problems.isEmpty { sections.append(["anchor": "s-mend", "name": "需要处理"]) }
        if !allFindings.isEmpty { sections.append(["anchor": "s-find", "name": "问题分类"]) }
        if !years.isEmpty { sections.append(["anchor": "s-year", "name": "十项措施"]) }
        if model.counties.count > 1 { sections.append(["anchor": "s-county", "name": "各县区"]) }
        sections.append(["anchor": "s-files", "name": "全部文件"])
        return sections
    }

    private var verdict: (text: String, look: String) {
        guard let focus else { return ("收件目录里还没有能识别的考勤表。请放入花名册、村名录和各乡镇考勤表后再运行。", "warn") }
        let now = months.filter { $0.period == focus }
        let townships = TownshipTally(now)
        let held = now.reduce(0) { $0 + $1.heldRows }
        var parts: [String] = []
        if townships.missing > 0 { parts.append("\(townships.missing) 个乡镇未报送") }
        if held > 0 { parts.append("\(held) 行暂缓发放") }
        if model.filesRefused > 0 { parts.append("\(model.filesRefused) 个文件无法读取") }
        if notAuthorised > 0 { parts.append("\(notAuthorised) 处内容因文件夹或裁定人无权而没有采用") }
        let standing = FindingTotals(now.flatMap(\.findings)).standing
        if held == 0, standing > 0 { parts.append("\(standing) 项问题") }
        guard !parts.isEmpty else { return ("✓ \(focus.chinese)没有需要处理的问题。", "ok") }
        return ("\(focus.chinese)：" + parts.joined(separator: "，") + "。", townships.missing > 0 ? "miss" : "warn")
    }

    /// What a folder or a person had no right to say, over everything.
    private var notAuthorised: Int {
        allFindings.reduce(0) { $1.code == .notAuthorised ? $0 + $1.count : $0 }
    }

    private var cards: [[String: Any]] {
        guard let focus else { return [] }
        let now = months.filter { $0.period == focus }
        let townships = TownshipTally(now)
        let paid = now.reduce(Fen.zero) { $0 + $1.paid }
        let adjusted = now.reduce(Fen.zero) { $0 + $1.adjusted }
        let held = now.reduce(0) { $0 + $1.heldRows }
        let pending = now.reduce(Fen.zero) { $0 + $1.pending }
        let found = FindingTotals(now.flatMap(\.findings))
        let all = periods.count > 1
        let allPaid = months.reduce(Fen.zero) { $0 + $1.paid }
        var cards: [[String: Any]] = []
        if townships.due > 0 {
            cards.append([
                "name": "乡镇报送", "figure": "\(townships.sent)/\(townships.due)", "unit": "个",
                "note": townships.missing > 0 ? "✕ 未报 \(townships.missing) 个" : "✓ 没有逾期未报",
                "look": townships.missing > 0 ? "miss" : "ok",
            ])
        }
        cards.append([
            "name": "计发合计", "figure": PageNumber.yuan(paid), "unit": "元",
            "note": "\(PageNumber.grouped(now.reduce(0) { $0 + $1.people })) 人"
                + (all ? "；全部 \(periods.count) 个月 \(PageNumber.yuan(allPaid)) 元" : ""), "look": "paid",
        ])
        cards.append([
            "name": "暂缓发放", "figure": PageNumber.grouped(held), "unit": "行",
            "note": held > 0 ? "待核金额 \(PageNumber.yuan(pending)) 元" : "✓ 没有", "look": held > 0 ? "warn" : "ok",
        ])
        cards.append([
            "name": "补发与扣回", "figure": PageNumber.yuan(adjusted), "unit": "元",
            "note": adjusted == .zero ? "本月没有调整" : "已含在计发合计内", "look": "paid",
        ])
        cards.append([
            "name": "需要处理的问题", "figure": PageNumber.grouped(found.standing), "unit": "项",
            "note": "另有提醒 \(PageNumber.grouped(found.other)) 项", "look": found.standing > 0 ? "warn" : "ok",
        ])
        return cards
    }

    // MARK: What to do next

    /// The most recent months first, at most so many lines: the page is a start, the files have all of it.
    private static let todoMax = 8

    private var todo: [[String: Any]] {
        var lines: [[String: Any]] = []
        if let root = model.rootFiles.first(where: { PageLink.name($0) == "findings.csv" }), model.filesRefused > 0 {
            lines.append([
                "say": "\(model.filesRefused) 个文件无法读取，请让报送单位重新另存后再报：",
                "links": [["href": PageLink.href(root), "name": "findings.csv"]],
            ])
        }
        if notAuthorised > 0 {
            lines.append([
                "say": "\(notAuthorised) 处内容没有采用：所在文件夹或裁定人不在流程文件 authority 所列之内。"
                    + "把文件放进所列文件夹（从收件目录或县区文件夹算起），或改 authority。"
            ])
        }
        lines += returned
        for period in periods.reversed() {
            let places = model.counties.compactMap { county -> (name: String, month: RunPageModel.Month)? in
                county.months.first { $0.period == period }.map { (county.name, $0) }
            }
            let missing = places.map {
                (name: $0.name, names: $0.month.townships.filter { $0.state == .missing }.map(\.name))
            }
            .filter { !$0.names.isEmpty }
            if !missing.isEmpty {
                let names = isSingle ? missing.flatMap(\.names) : missing.map { "\($0.name) \($0.names.count) 个" }
                lines.append(["say": "催报 \(period.chinese)：\(list(names, of: isSingle ? "乡镇" : "县区"))。"])
            }
            let held = places.filter { $0.month.heldRows > 0 }
            if !held.isEmpty {
                let rows = held.reduce(0) { $0 + $1.month.heldRows }
                let link: [[String: Any]] =
                    isSingle
                    ? held.flatMap(\.month.files).filter { PageLink.name($0) == "findings.csv" }
                        .map { ["href": PageLink.href($0), "name": "问题清单"] } : []
                lines.append([
                    "say": "\(period.chinese)有 \(rows) 行暂缓发放"
                        + (isSingle ? "" : "（\(list(held.map(\.name), of: "县区"))）")
                        + "：把问题反馈表（报送情况表中点项数）退回乡镇，改好后重新放入收件目录。",
                    "links": link,
                ])
            }
        }
        // A month that nobody reported is to be asked for, not to be closed.
        let open = periods.filter { period in
            let now = months.filter { $0.period == period }
            let tally = TownshipTally(now)
            return period.lastDay < model.asOf && now.contains(where: \.isToClose) && (tally.sent > 0 || tally.due == 0)
        }
        if !open.isEmpty {
            lines.append([
                "say": "已结束但未关账的月份：\(list(open.map(\.chinese), of: "月份"))。核对发放表后，按月份先后关账（zhucun close \(open[0])）。"
            ])
        }
        guard lines.count > PageContent.todoMax else { return lines }
        let rest = lines.count - PageContent.todoMax
        return Array(lines.prefix(PageContent.todoMax)) + [["say": "另有 \(rest) 条较早月份的事项，见下面各节。"]]
    }

    /// What banks returned and no later batch paid again yet.
    private var returned: [[String: Any]] {
        let due = months.compactMap(\.bank).filter { $0.dueAgain > .zero }
        guard !due.isEmpty else { return [] }
        let sum = due.reduce(Fen.zero) { $0 + $1.dueAgain }
        return [
            [
                "say": "银行退回 \(PageNumber.yuan(sum)) 元（\(list(due.map(\.batch), of: "批次"))）："
                    + "核对户名账号，更正花名册；关下一个月的账时重发一次。"
            ]
        ]
    }

    private func list(_ names: [String], of kind: String) -> String {
        names.count <= 12
            ? names.joined(separator: "、") : names.prefix(12).joined(separator: "、") + "等 \(names.count) 个\(kind)"
    }

    // MARK: Submission

    private var hasSubmission: Bool { months.contains { !$0.townships.isEmpty } }

    private var submission: [String: Any] {
        let tallies = periods.map { period in (period, TownshipTally(months.filter { $0.period == period })) }
        var context: [String: Any] = [
            "rows": tallies.map { period, tally in
                let text = tally.text
                return [
                    "label": "\(period)", "spoken": text, "value": tally.signs,
                    "parts": PageBar.parts(
                        [
                            .init(length: tally.received, look: "ok"), .init(length: tally.withFindings, look: "warn"),
                            .init(length: tally.missing, look: "miss"), .init(length: tally.awaited, look: "wait"),
                        ], scale: tally.due),
                ] as [String: Any]
            }
        ]
        if isSingle {
            context["single"] = single
        } else {
            context["overview"] = [
                "periodHeads": periods.map(\.description), "countyRows": model.counties.map(overviewRow),
            ]
        }
        return context
    }

    private func overviewRow(_ county: RunPageModel.County) -> [String: Any] {
        let cells = periods.map { period -> [String: Any] in
            guard let month = county.months.first(where: { $0.period == period }) else {
                return ["look": "none", "text": "–"]
            }
            let tally = TownshipTally([month])
            guard tally.due > 0 else { return ["look": "none", "text": "–"] }
            let mark = tally.missing > 0 ? "✕" : tally.awaited > 0 ? "…" : tally.withFindings > 0 ? "!" : "✓"
            let look = tally.missing > 0 ? "miss" : tally.awaited > 0 ? "wait" : tally.withFindings > 0 ? "warn" : "ok"
            return ["look": look, "text": "\(mark) \(tally.sent)/\(tally.due)", "hint": tally.text]
        }
        return ["code": county.code.text, "name": county.name, "prefecture": county.prefecture, "cells": cells]
    }

    // MARK: Money

    private var money: [String: Any] {
        let sums = periods.map { period in MonthSum(period, months.filter { $0.period == period }) }
        let scale = sums.map { max(0, $0.paid.amount) + max(0, $0.pending.amount) }.max() ?? 0
        var context: [String: Any] = [
            "rows": sums.map { sum in
                let text =
                    PageNumber.yuan(sum.paid)
                    + (sum.held > 0 ? "，暂缓 \(sum.held) 行待核 \(PageNumber.yuan(sum.pending))" : "")
                return [
                    "label": "\(sum.period)", "spoken": "计发 \(text) 元", "value": text,
                    "parts": PageBar.parts(
                        [
                            .init(length: sum.paid.amount, look: "paid"),
                            .init(length: sum.pending.amount, look: "pend"),
                        ], scale: scale),
                ] as [String: Any]
            },
            "monthRows": sums.map { sum in
                ["period": "\(sum.period)", "cells": sum.cells, "status": status(sum.period)] as [String: Any]
            },
        ]
        if periods.count > 1 { context["monthFeet"] = [["cells": MonthSum.total(sums)]] }
        if isSingle {
            if single["hasUnits"] as? Bool == true { context["single"] = single }
            if single["hasBatches"] as? Bool == true { context["banked"] = single }
        } else {
            context["countyMoney"] = [
                "periodHeads": periods.map(\.description), "countyMoneyRows": model.counties.map(countyMoneyRow),
            ]
        }
        return context
    }

    private func countyMoneyRow(_ county: RunPageModel.County) -> [String: Any] {
        var cells = periods.map { period -> [String: Any] in
            guard let month = county.months.first(where: { $0.period == period }) else { return ["text": "–"] }
            var cell: [String: Any] = ["text": PageNumber.yuan(month.paid)]
            if month.heldRows > 0 { cell["held"] = month.heldRows }
            return cell
        }
        cells.append(["text": PageNumber.yuan(county.months.reduce(.zero) { $0 + $1.paid })])
        return ["code": county.code.text, "name": county.name, "cells": cells]
    }

    private func status(_ period: Period) -> String {
        let now = months.filter { $0.period == period }
        let closed = now.compactMap(\.batch)
        if !now.isEmpty, !now.contains(where: { $0.passedTo == nil }), let next = now.compactMap(\.passedTo).max() {
            return "列入 \(next)"
        }
        if closed.isEmpty { return period.lastDay < model.asOf ? "未关账" : "本月未完" }
        if closed.count == now.count { return isSingle ? "已关账 \(closed[0])" : "已关账" }
        return "\(closed.count)/\(now.count) 县区已关账"
    }

    // MARK: Findings

    private var allFindings: [RunPageModel.FindingCount] { months.flatMap(\.findings) + model.rootFindings }

    private var findings: [String: Any] {
        let kinds = FindingKind.merged(allFindings)
        let scale = kinds.map(\.count).max() ?? 0
        var context: [String: Any] = [
            "rows": kinds.prefix(12).map { kind in
                [
                    "label": kind.code.chinese, "spoken": "\(kind.count) 项，\(kind.effectText)",
                    "value": "\(PageNumber.grouped(kind.count)) 项 · \(kind.effectText)",
                    "parts": PageBar.parts([.init(length: kind.count, look: kind.look)], scale: scale),
                ] as [String: Any]
            },
            "allKinds": kinds.map { kind in
                [
                    "kind": kind.code.chinese, "code": kind.code.rawValue, "severity": kind.severity.chinese,
                    "effect": kind.effectText, "count": PageNumber.grouped(kind.count),
                ] as [String: Any]
            },
        ]
        let rootCount = model.rootFindings.reduce(0) { $0 + $1.count }
        if rootCount > 0, let path = model.rootFiles.first(where: { PageLink.name($0) == "findings.csv" }) {
            context["rootLink"] = [
                "count": PageNumber.grouped(rootCount), "href": PageLink.href(path), "name": path,
            ]
        }
        if single["hasKinds"] as? Bool == true { context["single"] = single }
        return context
    }

    // MARK: Files

    private var fileGroups: [[String: Any]] {
        var groups: [[String: Any]] = [CountyContent.fileGroup("总目录", model.rootFiles)]
        for year in model.years where !year.files.isEmpty {
            groups.append(CountyContent.fileGroup("\(year.year)年 全省", year.files))
        }
        if isSingle, let county = model.counties.first { groups += CountyContent(county).fileGroups }
        return groups
    }
}
