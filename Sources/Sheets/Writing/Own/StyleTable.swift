import Tables

/// The styles of a workbook: one format for each that occurs, made when it occurs first.
struct StyleTable: ~Copyable {
    private var indexes: [ReportStyle: Int] = [:]
    private var fonts = Vocabulary()
    private var fills = Vocabulary()
    private var borders = Vocabulary()
    private var codes: [String: Int] = [:]
    private var formats = PartBytes()
    private var count = 1
    /// The style asked for last: cells that follow each other often look alike.
    private var last: (style: ReportStyle, index: Int)?

    init() {
        _ = fonts.index { $0.add("<font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>") }
        _ = fills.index { $0.add("<fill><patternFill patternType=\"none\"/></fill>") }
        _ = fills.index { $0.add("<fill><patternFill patternType=\"gray125\"/></fill>") }
        _ = borders.index { $0.add("<border><left/><right/><top/><bottom/><diagonal/></border>") }
    }

    /// The number of a style's format.
    mutating func index(_ style: ReportStyle) -> Int {
        if let last, last.style == style { return last.index }
        let index = indexes[style] ?? add(style)
        last = (style, index)
        return index
    }

    private mutating func add(_ style: ReportStyle) -> Int {
        let code = style.numberFormat == .general ? 0 : codeNumber(style.numberFormat.code)
        let font = fonts.index { StyleTable.write(fontOf: style, &$0) }
        let fill = style.fill.map { color in
            fills.index {
                $0.add("<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF")
                $0.add(color: color)
                $0.add("\"/><bgColor indexed=\"64\"/></patternFill></fill>")
            }
        }
        let border = style.border == .none ? 0 : borders.index { StyleTable.write(style.border, &$0) }
        formats.add("<xf numFmtId=\"")
        formats.add(code)
        formats.add("\" fontId=\"")
        formats.add(font)
        formats.add("\" fillId=\"")
        formats.add(fill ?? 0)
        formats.add("\" borderId=\"")
        formats.add(border)
        formats.add("\" xfId=\"0\"")
        if code != 0 { formats.add(" applyNumberFormat=\"1\"") }
        formats.add(" applyFont=\"1\"")
        if fill != nil { formats.add(" applyFill=\"1\"") }
        if border != 0 { formats.add(" applyBorder=\"1\"") }
        formats.add(" applyAlignment=\"1\"")
        if style.isUnlocked { formats.add(" applyProtection=\"1\"") }
        formats.add(">")
        writeAlignment(style)
        if style.isUnlocked { formats.add("<protection locked=\"0\"/>") }
        formats.add("</xf>")
        let index = count
        count += 1
        indexes[style] = index
        return index
    }

    private mutating func codeNumber(_ code: String) -> Int {
        if let number = codes[code] { return number }
        // The first number that is no format of every spreadsheet program's own.
        let number = 164 + codes.count
        codes[code] = number
        return number
    }

    private static func write(fontOf style: ReportStyle, _ xml: inout PartBytes) {
        xml.add("<font>")
        if style.isBold { xml.add("<b/>") }
        if style.isItalic { xml.add("<i/>") }
        if style.isUnderlined { xml.add("<u/>") }
        xml.add("<sz val=\"")
        xml.add(style.size)
        xml.add("\"/>")
        if let color = style.color {
            xml.add("<color rgb=\"FF")
            xml.add(color: color)
            xml.add("\"/>")
        }
        xml.add("<name val=\"")
        xml.add(text: style.font.rawValue)
        xml.add("\"/><family val=\"2\"/></font>")
    }

    private static func write(_ border: ReportStyle.Border, _ xml: inout PartBytes) {
        switch border {
        case .thin:
            xml.add("<border><left style=\"thin\"><color auto=\"1\"/></left><right style=\"thin\"><color auto=\"1\"/>")
            xml.add("</right><top style=\"thin\"><color auto=\"1\"/></top><bottom style=\"thin\"><color auto=\"1\"/>")
            xml.add("</bottom><diagonal/></border>")
        case .bottom:
            xml.add("<border><left/><right/><top/><bottom style=\"thin\"><color auto=\"1\"/></bottom><diagonal/>")
            xml.add("</border>")
        case .none: break
        }
    }

    private mutating func writeAlignment(_ style: ReportStyle) {
        if style.horizontal == .general, style.vertical == .bottom, style.indent == 0, !style.wraps, !style.shrinks {
            return
        }
        var horizontal = style.horizontal
        // The file format indents from a side.
        if style.indent > 0, horizontal != .right { horizontal = .left }
        formats.add("<alignment")
        switch horizontal {
        case .general: break
        case .left: formats.add(" horizontal=\"left\"")
        case .center: formats.add(" horizontal=\"center\"")
        case .right: formats.add(" horizontal=\"right\"")
        }
        switch style.vertical {
        case .top: formats.add(" vertical=\"top\"")
        case .center: formats.add(" vertical=\"center\"")
        case .bottom: break
        }
        if style.indent > 0 {
            formats.add(" indent=\"")
            formats.add(min(style.indent, 250))
            formats.add("\"")
        }
        if style.wraps {
            formats.add(" wrapText=\"1\"")
        } else if style.shrinks {
            formats.add(" shrinkToFit=\"1\"")
        }
        formats.add("/>")
    }

    /// The part `xl/styles.xml`.
    func write(_ xml: inout PartBytes) {
        xml.add("<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">")
        if !codes.isEmpty {
            xml.add("<numFmts count=\"")
            xml.add(codes.count)
            xml.add("\">")
            for (code, number) in codes.sorted(by: { $0.value < $1.value }) {
                xml.add("<numFmt numFmtId=\"")
                xml.add(number)
                xml.add("\" formatCode=\"")
                xml.add(text: code)
                xml.add("\"/>")
            }
            xml.add("</numFmts>")
        }
        fonts.write("fonts", &xml)
        fills.write("fills", &xml)
        borders.write("borders", &xml)
        xml.add("<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>")
        xml.add("</cellStyleXfs><cellXfs count=\"")
        xml.add(count)
        xml.add("\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>")
        xml.add(formats.bytes)
        xml.add("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>")
        xml.add("</cellStyles></styleSheet>")
    }
}

/// Descriptions that formats share, each once, in the order of their first use.
private struct Vocabulary: ~Copyable {
    private var entries: [[UInt8]] = []
    private var scratch = PartBytes(room: 512)

    mutating func index(_ describe: (inout PartBytes) -> Void) -> Int {
        scratch.clear()
        describe(&scratch)
        let entry = [UInt8](scratch.bytes)
        if let index = entries.firstIndex(of: entry) { return index }
        entries.append(entry)
        return entries.count - 1
    }

    func write(_ name: StaticString, _ xml: inout PartBytes) {
        xml.add("<")
        xml.add(name)
        xml.add(" count=\"")
        xml.add(entries.count)
        xml.add("\">")
        for entry in entries { entry.withUnsafeBytes { xml.add($0) } }
        xml.add("</")
        xml.add(name)
        xml.add(">")
    }
}
