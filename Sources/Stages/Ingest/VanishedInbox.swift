import Domain

/// An inbox that lost what it had: more likely a share that is not mounted than a clerk who tidied up.
/// Source: spec §10.
enum VanishedInbox {
    /// Refuses an inbox that is empty where the last run saw files, or that lost more than half of ten or more.
    ///
    /// - Parameters:
    ///   - before: files that lay there when the last run looked.
    ///   - now: files that lie there.
    /// - Throws: `RunFailure.refused`; nothing was changed by then.
    static func check(before: Int, now: Int, inbox: String) throws {
        let isHalfLost = before >= 10 && now * 2 < before
        guard before > 0, now == 0 || isHalfLost else { return }
        throw RunFailure.refused(
            BilingualText(
                zh: "收件目录 \(inbox) 上次有 \(before) 个文件，现在只有 \(now) 个：共享盘可能没有挂上。什么都没有重算。"
                    + "确实是有意清理的，请运行一次 zhucun run --accept-vanished。",
                en: "the inbox \(inbox) had \(before) files last time and has \(now) now: a share may not be mounted. "
                    + "Nothing was recomputed. If they were taken away on purpose, run `zhucun run --accept-vanished` once."
            ))
    }
}
