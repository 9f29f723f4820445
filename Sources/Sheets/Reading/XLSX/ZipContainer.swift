import CLibZip
import Domain

/// The parts of a ZIP container, by name. Not for use from two threads at once.
final class ZipContainer {
    private let archive: OpaquePointer
    private let limits: ReadingLimits
    /// By normalised name; `doubled` where two entries claim it.
    private var entries: [String: zip_uint64_t] = [:]
    private var budget: ReadingBudget
    private let buffer: UnsafeMutableRawBufferPointer

    private static let doubled = zip_uint64_t.max

    /// The bytes must outlive the container.
    init(_ bytes: UnsafeRawBufferPointer, limits: ReadingLimits) throws(WorkbookRefusal) {
        var failure = zip_error_t()
        zip_error_init(&failure)
        defer { zip_error_fini(&failure) }
        guard let source = zip_source_buffer_create(bytes.baseAddress, zip_uint64_t(bytes.count), 0, &failure) else {
            throw .damaged("压缩包无法打开")
        }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY, &failure) else {
            zip_source_free(source)
            throw .damaged("压缩包不完整")
        }
        self.archive = archive
        self.limits = limits
        budget = ReadingBudget(limits)
        // Last: what throws before everything is set leaves no `deinit` to give memory back.
        buffer = .allocate(byteCount: 1 << 16, alignment: 16)
        try listEntries()
    }

    deinit {
        zip_discard(archive)
        buffer.deallocate()
    }

    private func listEntries() throws(WorkbookRefusal) {
        let count = zip_get_num_entries(archive, 0)
        guard count >= 0, count <= zip_int64_t(limits.entriesMax) else {
            throw .tooLarge("压缩包内部件超过\(limits.entriesMax)个")
        }
        entries.reserveCapacity(Int(count))
        for index in 0..<zip_uint64_t(count) {
            guard let name = zip_get_name(archive, index, zip_flags_t(ZIP_FL_ENC_RAW)) else {
                throw .damaged("压缩包目录无法读取")
            }
            let key = ZipContainer.normalised(String(cString: name))
            if entries.updateValue(index, forKey: key) != nil { entries[key] = ZipContainer.doubled }
        }
    }

    /// Part names compare without case; some programs write backslashes.
    private static func normalised(_ name: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(name.utf8.count)
        for byte in name.utf8 {
            switch byte {
            case 0x41...0x5A: bytes.append(byte | 0x20)
            case 0x5C: bytes.append(0x2F)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes.first == 0x2F ? bytes[1...] : bytes[...], as: UTF8.self)
    }

    /// Every entry, by name.
    var names: [String] { entries.keys.sorted() }

    /// Whether any entry claims that name.
    func has(_ path: String) -> Bool { entries[ZipContainer.normalised(path)] != nil }

    /// Hands the inflated part over in pieces and checks its CRC at the end.
    ///
    /// Throws: the part is missing, doubled, damaged, encrypted or inflates beyond a limit; or what `body` throws.
    func read(
        _ path: String, _ body: (UnsafeRawBufferPointer) throws(WorkbookRefusal) -> Void
    ) throws(WorkbookRefusal) {
        guard let index = entries[ZipContainer.normalised(path)] else { throw .damaged("缺少部件\(path)") }
        guard index != ZipContainer.doubled else { throw .damaged("部件\(path)重复") }
        var status = zip_stat_t()
        zip_stat_init(&status)
        guard zip_stat_index(archive, index, 0, &status) == 0 else { throw .damaged("部件\(path)无法读取") }
        if status.valid & zip_uint64_t(ZIP_STAT_ENCRYPTION_METHOD) != 0,
            status.encryption_method != zip_uint16_t(ZIP_EM_NONE)
        {
            throw WorkbookRefusal(.fileEncrypted)
        }
        guard let file = zip_fopen_index(archive, index, 0) else { throw .damaged("部件\(path)无法读取") }
        defer { zip_fclose(file) }
        let compressed = Int(clamping: status.comp_size)
        var inflated = 0
        while true {
            let got = zip_fread(file, buffer.baseAddress, zip_uint64_t(buffer.count))
            guard got >= 0 else { throw .damaged("部件\(path)校验失败") }
            if got == 0 { break }
            inflated += Int(got)
            if inflated > limits.partBytesMax {
                throw WorkbookRefusal(.fileBomb, "\(path)解压后超过\(limits.partBytesMax >> 20)兆字节")
            }
            if inflated > limits.ratioFloorBytes, inflated / limits.ratioMax > compressed {
                throw WorkbookRefusal(.fileBomb, "\(path)压缩比超过\(limits.ratioMax)")
            }
            try budget.countInflated(Int(got))
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<Int(got)]))
        }
    }
}
