import CFuzzer
import Foundation

// ZHUCUN_FUZZ_TARGET=… zhucun-fuzz …: libFuzzer's own arguments; the target is no argument, since libFuzzer starts the
// program again with its arguments alone. zhucun-fuzz seeds FOLDER FILE…: what the files give for the targets that are
// fed with what the program itself packs. Source: spec §10; `scripts/fuzz.sh` runs them all.
let given = CommandLine.arguments
if given.count > 3, given[1] == "seeds" {
    try Seeds.write(to: given[2], from: Array(given[3...]))
    exit(0)
}
guard let chosen = ProcessInfo.processInfo.environment["ZHUCUN_FUZZ_TARGET"].flatMap({ FuzzTarget.all[$0] }) else {
    let usage = "ZHUCUN_FUZZ_TARGET is one of \(FuzzTarget.all.keys.sorted().joined(separator: ", "))\n"
    FileHandle.standardError.write(Data(usage.utf8))
    exit(64)
}
FuzzTarget.chosen = chosen
var arguments = given.map { strdup($0) } + [nil]
var count = Int32(arguments.count - 1)
arguments.withUnsafeMutableBufferPointer { buffer in
    var start = buffer.baseAddress
    let code = LLVMFuzzerRunDriver(&count, &start) { bytes, count in
        FuzzTarget.chosen?([UInt8](UnsafeBufferPointer(start: bytes, count: count)))
        return 0
    }
    exit(code)
}
