import CFuzzer
import Glibc

// zhucun-fuzz TARGET …: libFuzzer's own arguments follow. Source: spec §10; `scripts/fuzz.sh` runs them all.
guard CommandLine.arguments.count > 1, FuzzTarget.all[CommandLine.arguments[1]] != nil else {
    fputs(
        "usage: zhucun-fuzz {\(FuzzTarget.all.keys.sorted().joined(separator: "|"))} [libFuzzer's arguments]\n", stderr)
    exit(64)
}
FuzzTarget.chosen = FuzzTarget.all[CommandLine.arguments[1]]
var arguments = CommandLine.arguments.enumerated().filter { $0.offset != 1 }.map { strdup($0.element) } + [nil]
var count = Int32(arguments.count - 1)
arguments.withUnsafeMutableBufferPointer { buffer in
    var start = buffer.baseAddress
    let code = LLVMFuzzerRunDriver(&count, &start) { bytes, count in
        FuzzTarget.chosen?([UInt8](UnsafeBufferPointer(start: bytes, count: count)))
        return 0
    }
    exit(code)
}
