import Foundation
import Glibc

/// A bar on stderr, only where that is a terminal and the run is not quiet.
public final class ProgressBar {
    private let title: String
    private let isShown: Bool
    private var total = 0
    private var done = 0
    private var lastDrawn = -1

    public init(_ title: String, isQuiet: Bool) {
        self.title = title
        isShown = !isQuiet && isatty(2) == 1
    }

    func begin(_ total: Int) {
        self.total = total
        draw()
    }

    func advance() {
        done += 1
        draw()
    }

    private func draw() {
        guard isShown, total > 0 else { return }
        let percent = done * 100 / total
        guard percent != lastDrawn else { return }
        lastDrawn = percent
        let filled = percent * 30 / 100
        let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 30 - filled)
        let end = done == total ? "\r\u{1B}[K" : ""
        let text = Array("\r\(title) \(bar) \(percent)% \(done)/\(total)\(end)".utf8)
        // A bar that cannot be drawn is no reason to stop.
        _ = text.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
