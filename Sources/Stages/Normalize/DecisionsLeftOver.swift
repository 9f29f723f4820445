import Domain
import Foundation
import Ledger
import Registers

/// `decision-stale`: decisions in force whose evidence no month knows. Source: spec §5.8.
enum DecisionsLeftOver {
    private static let setting = "decisions"

    /// Keeps the decisions whose form still lies in the inbox: of what was taken away nothing is told.
    static func keep(_ registers: Registers, _ sources: [RegisterSource], _ ledger: LedgerWriter) throws {
        let current = Set(sources.filter(\.isCurrent).map(\.order.path))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let told = registers.decisions.filter { current.contains($0.source.file) && $0.action != .withdraw }
        try ledger.setSetting(setting, String(decoding: try encoder.encode(told), as: UTF8.self))
    }

    /// Tells them, once every month is built.
    ///
    /// - Parameter county: where one is run alone and hands over what its folder holds of others: those are told there.
    static func tell(_ ledger: LedgerWriter, handedOverBy county: CountyCode?) throws {
        guard let kept = try ledger.reader.setting(setting) else { return }
        let decisions = try JSONDecoder().decode([Decision].self, from: Data(kept.utf8)).filter {
            county == nil || $0.county == nil || $0.county == county
        }
        var known = decisions.isEmpty ? [] : try ledger.reader.decidedEvidence()
        if decisions.contains(where: { $0.code == .bankAccountShared }) {
            for county in try ledger.reader.recordedCounties() {
                let entry = try ledger.reader.countyRecord(county)
                known.formUnion(entry?.records.sharedAccounts.map(AccountDecisions.evidence) ?? [])
            }
        }
        try ledger.setGeneralFindings(
            setting,
            // About closed lines: told by the month that carries their corrections.
            decisions.filter { !known.contains($0.evidence) && $0.code != .closedLineHeld }.map { decision in
                Finding(
                    .decisionStale, county: decision.county, file: decision.source.file,
                    sheet: decision.source.sheet, cell: decision.source.address, value: decision.evidence,
                    arguments: [decision.code.chinese])
            }.sorted(by: Finding.inReportOrder))
    }
}
