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
            let place =
                day.file.isEmpty
                ? (zh ? "见\(day.sheet)的考勤" : "on a sheet of \(day.sheet)")
                : day.sheet.isEmpty ? "\(day.file) \(day.cell)" : "\(day.file) \(day.sheet)!\(day.cell)"
            let counted =
                switch day.counted {
                case "yes": zh ? "计1天" : "1 day"
                case "half": zh ? "计半天" : "half a day"
                default: zh ? "不计" : "not paid"
                }
            let word = Explanation.words(day.reason, language)
            let reason = day.reason.isEmpty || day.counted != "no" ? "" : zh ? "（\(word)）" : " (\(word))"
            let status = Explanation.words(day.status, language)
            lines.append(
                "  \(day.date.iso) \(day.mark.isEmpty ? "·" : day.mark) \(status) \(counted)\(reason) \(place)")
        }
        for mark in impossible {
            lines.append(zh ? "  该月没有的日期，不计：\(mark)" : "  a date the month does not have, not paid: \(mark)")
        }
        for held in held {
            let words = held.split(separator: " ", maxSplits: 1).map(String.init)
            let text = ([Explanation.words(words[0], language)] + words.dropFirst()).joined(separator: " ")
            lines.append(zh ? "暂缓发放：\(text)" : "held: \(text)")
        }
        for decision in decisions { lines.append(zh ? "裁定 \(decision)" : "decided: \(decision)") }
        if !registered.isEmpty { lines.append(zh ? "\n登记信息及出处：" : "\nRegistered, and where:") }
        for field in registered {
            let place = (field.sheet.isEmpty ? "" : "\(field.sheet)!") + field.cell
            let subject = field.subject.isEmpty ? "" : "\(field.subject) "
            lines.append("  \(subject)\(field.title)：\(field.value)（\(field.file) \(place)）")
        }
        lines.append(zh ? "\n标准与依据：" : "\nRates and clauses:")
        for rate in rates {
            var rate = rate
            rate.value = rate.value.split(separator: ", ").map { Explanation.words(String($0), language) }
                .joined(separator: zh ? "、" : ", ")
            lines.append("  " + rate.text(language))
        }
        for note in adopted { lines.append("  " + note) }
        for allowance in allowances {
            let standard = allowance.standard?.text(language) ?? (zh ? "无标准" : "no rate")
            let amount = allowance.amount.map { zh ? "，计 \($0) 元" : ", pays \($0)" } ?? ""
            lines.append(
                "  \(allowance.title) \(allowance.village) \(allowance.key) "
                    + "\(allowance.days.start.iso)–\(allowance.days.end.iso): \(standard)\(amount)")
        }
        lines.append(zh ? "\n发放：" : "\nPaid:")
        if self.lines.isEmpty { lines.append(zh ? "  没有发放" : "  nothing") }
        for line in self.lines { lines.append("  " + line.text(language)) }
        for change in changes {
            lines.append(
                zh
                    ? "  更正 \(change.date.iso)：“\(change.oldMark)”（\(change.oldCell)）→“\(change.newMark)”（\(change.newCell)）"
                    : "  changed \(change.date.iso): «\(change.oldMark)» (\(change.oldCell)) → «\(change.newMark)» (\(change.newCell))"
            )
        }
        lines.append(zh ? "合计 \(total) 元" : "total \(total) yuan")
        lines += paidText(language)
        return lines.joined(separator: "\n")
    }
}

extension Explanation {
    /// Codes and statuses as words: several are joined by `/` or `;`.
    static func words(_ text: String, _ language: Language) -> String {
        guard language == .zh else { return text }
        return text.split(separator: ";").map { part in
            part.split(separator: "/").map { word in
                AttendanceStatus(rawValue: String(word))?.chinese ?? FindingCode(rawValue: String(word))?.chinese
                    ?? String(word)
            }.joined(separator: "/")
        }.joined(separator: "、")
    }

    /// What was paid in the month itself, from all months worked, by batch and account.
    private func paidText(_ language: Language) -> [String] {
        let zh = language == .zh
        guard !paid.isEmpty || !outstanding.isEmpty else { return [] }
        var lines = [zh ? "\n\(period) 实发（含各月）：" : "\nPaid in \(period), from all months:"]
        for entry in paid {
            let account = entry.account.isEmpty ? (zh ? "无账号" : "no account") : entry.account
            let batch = entry.batch.isEmpty ? (zh ? "未关账" : "open") : entry.batch
            lines.append("  \(batch) \(account): \(entry.total)")
            for line in entry.lines { lines.append("    \(line.originPeriod) " + line.text(language)) }
        }
        for owed in outstanding { lines.append(zh ? "  待扣回 \(owed) 元" : "  still to be taken back: \(owed) yuan") }
        return lines
    }
}

extension Explanation.Line {
    /// `2018-11 碾伯镇大庄村 16 天 × 60.00 = 960.00 ZC-630202-201811 payments-2018-11.csv`
    func text(_ language: Language) -> String {
        let zh = language == .zh
        let batch = self.batch.isEmpty ? (zh ? "未关账" : "open") : self.batch
        if isReissue {
            let kind = zh ? "重发（\(period)）" : "paid again in \(period)"
            return "\(kind) \(village) \(total) \(batch) \(file) \(note)"
        }
        let kind = isAdjustment ? (zh ? "更正（\(period)）" : "adjustment in \(period)") : period.description
        // Of a correction, what did not change is not told.
        let allowances = [hardshipAllowance, qinghaiAllowance, townshipSubsidy].compactMap { $0 }
            .filter { !isAdjustment || $0 != Fen.zero.yuanText }
        // Where the days at one rate are not the stipend, the note tells how it comes about.
        let multiplies = product == livingStipend
        let stipend =
            multiplies ? "\(days) \(zh ? "天" : "days") × \(rate)" : "\(days) \(zh ? "天" : "days")，\(livingStipend)"
        let parts = ([stipend] + allowances).joined(separator: " + ")
        return "\(kind) \(village) \(parts) = \(total) \(batch) \(file)" + (note.isEmpty ? "" : " \(note)")
    }

    /// Days × rate as yuan with two decimals; empty where it is no sum of fen.
    private var product: String {
        guard let halves = Explanation.halves(days), let fen = Explanation.fen(rate), halves * fen % 2 == 0 else {
            return ""
        }
        return Fen(halves * fen / 2).yuanText
    }
}

extension Explanation {
    /// Half-days of `21.5` or `-13`.
    fileprivate static func halves(_ text: String) -> Int? {
        let parts = text.split(separator: ".")
        guard let whole = parts.first.flatMap({ Int($0) }) else { return nil }
        let half = parts.count > 1 ? 1 : 0
        return text.hasPrefix("-") ? 2 * whole - half : 2 * whole + half
    }

    fileprivate static func fen(_ text: String) -> Int? { Int(text.filter { $0 != "." }) }
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
