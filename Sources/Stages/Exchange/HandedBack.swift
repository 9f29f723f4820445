import Domain
import Foundation
import Ledger
import Rules

/// What the province gives back to a county, with what it was made from. Source: spec §11.
struct HandBackHeader: Codable, Hashable, Sendable {
    enum Kind: String, Codable, Sendable, CaseIterable { case claims, records, quotas }

    var kind: Kind
    var county: CountyCode
    var stamp: ExchangeStamp
    /// The days of the run's year on which every county's extract holds.
    var asOf: CivilDate
    var until: CivilDate
    /// The county's own files that were merged.
    var merged: [ClaimsDigest]
    /// Lines of claims below it; nil of other kinds.
    var lines: Int?
    /// Of claims: SHA-256 of the records and quotas that were made with them, by kind. Nil of other kinds, and in what
    /// an earlier version gave.
    var beside: [String: String]?

    /// `claims-for-630202.csv`, `quotas-for-630202.json`.
    static func fileName(_ kind: Kind, _ county: CountyCode) -> String {
        "\(kind.rawValue)-for-\(county.text).\(kind == .claims ? "csv" : "json")"
    }

    /// Whether a file's name is one of those.
    static func isFileName(_ name: String) -> Bool {
        Kind.allCases.contains { kind in
            let start = "\(kind.rawValue)-for-"
            return name.hasPrefix(start)
                && CountyCode(String(name.dropFirst(start.count).prefix(6))).map { fileName(kind, $0) } == name
        }
    }

    /// Reads the header of a file; nil where it has none.
    static func read(_ bytes: [UInt8]) -> HandBackHeader? {
        if bytes.first == 0x23 {
            let line = bytes.dropFirst().prefix { $0 != 0x0A && $0 != 0x0D }
            return decoded(HandBackHeader.self, Data(line))
        }
        return decoded(HandBackEnvelope.self, Data(bytes))?.header
    }

    private static func decoded<Value: Decodable>(_ type: Value.Type, _ data: Data) -> Value? {
        switch Result(catching: { try JSONDecoder().decode(type, from: data) }) {
        case .success(let value): value
        case .failure: nil
        }
    }
}

/// What every JSON file that is given back holds.
private struct HandBackEnvelope: Decodable {
    var header: HandBackHeader
}

/// Takes in what the province gave back: kept in the ledger, for this run and all later commands.
struct HandedBack {
    private let context: RunContext

    init(_ context: RunContext) { self.context = context }

    /// Keeps the files that the run was told of.
    ///
    /// - Throws: `RunFailure.refused` for a file of another county, program, policy, region file, key or day, and for
    ///   one that is not as it was made; nothing is kept then.
    func take() throws {
        let options = context.options
        let paths: [(HandBackHeader.Kind, String)] = [
            (.claims, options.claims), (.records, options.records), (.quotas, options.quotas),
        ].compactMap { kind, path in path.map { (kind, $0) } }
        guard !paths.isEmpty || options.key != nil else { return }
        // Before anything is touched: a key that cannot be used stops the run.
        if let path = options.key { _ = try ProvinceKey(path: path) }
        let files = try paths.map { kind, path in (kind, try read(kind, path)) }
        try checkTogether(files, paths)
        if options.key == nil, let path = try context.ledger.read({ try context.keyPath($0) }) {
            // Whoever names none must see which one it is: of another province's nothing here could be read.
            let fingerprint = try ProvinceKey(path: path).fingerprint
            context.logger.warning(
                "read by the key of an earlier run", metadata: ["key": "\(path)", "fingerprint": "\(fingerprint)"])
        }
        let key = options.key.map(InstalledFiles.absolute)
        let isKnown = try context.ledger.read { ledger in
            try files.allSatisfy { try ledger.handedBackDigest($0.rawValue) == $1.sha256 }
                && (key == nil || ledger.setting(ProvinceKey.setting) == key)
        }
        guard !isKnown else { return }
        try context.ledger.write { ledger in
            if let key { try ledger.setSetting(ProvinceKey.setting, key) }
            for (kind, file) in files { try ledger.setHandedBack(kind.rawValue, file) }
        }
    }

    /// That what is given at once was made at once.
    private func checkTogether(
        _ files: [(HandBackHeader.Kind, HandedBackFile)], _ paths: [(HandBackHeader.Kind, String)]
    ) throws {
        guard let claims = files.first(where: { $0.0 == .claims })?.1,
            let beside = HandBackHeader.read(claims.payload)?.beside
        else { return }
        for ((kind, file), (_, path)) in zip(files, paths) where kind != .claims {
            guard beside[kind.rawValue] != file.sha256 else { continue }
            let name = HandBackHeader.fileName(.claims, claims.county)
            throw refused(
                "\(path) 与 \(name) 不是同一次汇总交回的。什么都没有改动；请把同一次的三个文件一起取来。",
                "\(path) and \(name) were not given back by one merge. Nothing was changed; fetch all three of one merge."
            )
        }
    }

    private func read(_ kind: HandBackHeader.Kind, _ path: String) throws -> HandedBackFile {
        guard let data = FileManager.default.contents(atPath: path) else { throw RunFailure.noSuchFile(path) }
        let bytes = [UInt8](data)
        guard let header = HandBackHeader.read(bytes), header.kind == kind else {
            throw refused(
                "\(path) 不是省级交回的文件（--\(kind.rawValue)）。", "\(path) is no file given back for --\(kind.rawValue).")
        }
        guard header.county == context.options.county else {
            throw refused(
                "\(path) 是交回 \(header.county.text) 的，不是 \(context.options.county?.text ?? "") 的。",
                "\(path) was given back to \(header.county.text), not to \(context.options.county?.text ?? "").")
        }
        let stamp = try context.ledger.read { try context.exchangeStamp(try context.provinceKey($0)) }
        try header.stamp.check(BilingualText(zh: path, en: path), against: stamp)
        try check(bytes, header, path)
        try MergedFiles.check(path, bytes)
        let asOf = context.options.asOf
        guard header.asOf <= asOf, asOf <= header.until else {
            throw refused(
                "\(path) 适用于截至 \(header.asOf.iso) 至 \(header.until.iso)，本次截至 \(asOf.iso)。请先重新汇总（zhucun province）。",
                "\(path) holds as of \(header.asOf.iso) to \(header.until.iso); this run is as of \(asOf.iso). Merge again first."
            )
        }
        return HandedBackFile(county: header.county, sha256: Fingerprint.sha256(bytes), payload: bytes)
    }

    private func refused(_ zh: String, _ en: String) -> RunFailure { .refused(BilingualText(zh: zh, en: en)) }

    /// That a file is as it was made, and says nothing impossible.
    private func check(_ bytes: [UInt8], _ header: HandBackHeader, _ path: String) throws {
        guard DigestedFile.isWhole(bytes) else {
            var found = 0
            if header.kind == .claims { ClaimsFile.each(bytes) { _ in found += 1 } }
            throw RunFailure.refused(
                HandBackClaims.damaged(path, lines: header.lines.flatMap { $0 == found ? nil : (found, $0) }))
        }
        switch header.kind {
        case .claims:
            let lines = try HandBackClaims.lines(bytes, path)
            guard lines.count == header.lines, !lines.contains(where: { $0.line.county == header.county }) else {
                throw RunFailure.refused(
                    HandBackClaims.damaged(path, lines: (found: lines.count, made: header.lines ?? 0)))
            }
        case .records:
            _ = try JSONDecoder().decode(CountyGuests.self, from: Data(bytes))
        case .quotas:
            let quotas = try JSONDecoder().decode(CountyQuotas.self, from: Data(bytes))
            if let wrong = quotas.impossible { throw ImpossibleFigures.refused(path, wrong) }
        }
    }
}
