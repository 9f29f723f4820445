import Domain

/// Sheets that look like attendance and are none: plans, records of machines and apps, the program's own files.
///
/// Source: spec §5.1; `pipelines/forms/notAttendance.yaml`.
public struct ForeignSheets: Sendable {
    /// A workbook or list of this program's, told by a title and headings that stand under it.
    public struct Own: Hashable, Sendable {
        /// Part of the title.
        public var title: String
        /// All of them stand on the sheet.
        public var headings: [String]

        public init(title: String, headings: [String]) {
            self.title = title
            self.headings = headings
        }
    }

    /// Words of plans in a title.
    public var plans: [String]
    /// Words that make a title with a plan's word a record's all the same.
    public var records: [String]
    /// Words of machines and apps in a title or sheet name.
    public var machines: [String]
    /// Headings that only machines and apps write.
    private let machineHeadings: Set<ByteText>
    /// Words of two characters that make any heading such a one: 上班打卡时间.
    private let machineParts: [String]
    public var own: [Own]

    public init(
        plans: [String] = [], records: [String] = [], machines: [String] = [], machineHeadings: [String] = [],
        own: [Own] = []
    ) {
        self.plans = plans.map(TextFolding.key)
        self.records = records.map(TextFolding.key)
        self.machines = machines.map(TextFolding.key)
        let headings = machineHeadings.map(TextFolding.key)
        self.machineHeadings = Set(headings.filter { $0.count > 2 }.map { ByteText($0) })
        machineParts = headings.filter { $0.count <= 2 }
        self.own = own
    }

    /// Whether a title is a plan's.
    func isPlan(_ titleKey: String) -> Bool {
        plans.contains { ByteText.contains(titleKey, $0) } && !records.contains { ByteText.contains(titleKey, $0) }
    }

    func isMachine(_ titleKey: String) -> Bool { machines.contains { ByteText.contains(titleKey, $0) } }

    func isMachineHeading(_ text: String) -> Bool {
        guard (6...45).contains(text.utf8.count) else { return false }
        return machineParts.contains { ByteText.contains(text, $0) }
            || machineHeadings.contains(ByteText(TextFolding.key(text)))
    }
}

/// Header lines of the CSV files that this program writes, as they are told again when they come back.
public struct OwnHeaders: Sendable {
    private let lines: Set<String>

    /// - Parameter headers: the headings of each file, in order.
    public init(_ headers: [[String]] = []) { lines = Set(headers.map { OwnHeaders.line($0) }) }

    /// Whatever separates them: a list with strokes is read as one cell.
    static func line(_ headings: [String]) -> String {
        headings.flatMap { $0.split { "|;,\t".contains($0) } }.map { TextFolding.key(String($0)) }.joined(
            separator: "|")
    }

    func contains(_ headings: [String]) -> Bool { lines.contains(OwnHeaders.line(headings)) }
}
