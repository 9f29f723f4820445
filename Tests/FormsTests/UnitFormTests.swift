import Domain
import Forms
import Tables
import Testing

@Suite("Forms of units, meetings and commendations")
struct UnitFormTests {
    private func read(_ text: String) -> WorkbookReading {
        TestForms.reader.read(Workbook(format: .xlsx, sheets: [Picture(text).grid]), path: "a.xlsx")
    }

    private func form(_ text: String) -> FormID? { read(text).sheets[0].form }

    @Test(
        "Each is known by its title, with the words people use",
        arguments: [
            (FormID.unitAssessment, "2019年度领导班子考核结果\n考核年度|单位名称|考核结果\n2019|农牧局|优秀"),
            (.accountabilityTalks, "派出单位约谈记录表\n约谈时间|被约谈单位|约谈部门|约谈原因\n2019-03-01|农牧局|组织部|脱岗"),
            (.meetings, "驻村工作例会登记表\n会议时间|会议类型|会议名称|参会人数\n2019-03-01|例会|一季度例会|20"),
            (.meetings, "谈心谈话登记表\n谈话时间|类型|谈话主题|谈话对象|身份证号\n2019-03-01|谈话|思想|潘映雪|632126197105059050"),
            (.unitSupport, "党员认亲帮户台账\n派出单位|类型|行政村|结对时间|认亲户数\n农牧局|认亲帮户|大庄村|2019-03-01|5"),
            (.unitSupport, "党组织结对共建台账\n单位|类型|村|日期\n农牧局|支部共建|大庄村|2019-03-01"),
            (.commendations, "先进集体表彰名单\n年度|级别|表彰类别|受表彰单位\n2019|县级|先进集体|农牧局"),
            (.commendations, "先进个人名单\n年度|级别|荣誉称号|姓名|身份证号\n2019|省级|优秀第一书记|潘映雪|632126197105059050"),
            (.pairing, "结对帮带台账\n类型|帮扶方|乡镇|村|开始日期\n企业结对|某公司|碾伯镇|大庄村|2019-03-01"),
            (.honours, "驻村干部表彰奖励登记表\n日期|姓名|身份证号|级别|荣誉\n2019-03-01|潘映雪|632126197105059050|省|优秀"),
            (.assessment, "驻村干部年度考核结果\n年度|姓名|身份证号|等次|单位\n2019|潘映雪|632126197105059050|优秀|农牧局"),
        ])
    func titles(_ id: FormID, _ text: String) {
        let reading = read(text)
        #expect(reading.sheets[0].form == id)
        #expect(reading.submitted.formRows.count == 1)
        #expect(TestForms.findings(reading) == [])
    }

    @Test("Values are read into their fields; choices into their canonical words")
    func values() throws {
        let talk = try #require(
            read(
                "会议和谈心谈话登记表\n日期|类型|乡镇|会议|参会人数|驻村干部人数\n2019.3.1|乡会议|碾伯镇|党委扩大会|20人|3"
            ).submitted.formRows.first)
        #expect(talk.text(.kind) == "乡镇会议" && talk.count(.attendees) == 20 && talk.count(.cadreCount) == 3)
        let support = try #require(
            read("认亲帮户台账\n单位|类型|村|日期|户数|人数\n农牧局|党员认亲|大庄村|2019-03-01|5|12").submitted.formRows.first)
        #expect(support.text(.kind) == "党员认亲")
        #expect(support.count(.households) == 5 && support.count(.peopleCount) == 12)
        let commended = try #require(
            read("表彰名单\n年度|级别|类别|姓名|单位\n2019|县|优秀队员|潘映雪|农牧局").submitted.formRows.first)
        #expect(commended.text(.commended) == "潘映雪")
        let incident = try #require(
            read(
                "医疗意外登记表\n姓名|身份证号|类型|因公|发生日期|总费用|救助金额\n潘映雪|632126197105059050|意外|是|2019-03-01|1000|200元"
            ).submitted.formRows.first)
        #expect(incident.amount(.relief) == .yuan(200))
    }

    @Test(
        "What the title tells is filled from it: year, type, level; its cell is the evidence",
        arguments: [
            ("化隆县2018年度县直单位领导班子考核等次表\n单位|等次\n农牧局|优秀", FieldID.year, "2018"),
            ("与驻村干部谈心谈话记录\n日期|内容|会议|姓名|身份证号\n2018-12-03|思想|谈话|潘映雪|632126197105059050", .kind, "谈心谈话"),
            ("2018年驻村工作受表彰单位\n级别|荣誉称号|单位\n县级|先进集体|农牧局", .year, "2018"),
            ("2019年县级先进个人表彰名单\n荣誉称号|姓名|身份证号\n优秀队员|潘映雪|632126197105059050", .level, "县"),
            ("服务队登记表\n单位|村|日期\n农牧局|大庄村|2019-03-01", .kind, "服务队"),
            ("县级任前培训人员名单\n培训班|开始日期|姓名|身份证号\n一期|2019-03-01|潘映雪|632126197105059050", .kind, "任前"),
        ])
    func toldByTitle(_ text: String, _ field: FieldID, _ value: String) throws {
        let reading = read(text)
        #expect(TestForms.findings(reading).filter { $0.code != .unreadCell } == [])
        let row = try #require(reading.submitted.formRows.first)
        #expect((row.text(field) ?? row.count(field).map { String($0) }) == value)
        #expect(row.fields[field]?.cell == CellAddress(row: 0, column: 0))
    }

    @Test(
        "A title that names several types, a date or a place tells none",
        arguments: [
            "会议、谈心谈话登记表\n日期|会议|参会人数\n2019-03-01|例会|20",
            "县直单位班子考核等次表（2018年12月3日报）\n单位|等次\n农牧局|优秀",
            "化隆县先进个人表彰名单\n年度|荣誉称号|姓名|身份证号\n2019|优秀队员|潘映雪|632126197105059050",
        ])
    func notTold(_ text: String) {
        #expect(TestForms.findings(read(text)).map(\.code) == [.missingColumn])
    }

    @Test("A list of commended units is no list of honours, whatever its title says of 表彰")
    func commendedUnits() {
        #expect(form("2018年驻村工作受表彰单位\n级别|荣誉称号|单位\n县级|先进集体|农牧局") == .commendations)
        #expect(form("2018年表彰奖励登记表\n日期|姓名|身份证号|级别|荣誉\n2018-03-01|潘映雪|632126197105059050|省|优秀") == .honours)
    }

    @Test("Without a title, headings decide; a sheet of people is never a sheet of units")
    func headings() {
        #expect(form("年度|单位|等次\n2019|农牧局|优秀") == .unitAssessment)
        #expect(form("年度|姓名|单位|等次\n2019|潘映雪|农牧局|优秀") == nil)
        #expect(form("年度|公民身份号码|单位|等次\n2019|632126197105059050|农牧局|优秀") == nil)
        #expect(
            form("年度|姓名|身份证号|单位|等次\n2019|潘映雪|632126197105059050|农牧局|优秀") == .assessment)
        #expect(form("日期|单位|约谈人\n2019-03-01|农牧局|组织部") == .accountabilityTalks)
        #expect(form("单位|类型|村|日期|户数\n农牧局|党员认亲|大庄村|2019-03-01|5") == .unitSupport)
    }

    @Test("Attendance stays attendance, whatever else its title names")
    func attendance() {
        let days = (1...30).map(String.init).joined(separator: "|")
        let marks = Array(repeating: "√", count: 30).joined(separator: "|")
        #expect(form("碾伯镇2018年11月驻村服务队考勤表\n姓名|\(days)\n潘映雪|\(marks)") == .attendance)
        #expect(form("碾伯镇2018年11月例会及驻村考勤表\n姓名|\(days)\n潘映雪|\(marks)") == .attendance)
    }
}
