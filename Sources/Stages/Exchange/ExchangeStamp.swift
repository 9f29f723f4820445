import Domain
import Ledger
import Rules

extension RunContext {
    /// The program and the data by which what counties and province exchange is made; with the key's fingerprint.
    func exchangeStamp(_ key: ProvinceKey?) throws -> ExchangeStamp {
        ExchangeStamp(
            program: ProgramVersion.exchange, policy: policySHA256, regions: Fingerprint.of(try text(options.regions)),
            key: key?.fingerprint)
    }

    /// Where the key lies: as said now, else as the last run was told; nil where nobody ever named one.
    func keyPath(_ ledger: LedgerReader) throws -> String? {
        if let key = options.key { return key }
        return try ledger.setting(ProvinceKey.setting)
    }

    /// The province's key; nil where the county hands nothing over.
    func provinceKey(_ ledger: LedgerReader) throws -> ProvinceKey? {
        try keyPath(ledger).map { try ProvinceKey(path: $0) }
    }
}

extension ProvinceKey {
    /// The ledger's setting that remembers where the key lies.
    static let setting = "province.key"
}

extension ExchangeStamp {
    /// Refuses what was made by another program, policy, region file or key.
    ///
    /// - Parameters:
    ///   - what: whose file it is, in both languages.
    ///   - own: what it must agree with.
    func check(_ what: BilingualText, against own: ExchangeStamp) throws {
        let parts: [(BilingualText, String, String)] = [
            (BilingualText(zh: "程序版本", en: "program"), program, own.program),
            (BilingualText(zh: "政策文件", en: "policy file"), String(policy.prefix(12)), String(own.policy.prefix(12))),
            (
                BilingualText(zh: "区划文件", en: "region file"), String(regions.prefix(12)),
                String(own.regions.prefix(12))
            ),
            (BilingualText(zh: "密钥", en: "key"), key ?? "无", own.key ?? "无"),
        ]
        for (name, theirs, ours) in parts where theirs != ours {
            throw RunFailure.refused(
                BilingualText(
                    zh: "\(what.zh)的\(name.zh)（\(theirs)）与此处的（\(ours)）不同，不能合用。请用同一版本重新运行。",
                    en: "\(what.en) was made with another \(name.en) (\(theirs)) than this one (\(ours)). Run it again."
                ))
        }
    }
}
