import Domain

extension Explanation {
    /// The explanation for a reader: days first, then what they pay and why, then what was read otherwise later.
    public func text(_ language: Language) -> String {
        let zh = language == .zh
        var lines = [
            zh
                ? "\(reading.name) \(residentID) \(reading.county) \(reading.sendingUnit)，所属期 \(period)"
                : "\(reading.name) \(residentID) \(reading.county) \(reading.sendingUnit), period \(period)"
        ]
        lines += reading.text(language)
        lines.append(zh ? "\n发放：" : "\nPaid:")
        if self.lines.isEmpty { lines.append(zh ? "  没有发放" : "  nothing") }
        for line in self.lines { lines.append("  " + line.text(language)) }
        for note in adopted { lines.append("  " + note) }
        for later in since { lines += later.text(language) }
        lines.append(zh ? "合计 \(total) 元" : "total \(total) yuan")
        if let owed { lines.append(zh ? "其中待扣回 \(owed) 元" : "of it still to be taken back: \(owed) yuan") }
        if !bank.isEmpty { lines.append(zh ? "银行回盘：" : "What the bank answered:") }
        lines += bank.map { "  " + $0.text(language) }
        lines += paidText(language)
        return lines.joined(separator: "\n")
    }
}

extension Explanation.Reading {
    /// Days, then what registers and policy say.
    fileprivate func text(_ language: Language) -> [String] {
        let zh = language == .zh
        var lines = [zh ? "\n逐日记录：" : "\nDays:"]
        if days.isEmpty { lines.append(zh ? "  没有考勤记录" : "  no attendance") }
        lines += days.map { $0.text(language) }
        lines += impossible.map { "  " + Explanation.impossible($0, language) }
        lines += held.map { Explanation.held($0, language) }
        lines += decisions.map { Explanation.decided($0, language) }
        if !registered.isEmpty { lines.append(zh ? "\n登记信息及出处：" : "\nRegistered, and where:") }
        lines += registered.map { "  " + $0.text(language) }
        lines.append(zh ? "\n标准与依据：" : "\nRates and clauses:")
        lines += rates.map { "  " + $0.text(language) }
        lines += allowances.map { "  " + $0.text(language) }
        if !isWhole {
            lines.append(
                zh
                    ? "  该批由早期版本关账，当时的登记信息和津贴标准没有保存"
                    : "  closed by an earlier version, which kept neither registers nor standards of allowances")
        }
        return lines
    }
}

extension Explanation.Later {
    fileprivate func text(_ language: Language) -> [String] {
        let zh = language == .zh
        var lines = [
            batch.isEmpty
                ? (zh ? "其后，上次运行的依据有变：" : "since then the last run reads otherwise:")
                : (zh ? "其后，到 \(batch) 关账时依据有变：" : "since then \(batch) rests on another reading:")
        ]
        lines += changes.map { $0.text(language) }
        lines += registered.map { (zh ? "  登记 " : "  registered: ") + $0.text(language) }
        func part(_ values: [String]?, _ zhNone: String, _ enNone: String) {
            guard let values else { return }
            lines += values.isEmpty ? ["  " + (zh ? zhNone : enNone)] : values.map { "  " + $0 }
        }
        part(held?.map { Explanation.held($0, language) }, "不再暂缓", "held no more")
        part(decisions?.map { Explanation.decided($0, language) }, "没有裁定", "nothing is decided")
        part(impossible?.map { Explanation.impossible($0, language) }, "没有该月没有的日期", "no impossible date")
        part(rates?.map { $0.text(language) }, "没有标准", "no rate")
        part(allowances?.map { $0.text(language) }, "没有津贴", "no allowance")
        return lines
    }
}

extension Explanation.Change {
    /// `更正 2018-10-04：“√/△”（高店镇.xlsx 考勤表!L6）→“√”（高店镇更正.xlsx 考勤表!L6）`; where the mark is the same,
    /// what it counts for.
    fileprivate func text(_ language: Language) -> String {
        let zh = language == .zh
        let isSameMark = old?.mark == new?.mark
        func told(_ day: Explanation.Day?) -> String {
            guard let day else { return zh ? "没有记录" : "no record" }
            let (mark, place) = (day.mark, day.place)
            let counted = isSameMark ? " " + day.counted(language) : ""
            return (zh ? "“\(mark)”（\(place)）" : "«\(mark)» (\(place))") + counted
        }
        return (zh ? "  更正 \(date.iso)：" : "  changed \(date.iso): ") + told(old) + (zh ? "→" : " → ") + told(new)
    }
}

extension Explanation.Day {
    /// `高店镇.xlsx 考勤表!L6`.
    var place: String { file.isEmpty ? sheet : sheet.isEmpty ? "\(file) \(cell)" : "\(file) \(sheet)!\(cell)" }

    /// What it counts for, and where or why.
    fileprivate func counted(_ language: Language) -> String {
        let zh = language == .zh
        let words = Explanation.words(reason, language)
        switch counted {
        case "yes": return (zh ? "计1天 " : "1 day ") + village
        case "half": return (zh ? "计半天 " : "half a day ") + village
        default: return reason.isEmpty ? (zh ? "不计" : "not paid") : zh ? "不计（\(words)）" : "not paid (\(words))"
        }
    }

    fileprivate func text(_ language: Language) -> String {
        let zh = language == .zh
        let place = file.isEmpty ? (zh ? "见\(sheet)的考勤" : "on a sheet of \(sheet)") : self.place
        let counted =
            switch counted {
            case "yes": zh ? "计1天" : "1 day"
            case "half": zh ? "计半天" : "half a day"
            default: counted(language)
            }
        let status = Explanation.words(status, language)
        return "  \(date.iso) \(mark.isEmpty ? "·" : mark) \(status) \(counted) \(place)"
    }
}

extension Explanation.Registered {
    fileprivate func text(_ language: Language) -> String {
        let place = (sheet.isEmpty ? "" : "\(sheet)!") + cell
        let subject = self.subject.isEmpty ? "" : "\(self.subject) "
        return language == .zh
            ? "\(subject)\(title)：\(value)（\(file) \(place)）"
            : "\(subject)\(EnglishTitles.of(title)): \(value) (\(file) \(place))"
    }
}

extension Explanation.Allowance {
    fileprivate func text(_ language: Language) -> String {
        let zh = language == .zh
        let standard = standard?.text(language) ?? (zh ? "无标准" : "no rate")
        let amount = amount.map { zh ? "，计 \($0) 元" : ", pays \($0)" } ?? ""
        let title = zh ? self.title : EnglishTitles.of(self.title)
        return "\(title) \(village) \(key) \(days.start.iso)–\(days.end.iso): \(standard)\(amount)"
    }
}

extension Explanation {
    fileprivate static func impossible(_ mark: String, _ language: Language) -> String {
        language == .zh ? "该月没有的日期，不计：\(mark)" : "a date the month does not have, not paid: \(mark)"
    }

    fileprivate static func held(_ held: String, _ language: Language) -> String {
        let words = held.split(separator: " ", maxSplits: 1).map(String.init)
        let text = (words.prefix(1).map { Explanation.words($0, language) } + words.dropFirst()).joined(separator: " ")
        return language == .zh ? "暂缓发放：\(text)" : "held: \(text)"
    }

    fileprivate static func decided(_ decision: String, _ language: Language) -> String {
        language == .zh ? "裁定 \(decision)" : "decided: \(decision)"
    }
}

extension Explanation {
    /// Codes and statuses as words: several are joined by `/` or `;`.
    static func words(_ text: String, _ language: Language) -> String {
        guard language == .zh else { return text }
        return text.split(separator: ";").map { part in
            part.split(separator: "/").map { word in
                word == Explanation.statedTotal
                    ? "按合计天数"
                    : AttendanceStatus(rawValue: String(word))?.chinese ?? FindingCode(rawValue: String(word))?.chinese
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
        let unit = zh ? "天" : "days"
        let rates = note.split(separator: "；").first { $0.contains("×") && !$0.contains("应发") }.map {
            zh ? String($0) : String($0).replacing("天", with: " days")
        }
        let stipend: String
        if multiplies {
            stipend = "\(days) \(unit) × \(rate)"
        } else if isRemainder {
            stipend = livingStipend
        } else if let rates {
            stipend = "\(days) \(unit)（\(rates)）\(livingStipend)"
        } else {
            stipend = "\(days) \(unit)，\(livingStipend)"
        }
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

extension PayBasis {
    /// `生活补助标准 60.00 元/人·天（2018-10-01 起，青组字〔2018〕231号 第5条）`,
    /// `living stipend (生活补助标准) 60.00 yuan a person and day (from 2018-10-01, 青组字〔2018〕231号 第5条)`
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
        let words = value.split(separator: ", ").map { Explanation.words(String($0), language) }
            .joined(separator: language == .zh ? "、" : ", ")
        if language == .zh {
            return "\(title) \(words)\(EnglishTitles.isOfWords(unit) ? "" : " \(unit)")（\(validity)，\(source)）"
        }
        return [EnglishTitles.of(title), words, EnglishTitles.unit(unit), "(\(validity), \(source))"]
            .filter { !$0.isEmpty }.joined(separator: " ")
    }
}
