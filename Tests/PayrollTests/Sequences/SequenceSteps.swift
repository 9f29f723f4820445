import Domain
import Foundation
import Ledger
import Registers
import Stages
import TestSupport

/// What townships, the organisation department and the bank send.
extension SequenceRun {
    func writeRegisters() throws {
        for county in 0..<2 {
            let code = SequenceWorld.counties[county].text
            try office.write("\(code)/村名录.csv", world.villageRegister(county))
            try office.write("\(code)/花名册.csv", world.roster(county))
        }
    }

    // MARK: Sheets

    /// A month that a sheet may speak of: up to the first open one, now and then the one after it.
    private func month(_ county: Int) -> Period {
        let open = firstOpen(county)
        if random(0..<4) == 0 { return open.next }
        let known = SequenceWorld.months.filter { $0 <= open }
        return known.isEmpty ? SequenceWorld.months[0] : known[random(0..<known.count)]
    }

    func submitAnywhere() throws {
        let place = world.places[random(0..<4)]
        try submit(place, month(place.county), leavesOut: random(0..<6) == 0)
        try office.run()
    }

    private func sheet(_ place: SequenceWorld.Place, _ month: Period, leavesOut: Bool) -> SequenceWorld.Sheet {
        var people = world.people(of: place)
        if random(0..<5) == 0 { people.append(random(0..<SequenceWorld.names.count)) }
        var sheet: SequenceWorld.Sheet = [:]
        // Now and then a township counts days and marks none; a count beside marks is checked against them.
        let isTotals = world.sheets[place]?[month].map(world.isTotals) ?? (random(0..<8) == 0)
        for person in Set(people).sorted() {
            if leavesOut, random(0..<2) == 0 { continue }
            if isTotals {
                sheet[person] = SequenceWorld.Row(total: random(1..<25))
                continue
            }
            let from = random(1..<20)
            let isPosted = world.stays.contains { $0.person == person && $0.place == place && $0.end == nil }
            // Mostly where he is posted, sometimes where he is not.
            let isHere = isPosted || random(0..<3) > 0
            var row = SequenceWorld.Row()
            for day in isHere ? from..<min(month.dayCount, from + random(1..<12)) : 0..<0 {
                let half = SequenceMark.allCases[random(0..<SequenceMark.allCases.count)]
                row.marks[day] = random(0..<4) == 0 || person == SequenceWorld.shared ? half : .whole
            }
            row.isMisstated = random(0..<12) == 0
            sheet[person] = row
        }
        return sheet
    }

    func submit(_ place: SequenceWorld.Place, _ month: Period, leavesOut: Bool) throws {
        let sheet = sheet(place, month, leavesOut: leavesOut)
        // A sheet without anybody says nothing of its village.
        guard !sheet.isEmpty else { return }
        let held = sheet.filter(\.value.isMisstated).keys.sorted()
        log(
            "sheet \(place.county)/\(place.index) \(month) \(sheet.keys.sorted())"
                + (held.isEmpty ? "" : " held \(held)"))
        let path = "\(SequenceWorld.counties[place.county].text)/考勤/\(place.index)-\(month).csv"
        world.take(place, month, sheet, in: path)
        try office.write(path, world.attendance(place, month, sheet))
    }

    /// A sheet under the wrong month, mended in place some days later: what it said first is withdrawn.
    func wrongMonth() throws {
        let place = world.places[random(0..<4)]
        let months = SequenceWorld.months.filter { $0 <= firstOpen(place.county) }
        guard months.count > 1 else { return }
        let (wrong, right) = (months[months.count - 2], months[months.count - 1])
        let known = [wrong, right].compactMap { world.sheets[place]?[$0] }
        let sheet = sheet(place, right, leavesOut: false)
        guard !known.contains(where: world.isTotals), sheet.values.contains(where: { !$0.marks.isEmpty }),
            sheet.values.allSatisfy({ ($0.marks.keys.max() ?? 0) < 29 })
        else { return }
        log("wrong month \(place.county)/\(place.index) \(wrong)→\(right) \(sheet.keys.sorted())")
        let before = world
        let name = "\(SequenceWorld.counties[place.county].text)/考勤/补-\(step).csv"
        world.take(place, wrong, sheet, in: name)
        try office.write(name, world.attendance(place, wrong, sheet))
        try office.run()
        try check()
        let ever = world.everClaimed
        world = before
        world.everClaimed = ever
        world.take(place, right, sheet, in: name)
        try office.write(name, world.attendance(place, right, sheet), days: 5)
        try office.run()
    }

    // MARK: Registers

    func move(between counties: Bool) throws {
        let person = random(0..<SequenceWorld.names.count)
        guard person != SequenceWorld.shared, let last = world.stays.lastIndex(where: { $0.person == person })
        else { return }
        let from = world.stays[last].place
        let to =
            counties
            ? SequenceWorld.Place(county: 1 - from.county, index: random(0..<2))
            : SequenceWorld.Place(county: from.county, index: 1 - from.index)
        let month = SequenceWorld.months[random(0..<3)]
        guard let day = month.date(day: random(2..<28)), day > world.stays[last].start.adding(days: 1) else { return }
        log("move \(person) \(from.county)/\(from.index)→\(to.county)/\(to.index) on \(day.iso)")
        world.stays[last].end = day.adding(days: -1)
        world.stays.append(SequenceWorld.Stay(person: person, place: to, start: day))
        for county in Set([from.county, to.county]).sorted() { try writeRoster(county) }
        try office.run()
    }

    private func writeRoster(
        _ county: Int, clearing: Int? = nil, reopening: Int? = nil, withdrawn: SequenceWorld.Stay? = nil
    ) throws {
        try office.write(
            "\(SequenceWorld.counties[county].text)/花名册.csv",
            world.roster(county, clearing: clearing, reopening: reopening, withdrawn: withdrawn))
    }

    func rename() throws {
        let county = random(0..<2)
        let index = random(0..<2)
        func toggled(_ name: String, _ one: String, _ other: String) -> String {
            name.hasSuffix(one)
                ? String(name.dropLast(one.count)) + other
                : String(name.dropLast(other.count)) + one
        }
        switch random(0..<3) {
        case 0: world.villages[county][index] = toggled(world.villages[county][index], "村", "社区")
        case 1: world.townships[county][index] = toggled(world.townships[county][index], "镇", "乡")
        default: world.countyNames[0] = toggled(world.countyNames[0], "区", "市")
        }
        log("rename \(world.countyNames) \(world.townships[county][index])\(world.villages[county][index])")
        try office.write("县区名录.csv", world.countyRegister())
        try writeRegisters()
        try office.run()
    }

    /// A new account, somebody else's, or none.
    func newAccount() throws {
        let person = random(0..<SequenceWorld.names.count)
        let other = random(0..<SequenceWorld.names.count)
        let kind = random(0..<4)
        if kind == 0, other != person, world.sharedWith[other] == nil,
            !world.sharedWith.values.contains(person),
            !world.accountless.contains(other)
        {
            world.sharedWith[person] = other
            world.accountless.remove(person)
            log("account \(person) as \(other)")
        } else if kind == 1, !world.sharedWith.values.contains(person) {
            world.accountless.insert(person)
            world.sharedWith[person] = nil
            log("account \(person) none")
        } else {
            guard world.accounts[person] < 9 else { return }
            world.accounts[person] += 1
            world.sharedWith[person] = nil
            world.accountless.remove(person)
            log("account \(person)")
        }
        for county in 0..<2 {
            try writeRoster(county, clearing: world.accountless.contains(person) ? person : nil)
        }
        try office.run()
    }

    /// A posting ends, or its end is taken back.
    func endOrReopen() throws {
        let person = random(0..<SequenceWorld.names.count)
        guard person != SequenceWorld.shared,
            let last = world.stays.lastIndex(where: { $0.person == person })
        else { return }
        let stay = world.stays[last]
        if stay.end != nil {
            log("reopen \(person)")
            world.stays[last].end = nil
            try writeRoster(stay.place.county, reopening: person)
        } else {
            let month = SequenceWorld.months[random(0..<3)]
            guard let day = month.date(day: random(2..<28)), day > stay.start else { return }
            log("end \(person) on \(day.iso)")
            world.stays[last].end = day
            try writeRoster(stay.place.county)
        }
        try office.run()
    }

    /// A posting is withdrawn of somebody who has another one in the county.
    func withdraw() throws {
        let open = world.stays.indices.filter { index in
            let stay = world.stays[index]
            return world.stays.count { $0.person == stay.person && $0.place.county == stay.place.county }
                > 1
        }
        guard !open.isEmpty else { return }
        let stay = world.stays.remove(at: open[random(0..<open.count)])
        log("withdraw \(stay.person) \(stay.place.county)/\(stay.place.index) from \(stay.start.iso)")
        world.withdrawn.insert(stay.person)
        try writeRoster(stay.place.county, withdrawn: stay)
        try office.run()
    }

    /// The roster was wrong: somebody's last posting was at another place all the time, in his county or the other one.
    /// The wrong one is taken back by 作废.
    func correctPlace() throws {
        let person = random(0..<SequenceWorld.names.count)
        guard person != SequenceWorld.shared, let last = world.stays.lastIndex(where: { $0.person == person })
        else { return }
        let stay = world.stays[last]
        let to =
            random(0..<2) == 0
            ? SequenceWorld.Place(county: 1 - stay.place.county, index: random(0..<2))
            : SequenceWorld.Place(county: stay.place.county, index: 1 - stay.place.index)
        guard !world.stays.contains(where: { $0.person == person && $0.place == to }) else { return }
        log("correct \(person) \(stay.place.county)/\(stay.place.index)→\(to.county)/\(to.index)")
        world.stays[last] = SequenceWorld.Stay(person: person, place: to, start: stay.start, end: stay.end)
        world.withdrawn.insert(person)
        try writeRoster(stay.place.county, withdrawn: stay)
        if to.county != stay.place.county { try writeRoster(to.county) }
        try office.run()
    }

    // MARK: Policy

    func newPolicy() throws {
        office.policy = office.policy == "sixty" ? "seventy" : "sixty"
        log("policy \(office.policy)")
        try office.run()
    }

    func adopt() throws {
        let context = try office.context()
        _ = try AdoptStage(context).adopt(reason: "会议决定", who: "会计")
        for month in governing.keys { governing[month] = office.policy }
        log("adopt \(office.policy)")
        try office.run()
    }

    // MARK: Checks and the bank

    func spotCheck() throws {
        let person = random(0..<SequenceWorld.names.count)
        let month = SequenceWorld.months[random(0..<3)]
        guard let date = month.date(day: random(1..<28)), let stay = world.stays.last(where: { $0.person == person })
        else { return }
        log("check \(person) \(date.iso)")
        world.absent[person, default: []].insert(date)
        try office.write(
            "\(SequenceWorld.counties[stay.place.county].text)/抽查-\(step).csv",
            [
                ["督查抽查记录表"], ["日期", "方式", "姓名", "身份证号", "结果", "检查单位"],
                [date.iso, "实地", SequenceWorld.names[person], SequenceWorld.id(person).text, "脱岗", "县委组织部"],
            ])
        try office.run()
    }

    /// An answer of a bank: paid or returned, sometimes sent twice, beside a forged row, or against an earlier answer.
    func bankReturn() throws {
        let lines = try office.context().ledger.read { ledger in
            try SequenceWorld.counties.flatMap { try ledger.bankLines(county: $0) }
        }.filter { line in line.amount > .zero }
        guard !lines.isEmpty else { return }
        let line = lines[random(0..<lines.count)]
        guard lines.count(where: { $0.batch == line.batch && $0.person == line.person }) == 1 else { return }
        let key = [line.batch, line.person.text, line.account]
        var isReturned = random(0..<4) > 0
        if let known = answered[key] {
            // The first answer stands.
            isReturned = !known
        } else {
            answered[key] = isReturned
        }
        let row = [
            line.batch, line.name, line.person.text, line.amount.yuanText, isReturned ? "退回" : "成功", "户名不符",
        ]
        var forged = row
        forged[3] = (line.amount + Fen(1)).yuanText
        log("bank \(row[4]) \(line.batch) \(line.name)")
        try office.write(
            "回盘/\(step).csv",
            [["银行回盘"], ["批次号", "姓名", "身份证号", "金额", "结果", "原因"], row]
                + [[], [row], [forged]][random(0..<3)])
        try office.run()
    }

    // MARK: Decisions

    private struct OpenQuestion {
        let county: Int
        let month: Period
        let person: Int
        let asked: DecidableFinding
    }

    private func openQuestions() throws -> [OpenQuestion] {
        let codes: Set<FindingCode> = [
            .closedLineHeld, .spotCheckConflict, .totalMismatch, .leftOut, .noDailyEvidence,
        ]
        return try office.context().ledger.read { ledger in
            try SequenceWorld.counties.indices.flatMap { county in
                try SequenceWorld.months.flatMap { month -> [OpenQuestion] in
                    let key = CountyMonth(county: SequenceWorld.counties[county], period: month)
                    let open = try ledger.decisions(key).open + ledger.payDetail(key).decisions.open
                    return open.compactMap { asked in
                        let people = SequenceWorld.names.indices
                        guard codes.contains(asked.finding.code),
                            let person = people.first(where: { SequenceWorld.id($0).text == asked.finding.personID })
                        else { return nil }
                        return OpenQuestion(county: county, month: month, person: person, asked: asked)
                    }
                }
            }
        }
    }

    /// A decision about something that waits for one: 认可, 不认可 or 改为, in the form.
    func decide() throws {
        if random(0..<8) == 0 { return try decideAccount() }
        let open = try openQuestions()
        guard !open.isEmpty else { return }
        let question = open[random(0..<open.count)]
        let isAccepted = random(0..<2) == 0
        var halves: Int?
        if case .days(let days) = question.asked.concern, question.asked.finding.code == .totalMismatch,
            random(0..<3) == 0
        {
            halves = random(0..<(1 + days.reduce(0) { $0 + $1.halfDays.count }))
        }
        guard note(question, isAccepted || halves != nil, halves) else { return }
        let finding = question.asked.finding
        let answer = halves == nil ? isAccepted ? "认可" : "不认可" : "改为"
        let days = halves.map { HalfDays($0).daysText } ?? ""
        log(
            "decide \(finding.code.rawValue) \(finding.person) \(question.month) in \(question.county) \(answer)\(days)"
        )
        try decide(
            question.county,
            [question.month.description, finding.code.rawValue, finding.file, finding.person],
            finding.personID, answer, days, question.asked.evidence)
    }

    private func decide(
        _ county: Int, _ about: [String], _ id: String, _ answer: String, _ value: String,
        _ evidence: String
    ) throws {
        try office.write(
            "\(SequenceWorld.counties[county].text)/裁定-\(step).csv",
            [
                ["裁定表"], ["所属期", "代码", "文件", "姓名", "身份证号", "处理", "改为", "裁定人", "裁定日期", "依据", "证据"],
                about + [id, answer, value, "李主任", "2019-12-30", "会议纪要", evidence],
            ])
        try office.run()
    }

    /// A decision about an account that somebody else has too.
    private func decideAccount() throws {
        let open = SequenceWorld.names.indices.filter { person in
            !world.accountless.contains(person)
                && (0..<2).contains { county in
                    world.hasStays(person, in: county) && world.isAccountOpen(person, in: county)
                        && world.accountAnswers[county]?[person]?.about != world.account(person)
                }
        }
        guard !open.isEmpty else { return }
        let person = open[random(0..<open.count)]
        let isAccepted = random(0..<2) == 0
        log("decide account \(person) \(isAccepted)")
        let account = AccountStanding.PersonAccount(
            person: SequenceWorld.id(person), account: world.account(person))
        for county in 0..<2 where world.hasStays(person, in: county) {
            world.accountAnswers[county, default: [:]][person] = SequenceWorld.Answer(
                isAccepted: isAccepted, about: world.account(person))
            try decide(
                county, ["", FindingCode.bankAccountShared.rawValue, "", SequenceWorld.names[person]],
                SequenceWorld.id(person).text, isAccepted ? "认可" : "不认可", "",
                AccountDecisions.evidence(account))
        }
    }

    /// Remembers what is decided, and about what; false where nobody here knows which row is meant.
    ///
    /// - Parameter halves: how many half-days 改为 says.
    private func note(_ question: OpenQuestion, _ isAccepted: Bool, _ halves: Int?) -> Bool {
        let (finding, person, month) = (question.asked.finding, question.person, question.month)
        if finding.code == .closedLineHeld {
            closedAnswers = closedAnswers.filter { line, answer in
                line.county != question.county || line.month != month || line.person != person
                    || answer.about == world.about(line)
            }
            let line = SequenceClosedLine(
                county: question.county, month: month, person: person, village: question.asked.evidence)
            closedAnswers[line] = SequenceWorld.Answer(isAccepted: isAccepted, about: world.about(line))
            return true
        }
        if finding.code == .leftOut { return noteLeftOut(question, isAccepted) }
        guard let place = world.places.first(where: { world.sources[$0]?[month] == finding.file }) else { return false }
        let row = SequenceWorld.RowKey(place: place, month: month, person: person)
        if finding.code == .totalMismatch || finding.code == .noDailyEvidence {
            world.rowAnswers[row] = SequenceWorld.Answer(
                isAccepted: isAccepted, about: world.about(row), halves: halves)
            return true
        }
        guard let date = finding.arguments.first.flatMap({ CivilDate(iso: $0) }) else { return false }
        let day = SequenceWorld.DayKey(row: row, date: date)
        world.dayAnswers[day] = SequenceWorld.Answer(isAccepted: isAccepted, about: world.about(day))
        return true
    }

    /// Of a person left out in one village alone: which row is meant is known then.
    private func noteLeftOut(_ question: OpenQuestion, _ isAccepted: Bool) -> Bool {
        let rows = world.places.filter { $0.county == question.county }.map {
            SequenceWorld.RowKey(place: $0, month: question.month, person: question.person)
        }.filter { !world.leftDays($0).isEmpty }
        guard rows.count == 1, let row = rows.first else { return false }
        world.leftAnswers[row] = SequenceWorld.Answer(
            isAccepted: isAccepted, about: world.aboutLeft(row))
        return true
    }
}
