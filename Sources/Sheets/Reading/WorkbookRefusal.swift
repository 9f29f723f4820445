import Domain

/// Why a file is not read. A file is used whole or not at all.
///
/// Source: spec §5.1.
public struct WorkbookRefusal: Error, Hashable, Sendable {
    /// One of the catalogue's `file…` reasons.
    public let reason: FindingReason
    /// What the catalogue's text puts for `{0}`, …
    public let arguments: [String]

    public init(_ reason: FindingReason, _ arguments: String...) {
        self.reason = reason
        self.arguments = arguments
    }

    /// The finding about that file, whose path is relative to the inbox.
    public func finding(file: String) -> Finding { Finding(reason, file: file, arguments: arguments) }

    /// The container or one of its needed parts contradicts itself.
    static func damaged(_ detail: String) -> WorkbookRefusal { WorkbookRefusal(.fileDamagedContainer, detail) }

    /// A limit of the pipeline file is exceeded.
    static func tooLarge(_ detail: String) -> WorkbookRefusal { WorkbookRefusal(.fileTooLarge, detail) }

    /// A format that is known by name and not read.
    static func unsupported(_ name: String) -> WorkbookRefusal { WorkbookRefusal(.fileUnsupportedFormat, name) }
}
