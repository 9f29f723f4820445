import Domain

/// A pipeline file: where a run reads and writes, and with which data. Paths as written in the file.
public struct PipelineFile: Hashable, Sendable {
    /// Relative to the folder in which the program was started.
    public var inbox = "inbox"
    public var ledger = "ledger/zhucun.sqlite"
    public var output = "output"
    /// Relative to the folder of the pipeline file.
    public var policy = "policy/qinghai-2018-231.yaml"
    public var forms = "forms"
    public var regions = "regions/qinghai.yaml"
    /// Export profiles of the payment CSV, by name of their file in `exports/`; the first is `payments`.
    public var exports = ["default", "bank"]
    public var exportFolder = "exports"
    /// Fixed as-of date, for demonstrations; nil is today in Asia/Shanghai.
    public var asOf: CivilDate?
    /// Who may say what, and from which inbox folders.
    public var authority = Authority()
    /// Limits by name; names are those of `ReadingLimits`.
    public var limits: [String: Int] = [:]
    /// Who is expected to send; nil where nothing is.
    public var expectations: Expectations?
    /// `province: {key: FILE}`: the county hands extracts to its province; relative to the folder of the pipeline file.
    public var provinceKey: String?

    public init() {}

    /// Names a limit may have.
    public static let limitNames = [
        "fileBytesMax", "partBytesMax", "totalBytesMax", "ratioMax", "ratioFloorBytes", "rowsMax", "columnsMax",
        "cellsMax", "textBytesMax", "sheetsMax", "mergesMax", "entriesMax",
    ]

    /// Reads the text of a pipeline file; `file` only names it in errors.
    public static func parse(_ text: String, file: String) throws(SettingsFileError) -> PipelineFile {
        var pipeline = PipelineFile()
        let root = try StrictYAML.root(of: text, file: file)
        let fields = try root.fields(
            required: [],
            optional: [
                "inbox", "ledger", "output", "policy", "forms", "regions", "exports", "exportFolder", "asOf", "limits",
                "authority",
                "expectations", "province",
            ])
        pipeline.inbox = try fields["inbox"]?.text() ?? pipeline.inbox
        pipeline.ledger = try fields["ledger"]?.text() ?? pipeline.ledger
        pipeline.output = try fields["output"]?.text() ?? pipeline.output
        pipeline.policy = try fields["policy"]?.text() ?? pipeline.policy
        pipeline.forms = try fields["forms"]?.text() ?? pipeline.forms
        pipeline.regions = try fields["regions"]?.text() ?? pipeline.regions
        pipeline.exportFolder = try fields["exportFolder"]?.text() ?? pipeline.exportFolder
        if let asOf = fields["asOf"] {
            guard let date = CivilDate(iso: try asOf.text()) else {
                throw asOf.refuse(zh: "应为 yyyy-mm-dd", en: "yyyy-mm-dd expected")
            }
            pipeline.asOf = date
        }
        if let exports = fields["exports"] {
            pipeline.exports = []
            for item in try exports.items() { pipeline.exports.append(try item.text()) }
            if pipeline.exports.isEmpty { throw exports.refuse(zh: "至少要有一个导出格式", en: "needs one profile at least") }
        }
        if let authority = fields["authority"] { pipeline.authority = try Authority(authority) }
        if let expectations = fields["expectations"] {
            pipeline.expectations = try PipelineFile.expectations(expectations)
        }
        if let province = fields["province"] {
            pipeline.provinceKey = try province.fields(required: ["key"], optional: [])["key"]?.text()
        }
        if let limits = fields["limits"] {
            for (name, value) in try limits.entries() {
                guard limitNames.contains(name) else { throw value.refuseUnknownKey(known: limitNames.sorted()) }
                guard let number = Int(try value.text()), number > 0 else {
                    throw value.refuse(zh: "应为正整数", en: "a positive whole number expected")
                }
                pipeline.limits[name] = number
            }
        }
        return pipeline
    }

    /// `{from: 2018-10, day: 5, counties: [630202]}`
    private static func expectations(_ node: StrictYAML) throws(SettingsFileError) -> Expectations {
        let fields = try node.fields(required: ["from", "day", "counties"], optional: [])
        guard let from = fields["from"], let day = fields["day"], let list = fields["counties"] else {
            throw node.refuse(zh: "缺少 from、day 或 counties", en: "from, day or counties is missing")
        }
        guard let period = Period(try from.text()) else { throw from.refuse(zh: "应为 yyyy-mm", en: "yyyy-mm expected") }
        guard let number = Int(try day.text()), (1...28).contains(number) else {
            throw day.refuse(zh: "应为 1 至 28 的整数", en: "a whole number of 1 to 28 expected")
        }
        var counties: [CountyCode] = []
        for item in try list.items() {
            guard let county = CountyCode(try item.text()) else {
                throw item.refuse(zh: "应为六位县区代码", en: "a county code of six digits expected")
            }
            counties.append(county)
        }
        return Expectations(from: period, day: number, counties: counties)
    }
}
