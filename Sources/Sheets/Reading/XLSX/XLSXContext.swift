/// What all sheets of an .xlsx workbook share.
struct XLSXContext {
    var strings: [String] = []
    /// nil where the workbook has no styles at all.
    var formats: [NumberFormatKind]?
    /// Numbers of the styles that show of a date its month alone.
    var monthStyles: Set<Int> = []
    /// What styles show in place of numbers, by their number.
    var wordStyles: [Int: WordFormat] = [:]
    var dateSystem = DateSystem.from1900
}
