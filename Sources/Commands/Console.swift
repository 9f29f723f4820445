import Domain
import Glibc
import Logging
import Synchronization

/// What goes to the terminal. stdout is for results only.
///
/// A reader that went away (`| head`), a full disk behind `>` or a stream that was closed never ends the process: what
/// was done stands, and the exit code says whether its result was delivered.
public enum Console {
    /// Why the result could not be written; 0 while it could.
    private static let failure = Mutex<Int32>(0)

    /// As it is, without an end of line.
    public static func write(_ text: String) { write(text, to: STDOUT_FILENO) }
    public static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }
    /// A number that has the shape of an ID or an account is masked: whoever typed it may have a log behind stderr.
    public static func error(_ text: String) { write(IDMasking.byShape(text) + "\n", to: STDERR_FILENO) }

    /// Makes a reader that went away an error instead of a signal. (Streams that are missing from the start were opened
    /// before `main`: `Sources/CStorage/streams.c`.)
    public static func prepare() { signal(SIGPIPE, SIG_IGN) }

    /// Why the result could not be written to stdout; nil where it was, or where its reader did not want more.
    public static var lostResult: Int32? {
        let code = failure.withLock { $0 }
        return code == 0 || code == EPIPE ? nil : code
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            let wrote = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, bytes.count - done) }
            if wrote < 0, errno == EINTR || errno == EAGAIN { continue }
            guard wrote > 0 else {
                let code = wrote < 0 ? errno : EIO
                if descriptor == STDOUT_FILENO { failure.withLock { $0 = $0 == 0 ? code : $0 } }
                return
            }
            done += wrote
        }
    }

    /// A log to stderr; `--quiet` leaves errors only, `--verbose` shows everything.
    public static func logger(_ label: String, isQuiet: Bool, isVerbose: Bool) -> Logger {
        var logger = Logger(label: label) { MaskedLog(StreamLogHandler.standardError(label: $0)) }
        logger.logLevel = isVerbose ? .debug : isQuiet ? .error : .warning
        return logger
    }
}

/// A log in which nothing has the shape of an ID or an account, whatever a file, a folder or a link is called.
private struct MaskedLog: LogHandler {
    private var log: StreamLogHandler

    init(_ log: StreamLogHandler) { self.log = log }

    var logLevel: Logger.Level {
        get { log.logLevel }
        set { log.logLevel = newValue }
    }
    var metadata: Logger.Metadata {
        get { log.metadata }
        set { log.metadata = newValue }
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { log[metadataKey: key] }
        set { log[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        var masked = event
        masked.message = Logger.Message(stringLiteral: IDMasking.byShape(event.message.description))
        masked.metadata = event.metadata?.mapValues { .string(IDMasking.byShape("\($0)")) }
        log.log(event: masked)
    }
}
