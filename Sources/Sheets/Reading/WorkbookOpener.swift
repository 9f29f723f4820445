import Domain
import Tables

/// The front door: decides by the content what a file is, never by its name, and has it read.
///
/// Source: spec §5.1.
public enum WorkbookOpener {
    /// Reads the file at that path.
    public static func open(
        path: String, limits: ReadingLimits = ReadingLimits()
    ) throws(WorkbookRefusal) -> Workbook {
        try open(bytes: SheetFile.bytes(path: path, limits: limits), limits: limits)
    }

    /// Reads a file's bytes, so that the caller can hash the same ones.
    public static func open(
        bytes: [UInt8], limits: ReadingLimits = ReadingLimits()
    ) throws(WorkbookRefusal) -> Workbook {
        try bytes.withUnsafeBufferPointer { buffer throws(WorkbookRefusal) in
            try open(UnsafeRawBufferPointer(buffer), limits: limits)
        }
    }

    /// Reads a file's bytes in place.
    ///
    /// Throws: why the whole file is refused; a file is never used in part.
    public static func open(
        _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits = ReadingLimits()
    ) throws(WorkbookRefusal) -> Workbook {
        guard bytes.count <= limits.fileBytesMax else {
            throw .tooLarge("文件超过\(limits.fileBytesMax >> 20)兆字节")
        }
        return switch try FileContent(bytes) {
        case .zip: try XLSXReader.read(bytes, limits: limits)
        case .compound, .bareStream: try XLSReader.read(bytes, limits: limits)
        case .text: try TextReader.read(bytes, limits: limits)
        }
    }
}
