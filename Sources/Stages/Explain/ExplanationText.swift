import Domain

extension Explanation {
    /// The explanation for a reader: days first, then what they pay and why.
    public func text(_ language: Language) -> String {
        let zh = language == .zh
        var lines = [
            zh
                ? "\(name) \(residentID) \(county) \(sendingUnit)，所属期 \(period)"
                : "\(name) \(residentID) \(county) \(sendingUnit), period \(period)"
        ]
        lines.append(zh ? "\n逐日记录：" : "\nDays:")
        if days.isEmpty { lines.append(zh ? "  没有考勤记录" : "  no attendance") }
        for day in days {
            let place = day.sheet.isEmpty ? "\(day.file) \(day.cell)" : "\(day.file) \(day.sheet)!\(day.cell)"
            let counted =
                switch day.counted {
                case "yes": zh ? "计1天" : "1 day"
                case "half": zh ? "计半天" : "half a day"
                default: zh ? "不计" : "not paid"
                }
            let reason = day.reason.isEmpty || day.counted != "no" ? "" : zh ? "（\(day.reason)）" : " (\(day.reason))"
            lines.append(
                "  \(day.date.iso) \(day.mark.isEmpty ? "·" : day.mark) \(day.status) \(counted)\(reason) \(place)")
        }
        for held in held { lines.append(zh ? "暂缓发放：\(held)" : "held: \(held)") }
        for decision in decisions { lines.append(zh ? "裁定 \(decision)" : "decided: \(decision)") }
        if !registered.isEmpty { lines.append(zh ? "\n登记信息及出处：" : "\nRegistered, and where:") }
        for field in registered {
            let place = (field.sheet.isEmpty ? "" : "\(field.sheet)!") + field.cell
            let subject = field.subject.isEmpty ? "" : "\(field.subject) "
            lines.append("  \(subject)\(field.title)：\(field.value)（\(field.file) \(place)）")
        }
        lines.append(zh ? "\n标准与依据：" : "\nRates and clauses:")
        for rate in rates { lines.append("  " + rate.text(language)) }
        for allowance in allowances {
            let standard = allowance.standard?.text(language) ?? (zh ? "无标准" : "no rate")
            let amount = allowance.amount.map { zh ? "，计 \($0) 元" : ", pays \($0)" } ?? ""
            lines.append(
                "  \(allowance.title) \(allowance.village) \(allowance.key) "
                    + "\(allowance.days.start.iso)–\(allowance.days.end.iso): \(standard)\(amount)")
        }
        lines.append(zh ? "\n发放：" : "\nPaid:")
        if self.lines.isEmpty { lines.append(zh ? "  没有发放" : "  nothing") }
        for line in self.lines {
            let kind =
                line.isAdjustment
                ? (zh ? "更正（\(line.period)）" : "adjustment in \(line.period)") : line.period.description
            let parts = [
                line.livingStipend, line.hardshipAllowance, line.qinghaiAllowance, line.townshipSubsidy,
            ].compactMap { $0 }.joined(separator: " + ")
            let batch = line.batch.isEmpty ? (zh ? "未关账" : "open") : line.batch
            lines.append(
                "  \(kind) \(line.village) \(line.days)\(zh ? "天" : " days"): \(parts) = \(line.total) \(batch) \(line.file)"
                    + (line.note.isEmpty ? "" : " \(line.note)"))
        }
        for change in changes {
            lines.append(
                zh
                    ? "  更正 \(change.date.iso)：“\(change.oldMark)”（\(change.oldCell)）→“\(change.newMark)”（\(change.newCell)）"
                    : "  changed \(change.date.iso): «\(change.oldMark)» (\(change.oldCell)) → «\(change.newMark)» (\(change.newCell))"
            )
        }
        lines.append(zh ? "合计 \(total) 元" : "total \(total) yuan")
        return lines.joined(separator: "\n")
    }
}

extension Explanation.Basis {
    /// `生活补助标准 60.00 元/人·天（2018-10-01 起，青组字〔2018〕231号 第5条）`
    func text(_ language: Language) -> String {
        // A value that always held has no first day worth naming.
        let validity: String
        if from.year == 1 {
            validity = language == .zh ? "一直有效" : "always"
        } else if language == .zh {
            validity = "\(from.iso) \(to.map { "至 \($0.iso)" } ?? "起")"
        } else {
            validity = "from \(from.iso)\(to.map { " to \($0.iso)" } ?? "")"
        }
        return "\(title) \(value) \(unit)（\(validity)，\(source)）"
    }
}
