import Domain

/// A span of days in one cell: `2018.5-2020.12`, `2018年5月1日至今`, `2018年5月起`. Source: spec §5.3.
struct SpanText: Equatable {
    var start: CivilDate
    /// Last day; nil while open.
    var end: CivilDate?

    /// Nil where the text is no span.
    static func read(_ text: String) -> SpanText? {
        let key = TextFolding.trimmed(TextFolding.halfWidth(text))
        guard (4...60).contains(key.utf8.count) else { return nil }
        for suffix in ["起至今", "以来", "开始", "起"] where key.hasSuffix(suffix) {
            return day(String(key.dropLast(suffix.count)), isEnd: false).map { SpanText(start: $0, end: nil) }
        }
        for separator in ["至", "到", "~", "～", "——", "—", "–", " - ", "-"] {
            let parts = key.split(separator: separator, omittingEmptySubsequences: false).map {
                TextFolding.trimmed(String($0))
            }
            guard parts.count == 2, let start = day(parts[0], isEnd: false) else { continue }
            if isOpenEnd(parts[1]) { return SpanText(start: start, end: nil) }
            guard let end = day(parts[1], isEnd: true, year: start.year), end >= start else { continue }
            return SpanText(start: start, end: end)
        }
        return nil
    }

    /// Whether a text says that an end has not come: 至今, 现在, 在岗.
    static func isOpenEnd(_ text: String) -> Bool {
        ["至今", "今", "现在", "目前", "至目前", "在岗", "在任", "在职", "长期", "未到期", "未定", "无"].contains(TextFolding.key(text))
    }

    /// What stands for an end that has not come.
    static let openEnd = "至今"

    /// Whether a text only leaves the end open: 未定, 无.
    static func isUntold(_ text: String) -> Bool { ["未定", "无"].contains(TextFolding.key(text)) }

    /// A day, or of a month alone its first or last.
    static func day(_ text: String, isEnd: Bool, year: Int? = nil) -> CivilDate? {
        guard let reading = DateText.read(text), let month = reading.month, let year = reading.year ?? year else {
            return nil
        }
        if reading.days.isEmpty {
            return isEnd ? Period(year: year, month: month)?.lastDay : CivilDate(year, month, 1)
        }
        return reading.days.count == 1 ? CivilDate(year, month, reading.days[0]) : nil
    }
}
