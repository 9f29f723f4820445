import Domain
import Foundation
import Ledger
import Matching
import Registers
import Work

/// Blocks find their county: by their own words, else by what the registers say of their townships and people.
struct AssignmentStep {
    let context: RunContext
    let ledger: LedgerWriter

    private static func mark(_ headers: [BlockHeader]) -> String {
        headers.map { String($0.id) }.joined(separator: ",")
    }

    /// Whether blocks came that were not tried yet.
    static func isCurrent(_ ledger: LedgerReader, _ work: WorkTable) throws -> Bool {
        mark(try ledger.unassignedBlocks()) == work.output(.unplaced)
    }

    /// Gives new blocks whose title or folder names the county to it, without reading any register.
    ///
    /// - Returns: whether blocks are left that only the registers can place.
    func assignByContext(_ work: WorkTable) throws -> Bool {
        var index = CountyIndex(try context.regions())
        for county in try ledger.reader.countyNames().values.sorted(by: { $0.code < $1.code }) { index.insert(county) }
        let assigner = CountyAssigner(index)
        for header in try ledger.reader.unassignedBlocks() {
            guard let county = assigner.countyByContext(try ledger.reader.block(header.id)) else { continue }
            try ledger.assign(block: header.id, county: county, period: header.period, rows: nil)
        }
        return AssignmentStep.mark(try ledger.reader.unassignedBlocks()) != work.output(.unplaced)
    }

    /// Gives the blocks that no county has yet to counties.
    func assignNew(_ registers: Registers, _ work: inout WorkTable) throws {
        try assign(try ledger.reader.unassignedBlocks(), registers, &work)
    }

    /// Gives blocks to counties anew: all of them where counties go by other names than before, else those whose own
    /// words do not tell it.
    func assignAgain(_ registers: Registers, _ work: inout WorkTable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let counties = registers.index.counties.values.sorted { $0.code < $1.code }
        let names = Fingerprint.of(
            try context.text(context.options.regions), String(decoding: try encoder.encode(counties), as: UTF8.self))
        let headers =
            work.output(.countyNames) == names ? try ledger.reader.untoldBlocks() : try ledger.reader.blockHeaders()
        // No finding is about a block whose own words tell its county.
        for scope in try ledger.reader.generalFindingScopes() where scope.hasPrefix("block:") {
            try ledger.deleteGeneralFindings(scope)
        }
        try assign(headers, registers, &work)
        try ledger.set(.countyNames, WorkEntry(inputs: "", output: names), &work)
    }

    private func assign(_ headers: [BlockHeader], _ registers: Registers, _ work: inout WorkTable) throws {
        let assigner = CountyAssigner(registers)
        let byWords = CountyAssigner(registers.index)
        let submissions = try ledger.reader.submissions()
        for header in headers {
            let block = try ledger.reader.block(header.id)
            try ledger.unassign(block: header.id)
            let isTold = byWords.countyByContext(block) != nil
            let findings = try assign(block, header, assigner, isTold: isTold)
            guard !findings.isEmpty else { continue }
            let path = submissions[header.submission]?.path ?? ""
            try ledger.setGeneralFindings(
                "block:\(header.id)",
                findings.map {
                    var finding = $0
                    finding.file = path
                    return finding
                })
        }
        let left = AssignmentStep.mark(try ledger.reader.unassignedBlocks())
        try ledger.set(.unplaced, WorkEntry(inputs: "", output: left), &work)
    }

    /// Gives a block to its counties; what has none is said by a finding without county.
    private func assign(
        _ block: AttendanceBlock, _ header: BlockHeader, _ assigner: CountyAssigner, isTold: Bool
    ) throws -> [Finding] {
        var rows: [CountyCode: [Int]] = [:]
        var findings: [Finding] = []
        for (index, assignment) in assigner.assign(block).enumerated() {
            switch assignment {
            case .county(let code): rows[code, default: []].append(index)
            case .unknown(let name):
                findings.append(
                    Finding(
                        .unknownCounty, period: block.period, sheet: block.sheet,
                        cell: block.rows[index].county?.cell ?? block.rows[index].name.cell,
                        person: block.rows[index].name.text, value: name, arguments: [name]))
            case .untold:
                if findings.contains(where: { $0.reason == .countyNotTold }) { continue }
                findings.append(Finding(.countyNotTold, period: block.period, sheet: block.sheet, cell: nil))
            }
        }
        if block.rows.isEmpty, let county = assigner.county(of: block) { rows[county] = [] }
        for (county, indexes) in rows.sorted(by: { $0.key < $1.key }) {
            try ledger.assign(
                block: header.id, county: county, period: block.period,
                rows: indexes.count == block.rows.count ? nil : indexes, isTold: isTold)
        }
        return findings
    }
}
