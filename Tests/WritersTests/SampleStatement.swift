import Domain
import Reports
import Tables

/// A made-up county month: units × people, allowances for some, adjustments, held and outstanding rows.
enum SampleStatement {
    static func lines(units: Int, people: Int) -> [PaymentLine] {
        guard let county = CountyCode("630202"), let period = Period("2018-11"), let earlier = Period("2018-10") else {
            return []
        }
        var lines: [PaymentLine] = []
        for index in 0..<people {
            let unit = index % units
            let days = HalfDays(20 + index * 7 % 31)
            lines.append(
                PaymentLine(
                    county: county, period: period, originPeriod: period, person: id(index), name: name(index),
                    unitCode: "D\(100 + unit)", sendingUnit: unitName(unit), township: township(index),
                    village: "柳湾\(index % 9)村", bank: "农业银行", bankAccount: "62284806300000000\(10 + index % 90)",
                    halfDays: days, dailyRate: Fen.yuan(60), livingStipend: Fen(days.count * 3000),
                    hardshipAllowance: index % 3 == 0 ? Fen.yuan(345) : nil, qinghaiAllowance: Fen(45_111),
                    townshipSubsidy: Fen.yuan(200)))
            if index % 25 == 3 {
                let back = index % 2 == 0 ? 5 : -26
                lines.append(
                    PaymentLine(
                        county: county, period: period, originPeriod: earlier, person: id(index), name: name(index),
                        unitCode: "D\(100 + unit)", sendingUnit: unitName(unit), township: township(index),
                        village: "柳湾\(index % 9)村", bank: "农业银行", bankAccount: "62284806300000000\(10 + index % 90)",
                        halfDays: HalfDays(back), dailyRate: Fen.yuan(60), livingStipend: Fen(back * 3000),
                        note: "2018-10 更正"))
            }
        }
        return lines
    }

    static func statement(units: Int = 4, people: Int = 30) -> PaymentStatement? {
        guard let county = CountyCode("630202"), let period = Period("2018-11"), let earlier = Period("2018-10") else {
            return nil
        }
        let held = [
            HeldLine(
                county: county, period: period, personID: id(200).text, name: "史诚", unitCode: "D100",
                sendingUnit: unitName(0), township: "中岭乡", village: "甘沟岭村", codes: [.nameMismatch, .totalMismatch],
                pendingAmount: Fen.yuan(1380)),
            HeldLine(
                county: county, period: period, personID: "", name: "=1+1", sendingUnit: "", township: "中岭乡",
                village: "", codes: [.notOnRoster]),
        ]
        let owed = OutstandingLine(
            person: id(201), name: "才让卓玛", sendingUnit: unitName(1), township: "高店镇", village: "河滩寨村",
            originPeriod: earlier, amount: Fen.yuan(120))
        return PaymentStatement(
            county: county, countyName: "乐都区", period: period, batch: nil,
            lines: lines(units: units, people: people), held: held, outstanding: [owed],
            sampleRates: [.hardshipAllowance, .qinghaiAllowance, .townshipSubsidy])
    }

    static func id(_ number: Int) -> ResidentID {
        let digits = "6302021990101" + String(1000 + number).suffix(3) + "0"
        for check in "0123456789X" {
            if let id = ResidentID(String(digits) + "\(check)") { return id }
        }
        preconditionFailure("every 17 digits have a check character")
    }

    private static func name(_ index: Int) -> String {
        let surnames = Array("赵钱孙李周吴郑王冯陈")
        let given = ["多杰才旦", "文海", "春梅", "永福", "志远", "桂兰"]
        return index % 6 == 0 ? given[0] : "\(surnames[index % 10])\(given[index % 6])"
    }

    private static func unitName(_ unit: Int) -> String {
        ["乐都区教育局", "乐都区水利局", "海东市农牧和科技局", "青海省人民代表大会常务委员会办公厅机关服务中心"][unit % 4]
            + (unit < 4 ? "" : "第\(unit)中心")
    }

    private static func township(_ index: Int) -> String { ["瞿昙镇", "寿乐镇", "高店镇", "中岭乡"][index % 4] }
}
