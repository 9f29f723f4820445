import Codec
import Domain
import Foundation
import Ledger
import Matching
import Registers
import Rules

/// A county's year: what its attendance says over the months, what the rules find, what the province needs of it.
struct YearComputation: Sendable {
    let context: RunContext

    /// What is kept of a county's year.
    struct Entry: Sendable {
        var key: CountyYear
        /// `YearAttendance`.
        var payload: [UInt8]
        /// `YearForProvince`.
        var province: [UInt8]
        /// The extract file.
        var extract: Data
        var findings: [Finding]
        /// The days on which it stays as it is.
        var holds: CivilDateRange

        /// Digest of all of it.
        var output: String {
            var print = Fingerprint()
            for bytes in [payload, province, [UInt8](extract)] { print.add(Fingerprint.sha256(bytes)) }
            print.add(Fingerprint.sha256(findings.packed))
            return print.value
        }
    }

    func compute(
        _ year: CountyYear, records: CountyRecords, months: [Period], _ ledger: LedgerReader
    ) throws -> Entry {
        var attendance = YearAttendance()
        for period in months where period.year == year.year {
            let key = CountyMonth(county: year.county, period: period)
            guard let part = try MonthForYear.kept(key, records, ledger) else { continue }
            attendance.add(part.attendance)
        }
        attendance.absences.sort { ($0.date, $0.person, $0.source) < ($1.date, $1.person, $1.source) }
        let input = YearInput(
            records: records, attendance: attendance, year: year.year, asOf: context.options.asOf,
            policy: context.policy)
        let results = YearResults(input)
        let standings = results.standings(input)
        let promotion = PromotionShare.extract(input)
        let units = UnitStanding.compute(input)
        // Once all is asked it is known on which days the answers are these.
        var extract = CountyExtract(
            county: records.county, year: year.year, asOf: input.stateOf, training: results.training,
            workFunds: results.workFunds.rows, organisers: TrainingOrganisers.joined([results.organisers.rows]),
            promotion: promotion, units: units, registered: try RegisteredCounties.read(ledger))
        extract.until = input.holds.end
        extract.stamp = try context.exchangeStamp(nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let isInsuranceReported = !results.insurance.unreportedForms.contains(.insurance)
        let flags = Dictionary(grouping: results.insurance.rows, by: \.flag.rawValue).mapValues(\.count)
        let province = YearForProvince(
            extract: extract, insuranceFlags: isInsuranceReported ? flags : nil, standings: standings,
            sharedCounties: Set(records.postingsElsewhere.map(\.county)).sorted())
        return Entry(
            key: year, payload: attendance.marked,
            province: try RecordCoder.bytes(of: province), extract: try encoder.encode(extract),
            findings: results.findings, holds: input.holds)
    }
}

extension YearAttendance {
    /// What is kept of a county's year, by this version or an earlier one; nil where it was not computed.
    static func kept(_ year: CountyYear, _ ledger: LedgerReader) throws -> YearAttendance? {
        guard let bytes = try ledger.yearPayload(year) else { return nil }
        return try YearAttendance(marked: bytes) ?? JSONDecoder().decode(YearAttendance.self, from: Data(bytes))
    }
}

/// What the province and the run page count of a county's year.
struct YearForProvince: Codable, Sendable {
    var extract: CountyExtract
    /// Cases by flag; nil where no insurance form was received.
    var insuranceFlags: [String: Int]?
    /// How the county stands on every matter but pay; nil in what an earlier version kept.
    var standings: [Standing]?
    /// Counties in which somebody posted here is, or was, posted too.
    var sharedCounties: [CountyCode]?
}

/// The counties that a county register names: they are shown as 未报 where nothing came of them.
enum RegisteredCounties {
    /// The ledger's setting that holds them.
    static let setting = "registeredCounties"

    static func read(_ ledger: LedgerReader) throws -> [CountyRecord] {
        guard let text = try ledger.setting(setting), !text.isEmpty else { return [] }
        return try JSONDecoder().decode([CountyRecord].self, from: Data(text.utf8))
    }
}
