import Domain
import RunPage

/// Models of the page: one county of a few months, a province of a year.
enum SampleModels {
    /// A model by a name that is short enough to print.
    enum Name: String, CaseIterable, Sendable {
        case county, province, empty

        var model: RunPageModel {
            switch self {
            case .county: SampleModels.county
            case .province: SampleModels.province
            case .empty: SampleModels.empty
            }
        }
    }

    static let county = model(counties: 1, months: 3, townships: 19)
    static let province = model(counties: 40, months: 12, townships: 20)
    static let empty = RunPageModel(asOf: CivilDate(2018, 12, 5)!, policyName: "样例政策", programVersion: "1.0.0")

    static let problems = [
        RunPageModel.ProblemLine(
            code: .unknownForm, effect: .held, file: "其他/说明.xlsx", advice: "请使用下发的模板。"),
        RunPageModel.ProblemLine(
            code: .noDailyEvidence, effect: .held, period: Period("2018-11"), township: "碾伯镇",
            file: "考勤/碾伯镇.xlsx", place: "11月!C5:C9", count: 5, advice: "请补报逐日考勤。"),
        RunPageModel.ProblemLine(
            code: .unknownMark, effect: .excluded, period: Period("2018-11"), township: "高庙镇",
            file: "考勤/<高庙镇>.xlsx", place: "F7", advice: "请在图例中说明此符号。"),
    ]

    static func model(counties: Int, months: Int, townships: Int) -> RunPageModel {
        let places = (0..<counties).map { index in
            county(
                code: CountyCode("63\(20 + index / 10)\(index % 10)1")!, index: index, months: months,
                townships: townships)
        }
        return RunPageModel(
            asOf: CivilDate(2019, 1, 5)!, policyName: "青组字〔2018〕231号", programVersion: "1.0.0",
            sampleRates: ["乡镇工作补贴"], filesReceived: 32, filesRefused: 4, counties: places,
            rootFindings: [.init(code: .unknownForm, severity: .error, effect: .held, count: 2)],
            problems: counties == 1 ? problems : [],
            rootFiles: ["findings.csv", "datapackage.json", "metrics.prom"], years: [year(places)])
    }

    private static func county(code: CountyCode, index: Int, months: Int, townships: Int) -> RunPageModel.County {
        let name = "样例\(index)县"
        let folder = "\(code.text)-\(name)"
        let last = Period(year: 2018, month: 12)!
        let periods = (0..<months).map { Period(ordinal: last.ordinal - months + 1 + $0) }
        return RunPageModel.County(
            code: code, name: name, prefecture: "样例\(index / 8)市",
            months: periods.enumerated().map { month(folder, $1, seed: index * 7 + $0, townships: townships) },
            yearFiles: ["年度台账", "insurance", "work-funds", "discipline", "staffing", "visits", "care-visits"].map {
                "2018/\(folder)/\($0)-2018.csv"
            })
    }

    private static func month(_ folder: String, _ period: Period, seed: Int, townships: Int) -> RunPageModel.Month {
        let place = "\(period)/\(folder)"
        let names = (0..<townships).map { "第\($0)乡" }
        let states = names.enumerated().map { index, name -> RunPageModel.Township in
            switch (index + seed) % 9 {
            case 0: .init(name: name, state: .missing)
            case 1: .init(name: name, state: .awaited)
            case 2, 3, 4:
                .init(
                    name: name, state: .withFindings, standing: (index + seed) % 4, warnings: 1,
                    returnFile: "\(place)/townships/\(name)-问题反馈-\(period).xlsx")
            default: .init(name: name, state: .received)
            }
        }
        let units = (0..<30).map { unit in
            RunPageModel.UnitSum(
                name: "样例单位\(unit)局", paid: Fen(612_000 + unit * 6000), adjusted: unit == 3 ? Fen(-78_000) : .zero,
                heldRows: unit % 7 == 0 ? 1 : 0)
        }
        let batch = seed % 5 == 0 ? "ZC-\(folder.prefix(6))-\(period.compact)" : nil
        let bank = batch.map { batch in
            var bank = BankStanding(batch: batch)
            bank.issued = Fen(71_000)
            bank.paid = Fen(60_000)
            bank.returned = Fen(8_000)
            bank.dueAgain = Fen(5_000)
            bank.unpayable = Fen(3_000)
            return bank
        }
        return RunPageModel.Month(
            period: period, batch: batch, people: 118,
            paid: units.reduce(.zero) { $0 + $1.paid }, adjusted: Fen(-78_000), outstanding: Fen(6000), heldRows: 5,
            pending: Fen(780_000), townships: states, units: units,
            findings: [
                .init(code: .notOnRoster, severity: .error, effect: .held, count: 3),
                .init(code: .unknownMark, severity: .error, effect: .excluded, count: 4),
                .init(code: .idUpgraded, severity: .info, effect: .used, count: 2),
                .init(code: .missingSubmission, severity: .warning, effect: .none, count: 2),
            ],
            files: [
                "finance/生活补助发放表-\(period).xlsx", "finance/held-\(period).csv", "finance/manifest-\(period).json",
                "finance/payments-\(period).csv", "finance/bank-\(period).csv", "findings.csv",
            ].map { "\(place)/\($0)" }, bank: bank)
    }

    private static func year(_ counties: [RunPageModel.County]) -> RunPageModel.YearFigures {
        func tiers(_ scale: Int) -> [RunPageModel.Coverage.Tier] {
            [
                .init(name: "省级", planned: 12 * scale, done: 9 * scale),
                .init(name: "市级", planned: 35 * scale, done: 20 * scale),
                .init(name: "县级", planned: 71 * scale, done: 60 * scale),
            ]
        }
        let rows = counties.enumerated().map { index, county in
            RunPageModel.Coverage(
                level: .county, name: county.name, headcount: 118, trained: 60 + index, tiers: tiers(1),
                isReported: index % 9 != 3)
        }
        return RunPageModel.YearFigures(
            year: 2018,
            coverage: [
                .init(
                    level: .province, name: "样例省", headcount: 118 * counties.count, trained: 83 * counties.count,
                    tiers: tiers(counties.count))
            ] + rows,
            insurance: counties.map {
                .init(
                    county: $0.code, countyName: $0.name,
                    flags: [.init(name: "未参保", count: 3), .init(name: "保障中断", count: 1), .init(name: "即将到期", count: 7)])
            },
            measures: counties.enumerated().map { index, county in
                .init(
                    county: county.code, countyName: county.name,
                    cells: (1...10).map { measure in
                        .init(
                            open: measure == 9 && index % 3 == 0 ? nil : measure * 2 + index,
                            missing: measure >= 9 && index % 3 == 0 ? ["会议和谈心谈话"] : [])
                    })
            }, files: ["2018/province/培训覆盖汇总-2018.xlsx", "2018/province/training-coverage-2018.csv"])
    }
}
