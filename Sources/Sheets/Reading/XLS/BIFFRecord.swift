import Domain

/// One record of a workbook stream.
struct BIFFRecord {
    let kind: Int
    /// Where its body begins in the stream.
    let start: Int
    let body: LittleEndian
}

/// Names of the records that are read.
enum BIFFKind {
    static let formula = 0x0006
    static let endOfFile = 0x000A
    static let dateMode = 0x0022
    static let filePass = 0x002F
    static let continuation = 0x003C
    static let columnInfo = 0x007D
    static let boundSheet = 0x0085
    static let multipleRK = 0x00BD
    static let richString = 0x00D6
    static let cellFormat = 0x00E0
    static let mergedCells = 0x00E5
    static let sharedStrings = 0x00FC
    static let labelShared = 0x00FD
    /// Written by Excel 2000 and everything that copies its files; not by xlwt.
    static let excel2000 = 0x01C0
    static let number = 0x0203
    static let label = 0x0204
    static let booleanOrError = 0x0205
    static let string = 0x0207
    static let row = 0x0208
    static let rk = 0x027E
    static let numberFormat = 0x041E
    static let beginOfFile = 0x0809
}

/// Walks the records of a workbook stream.
struct BIFFRecords {
    let stream: LittleEndian
    private(set) var position: Int

    init(_ stream: LittleEndian, from position: Int) {
        self.stream = stream
        self.position = position
    }

    /// The next record; nil at the end of the stream.
    ///
    /// Throws: a record that reaches beyond the stream.
    mutating func next() throws(WorkbookRefusal) -> BIFFRecord? {
        guard position < stream.count else { return nil }
        guard let kind = stream.u16(position), let length = stream.u16(position + 2),
            let body = stream.window(position + 4, length)
        else { throw .damaged("记录不完整") }
        let start = position + 4
        position = start + length
        return BIFFRecord(kind: kind, start: start, body: LittleEndian(bytes: body))
    }

    /// The kind of the record that comes next.
    var nextKind: Int? { stream.u16(position) }
}
