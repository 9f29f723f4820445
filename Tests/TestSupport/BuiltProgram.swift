import Foundation
import Glibc

/// A program of this package, found beside the running test bundle.
public struct BuiltProgram: Sendable {
    public let path: String

    /// A program of the system.
    public init(path: String) { self.path = path }

    /// `zhucun`, `zhucun-ingest` …
    public init(_ name: String) {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        var folder = URL(fileURLWithPath: own).deletingLastPathComponent()
        for _ in 0..<5 {
            let candidate = folder.appendingPathComponent(name).path
            if FileManager.default.isExecutableFile(atPath: candidate) {
                path = candidate
                return
            }
            folder = folder.deletingLastPathComponent()
        }
        path = PackageRoot.at(".build/debug/" + name)
    }

    /// What a finished program left behind.
    public struct Result: Sendable {
        /// The exit code; the negative signal number where a signal ended it.
        public var exit: Int32
        public var output: String
        public var error: String
    }

    /// Runs to the end.
    public func run(_ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]) throws
        -> Result
    { try start(arguments, in: folder, environment: environment).wait() }

    /// Starts in a process group of its own, so that a kill reaches its children too.
    public func start(_ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]) throws
        -> RunningProgram
    {
        let log = try TemporaryFolder()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log.at("out"), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, log.at("err"), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var variables = ProcessInfo.processInfo.environment
        for name in ["LC_ALL", "LC_MESSAGES"] { variables[name] = nil }
        variables["LANG"] = "C.UTF-8"
        variables.merge(environment) { $1 }
        // The shell changes the folder and then becomes the program: the process is the same.
        let command = folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0, path] } ?? [path]
        var argv: [UnsafeMutablePointer<CChar>?] = (command + arguments).map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var pid = pid_t()
        let code = posix_spawn(&pid, command[0], &actions, &attributes, &argv, &envp)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
        return RunningProgram(pid: pid, log: log)
    }
}

/// A program that was started.
public struct RunningProgram: Sendable {
    let pid: pid_t
    let log: TemporaryFolder

    /// Kills it and everything it started, without notice.
    public func killHard() { kill(-pid, SIGKILL) }

    /// Waits for its end.
    public func wait() -> BuiltProgram.Result {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7F
        func text(_ name: String) -> String {
            String(decoding: FileManager.default.contents(atPath: log.at(name)) ?? Data(), as: UTF8.self)
        }
        return BuiltProgram.Result(
            exit: signal == 0 ? (status >> 8) & 0xFF : -signal, output: text("out"), error: text("err"))
    }
}
