import Domain

/// A Compound File Binary container: the streams of its root folder.
///
/// Source: [MS-CFB]. Every chain is walked with a count of steps, so that a ring in it cannot hold the reader up.
struct CompoundFile {
    private struct Entry {
        let name: String
        let isStream: Bool
        let start: Int
        let size: Int
    }

    private let data: LittleEndian
    private let sectorShift: Int
    private let sectorCount: Int
    private let miniShift: Int
    private let miniCutoff: Int
    private var table: [UInt32] = []
    private var miniTable: [UInt32] = []
    private var root = Entry(name: "", isStream: false, start: 0, size: 0)
    private var entries: [Entry] = []

    private static let endOfChain = 0xFFFF_FFFE
    private static let sectorMax = 0xFFFF_FFFA
    private static let noEntry = 0xFFFF_FFFF

    /// The bytes must outlive the container.
    init(_ bytes: UnsafeRawBufferPointer) throws(WorkbookRefusal) {
        data = LittleEndian(bytes: bytes)
        guard let shift = data.u16(30), shift == 9 || shift == 12, let mini = data.u16(32), mini >= 6, mini < shift,
            let cutoff = data.u32(56), let directory = data.u32(48), let miniStart = data.u32(60)
        else { throw CompoundFile.damaged }
        sectorShift = shift
        miniShift = mini
        miniCutoff = cutoff
        // A last sector that is cut short still counts: some programs do not fill it up.
        sectorCount = max(0, (bytes.count - 1) >> shift)
        try readTable()
        try readDirectory(directory)
        if let miniSectors = data.u32(64), miniSectors > 0, miniStart < CompoundFile.sectorMax {
            let raw = try chain(miniStart, sizeMax: nil)
            miniTable = raw.withUnsafeBytes { CompoundFile.words(LittleEndian(bytes: $0)) }
        }
    }

    private static var damaged: WorkbookRefusal { .damaged("文件结构不完整") }

    private static func words(_ data: LittleEndian) -> [UInt32] {
        (0..<(data.count / 4)).map { UInt32(truncatingIfNeeded: data.u32($0 * 4) ?? endOfChain) }
    }

    private func sector(_ number: Int) -> LittleEndian? {
        guard number >= 0, number < sectorCount else { return nil }
        let start = (number + 1) << sectorShift
        let length = min(1 << sectorShift, data.count - start)
        return data.window(start, length).map(LittleEndian.init)
    }

    private mutating func readTable() throws(WorkbookRefusal) {
        guard let declared = data.u32(44), declared <= sectorCount, var next = data.u32(68),
            let extraCount = data.u32(72), extraCount <= sectorCount
        else { throw CompoundFile.damaged }
        var numbers: [Int] = []
        for index in 0..<109 {
            guard let number = data.u32(76 + index * 4) else { throw CompoundFile.damaged }
            if number < CompoundFile.sectorMax { numbers.append(number) }
        }
        var steps = 0
        let perSector = (1 << sectorShift) / 4 - 1
        while next < CompoundFile.sectorMax, numbers.count < declared {
            steps += 1
            guard steps <= sectorCount, let extra = sector(next) else { throw CompoundFile.damaged }
            for index in 0..<perSector {
                guard let number = extra.u32(index * 4) else { throw CompoundFile.damaged }
                if number < CompoundFile.sectorMax { numbers.append(number) }
            }
            guard let following = extra.u32(perSector * 4) else { throw CompoundFile.damaged }
            next = following
        }
        guard numbers.count >= declared else { throw CompoundFile.damaged }
        table.reserveCapacity(declared << (sectorShift - 2))
        for number in numbers.prefix(declared) {
            guard let part = sector(number) else { throw CompoundFile.damaged }
            table.append(contentsOf: CompoundFile.words(part))
        }
    }

    /// The bytes of a chain of sectors, at most `sizeMax` of them; all where that is nil.
    private func chain(_ start: Int, sizeMax: Int?) throws(WorkbookRefusal) -> [UInt8] {
        var result: [UInt8] = []
        if let sizeMax {
            guard sizeMax <= data.count else { throw CompoundFile.damaged }
            result.reserveCapacity(sizeMax)
        }
        var next = start
        var steps = 0
        while next != CompoundFile.endOfChain {
            if let sizeMax, result.count >= sizeMax { break }
            steps += 1
            guard steps <= sectorCount, let part = sector(next), next < table.count else { throw CompoundFile.damaged }
            result.append(contentsOf: part.bytes)
            next = Int(table[next])
            if part.count < 1 << sectorShift {
                // What is cut short can only be the end.
                guard let sizeMax, result.count >= sizeMax else { throw CompoundFile.damaged }
            }
        }
        if let sizeMax {
            guard result.count >= sizeMax else { throw CompoundFile.damaged }
            result.removeLast(result.count - sizeMax)
        }
        return result
    }

    /// Streams of the root folder only: embedded objects carry workbooks of their own further down.
    private mutating func readDirectory(_ start: Int) throws(WorkbookRefusal) {
        let raw = try chain(start, sizeMax: nil)
        let (top, found) = try raw.withUnsafeBufferPointer {
            buffer throws(WorkbookRefusal) -> (Entry, [Entry]) in
            let directory = LittleEndian(bytes: UnsafeRawBufferPointer(buffer))
            guard let top = CompoundFile.entry(directory, 0), let child = directory.u32(76) else {
                throw CompoundFile.damaged
            }
            var found: [Entry] = []
            var pending = [child]
            var seen: Set<Int> = []
            while let number = pending.popLast() {
                if number == CompoundFile.noEntry { continue }
                guard seen.insert(number).inserted, let entry = CompoundFile.entry(directory, number),
                    let left = directory.u32(number * 128 + 68), let right = directory.u32(number * 128 + 72)
                else { throw CompoundFile.damaged }
                found.append(entry)
                pending.append(left)
                pending.append(right)
            }
            return (top, found)
        }
        root = top
        entries = found
    }

    private static func entry(_ directory: LittleEndian, _ number: Int) -> Entry? {
        guard number >= 0, number < directory.count / 128 else { return nil }
        let base = number * 128
        guard let nameBytes = directory.u16(base + 64), nameBytes <= 64, let kind = directory.u8(base + 66),
            let start = directory.u32(base + 116), let size = directory.u32(base + 120)
        else { return nil }
        var units: [UInt16] = []
        for index in 0..<max(0, nameBytes / 2 - 1) {
            guard let unit = directory.u16(base + index * 2) else { return nil }
            units.append(UInt16(unit))
        }
        return Entry(name: String(decoding: units, as: UTF16.self), isStream: kind == 2, start: start, size: size)
    }

    /// Whether the root folder has anything of that name; names compare without case.
    func has(_ name: String) -> Bool { entries.contains { $0.name.lowercased() == name.lowercased() } }

    /// The stream of that name, nil where there is none.
    ///
    /// Throws: two of that name, or its chain does not hold what its size says.
    func stream(_ name: String) throws(WorkbookRefusal) -> [UInt8]? {
        let found = entries.filter { $0.isStream && $0.name.lowercased() == name.lowercased() }
        guard found.count <= 1 else { throw .damaged("数据流重复") }
        guard let entry = found.first else { return nil }
        guard entry.size < miniCutoff else { return try chain(entry.start, sizeMax: entry.size) }
        return try miniStream(entry)
    }

    private func miniStream(_ entry: Entry) throws(WorkbookRefusal) -> [UInt8] {
        let store = try chain(root.start, sizeMax: root.size)
        var result: [UInt8] = []
        var next = entry.start
        var steps = 0
        let length = 1 << miniShift
        while result.count < entry.size {
            steps += 1
            guard steps <= miniTable.count, next < miniTable.count, next << miniShift < store.count else {
                throw CompoundFile.damaged
            }
            let start = next << miniShift
            result.append(contentsOf: store[start..<min(start + length, store.count)])
            next = Int(miniTable[next])
        }
        result.removeLast(result.count - entry.size)
        return result
    }
}
