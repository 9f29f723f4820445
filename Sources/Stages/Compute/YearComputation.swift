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
        var payload: Data
        /// `YearForProvince`.
        var province: Data
        /// The extract file.
        var extract: Data
        var findings: [Finding]

        /// Digest of all of it.
        var output: String {
            var print = Fingerprint()
            for data in [payload, province, extract] { print.add(Fingerprint.sha256([UInt8](data))) }
            print.add(Fingerprint.sha256(findings.packed))
            return print.value
        }
    }

    func compute(
        _ year: CountyYear, records: CountyRecords, months: [Period], _ ledger: LedgerReader
    ) throws -> Entry {
        var attendance = YearAttendance()
        var presence: [PresenceMask] = []
        let checked = Set(records.spotChecks.map { CheckedDate(person: $0.person, date: $0.date) })
        for period in months where period.year == year.year {
            guard let month = try ledger.month(CountyMonth(county: year.county, period: period)) else { continue }
            if !month.rows.isEmpty || !month.sentTownships.isEmpty { attendance.isReported = true }
            YearComputation.add(month, checked, &attendance, &presence)
        }
        attendance.absences.sort { ($0.date, $0.person, $0.source) < ($1.date, $1.person, $1.source) }
        let input = YearInput(
            records: records, attendance: attendance, year: year.year, asOf: context.options.asOf,
            policy: context.policy)
        let results = YearResults(input)
        let extract = CountyExtract(
            county: records.county, year: year.year, asOf: input.asOf, training: results.training,
            workFunds: results.workFunds.rows, organisers: TrainingOrganisers.joined([results.organisers.rows]),
            promotion: PromotionShare.extract(input), units: UnitStanding.compute(input),
            registered: try RegisteredCounties.read(ledger), presence: presence)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let isInsuranceReported = !results.insurance.unreportedForms.contains(.insurance)
        let flags = Dictionary(grouping: results.insurance.rows, by: \.flag.rawValue).mapValues(\.count)
        var counted = extract
        counted.presence = []
        let province = YearForProvince(
            extract: counted, insuranceFlags: isInsuranceReported ? flags : nil, standings: results.standings(input),
            sharedCounties: Set(records.postingsElsewhere.map(\.county)).sorted())
        return Entry(
            key: year, payload: try encoder.encode(attendance),
            province: try encoder.encode(province), extract: try encoder.encode(extract), findings: results.findings)
    }

    private struct CheckedDate: Hashable {
        let person: ResidentID
        let date: CivilDate
    }

    private static func add(
        _ month: MonthAttendance, _ checked: Set<CheckedDate>, _ attendance: inout YearAttendance,
        _ presence: inout [PresenceMask]
    ) {
        // Whom only another county's roster knows is the very person that may be in two places.
        for row in month.rows where !row.personID.isEmpty && !row.isLeftOut {
            var mornings: UInt32 = 0
            var afternoons: UInt32 = 0
            for day in row.days {
                let bit = UInt32(1) << UInt32(day.date.day - 1)
                if day.morning == .present { mornings |= bit }
                if day.afternoon == .present { afternoons |= bit }
                guard let person = row.cadre else { continue }
                let isAbsence = [day.morning, day.afternoon].contains { $0 == .absent || $0 == .withdrawn }
                if !row.isHeld, day.counted > .zero {
                    attendance.presentHalfDays[person, default: .zero] += day.counted
                }
                let isPresent = day.morning == .present || day.afternoon == .present
                guard isAbsence || isPresent && checked.contains(CheckedDate(person: person, date: day.date)) else {
                    continue
                }
                let fact = AttendanceFact(
                    person: person, date: day.date, morning: day.morning, afternoon: day.afternoon,
                    presentHalfDays: row.isHeld ? .zero : day.counted,
                    source: SourceCell(file: row.file, sheet: row.sheet, address: day.cell))
                if isAbsence { attendance.absences.append(fact) } else { attendance.presentOnCheckedDates.append(fact) }
            }
            if let person = row.cadre, let accepted = row.acceptedHalfDays, !row.isHeld {
                attendance.presentHalfDays[person, default: .zero] += accepted
            }
            if mornings | afternoons != 0 {
                presence.append(
                    PresenceMask(
                        person: String(Fingerprint.of("zhucun presence", row.personID).prefix(20)),
                        period: month.period, mornings: mornings, afternoons: afternoons,
                        place: "\(month.county.text)/\(row.township)/\(row.village)"))
            }
        }
    }
}

/// What the province and the run page count of a county's year.
///
/// Who was present when is left out of the extract here: a ledger finds double presence by itself, and reading it would
/// cost more than all the rest of a run that has nothing to do.
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
