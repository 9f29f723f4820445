import Domain
import Tables
import Testing

@testable import Forms

@Suite("Registers")
struct RegisterTests {
    func read(_ picture: String, path: String = "其他/表.xlsx", sheet: String = "Sheet1") -> WorkbookReading {
        TestForms.reader.read(Workbook(format: .xlsx, sheets: [Picture(picture, name: sheet).grid]), path: path)
    }

    @Test(
        "A form is known by its title, between two that fit by its headings",
        arguments: [
            ("乐都区驻村干部表彰提拔情况", "日期|姓名|身份证号|级别|荣誉称号", FormID.honours),
            ("乐都区驻村干部表彰提拔情况", "日期|姓名|身份证号|类别|重要岗位", .promotions),
            ("2019年提拔任用统计表", "年度|县(区)|类别|总人数", .promotionTotals),
            ("五必访走访登记表", "日期|姓名|身份证号|情形|走访日期|走访人", .careEvents),
            ("联点领导五必访走访表", "日期|领导|层级|乡镇|村|协调事项", .leaderVisits),
            ("驻村干部医疗保险登记表", "姓名|身份证号|类型|因公|发生日期|总费用", .incidents),
            ("驻村干部意外保险登记表", "姓名|身份证号|保单号|保额|起保日期|终保日期", .insurance),
            ("村干部培训情况表", "培训班|级别|开始日期|姓名|身份证号", .training),
            ("抽查考勤情况表", "日期|方式|姓名|身份证号|村|结果", .spotChecks),
        ])
    func recognition(_ title: String, _ headings: String, _ form: FormID) {
        let reading = read("\(title)\n\(headings)")
        #expect(reading.sheets[0].form == form)
        #expect(reading.submitted.findings == [])
    }

    @Test("Without a title the headings decide")
    func untitled() {
        let reading = read(
            "姓名|证件号码|保险公司|保险单号|投保金额（万元）|生效日期|到期日期\n潘映雪|632126197105059050|人保|P1|10|2018-06-01|2019-05-31")
        #expect(reading.sheets[0].form == .insurance)
        #expect(reading.submitted.formRows.first?.amount(.sumInsured) == Fen.yuan(100_000))
        #expect(TestForms.findings(reading) == [])
    }

    @Test("A file that is no form is one error; a sheet beside a form is a hint; an empty sheet is nothing")
    func unknown() {
        let nothing = Picture("值班安排\n班次|领导|人员|电话\n一|李|张|1", name: "安排")
        let other = Picture("电话|地址\n1|2", name: "另")
        let form = Picture("县区名录\n代码|县(区)|市(州)|深度贫困地区贫困县\n630202|乐都区|海东市|否", name: "县")
        let alone = TestForms.reader.read(Workbook(format: .xlsx, sheets: [nothing.grid, other.grid]), path: "a.xlsx")
        #expect(TestForms.findings(alone).map(\.reason) == [.formUnknown])
        #expect(TestForms.findings(alone).first?.sheet == "安排")
        let beside = TestForms.reader.read(
            Workbook(format: .xlsx, sheets: [form.grid, nothing.grid, Picture(name: "空").grid]), path: "a.xlsx")
        #expect(TestForms.findings(beside).map(\.reason) == [.sheetUnknown])
        #expect(beside.submitted.formRows.count == 1)
        #expect(beside.submitted.formRows[0].flag(.deepPovertyCounty) == false)
    }

    @Test("A missing required column is named, and the sheet is not used")
    func missingColumn() {
        let reading = read("驻村干部保险登记表\n姓名|身份证号|保单号|保额|起保日期\n潘映雪|632126197105059050|P|100000|2018-06-01")
        #expect(TestForms.findings(reading).map(\.reason) == [.columnMissing])
        #expect(TestForms.findings(reading)[0].arguments.last == "终保日期")
        #expect(reading.submitted.formRows.isEmpty)
    }

    @Test("A roster without a required column beside its key is read: its rows wait for a list that has it")
    func lackingColumn() {
        let reading = read("乐都区碾伯镇驻村干部花名册\n姓名|身份证号|村|驻村开始日期|银行账号\n潘映雪|632126197105059050|大庄村|2018.5.2|622848")
        let rows = reading.submitted.formRows
        #expect(rows.map(\.isHeld) == [true] && rows.map(\.lacking) == [[.sendingUnit, .postingRole]])
        #expect(rows[0].text(.bankAccount) == "622848")
        let told = reading.sheets.flatMap(\.findings).map(\.reason)
        #expect(told == [.columnLacking, .columnLacking], "as far as the file tells")
        #expect(reading.submitted.findings.isEmpty, "whether it matters the registers tell")
        let nameless = read("乐都区碾伯镇驻村干部花名册\n身份证号|村|驻村开始日期|银行账号\n632126197105059050|大庄村|2018.5.2|622848")
        #expect(nameless.submitted.formRows.map(\.lacking) == [[.name, .sendingUnit, .postingRole]])
        let keyless = read("乐都区碾伯镇驻村干部花名册\n姓名|派出单位|驻村职务|村|驻村开始日期\n潘映雪|教育局|队员|大庄村|2018.5.2")
        #expect(keyless.submitted.formRows.isEmpty)
        #expect(keyless.submitted.findings.map(\.reason) == [.columnMissing])
    }

    @Test("County and township may stand in title or folder instead of a column")
    func placesFromContext() {
        let headings = "姓名|身份证号|派出单位|驻村职务|村|驻村开始日期\n潘映雪|632126197105059050|教育局|第一书记|大庄村|2018.5.2"
        #expect(TestForms.findings(read("乐都区碾伯镇驻村干部花名册\n\(headings)")) == [])
        #expect(TestForms.findings(read("驻村干部花名册\n\(headings)", path: "630202-乐都区/碾伯镇/a.xlsx")) == [])
        #expect(TestForms.findings(read("驻村干部花名册\n\(headings)")).map(\.reason) == [.columnMissing, .columnMissing])
    }

    @Test("All findings of a row are raised; a row with an unreadable required value is kept, held")
    func heldRows() {
        let reading = read(
            """
            驻村干部保险登记表
            序号|姓名|身份证号|保单号|保额(万元)|起保日期|终保日期|备注
            1|潘映雪|632126197105059050|P1|看合同|不详|2019-05-31|
            2|乔木森||P2|10|2018-06-01|2019-05-31|
            3|||||||
            合计|||||||
            注：保额按合同填写|||||||
            填表人：|||||||
            """)
        let rows = reading.submitted.formRows
        #expect(rows.map(\.isHeld) == [true, true])
        #expect(rows[0].findings.map(\.reason) == [.valueUnreadable, .valueUnreadable])
        #expect(rows[0].findings.map { $0.cell?.a1 } == ["E3", "F3"])
        #expect(rows[0].findings.map(\.person) == ["潘映雪", "潘映雪"])
        #expect(rows[1].findings.map(\.reason) == [.valueBlank])
        #expect(rows[1].findings[0].cell?.a1 == "C4")
    }

    @Test("Merged cells count for each row; two rows of headings are one")
    func merged() {
        let reading = read(
            """
            村名录
            县(区)|乡镇|村|贫困情况|<|薄弱村
            ^|^|^|贫困村|深度贫困村|^
            乐都区|碾伯镇|大庄村|是|否|√
            ^|^|柳湾村|有|×|
            """)
        let rows = reading.submitted.formRows
        #expect(rows.count == 2)
        #expect(
            rows.allSatisfy {
                $0.text(.township) == "碾伯镇" && $0.flag(.poorVillage) == true && $0.flag(.deepPovertyVillage) == false
            })
        #expect(rows.map { $0.flag(.weakVillage) } == [true, nil])
        #expect(TestForms.findings(reading) == [])
    }

    @Test("IDs and accounts are kept as sent; number cells are told")
    func identityNumbers() {
        let picture = Picture(
            "五必访登记表\n日期|姓名|身份证号|情形\n2018-11-01|潘映雪|632126197105059050|住院\n2018-11-01|乔木森|'632126196905059409|家庭困难")
        let reading = TestForms.reader.read(Workbook(format: .xls, sheets: [picture.grid]), path: "a.xls")
        #expect(reading.submitted.formRows.map { $0.fields[.residentID]?.isNumber } == [true, false])
        #expect(reading.submitted.formRows[1].text(.residentID) == "632126196905059409")
        #expect(reading.submitted.formRows[0].text(.situation) == "生病住院")
    }

    @Test(
        "Amounts are exact",
        arguments: [
            ("60", "", Fen(6000)), ("1,234.50", "", Fen(123_450)), ("１２００元", "", Fen.yuan(1200)),
            ("10万元", "", Fen.yuan(100_000)),
            ("10", "万元", Fen.yuan(100_000)), ("100000元", "万元", Fen.yuan(100_000)), ("0.5万", "", Fen.yuan(5000)),
            ("¥3,000.00", "", Fen.yuan(3000)),
            ("12.345", "", nil), ("12.340", "", Fen(1234)), ("12,34", "", nil), ("看合同", "", nil), ("1e5", "", nil),
            ("10.123456", "万元", Fen(10_123_456)),
            ("10.1234567", "万元", nil), ("-300", "", Fen.yuan(-300)),
        ])
    func amounts(_ text: String, _ note: String, _ expected: Fen?) {
        #expect(ValueReader.amount(.text(text), note: note) == expected)
    }

    @Test("A number's amount is its shortest decimal")
    func numberAmounts() {
        #expect(ValueReader.amount(.number(15000.5), note: "") == Fen(1_500_050))
        #expect(ValueReader.amount(.number(0.1 + 0.2), note: "") == nil)
        #expect(ValueReader.amount(.number(19.99), note: "") == Fen(1999))
    }

    @Test("至今 is a value of an end date, 无 says nothing; 清空 is no value of what a row is known by")
    func openEndsAndClearing() {
        func read(_ row: String) -> SubmittedWorkbook {
            TestForms.reader.read(
                Workbook(
                    format: .xlsx,
                    sheets: [
                        Picture(
                            "驻村干部花名册\n姓名|身份证号|派出单位|驻村职务|县(区)|乡镇|村|驻村开始日期|驻村结束日期\n" + row
                        ).grid
                    ]), path: "花名册.xlsx"
            ).submitted
        }
        let known = "王守成|630202198001011236|区财政局|第一书记|乐都区|碾伯镇|"
        let open = read(known + "大庄村|2018-01-01|至今").formRows[0]
        #expect(open.fields[.endDate]?.value == .text("至今") && !open.isHeld)
        #expect(read(known + "大庄村|2018-01-01|无").formRows[0].fields[.endDate] == nil)
        for stroke in ["/", "—", "－", "--"] {
            let row = read(known + "大庄村|2018-01-01|" + stroke).formRows[0]
            #expect(row.fields[.endDate] == nil && !row.isHeld && row.findings.isEmpty, "\(stroke)")
        }
        for role in ["原第一书记", "非第一书记", "前工作队长"] {
            let row = read("王守成|630202198001011236|区财政局|\(role)|乐都区|碾伯镇|大庄村|2018-01-01|").formRows[0]
            #expect(row.fields[.postingRole] == nil && row.findings.map(\.reason) == [.valueUnreadable], "\(role)")
        }
        let span = read(known + "大庄村|2018年5月至今|").formRows[0]
        #expect(span.date(.startDate)?.iso == "2018-05-01" && span.fields[.endDate]?.value == .text("至今"))
        let cleared = read(known + "清空|2018-01-01|").formRows[0]
        #expect(cleared.isHeld && cleared.findings.map(\.reason) == [.valueUnreadable])
        #expect(cleared.findings.map(\.cell?.a1) == ["G3"])
    }
}
