import Codec
import Domain
import Forms
import Foundation
import Matching
import Rules
import Settings
import Sheets
import Tables

/// What is fed with bytes that nobody meant. Whatever they are, the answer is a value or a typed error: a trap, a hang
/// or memory without bound is the fault that is looked for.
enum FuzzTarget {
    typealias Feed = @Sendable ([UInt8]) -> Void
    /// What libFuzzer calls back: a C function that can hold nothing itself. Set once, before it runs.
    nonisolated(unsafe) static var chosen: Feed?

    static let all: [String: Feed] = [
        "container": { read($0) },
        "sheet": { read(StoredZip.workbook(sheet: $0)) },
        "biff": { read(SmallCompoundFile.bytes(workbook: $0)) },
        "csv": { read([0xEF, 0xBB, 0xBF] + $0) },
        "yaml": { settings(String(decoding: $0, as: UTF8.self)) },
        "extract": { bytes in
            _ = Result { try JSONDecoder().decode(CountyExtract.self, from: Data(bytes)) }
        },
        "blobs": { blobs($0) },
    ]

    /// As ingest does: the workbook, then what its sheets say.
    private static func read(_ bytes: [UInt8]) {
        _ = Result { try submitted(bytes) }
    }

    /// - Throws: `WorkbookRefusal` where the bytes are no workbook.
    static func submitted(_ bytes: [UInt8]) throws -> SubmittedWorkbook {
        let workbook = try WorkbookOpener.open(bytes: bytes, limits: limits)
        return reader.read(workbook, path: "630202-乐都区/碾伯镇2018年11月考勤表.xlsx").submitted
    }

    /// Small, so that a slow input is one that does too much for its size.
    private static let limits: ReadingLimits = {
        var limits = ReadingLimits()
        limits.partBytesMax = 1 << 20
        limits.totalBytesMax = 2 << 20
        limits.cellsMax = 20_000
        return limits
    }()

    static let reader: FormReader = {
        do {
            let root = ProcessInfo.processInfo.environment["ZHUCUN_HOME"] ?? "."
            let policy = try PolicyFile.policy(
                from: String(contentsOfFile: root + "/pipelines/policy/qinghai-2018-231.yaml", encoding: .utf8),
                file: "policy")
            return FormReader(
                forms: try FormFiles.load(folder: root + "/pipelines/forms"), marks: MarkTable(marks: policy.marks))
        } catch {
            preconditionFailure("the program's own files do not load: \(error)")
        }
    }()

    private static func settings(_ text: String) {
        _ = Result { try PolicyFile.policy(from: text, file: "fuzz") }
        _ = Result { try PipelineFile.parse(text, file: "fuzz") }
        _ = Result { try RegionFile.region(from: text, file: "fuzz") }
        _ = Result { try ExportProfileFile.profile(text, file: "fuzz") }
    }

    private static func blobs(_ bytes: [UInt8]) {
        _ = Result { try [FormRow](packed: bytes) }
        _ = Result { try AttendanceBlock(packed: bytes) }
        _ = Result { try MonthAttendance(packed: bytes) }
        _ = Result { try MonthAttendance.findings(packed: bytes) }
        _ = Result { try [Finding](packed: bytes) }
        _ = Result { try [RegisterEntry](packed: bytes) }
        _ = Result { try RecordCoder.record(CountyRecords.self, of: bytes) }
        _ = Result { try RecordCoder.record(MonthDecisions.self, of: bytes) }
    }
}
