import Domain
import Foundation
import Rules
import Settings
import Testing

/// The repository's root.
private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

private func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
}

private func day(_ iso: String) throws -> CivilDate { try #require(CivilDate(iso: iso)) }

/// A policy with one parameter of these values, which stand on line 5.
private func one(_ id: ParameterID, _ values: String) -> String {
    "policy: x\nparameters:\n  \(id.rawValue):\n    source: s\n    values: \(values)\n"
}

private func stipend(_ value: String) -> String { one(.livingStipendPerDay, "[{from: 2018-10-01, value: \(value)}]") }

/// Two values from these dates, on lines 6 and 7.
private func two(_ first: String, _ second: String) -> String {
    one(.barYears, "\n      - {from: \(first), value: 2}\n      - {from: \(second), value: 2}")
}

/// A rate table whose keys stand on line 6 and whose rows begin on line 7.
private func table(_ key: String, _ rows: String) -> String {
    "policy: x\nparameters: {}\nrateTables:\n  townshipSubsidy:\n    source: s\n    keys: [\(key)]\n    rows: \(rows)\n"
}

@Suite("The policy file")
struct PolicyFileTests {
    @Test("The shipped policy has every figure of the text and invents none")
    func shipped() throws {
        let policy = try PolicyFile.policy(from: text("pipelines/policy/qinghai-2018-231.yaml"), file: "shipped")
        let start = try day("2018-10-01")
        #expect(policy.name == "青组字〔2018〕231号")
        #expect(policy.money(.livingStipendPerDay, on: start)?.value == Fen(6000))
        #expect(policy.money(.livingStipendPerDay, on: start)?.source.text == "青组字〔2018〕231号 第5条")
        #expect(policy.money(.livingStipendPerDay, on: start.adding(days: -1)) == nil)
        #expect(policy.rateTables.isEmpty)
        #expect(policy.has(.minimumSumInsured) == false)
        #expect(policy.statuses(.payableStatuses, on: start)?.value == [.present])
        #expect(policy.shares(.trainingTierShares, on: start)?.value == [10, 30, 60])
        #expect(policy.marks[.absent] == ["×", "旷", "旷岗", "旷工", "缺", "脱岗"])
        for id in ParameterID.allCases where id != .minimumSumInsured {
            #expect(policy.value(id, on: start) != nil, "\(id.rawValue)")
        }
    }

    @Test("A parameter that the file leaves out has its clause's value; one that it has is never completed")
    func clauseValues() throws {
        let policy = try PolicyFile.policy(
            from: "policy: x\nparameters:\n  barYears: {source: s, values: [{from: 2019-01-01, value: 3}]}\n", file: "f"
        )
        #expect(policy.count(.barYears, on: try day("2019-01-01"))?.value == 3)
        #expect(policy.count(.barYears, on: try day("2018-12-31")) == nil)
        #expect(policy.count(.careVisitDays, on: try day("2018-12-31"))?.value == 7)
        #expect(policy.money(.livingStipendPerDay, on: try day("2019-01-01")) == nil)
        #expect(policy.marks[.present]?.contains("√") == true)
    }

    @Test("A value holds until the day before the next one, or to its own last day")
    func validity() throws {
        let policy = try PolicyFile.policy(
            from: """
                policy: x
                parameters:
                  livingStipendPerDay:
                    source: s
                    values:
                      - {from: 2018-10-01, to: 2018-12-31, value: 60.00}
                      - {from: 2019-02-01, value: 65}
                      - {from: 2019-03-01, value: 70.5}
                """, file: "f")
        func rate(_ iso: String) throws -> Int? {
            policy.money(.livingStipendPerDay, on: try day(iso))?.value.amount
        }
        #expect(try rate("2018-12-31") == 6000)
        #expect(try rate("2019-01-01") == nil)
        #expect(try rate("2019-01-31") == nil)
        #expect(try rate("2019-02-28") == 6500)
        #expect(try rate("2019-03-01") == 7050)
        #expect(policy.money(.livingStipendPerDay, on: try day("2019-02-01"))?.to == CivilDate(2019, 2, 28))
    }

    @Test(
        "What is not exact, not known or not in order is refused at its line and key",
        arguments: [
            ("policy: x\nparameters: {}\nrates: {}\n", 3, "rates"),
            ("policy: x\nparameters:\n  stipend: {source: s, values: []}\n", 3, "parameters.stipend"),
            (one(.barYears, "[{from: 2018-01-01, value: 2, until: 3}]"), 5, "parameters.barYears.values[0].until"),
            (one(.barYears, "[{from: 2018-13-01, value: 2}]"), 5, "parameters.barYears.values[0].from"),
            (one(.barYears, "[{from: 2018-01-01, value: 2.5}]"), 5, "parameters.barYears.values[0].value"),
            (one(.barYears, "[{from: 2019-01-01, to: 2018-12-31, value: 2}]"), 5, "parameters.barYears.values[0].to"),
            (two("2019-01-01", "2018-01-01"), 7, "parameters.barYears.values[1].from"),
            (two("2019-01-01", "2019-01-01"), 7, "parameters.barYears.values[1].from"),
            (two("2018-01-01, to: 2019-01-01", "2019-01-01"), 7, "parameters.barYears.values[1].from"),
            (stipend("60.005"), 5, "parameters.livingStipendPerDay.values[0].value"),
            (stipend("'60'"), 5, "parameters.livingStipendPerDay.values[0].value"),
            (stipend("6e1"), 5, "parameters.livingStipendPerDay.values[0].value"),
            (stipend("-60"), 5, "parameters.livingStipendPerDay.values[0].value"),
            (stipend("060"), 5, "parameters.livingStipendPerDay.values[0].value"),
            (stipend("~"), 5, "parameters.livingStipendPerDay.values[0].value"),
            (one(.halfDayValue, "[{from: 2018-10-01, value: 0.4}]"), 5, "parameters.halfDayValue.values[0].value"),
            (
                one(.acceptTotalsOnly, "[{from: 2019-01-01, value: 1}]"), 5,
                "parameters.acceptTotalsOnly.values[0].value"
            ),
            (
                one(.trainingTierShares, "[{from: 2019-01-01, value: [10, 30, 50]}]"), 5,
                "parameters.trainingTierShares.values[0].value"
            ),
            (
                one(.payableStatuses, "[{from: 2019-01-01, value: [presence]}]"), 5,
                "parameters.payableStatuses.values[0].value[0]"
            ),
            ("policy: x\nparameters: {}\nmarks:\n  present: [√]\n  absent: [√]\n", 5, "marks.absent[0]"),
            (table("village.class", "[]"), 6, "rateTables.townshipSubsidy.keys[0]"),
            (
                table("cadre.rank", "[{key: [a, b], from: 2018-01-01, value: 1}]"), 7,
                "rateTables.townshipSubsidy.rows[0].key"
            ),
            (
                table(
                    "cadre.rank",
                    "[{key: [a], from: 2018-02-01, value: 1},\n      {key: [a], from: 2018-01-01, value: 1}]"), 8,
                "rateTables.townshipSubsidy.rows[1].from"
            ),
            ("policy: x\nparameters: {}\nparameters: {}\n", 2, ""),
            ("policy: [x\n", 2, ""),
        ])
    func refused(_ text: String, _ line: Int, _ key: String) throws {
        let error = #expect(throws: SettingsFileError.self) { try PolicyFile.policy(from: text, file: "p.yaml") }
        #expect(error?.key == key)
        #expect(error?.line == line, "\(error?.message(.en) ?? "")")
        #expect(error?.message(.zh).hasPrefix("p.yaml:\(line)") == true)
    }

    @Test("What is in force on a day is listed with clause and validity, and what has no value is named")
    func lines() throws {
        let policy = try PolicyFile.policy(
            from: one(.barYears, "[{from: 2019-01-01, value: 3}]")
                + "rateTables:\n  townshipSubsidy:\n    source: s\n    keys: [cadre.rank]\n    rows: []\n", file: "f")
        let lines = policy.lines(on: try day("2019-01-01"))
        let bar = try #require(lines.first { $0.key == "barYears" })
        #expect(bar.value == "3" && bar.isStated && bar.source.text == "s")
        #expect(lines.first { $0.key == "careVisitDays" }?.isStated == false)
        #expect(policy.gaps(on: try day("2019-01-01")) == ["rateTables.townshipSubsidy"])
        #expect(policy.gaps(on: try day("2018-12-31")) == ["barYears", "rateTables.townshipSubsidy"])
    }

    @Test("An empty file is refused by name")
    func empty() {
        #expect(throws: SettingsFileError.self) { try PolicyFile.policy(from: "# nothing\n", file: "p.yaml") }
    }

    @Test(
        "The published sample rates load",
        .enabled(if: FileManager.default.fileExists(atPath: root.path + "/../shared/samples-year/policy-samples.yaml")))
    func samples() throws {
        let policy = try PolicyFile.policy(from: text("../shared/samples-year/policy-samples.yaml"), file: "samples")
        let table = try #require(policy.rateTables[.hardshipAllowance])
        #expect(table.rate([["二类"], ["科员"]], on: try day("2019-02-28"))?.value == Fen(20500))
        #expect(table.rate([["二类"], ["科员"]], on: try day("2019-03-01"))?.value == Fen(21550))
        #expect(table.rate([["四类"], ["科员"]], on: try day("2019-03-01")) == nil)
        #expect(policy.money(.minimumSumInsured, on: try day("2019-03-01"))?.value == Fen.yuan(200_000))
    }
}

@Suite("The region file")
struct RegionFileTests {
    @Test("Qinghai has 8 prefectures with 44 counties and 大柴旦, each under its own, and short names find them")
    func qinghai() throws {
        let region = try RegionFile.region(from: text("pipelines/regions/qinghai.yaml"), file: "qinghai.yaml")
        #expect(region.prefectures.count == 8)
        #expect(region.countyRecords.count == 45)
        #expect(region.county(named: "互助县")?.code.text == "630223")
        #expect(region.county(named: "乐都区")?.prefecture == "海东市")
        #expect(region.county(named: " 河南县 ")?.name == "河南蒙古族自治县")
        #expect(region.county(named: "无此县") == nil)
        #expect(region.prefecture(named: "海西州")?.name == "海西蒙古族藏族自治州")
    }

    @Test("A code outside its prefecture is refused")
    func wrongPrefecture() {
        #expect(throws: SettingsFileError.self) {
            try RegionFile.region(
                from: """
                    province: {code: '630000', name: 省}
                    prefectures:
                      - {code: '630100', name: 市, counties: [{code: '630201', name: 县}]}
                    """, file: "r.yaml")
        }
    }
}
