import Domain
import Tables
import Testing

@testable import Sheets

/// The files of the folder `Fixtures`, which `make-fixtures.py` there wrote.
enum Fixture {
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return try SheetFile.bytes(path: "/\(folder)/Fixtures/\(name)")
    }

    static func workbook(_ name: String) throws -> Workbook { try WorkbookOpener.open(bytes: bytes(name)) }
}

/// Why a file is refused; nil where it is read.
func refusal(_ bytes: [UInt8], _ limits: ReadingLimits = ReadingLimits()) -> FindingReason? {
    do throws(WorkbookRefusal) {
        _ = try WorkbookOpener.open(bytes: bytes, limits: limits)
        return nil
    } catch {
        return error.reason
    }
}

extension CellGrid {
    /// `A1` → what `inspect --cells` shows.
    var shown: [String: String] {
        var result: [String: String] = [:]
        for row in rows {
            for cell in row.cells {
                result[CellAddress(row: row.index, column: cell.column).a1] = cell.value.display
            }
        }
        return result
    }

    func value(_ a1: String) -> CellValue? {
        CellAddress(a1: a1).flatMap { cell($0.row, $0.column)?.value }
    }
}

/// A generator whose numbers repeat from run to run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
