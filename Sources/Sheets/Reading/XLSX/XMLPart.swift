import CLibXML2
import Domain
import Glibc

/// Bytes that the parser owns, valid during the call that hands them over.
typealias XMLBytes = UnsafeBufferPointer<UInt8>

/// The local name of an element.
struct XMLName {
    let start: UnsafePointer<UInt8>

    /// The first letter, by which hot paths choose.
    var first: UInt8 { start[0] }
    /// Whether the name is that one letter.
    var isOneLetter: Bool { start[1] == 0 }

    @inline(__always)
    static func == (name: XMLName, text: StaticString) -> Bool {
        strcmp(
            UnsafeRawPointer(name.start).assumingMemoryBound(to: CChar.self),
            UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
    }
}

/// The attributes of an element, in place.
struct XMLAttributes {
    let base: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    let count: Int

    /// Local name, whether a prefix stands before it, value.
    @inline(__always)
    func forEach(_ body: (XMLName, Bool, XMLBytes) -> Void) {
        guard let base else { return }
        for index in 0..<count {
            let slot = base + index * 5
            guard let name = slot[0], let start = slot[3], let end = slot[4] else { continue }
            body(XMLName(start: name), slot[1] != nil, XMLBytes(start: start, count: end - start))
        }
    }

    /// The value of the attribute of that local name without a prefix.
    func value(_ wanted: StaticString) -> XMLBytes? {
        var found: XMLBytes?
        forEach { name, hasPrefix, value in if !hasPrefix, name == wanted { found = value } }
        return found
    }

    func text(_ wanted: StaticString) -> String? { value(wanted).map { String(decoding: $0, as: UTF8.self) } }

    /// An XML Schema boolean; false where it is missing.
    func flag(_ wanted: StaticString) -> Bool { value(wanted).map(XMLAttributes.isTrue) ?? false }

    static func isTrue(_ value: XMLBytes) -> Bool {
        value.count == 1 ? value[0] == 0x31 : value.elementsEqual("true".utf8) || value.elementsEqual("on".utf8)
    }
}

/// One XML part being read. Subclasses take what they need; the first refusal stops the parser.
///
/// Namespaces are not compared: transitional and strict documents differ in nothing else that is read here.
/// The parser calls one handler after the other and none within another: stored properties that change with every
/// cell go without the check of overlapping access, which costs a tenth of the reading time.
class XMLPart {
    /// Why the part is refused; the parser stops at the first.
    @exclusivity(unchecked) private(set) var refusal: WorkbookRefusal?
    @exclusivity(unchecked) private var context: xmlParserCtxtPtr?
    @exclusivity(unchecked) private var depth = 0
    private let path: String
    private let root: StaticString?
    private let isOurs: Bool

    /// `root` is the element the part must consist of; nil for any. `isOurs`: this program wrote it, so that nothing in
    /// it is meant to hurt.
    init(path: String, root: StaticString?, isOurs: Bool = false) {
        self.path = path
        self.root = root
        self.isOurs = isOurs
    }

    func start(_ name: XMLName, _ attributes: XMLAttributes) {}
    func end(_ name: XMLName) {}
    func text(_ bytes: XMLBytes) {}

    final func refuse(_ reason: WorkbookRefusal) {
        guard refusal == nil else { return }
        refusal = reason
        xmlStopParser(context)
    }

    /// Runs a step that can refuse the file.
    final func attempt(_ step: () throws(WorkbookRefusal) -> Void) {
        guard refusal == nil else { return }
        do throws(WorkbookRefusal) { try step() } catch { refuse(error) }
    }

    /// Reads the whole part out of the container.
    final func read(from container: ZipContainer) throws(WorkbookRefusal) {
        _ = XMLPart.library
        var handler = XMLPart.handler
        let me = Unmanaged.passUnretained(self).toOpaque()
        guard let context = xmlCreatePushParserCtxt(&handler, me, nil, 0, nil) else {
            throw .damaged("内存不足")
        }
        self.context = context
        defer {
            self.context = nil
            xmlFreeParserCtxt(context)
        }
        let options =
            XML_PARSE_NOENT.rawValue | XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue
            | XML_PARSE_NOWARNING.rawValue
        xmlCtxtUseOptions(context, Int32(options))
        var wide: [UInt8]?
        var isFirst = true
        try container.read(path) { piece throws(WorkbookRefusal) in
            if isFirst, XMLPart.isUTF16(piece) { wide = [] }
            isFirst = false
            if wide != nil {
                wide?.append(contentsOf: piece)
            } else {
                try feed(piece)
            }
        }
        if let wide {
            // The declaration inside still says UTF-16.
            xmlCtxtUseOptions(context, Int32(options | XML_PARSE_IGNORE_ENC.rawValue))
            guard let narrow = UTF16Text.utf8(wide) else { throw .damaged("部件\(path)编码有误") }
            var failure: WorkbookRefusal?
            narrow.withUnsafeBytes { bytes in
                do throws(WorkbookRefusal) { try feed(bytes) } catch { failure = error }
            }
            if let failure { throw failure }
        }
        xmlParseChunk(context, nil, 0, 1)
        if let refusal { throw refusal }
        guard context.pointee.wellFormed != 0 else { throw .damaged("部件\(path)的XML有误") }
    }

    /// Equals signs since the last `<`, from the second piece on.
    private var equalsSigns = 0
    private static let equalsSignsMax = 2000
    private var isFirstPiece = true

    /// The parser compares every attribute of an element with every other one, which thousands of them make a hang.
    ///
    /// What fits into the first piece of 64 KiB cannot hurt. A text with so many equals signs is no cell of a form.
    private func checkAttributeCount(_ piece: UnsafeRawBufferPointer) throws(WorkbookRefusal) {
        defer { isFirstPiece = false }
        if isOurs || isFirstPiece && piece.count <= 1 << 16 { return }
        for byte in piece {
            if byte == 0x3C {
                equalsSigns = 0
            } else if byte == 0x3D {
                equalsSigns += 1
                if equalsSigns > XMLPart.equalsSignsMax { throw WorkbookRefusal(.fileBomb, "\(path)属性过多") }
            }
        }
    }

    private func feed(_ piece: UnsafeRawBufferPointer) throws(WorkbookRefusal) {
        try checkAttributeCount(piece)
        xmlParseChunk(context, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(piece.count), 0)
        if let refusal { throw refusal }
        guard let context, context.pointee.wellFormed != 0 else { throw .damaged("部件\(path)的XML有误") }
    }

    private static func isUTF16(_ piece: UnsafeRawBufferPointer) -> Bool {
        guard piece.count >= 2 else { return false }
        switch (piece[0], piece[1]) {
        case (0xFF, 0xFE), (0xFE, 0xFF), (0x3C, 0), (0, 0x3C): return true
        default: return false
        }
    }

    fileprivate final func startAny(_ name: XMLName, _ attributes: XMLAttributes) {
        guard refusal == nil else { return }
        if depth == 0, let root, !(name == root) {
            refuse(.damaged("部件\(path)不是\(root)"))
            return
        }
        depth += 1
        start(name, attributes)
    }

    fileprivate final func endAny(_ name: XMLName) {
        guard refusal == nil else { return }
        depth -= 1
        end(name)
    }

    fileprivate final func textAny(_ bytes: XMLBytes) {
        if refusal == nil { text(bytes) }
    }

    /// Must run before threads use the library.
    private static let library: Void = xmlInitParser()

    private static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { me, name, _, _, _, _, count, _, attributes in
            guard let me, let name else { return }
            part(me) { $0.startAny(XMLName(start: name), XMLAttributes(base: attributes, count: Int(count))) }
        }
        handler.endElementNs = { me, name, _, _ in
            guard let me, let name else { return }
            part(me) { $0.endAny(XMLName(start: name)) }
        }
        let characters: charactersSAXFunc = { me, start, count in
            guard let me, let start, count > 0 else { return }
            part(me) { $0.textAny(XMLBytes(start: start, count: Int(count))) }
        }
        handler.characters = characters
        handler.ignorableWhitespace = characters
        handler.cdataBlock = characters
        // No part of a workbook needs a document type; whoever sends one wants something else.
        handler.internalSubset = { me, _, _, _ in
            guard let me else { return }
            part(me) { $0.refuse(WorkbookRefusal(.fileExternalEntity)) }
        }
        return handler
    }
}

@inline(__always)
private func part(_ me: UnsafeMutableRawPointer, _ body: (XMLPart) -> Void) {
    Unmanaged<XMLPart>.fromOpaque(me)._withUnsafeGuaranteedRef(body)
}
