import Domain
import Ledger

/// Whether the province merged what a county's month claims today. Source: spec §11: «`close` refuses a period of a
/// county whose pipeline says `province: {key: FILE}` until claims made from its newest state of that period were
/// merged».
struct MergedClaims {
    private let context: RunContext
    private let ledger: LedgerReader

    init(_ context: RunContext, _ ledger: LedgerReader) {
        self.context = context
        self.ledger = ledger
    }

    /// - Throws: `RunFailure.refused` where the province has not merged the month as it stands.
    func check(_ month: CountyMonth) throws {
        guard context.options.key != nil, let key = try context.provinceKey(ledger) else { return }
        let name =
            try ledger.countyNames()[month.county]?.name ?? context.shippedCounty(month.county).name
        let own = Fingerprint.sha256(try CountyClaims(key, context, ledger).bytes(month, countyName: name))
        let file = try ledger.handedBack(HandBackHeader.Kind.claims.rawValue)
        // What an earlier program took in, or a hand changed in the ledger, proves nothing.
        if let file, HandBackHeader.read(file.payload)?.county == month.county {
            try check(file)
        }
        let merged = file.flatMap { HandBackHeader.read($0.payload) }.flatMap { header in
            header.county == month.county ? header.merged.first { $0.period == "\(month.period)" } : nil
        }
        guard merged?.sha256 != own else { return }
        let why =
            merged == nil
            ? BilingualText(zh: "还没有经省级核对", en: "was not merged by the province yet")
            : BilingualText(zh: "在省级核对之后又有变化", en: "changed since the province merged it")
        throw RunFailure.refused(
            BilingualText(
                zh: "\(name) 的 \(month.period) \(why.zh)：外县区可能也为同一人申报了同一天。请先运行 zhucun province，"
                    + "再用交回的 \(HandBackHeader.fileName(.claims, month.county)) 运行 zhucun run --county \(month.county.text) --claims。",
                en: "\(month.period) of \(month.county.text) \(why.en): another county may claim the same days. Run "
                    + "`zhucun province`, then `zhucun run --county \(month.county.text) --claims` with what it gives back."
            ))
    }

    private func check(_ file: HandedBackFile) throws {
        let name = HandBackHeader.fileName(.claims, file.county)
        guard DigestedFile.isWhole(file.payload), Fingerprint.sha256(file.payload) == file.sha256 else {
            throw RunFailure.refused(HandBackClaims.damaged(name))
        }
        _ = try HandBackClaims.lines(file.payload, name)
    }
}
