import CXlsxWriter
import Tables

/// The formats of a workbook: one for each style that occurs.
struct XLSXFormats {
    private let file: UnsafeMutablePointer<lxw_workbook>
    private var formats: [ReportStyle: UnsafeMutablePointer<lxw_format>] = [:]

    init(_ file: UnsafeMutablePointer<lxw_workbook>) { self.file = file }

    /// The format of a style, made on its first use; nil only when memory is out, which the library takes as plain.
    mutating func format(_ style: ReportStyle) -> UnsafeMutablePointer<lxw_format>? {
        if let format = formats[style] { return format }
        guard let format = workbook_add_format(file) else { return nil }
        format_set_font_name(format, style.font.rawValue)
        format_set_font_size(format, Double(style.size))
        if style.isBold { format_set_bold(format) }
        if style.isItalic { format_set_italic(format) }
        if style.isUnderlined { format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue)) }
        if let color = style.color { format_set_font_color(format, lxw_color_t(color)) }
        if let fill = style.fill {
            format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
            // For a solid fill the file format's foreground is the colour of the cell; the library swaps them.
            format_set_bg_color(format, lxw_color_t(fill))
        }
        switch style.border {
        case .none: break
        case .thin: format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
        case .bottom: format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        }
        switch style.horizontal {
        case .general: break
        case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
        case .center: format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
        case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
        }
        if style.indent > 0 { format_set_indent(format, UInt8(clamping: style.indent)) }
        switch style.vertical {
        case .top: format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        case .center: format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        case .bottom: format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_BOTTOM.rawValue))
        }
        if style.wraps { format_set_text_wrap(format) } else if style.shrinks { format_set_shrink(format) }
        if style.numberFormat.code != "General" { format_set_num_format(format, style.numberFormat.code) }
        if style.isUnlocked { format_set_unlocked(format) }
        formats[style] = format
        return format
    }
}
