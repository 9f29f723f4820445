import Sheets

extension RunOptions {
    /// Limits of the pipeline file over the defaults.
    public var readingLimits: ReadingLimits { .over(limits) }
}

extension ReadingLimits {
    /// Limits by name over the defaults.
    static func over(_ limits: [String: Int]) -> ReadingLimits {
        var result = ReadingLimits()
        for (name, value) in limits {
            switch name {
            case "fileBytesMax": result.fileBytesMax = value
            case "partBytesMax": result.partBytesMax = value
            case "totalBytesMax": result.totalBytesMax = value
            case "ratioMax": result.ratioMax = value
            case "ratioFloorBytes": result.ratioFloorBytes = value
            case "rowsMax": result.rowsMax = value
            case "columnsMax": result.columnsMax = value
            case "cellsMax": result.cellsMax = value
            case "textBytesMax": result.textBytesMax = value
            case "sheetsMax": result.sheetsMax = value
            case "mergesMax": result.mergesMax = value
            case "entriesMax": result.entriesMax = value
            default: preconditionFailure("the pipeline file lets no other limit through")
            }
        }
        return result
    }
}
