import CLibDeflate

/// A container of compressed parts, made in memory in one pass. The same parts give the same bytes: no times, no names
/// of systems.
struct ZipBytes: ~Copyable {
    private var file = PartBytes(room: 1 << 15)
    private var directory = PartBytes(room: 1024)
    private var parts = 0
    private let compressor: OpaquePointer

    /// Nil where memory is out.
    ///
    /// libdeflate's level 1 takes a sixth of the time of zlib's level 6, for files a tenth larger.
    init?() {
        guard let compressor = libdeflate_alloc_compressor(1) else { return nil }
        self.compressor = compressor
    }

    deinit { libdeflate_free_compressor(compressor) }

    /// Adds a part; false where the format cannot hold it.
    mutating func add(_ name: String, _ part: UnsafeRawBufferPointer) -> Bool {
        let place = file.count
        let bound = libdeflate_deflate_compress_bound(compressor, part.count)
        // Sizes and places have four bytes, counts two.
        guard place + bound < Int(UInt32.max) - 1 << 20, part.count < Int(UInt32.max), parts < Int(UInt16.max) else {
            return false
        }
        file.add(low: 0x0403_4B50, bytes: 4)
        ZipBytes.describe(part, name, in: &file)
        file.add(low: 0, bytes: 2)
        file.add(plain: name)
        var packed = 0
        file.add(atMost: bound) { memory in
            packed = libdeflate_deflate_compress(compressor, part.baseAddress, part.count, memory, bound)
            return packed
        }
        guard packed > 0 else { return false }
        file.replaceFour(at: place + 18, packed)
        let entry = directory.count
        directory.add(low: 0x0201_4B50, bytes: 4)
        directory.add(low: ZipBytes.version, bytes: 2)
        ZipBytes.describe(part, name, in: &directory)
        directory.replaceFour(at: entry + 20, packed)
        // Neither more about it, nor a comment, disk or attributes.
        directory.add(low: 0, bytes: 12)
        directory.add(low: place, bytes: 4)
        directory.add(plain: name)
        parts += 1
        return true
    }

    /// The container with its directory.
    consuming func finished() -> [UInt8] {
        let place = file.count
        let size = directory.count
        file.add(directory.bytes)
        file.add(low: 0x0605_4B50, bytes: 8)
        file.add(low: parts, bytes: 2)
        file.add(low: parts, bytes: 2)
        file.add(low: size, bytes: 4)
        file.add(low: place, bytes: 4)
        file.add(low: 0, bytes: 2)
        return [UInt8](file.bytes)
    }

    private static let version = 20

    /// What stands before a part and in the directory: deflated, 1 January 1980, sum, sizes. The packed size follows.
    private static func describe(_ part: UnsafeRawBufferPointer, _ name: String, in target: inout PartBytes) {
        target.add(low: version, bytes: 2)
        target.add(low: 0, bytes: 2)
        target.add(low: 8, bytes: 2)
        target.add(low: 0, bytes: 2)
        target.add(low: 0x21, bytes: 2)
        target.add(low: Int(libdeflate_crc32(0, part.baseAddress, part.count)), bytes: 4)
        target.add(low: 0, bytes: 4)
        target.add(low: part.count, bytes: 4)
        target.add(low: name.utf8.count, bytes: 2)
    }
}
