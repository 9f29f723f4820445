/// What all sheets of an .xlsx workbook share.
struct XLSXContext {
    var strings: [String] = []
    /// nil where the workbook has no styles at all.
    var formats: [NumberFormat]?
    var dateSystem = DateSystem.from1900
}
