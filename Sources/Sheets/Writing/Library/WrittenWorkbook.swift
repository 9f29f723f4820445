import Tables

/// Reads a workbook back before it gets its name: the container is whole, every part has its checksum and is
/// well-formed, every sheet is there. Source: spec §9.
enum WrittenWorkbook {
    /// - Throws: `ReportWriteError.workbook`, naming the part.
    static func check(_ bytes: [UInt8], of workbook: ReportWorkbook) throws(ReportWriteError) {
        do throws(WorkbookRefusal) {
            var refusal: WorkbookRefusal?
            bytes.withUnsafeBytes { raw in
                do throws(WorkbookRefusal) { try read(raw, sheets: workbook.sheets.count) } catch { refusal = error }
            }
            if let refusal { throw refusal }
        } catch {
            throw failure(workbook, "does not read back: \(error.arguments.joined(separator: " "))")
        }
    }

    private static func read(_ raw: UnsafeRawBufferPointer, sheets: Int) throws(WorkbookRefusal) {
        let container = try ZipContainer(raw, limits: limits)
        for name in ["[Content_Types].xml", "xl/workbook.xml"] where !container.has(name) {
            throw .damaged("缺少部件\(name)")
        }
        for number in 0..<sheets where !container.has("xl/worksheets/sheet\(number + 1).xml") {
            throw .damaged("缺少部件sheet\(number + 1)")
        }
        for name in container.names { try WellFormedPart(path: name).read(from: container) }
    }

    static func failure(_ workbook: ReportWorkbook, _ reason: String) -> ReportWriteError {
        .workbook(sheet: workbook.sheets.first?.name ?? "", part: "workbook", reason: reason)
    }

    /// What this program wrote may be as large as it is.
    private static let limits: ReadingLimits = {
        var limits = ReadingLimits()
        limits.partBytesMax = .max
        limits.totalBytesMax = .max
        limits.ratioFloorBytes = .max
        return limits
    }()
}

/// A part of which only the form matters.
private final class WellFormedPart: XMLPart {
    init(path: String) { super.init(path: path, root: nil, isOurs: true) }
}
