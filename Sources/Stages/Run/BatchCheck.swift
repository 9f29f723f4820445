import Domain
import Ledger
import Sheets

/// That no row of a closed batch is gone, without counting all of history every night. Source: spec §10, §11.
///
/// Rows can only be counted one by one, and a night must not cost more with every month of history. So a run leaves
/// beside the originals how the ledger's file was when it ended (`<ledger>.originals/counted`). Found so again, nobody
/// has written to it since, and what was counted then holds; any other hand, a restored backup or a `close` in between
/// leaves another file, and everything is counted. `close`, `backup` and `verify --all` count always.
enum BatchCheck {
    private static func path(_ context: RunContext) -> String { context.originals.folder + "/counted" }

    /// Takes for counted what nobody touched since the last run. Called before anything is written.
    static func trustIfUntouched(_ context: RunContext) throws {
        guard let stamp = context.ledger.stamp(),
            AtomicFile.contents(path(context)).map({ String(decoding: $0, as: UTF8.self) }) == stamp + "\n"
        else { return }
        context.logger.debug("rows of batches: as the last run left them")
        context.ledger.trustBatches()
    }

    /// Notes how the ledger is left, once everything was written.
    static func note(_ context: RunContext) throws {
        guard let stamp = try context.ledger.stampAtClosing() else { return }
        let bytes = Array("\(stamp)\n".utf8)
        guard AtomicFile.contents(path(context)) != bytes else { return }
        try AtomicFile.write(
            bytes, to: path(context), mode: OriginalStore.fileMode, folderMode: OriginalStore.folderMode)
    }
}
