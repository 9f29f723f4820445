import Foundation
import Glibc

/// The terminal behind stdout, if there is one.
public enum Terminal {
    /// Whether stdout is a terminal that shows colours, and nobody said otherwise (NO_COLOR).
    public static var isColourful: Bool {
        let environment = ProcessInfo.processInfo.environment
        guard isatty(STDOUT_FILENO) == 1, environment["TERM"] != "dumb" else { return false }
        return (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Unit: columns; 100 where stdout is no terminal.
    public static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }
}

extension Terminal {
    /// Unit: columns for help: those of `COLUMNS`, else of the terminal.
    static var helpColumns: Int {
        if let asked = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init), asked > 0 { return asked }
        return min(width, 120)
    }
}
