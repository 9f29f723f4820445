import Domain

/// Reads character arrays that run over from a record into the CONTINUE records behind it.
///
/// At each such seam inside the characters of one text a new flag byte says whether the rest has one byte a character
/// or two. Source: [MS-XLS] 2.5.293 XLUnicodeRichExtendedString, 2.4.58 Continue.
struct BIFFText {
    private var piece: LittleEndian
    private var offset: Int
    private var records: BIFFRecords
    private let bytesMax: Int
    private var utf8: [UInt8] = []

    /// Begins in the body of a record; `records` stands behind it.
    init(_ body: LittleEndian, at offset: Int, continuedIn records: BIFFRecords, bytesMax: Int) {
        piece = body
        self.offset = offset
        self.records = records
        self.bytesMax = bytesMax
    }

    private static var damaged: WorkbookRefusal { .damaged("文字记录不完整") }

    /// Goes on in the next CONTINUE record.
    private mutating func nextPiece() throws(WorkbookRefusal) {
        guard records.nextKind == BIFFKind.continuation, let record = try records.next() else { throw BIFFText.damaged }
        piece = record.body
        offset = 0
    }

    /// How many bytes are left, continuations not counted.
    private var left: Int { piece.count - offset }

    /// A number that may stand at the very start of a continuation, but not across a seam.
    private mutating func number(_ width: Int) throws(WorkbookRefusal) -> Int {
        while left == 0 { try nextPiece() }
        let value =
            switch width {
            case 1: piece.u8(offset)
            case 2: piece.u16(offset)
            default: piece.u32(offset)
            }
        guard let value else { throw BIFFText.damaged }
        offset += width
        return value
    }

    /// A text whose length stands before it, formatting runs and phonetic data passed over.
    mutating func text() throws(WorkbookRefusal) -> String {
        let count = try number(2)
        let flags = try number(1)
        let runs = flags & 0x08 != 0 ? try number(2) : 0
        let extra = flags & 0x04 != 0 ? try number(4) : 0
        let result = try characters(count, isWide: flags & 0x01 != 0)
        try skip(runs * 4 + extra)
        return result
    }

    private mutating func characters(_ count: Int, isWide: Bool) throws(WorkbookRefusal) -> String {
        utf8.removeAll(keepingCapacity: true)
        var isWide = isWide
        var high: UInt32?
        var done = 0
        while done < count {
            if left == 0 {
                try nextPiece()
                isWide = try number(1) & 0x01 != 0
                continue
            }
            let take = min(count - done, isWide ? left / 2 : left)
            guard take > 0 else { throw BIFFText.damaged }
            for index in 0..<take {
                let unit = isWide ? piece.u16(offset + index * 2) : piece.u8(offset + index)
                append(UInt32(unit ?? 0), after: &high)
            }
            offset += isWide ? take * 2 : take
            done += take
        }
        if high != nil { UTF16Text.append(0xFFFD, to: &utf8) }
        guard utf8.count <= bytesMax else { throw .tooLarge("单元格文字过长") }
        return String(decoding: utf8, as: UTF8.self)
    }

    /// Half a character without its other half becomes U+FFFD, as everywhere.
    @inline(__always)
    private mutating func append(_ unit: UInt32, after high: inout UInt32?) {
        if let lead = high {
            high = nil
            if unit & 0xFC00 == 0xDC00 {
                UTF16Text.append(0x10000 + (lead - 0xD800) << 10 + (unit - 0xDC00), to: &utf8)
                return
            }
            UTF16Text.append(0xFFFD, to: &utf8)
        }
        switch unit & 0xFC00 {
        case 0xD800: high = unit
        case 0xDC00: UTF16Text.append(0xFFFD, to: &utf8)
        default: UTF16Text.append(unit, to: &utf8)
        }
    }

    private mutating func skip(_ count: Int) throws(WorkbookRefusal) {
        var rest = count
        while rest > 0 {
            while left == 0 { try nextPiece() }
            let step = min(rest, left)
            offset += step
            rest -= step
        }
    }
}
