import Domain

/// A column that an export of payments can have.
public enum PaymentField: String, Hashable, Sendable, Codable, CaseIterable {
    /// 序号: 1, 2, 3 …
    case sequence
    case batch, period, originPeriod, countyCode, county, unitCode, sendingUnit, name, personID, township, village
    case bank, bankAccount, attendanceDays, dailyRate, livingStipend, hardshipAllowance, qinghaiAllowance
    case townshipSubsidy, total, fundingSource, note

    /// Its heading in the default export.
    public var chinese: String {
        switch self {
        case .sequence: "序号"
        case .batch: "批次号"
        case .period: "所属期"
        case .originPeriod: "原所属期"
        case .countyCode: "县区代码"
        case .county: "县区"
        case .unitCode: "派出单位编码"
        case .sendingUnit: "派出单位"
        case .name: "姓名"
        case .personID: "身份证号"
        case .township: "乡镇"
        case .village: "村"
        case .bank: "开户行"
        case .bankAccount: "银行账号"
        case .attendanceDays: "出勤天数"
        case .dailyRate: "日标准"
        case .livingStipend: "生活补助"
        case .hardshipAllowance: "艰苦边远地区津贴"
        case .qinghaiAllowance: "青海津贴"
        case .townshipSubsidy: "乡镇工作补贴"
        case .total: "合计"
        case .fundingSource: "资金来源"
        case .note: "说明"
        }
    }
}

/// How payments are exported to somebody else's system: columns, headings, encoding, numbers. Source: spec §9.
public struct ExportProfile: Hashable, Sendable {
    /// What a column holds.
    public enum Content: Hashable, Sendable {
        case field(PaymentField)
        /// The same text in every row: a purpose, a currency, a branch.
        case fixed(String)
    }

    public struct Column: Hashable, Sendable {
        public let content: Content
        public let heading: String
        /// In a CSV the cell ends with a tab: Excel and WPS then show long numbers as they are.
        public let isText: Bool

        public init(_ field: PaymentField, heading: String? = nil, isText: Bool = false) {
            content = .field(field)
            self.heading = heading ?? field.chinese
            self.isText = isText
        }

        public init(fixed text: String, heading: String, isText: Bool = false) {
            content = .fixed(text)
            self.heading = heading
            self.isText = isText
        }

        /// Nil for a fixed text.
        public var field: PaymentField? { if case .field(let field) = content { field } else { nil } }
    }

    /// Which lines an export takes: those whose field holds one of the texts.
    public struct Filter: Hashable, Sendable {
        public let field: PaymentField
        public let texts: [String]

        public init(field: PaymentField, texts: [String]) {
            self.field = field
            self.texts = texts
        }
    }

    /// The kind of file.
    public enum Format: String, Hashable, Sendable, CaseIterable { case csv, xlsx }

    /// How amounts of money are written.
    public enum AmountFormat: String, Hashable, Sendable, Codable, CaseIterable {
        /// `1320.00`
        case yuan
        /// `1,320.00`
        case groupedYuan
        /// `132000`
        case fen
    }

    /// ASCII: `default`, `bank`. Also the resource's name in the data package.
    public let name: String
    public let title: String
    /// With `{period}`, `{county}` (code) and `{countyName}`: `payments-{period}.csv`.
    public let fileName: String
    public let dialect: CSVDialect
    public let amounts: AmountFormat
    public let removesSpacesInNames: Bool
    public let columns: [Column]
    /// One positive net line a person and account: what a bank takes. Its file is a draft while the month is open.
    public let isNetted: Bool
    /// All of them must hold.
    public let filters: [Filter]
    /// What the line of totals is called; nil where there is none.
    public let totalsLabel: String?
    public let format: Format

    public init(
        name: String, title: String, fileName: String, dialect: CSVDialect = CSVDialect(),
        amounts: AmountFormat = .yuan, removesSpacesInNames: Bool = false, columns: [Column], isNetted: Bool = false,
        filters: [Filter] = [], totalsLabel: String? = nil, format: Format = .csv
    ) {
        self.name = name
        self.title = title
        self.fileName = fileName
        self.dialect = dialect
        self.amounts = amounts
        self.removesSpacesInNames = removesSpacesInNames
        self.columns = columns
        self.isNetted = isNetted
        self.filters = filters
        self.totalsLabel = totalsLabel
        self.format = format
    }

    /// The file's name for a county and month; a bank's file is called a draft until the month is closed.
    public func fileName(period: Period, county: CountyCode, countyName: String, isClosed: Bool) -> String {
        let name = TextTemplate.filled(
            fileName,
            [("{period}", period.description), ("{county}", county.text), ("{countyName}", countyName)])
        guard isNetted, !isClosed else { return name }
        guard let dot = name.lastIndex(of: ".") else { return name + "-草稿" }
        return name[..<dot] + "-草稿" + name[dot...]
    }

    /// The export of spec §9: all columns in its order. `pipelines/exports/default.yaml` says the same.
    public static let standard = ExportProfile(
        name: "payments", title: "生活补助发放明细", fileName: "payments-{period}.csv",
        columns: PaymentField.allCases.filter { $0 != .sequence }.map { Column($0) })

    /// What a net line has no value for: its days and parts are those of several lines.
    public static let unnettable: Set<PaymentField> = [
        .originPeriod, .township, .village, .attendanceDays, .dailyRate, .livingStipend, .hardshipAllowance,
        .qinghaiAllowance, .townshipSubsidy, .note,
    ]
}

/// Texts with places to fill in.
public enum TextTemplate {
    /// The template with each marker replaced; what was put in is not looked at again.
    public static func filled(_ template: String, _ values: [(marker: String, value: String)]) -> String {
        var result = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[open...]
            if let (marker, value) = values.first(where: { rest.hasPrefix($0.marker) }) {
                result += value
                rest = rest.dropFirst(marker.count)
            } else {
                result.append("{")
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }
}
