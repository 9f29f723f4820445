import Domain

/// A posting as a roster row says it.
public struct TestPosting: Sendable {
    public var name: String
    public var id: String
    public var unit: String
    public var township: String
    public var village: String
    public var start: String
    public var end: String
    public var account: String

    public init(
        _ name: String, _ id: ResidentID, unit: String = "乐都区财政局", township: String, village: String,
        start: String = "2018-01-01", end: String = "", account: String = "6228480000000000001"
    ) {
        self.name = name
        self.id = id.text
        self.unit = unit
        self.township = township
        self.village = village
        self.start = start
        self.end = end
        self.account = account
    }
}

/// A made-up county that renders its registers and attendance months as workbooks.
public struct TestCounty: Sendable {
    public var code: String
    public var name: String
    public var postings: [TestPosting]

    public init(code: String = "630202", name: String = "乐都区", postings: [TestPosting]) {
        self.code = code
        self.name = name
        self.postings = postings
    }

    /// Village register, unit register and roster into `folder`.
    public func writeRegisters(to folder: String) throws {
        var villages: [[TestWorkbook.Value]] = [["行政区划代码", "县(区)", "乡镇", "村", "贫困村"]]
        var seen: Set<String> = []
        for posting in postings where seen.insert(posting.township + posting.village).inserted {
            villages.append([
                .text(code + String(100_000 + seen.count)), .text(name), .text(posting.township),
                .text(posting.village), "是",
            ])
        }
        try TestWorkbook.write([("村", [["村名录"]] + villages)], to: folder + "/村名录.xlsx")
        let units = Set(postings.map(\.unit)).sorted()
        try TestWorkbook.write(
            [
                (
                    "单位",
                    [["派出单位名录"], ["单位编码", "单位", "层级"]]
                        + units.enumerated().map { [.text("D\(100 + $0.offset)"), .text($0.element), "县"] }
                )
            ], to: folder + "/派出单位名录.xlsx")
        try writeRoster(postings, to: folder + "/驻村干部花名册.xlsx")
    }

    /// A roster of these rows.
    public func writeRoster(_ postings: [TestPosting], to path: String) throws {
        let headings: [TestWorkbook.Value] = [
            "序号", "姓名", "身份证号", "派出单位", "职级", "驻村职务", "县(区)", "乡镇", "村", "驻村开始日期", "驻村结束日期", "开户行", "银行账号",
        ]
        let rows: [[TestWorkbook.Value]] = postings.enumerated().map { index, posting in
            [
                .number(index + 1), .init(posting.name), .init(posting.id), .init(posting.unit), "科员", "工作队员",
                .text(name), .init(posting.township), .init(posting.village), .init(posting.start),
                .init(posting.end), "农业银行", .init(posting.account),
            ]
        }
        try TestWorkbook.write([("花名册", [["驻村干部花名册"], headings] + rows)], to: path)
    }

    /// A row of an attendance grid.
    public struct Row: Sendable {
        public var name: String
        public var id: String
        public var village: String
        /// By day of the month; what is not named is blank.
        public var marks: [Int: String]

        public init(_ name: String, _ id: String, village: String, marks: [Int: String]) {
            self.name = name
            self.id = id
            self.village = village
            self.marks = marks
        }

        /// Present on these days.
        public init(_ posting: TestPosting, present days: some Sequence<Int>) {
            self.init(
                posting.name, posting.id, village: posting.village,
                marks: Dictionary(uniqueKeysWithValues: days.map { ($0, "√") }))
        }
    }

    /// A township's attendance workbook (layout A) of one month.
    public func writeAttendance(_ period: Period, township: String, _ rows: [Row], to path: String) throws {
        let title = name + township + period.chinese + "驻村干部考勤表"
        var headings: [TestWorkbook.Value] = ["序号", "姓名", "身份证号", "村"]
        for day in 1...period.dayCount { headings.append(.number(day)) }
        let body: [[TestWorkbook.Value]] = rows.enumerated().map { index, row in
            [.number(index + 1), .init(row.name), .init(row.id), .init(row.village)]
                + (1...period.dayCount).map { TestWorkbook.Value(row.marks[$0] ?? "") }
        }
        try TestWorkbook.write([("考勤", [[.text(title)], headings] + body)], to: path)
    }
}
