import Domain
import Reports
import Rules
import Tables
import Testing

@Suite("Payments, held rows, findings, manifest")
struct PaymentsReportTests {
    let county = CountyCode("630202")
    let november = Period("2018-11")
    let october = Period("2018-10")

    private func line(
        _ name: String, unit: String = "乐都区教育局", origin: Period? = nil, halfDays: Int = 43, hardship: Fen? = nil,
        village: String = "柳湾村"
    ) throws -> PaymentLine {
        let county = try #require(county)
        let november = try #require(november)
        let person = try #require(ResidentID("63010219901225901X") ?? ResidentID("11010519491231002X"))
        return PaymentLine(
            county: county, period: november, originPeriod: origin ?? november, person: person, name: name,
            sendingUnit: unit, township: "高店镇", village: village, halfDays: HalfDays(halfDays),
            dailyRate: .yuan(60), livingStipend: Fen(halfDays * 3000), hardshipAllowance: hardship)
    }

    @Test("The headings are those of the specification, in its order")
    func headings() {
        let expected =
            "批次号,所属期,原所属期,县区代码,县区,派出单位编码,派出单位,姓名,身份证号,乡镇,村,开户行,银行账号,出勤天数,日标准,生活补助,"
            + "艰苦边远地区津贴,青海津贴,乡镇工作补贴,合计,资金来源,说明"
        #expect(PaymentsReport.schema().columns.map(\.name).joined(separator: ",") == expected)
        #expect(HeldReport.schema.columns.map(\.name).joined(separator: ",") == expected + ",原因,待核金额")
        #expect(
            FindingsReport.schema.columns.map(\.name).joined(separator: ",")
                == "代码,级别,影响,所属期,县区,乡镇,文件,工作表,单元格,姓名,身份证号,发现值,说明,处理建议")
    }

    @Test("A row whose total is 0 is left out, a missing rate is empty, rows stand by unit and name")
    func rows() throws {
        let lines = [
            try line("乙", unit: "丙局"), try line("甲", halfDays: 0), try line("丁", halfDays: 51, hardship: .zero),
            try line("戊", origin: october, halfDays: -26),
        ]
        let rows = PaymentsReport.table(lines, countyName: "乐都区").rows
        #expect(rows.map { $0[7] } == ["乙", "丁", "戊"])
        #expect(rows[1][13...20] == ["25.5", "60.00", "1530.00", "0.00", "", "", "1530.00", "派出单位公用经费"])
        #expect(rows[2][1...2] == ["2018-11", "2018-10"])
        #expect(rows[2][13] == "-13" && rows[2][19] == "-780.00")
    }

    @Test("A profile chooses columns, headings, numbers and the form of names")
    func profile() throws {
        let profile = ExportProfile(
            name: "bank", title: "", fileName: "{county}-{countyName}-{period}.csv", amounts: .groupedYuan,
            removesSpacesInNames: true,
            columns: [.init(.sequence), .init(.name), .init(.bankAccount, heading: "账号"), .init(.total, heading: "金额")])
        let table = PaymentsReport.table([try line("王 丽", halfDays: 43)], countyName: "乐都区", profile: profile)
        #expect(table.schema.columns.map(\.name) == ["序号", "姓名", "账号", "金额"])
        #expect(table.rows == [["1", "王丽", "", "1,290.00"]])
        let county = try #require(county)
        let november = try #require(november)
        #expect(
            profile.fileName(period: november, county: county, countyName: "乐都区", isClosed: true)
                == "630202-乐都区-2018-11.csv")
    }

    @Test(
        "Grouped amounts",
        arguments: [(0, "0.00"), (-78_000, "-780.00"), (100_000, "1,000.00"), (-123_456_789, "-1,234,567.89")])
    func grouped(_ fen: Int, _ text: String) { #expect(AmountText.grouped(Fen(fen)) == text) }

    @Test("A held row says why and how much hangs on it, and pays nothing")
    func held() throws {
        let county = try #require(county)
        let november = try #require(november)
        let held = HeldLine(
            county: county, period: november, personID: "", name: "史诚", sendingUnit: "", township: "中岭乡",
            village: "甘沟岭村", codes: [.notOnRoster, .totalMismatch], pendingAmount: .yuan(1380))
        let row = try #require(HeldReport.table([held], countyName: "乐都区").rows.first)
        #expect(row[0...2] == ["", "2018-11", "2018-11"])
        #expect(row[13...21].joined() == "")
        #expect(row[22...23] == ["not-on-roster;total-mismatch", "1380.00"])
    }

    @Test("Findings never show a personal number, wherever it was sent")
    func findings() throws {
        let county = try #require(county)
        let number = "11010519491231002X"
        let finding = Finding(
            .idInvalidHeld, period: november, county: county, township: "中岭乡", file: "考勤/\(number).xlsx",
            sheet: "张三\(number)", cell: CellAddress(row: 3, column: 2), person: "张三", personID: number,
            value: "1101051949123100", arguments: ["110105194912310025", "校验码不符"])
        let table = FindingsReport.table([finding, finding], countyNames: [county: "乐都区"])
        #expect(table.rows.count == 1)
        let row = try #require(table.rows.first)
        #expect(row[0...5] == ["id-invalid", "错误", "暂缓发放", "2018-11", "乐都区", "中岭乡"])
        #expect(row[8] == "C4" && row[10] == "110105********002X")
        #expect(!row.joined().contains("19491231"))
        let account = Finding(.bankAccountInvalid, county: county, value: "6228480", arguments: ["6228480"])
        let shown = try #require(FindingsReport.table([account], countyNames: [:]).rows.first)
        #expect(!shown.joined().contains("6228480") && shown[4] == "630202")
    }

    @Test("whom the filters of every bank's file leave out is unpayable; without filters, or without files, nobody is")
    func filters() throws {
        func paid(_ name: String, bank: String?, person: Int) throws -> PaymentLine {
            var line = try line(name)
            line.person = try #require(
                "0123456789X".lazy.compactMap { ResidentID("6302021980010190\(person)" + String($0)) }.first)
            line.bank = bank
            line.bankAccount = "62284800000000\(person)0000"
            return line
        }
        let lines = [
            try paid("甲", bank: "农业银行乐都支行", person: 1), try paid("乙", bank: nil, person: 2),
            try paid("丙", bank: "青海银行", person: 3), try paid("丁", bank: "建设银行", person: 4),
        ]
        func profile(_ name: String, _ banks: [String]) -> ExportProfile {
            ExportProfile(
                name: name, title: name, fileName: "\(name)-{period}.csv",
                columns: [.init(.name), .init(.bankAccount), .init(.total)], isNetted: true,
                filters: banks.isEmpty ? [] : [ExportProfile.Filter(field: .bank, texts: banks)])
        }
        func bank(_ profiles: [ExportProfile]) -> BankLines {
            PaymentsReport.bank(lines, standing: AccountStanding(), countyName: "乐都区", profiles: profiles)
        }
        let two = bank([.standard, profile("abc", ["农业银行"]), profile("ccb", ["建设银行"])])
        #expect(Set(two.payable.map(\.name)) == ["甲", "丁"])
        #expect(Set(two.unpayable.map(\.name)) == ["乙", "丙"])
        #expect(two.unpayable.allSatisfy { $0.obstacle == .noFile })
        #expect(two.payableTotal + two.unpayableTotal == lines.reduce(.zero) { $0 + $1.total })
        #expect(bank([.standard, profile("abc", ["农业银行"]), profile("rest", [])]).unpayable.isEmpty)
        #expect(bank([.standard]).unpayable.isEmpty)

        // Whatever the files would take and in whatever order they are named, a line goes to one bank; files of all
        // that no other took are one list in several forms.
        let overlapping = [
            .standard, profile("all", []), profile("again", []), profile("abc", ["农业"]), profile("b", ["银行"]),
        ]
        let files = PaymentsReport.netFiles(bank(overlapping).payable, countyName: "乐都区", profiles: overlapping)
        #expect(files.map { $0.map(\.name) } == [[], ["乙"], ["乙"], ["甲"], ["丁", "丙"]])
    }

    @Test("The manifest's totals are those of the payments, and its text repeats")
    func manifest() throws {
        let county = try #require(county)
        let november = try #require(november)
        let digest = FileDigest(path: "a", sha256: "00", sizeBytes: 3)
        let lines = [try line("甲"), try line("乙", origin: october, halfDays: -3), try line("丙", halfDays: 0)]
        let manifest = ManifestReport(
            period: november, county: county, countyName: "乐都区", batch: nil, lines: lines, held: [],
            bank: BankLines(lines, standing: AccountStanding()),
            financeFiles: [digest, FileDigest(path: "\"\\\u{1}", sha256: "01", sizeBytes: 4)], sourceFiles: [],
            policyFile: digest, programVersion: "1.0")
        let text = manifest.text
        #expect(text == manifest.text)
        for part in [
            "\"rows\": 2,", "\"days\": 20,", "\"totalFen\": 120000,", "\"totalYuan\": \"1200.00\"", "\"batch\": null",
            "\"path\": \"\\\"\\\\\\u0001\"",
        ] { #expect(text.contains(part), "\(part)") }
    }
}
