import Domain
import Foundation
import Ledger
import Stages
import TestSupport
import Testing

/// One random sequence of everything that can happen to two counties of one ledger.
final class SequenceRun {
    private let seed: UInt64
    private var generator: SeededGenerator
    private let office: SequenceOffice
    private var world = SequenceWorld()
    /// Final files by name, as the ledger named them when it closed the month.
    private var closed: [CountyMonth: [String: String]] = [:]
    /// Policy that each closed month is read with, and that of the run.
    private var governing: [CountyMonth: String] = [:]
    private var backup: (folder: String, batches: Int)?
    private var answered: Set<[String]> = []
    private let last: Period
    private let looksAtFiles: Bool
    private var step = 0
    private var log: [String] = []

    /// - Parameter isLong: with five months, and every file looked at; else two, and files of some sequences.
    init(seed: UInt64, isLong: Bool) throws {
        self.seed = seed
        last = SequenceWorld.months[isLong ? 4 : 1]
        looksAtFiles = isLong || seed % 20 == 1
        generator = SeededGenerator(seed)
        office = try SequenceOffice()
    }

    private var place: Comment { "seed \(seed) step \(step): \(log.suffix(6).joined(separator: " · "))" }

    private func random(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

    /// Plays it, checks after every step, and closes what can be closed at the end.
    func play(steps: Int) throws {
        try writeRegisters()
        for place in world.places { try submit(place, SequenceWorld.months[0], leavesOut: false) }
        try office.run()
        do {
            for number in 0..<steps {
                step = number
                try act()
                try check()
            }
            try finish()
        } catch {
            Issue.record(error, place)
        }
    }

    private func writeRegisters() throws {
        for county in 0..<2 {
            let code = SequenceWorld.counties[county].text
            try office.write("\(code)/村名录.csv", world.villageRegister(county))
            try office.write("\(code)/花名册.csv", world.roster(county))
        }
    }

    // MARK: Steps

    private func act() throws {
        switch random(0..<24) {
        case 0..<8: try submitAnywhere()
        case 8: try move(between: false)
        case 9, 10: try move(between: true)
        case 11: try rename()
        case 12: try newAccount()
        case 13: try newPolicy()
        case 14: try adopt()
        case 15: try spotCheck()
        case 16: try bankReturn()
        case 17: try wrongMonth()
        case 18: try backUpOrRestore()
        default: try closeNext()
        }
    }

    private func firstOpen(_ county: Int) -> Period {
        let own = closed.keys.filter { $0.county == SequenceWorld.counties[county] }.map(\.period)
        return own.max()?.next ?? SequenceWorld.months[0]
    }

    private func month(_ county: Int) -> Period {
        let last = firstOpen(county)
        let known = SequenceWorld.months.filter { $0 <= last }
        return known.isEmpty ? SequenceWorld.months[0] : known[random(0..<known.count)]
    }

    private func submitAnywhere() throws {
        let place = world.places[random(0..<4)]
        try submit(place, month(place.county), leavesOut: random(0..<6) == 0)
        try office.run()
    }

    private func sheet(_ place: SequenceWorld.Place, _ month: Period, leavesOut: Bool) -> SequenceWorld.Sheet {
        var people = world.people(of: place)
        if random(0..<5) == 0 { people.append(random(0..<SequenceWorld.names.count)) }
        var sheet: SequenceWorld.Sheet = [:]
        for person in Set(people).sorted() {
            if leavesOut, random(0..<2) == 0 { continue }
            let from = random(1..<20)
            let stay = world.stays.last { $0.person == person }
            // Mostly where he is posted, sometimes where he is not.
            let isHere = stay?.place == place || random(0..<3) > 0
            sheet[person] = Set(isHere ? (from..<min(month.dayCount, from + random(1..<12))) : 0..<0)
        }
        return sheet
    }

    private func submit(_ place: SequenceWorld.Place, _ month: Period, leavesOut: Bool) throws {
        let sheet = sheet(place, month, leavesOut: leavesOut)
        // A sheet without anybody says nothing of its village.
        guard !sheet.isEmpty else { return }
        log.append("sheet \(place.county)/\(place.index) \(month) \(sheet.keys.sorted())")
        world.take(place, month, sheet)
        try office.write(path(place, month), world.attendance(place, month, sheet))
    }

    private func path(_ place: SequenceWorld.Place, _ month: Period) -> String {
        "\(SequenceWorld.counties[place.county].text)/考勤/\(place.index)-\(month).csv"
    }

    /// A sheet under the wrong month, mended in place some days later: what it said first is withdrawn.
    private func wrongMonth() throws {
        let place = world.places[random(0..<4)]
        let months = SequenceWorld.months.filter { $0 <= firstOpen(place.county) }
        guard months.count > 1 else { return }
        let (wrong, right) = (months[months.count - 2], months[months.count - 1])
        let sheet = sheet(place, right, leavesOut: false)
        guard sheet.values.contains(where: { !$0.isEmpty }), sheet.values.allSatisfy({ ($0.max() ?? 0) < 29 }) else {
            return
        }
        log.append("wrong month \(place.county)/\(place.index) \(wrong)→\(right)")
        let before = world
        world.take(place, wrong, sheet)
        let name = "\(SequenceWorld.counties[place.county].text)/考勤/补-\(step).csv"
        try office.write(name, world.attendance(place, wrong, sheet))
        try office.run()
        try check()
        let ever = world.everClaimed
        let opened = world.opened
        world = before
        world.opened = opened
        world.everClaimed = ever
        world.take(place, right, sheet)
        try office.write(name, world.attendance(place, right, sheet), days: 5)
        try office.run()
    }

    private func move(between counties: Bool) throws {
        let person = random(0..<SequenceWorld.names.count)
        guard let last = world.stays.lastIndex(where: { $0.person == person }) else { return }
        let from = world.stays[last].place
        let to =
            counties
            ? SequenceWorld.Place(county: 1 - from.county, index: random(0..<2))
            : SequenceWorld.Place(county: from.county, index: 1 - from.index)
        let month = SequenceWorld.months[random(0..<3)]
        guard let day = month.date(day: random(2..<28)), day > world.stays[last].start.adding(days: 1) else { return }
        log.append("move \(person) \(from.county)/\(from.index)→\(to.county)/\(to.index) on \(day.iso)")
        world.stays[last].end = day.adding(days: -1)
        world.stays.append(SequenceWorld.Stay(person: person, place: to, start: day))
        for county in Set([from.county, to.county]).sorted() { try writeRoster(county) }
        try office.run()
    }

    private func writeRoster(_ county: Int) throws {
        try office.write("\(SequenceWorld.counties[county].text)/花名册.csv", world.roster(county))
    }

    private func rename() throws {
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
        log.append("rename")
        try office.write("县区名录.csv", world.countyRegister())
        try writeRegisters()
        try office.run()
    }

    private func newAccount() throws {
        let person = random(0..<SequenceWorld.names.count)
        world.accounts[person] += 1
        log.append("account \(person)")
        for county in 0..<2 { try writeRoster(county) }
        try office.run()
    }

    private func newPolicy() throws {
        office.policy = office.policy == "sixty" ? "seventy" : "sixty"
        log.append("policy \(office.policy)")
        try office.run()
        // Whoever was closed otherwise and has days is named, and nothing is adjusted.
        try check()
    }

    private func adopt() throws {
        let context = try office.context()
        _ = try AdoptStage(context).adopt(reason: "会议决定", who: "会计")
        for month in governing.keys { governing[month] = office.policy }
        log.append("adopt \(office.policy)")
        try office.run()
    }

    private func spotCheck() throws {
        let person = random(0..<SequenceWorld.names.count)
        let month = SequenceWorld.months[random(0..<3)]
        guard let date = month.date(day: random(1..<28)), let stay = world.stays.last(where: { $0.person == person })
        else { return }
        log.append("check \(person) \(date.iso)")
        world.absent[person, default: []].insert(date)
        try office.write(
            "\(SequenceWorld.counties[stay.place.county].text)/抽查-\(step).csv",
            [
                ["督查抽查记录表"], ["日期", "方式", "姓名", "身份证号", "结果", "检查单位"],
                [date.iso, "实地", SequenceWorld.names[person], SequenceWorld.id(person).text, "脱岗", "县委组织部"],
            ])
        try office.run()
    }

    private func bankReturn() throws {
        let lines = try office.context().ledger.read { ledger in
            try SequenceWorld.counties.flatMap { try ledger.bankLines(county: $0) }
        }.filter { $0.amount > .zero && !answered.contains([$0.batch, $0.person.text, $0.account]) }
        guard let line = lines.isEmpty ? nil : lines[random(0..<lines.count)] else { return }
        let twins = lines.filter { $0.batch == line.batch && $0.person == line.person }
        guard twins.count == 1 else { return }
        answered.insert([line.batch, line.person.text, line.account])
        log.append("returned \(line.batch) \(line.name)")
        try office.write(
            "回盘/\(step).csv",
            [
                ["银行回盘"], ["批次号", "姓名", "身份证号", "金额", "结果", "原因"],
                [line.batch, line.name, line.person.text, line.amount.yuanText, "退回", "户名不符"],
            ])
        try office.run()
    }

    // MARK: Closing

    private func closeNext() throws {
        let county = random(0..<2)
        try close(county, firstOpen(county))
    }

    private func close(_ county: Int, _ period: Period) throws {
        let month = CountyMonth(county: SequenceWorld.counties[county], period: period)
        let hasData = try office.context().ledger.read { try $0.computedMonths().contains(month) }
        guard hasData, period <= last else { return }
        log.append("close \(county) \(period)")
        try office.run()
        try office.close(month)
        closed[month] = try office.files(month)
        governing[month] = office.policy
        // What was passed over and is paid with this batch is read as it was paid.
        for other in SequenceWorld.months where other < period {
            let key = CountyMonth(county: month.county, period: other)
            if governing[key] == nil { governing[key] = office.policy }
        }
    }

    private func backUpOrRestore() throws {
        let options = try office.options()
        guard let kept = backup else {
            let folder = office.folder.at("backup")
            _ = try Backup.make(options, to: folder)
            backup = (folder, closed.count)
            log.append("backup")
            return
        }
        // An older ledger than the output must not run; the newer one put back goes on.
        log.append("restore")
        let aside = office.folder.at("aside-\(step)")
        try FileManager.default.moveItem(atPath: office.folder.at("ledger"), toPath: aside)
        _ = try Backup.restore(from: kept.folder, options)
        if kept.batches < closed.count {
            #expect(throws: RunFailure.self, place) { try self.office.run() }
        }
        try FileManager.default.removeItem(atPath: office.folder.at("ledger"))
        try FileManager.default.moveItem(atPath: aside, toPath: office.folder.at("ledger"))
        try office.run()
    }

    // MARK: Looking

    private func check() throws {
        try office.context().ledger.read { ledger in
            let policy = office.policy
            let governing = governing
            try SequenceOracle(world: world, ledger: ledger) { county, month in
                let key = CountyMonth(county: SequenceWorld.counties[county], period: month)
                return governing[key] ?? policy == "sixty" ? 60 : 70
            }.check(place)
        }
    }

    /// Closing never deadlocks; no closed byte changed; every batch is proven; what files say adds up.
    private func finish() throws {
        for county in 0..<2 {
            while firstOpen(county) <= last {
                let before = closed.count
                try close(county, firstOpen(county))
                if closed.count == before { break }
                try check()
            }
        }
        guard looksAtFiles else { return }
        try office.run(reporting: true)
        for (month, files) in closed.sorted(by: { $0.key < $1.key }) {
            #expect(!files.isEmpty, "\(place): \(month)")
            #expect(office.digests(month) == files, "\(place): \(month) changed")
        }
        log.append("verify")
        let verify = VerifyStage(try office.context())
        for batch in try verify.batches() {
            let result = try verify.verify(batch.id)
            #expect(result.isProven, "\(place): \(batch.id): \(result.problems.map(\.en))")
        }
        log.append("explain")
        try SequenceFiles(office).check(closed.keys.sorted(), place)
    }
}
