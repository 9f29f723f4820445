import Domain
import Tables

/// What a number format makes of the numbers in its cells.
struct NumberFormat: Sendable {
    let kind: NumberFormatKind
    /// It shows of a date its year and month and no day.
    let showsMonth: Bool
    /// nil where every number is shown as one.
    let words: WordFormat?

    /// A format by its built-in number.
    init(builtIn id: Int) {
        kind = NumberFormatKind(builtIn: id)
        showsMonth = MonthFormat.isMonth(builtIn: id)
        words = nil
    }

    /// A format by its code.
    init(code: String) {
        kind = NumberFormatKind(code: code.utf8)
        showsMonth = MonthFormat.isMonth(code: code.utf8)
        words = WordFormat(code: code)
    }

    /// What a cell with a stored number says.
    func value(_ number: Double, _ dateSystem: DateSystem) -> CellValue {
        if let words = words?.shown(number) { return .text(words) }
        return dateSystem.value(serial: number, kind: kind)
    }
}
