import Domain
import Forms
import Foundation
import Ledger
import Matching
import Reports
import Settings
import Sheets
import Tables

/// Makes the workbooks that townships fill in. Source: spec §4 (`zhucun template`).
public struct TemplateMaker {
    /// A workbook before it is written.
    public struct File: Sendable {
        public let name: String
        let workbook: ReportWorkbook
    }

    private let language: Language

    public init(language: Language) { self.language = language }

    // MARK: Attendance

    /// The attendance workbook of each township with cadres in post in that month, or of one.
    ///
    /// - Throws: `RunFailure.refused` with what there is, where county, month or township name nothing.
    public func attendance(
        _ context: RunContext, county: CountyCode, period: Period, township: String?
    ) throws -> [File] {
        let (entry, names) = try context.ledger.read { (try $0.countyRecord(county), try $0.countyNames()) }
        guard let records = entry?.records, !records.cadres.isEmpty else { throw noCounty(county, names) }
        let people = TemplateMaker.people(of: records.cadres, county: county, in: period)
        guard !people.isEmpty else { throw nobody(records, period) }
        var townships = people.keys.sorted()
        if let township {
            let matching = TemplateMaker.matching(township, in: townships)
            guard matching.count == 1 else { throw noTownship(township, townships, period) }
            townships = matching
        }
        return townships.map { name in
            let template = AttendanceTemplate(
                county: records.county.name, township: name, period: period, people: people[name] ?? [])
            return File(
                name: OutputNames.safe(AttendanceTemplate.fileName(township: name, period: period)),
                workbook: template.workbook())
        }
    }

    /// By township; a person has a row for each village, by village, name, ID.
    static func people(
        of cadres: [Cadre], county: CountyCode, in period: Period
    ) -> [String: [AttendanceTemplate.Person]] {
        var days: [String: [RowKey: AttendanceTemplate.Person]] = [:]
        for cadre in cadres {
            for posting in cadre.postings where posting.county == county {
                guard let range = posting.days(within: period.range) else { continue }
                let key = RowKey(village: posting.village, name: cadre.name.display, id: cadre.id.text)
                let posted = Set(range.dates.map(\.day))
                days[posting.township, default: [:]][
                    key,
                    default: AttendanceTemplate.Person(
                        name: cadre.name.display, id: cadre.id.text, sendingUnit: posting.sendingUnit,
                        village: posting.village, days: [])
                ].days.formUnion(posted)
            }
        }
        return days.mapValues { rows in rows.sorted { $0.key < $1.key }.map(\.value) }
    }

    private struct RowKey: Hashable, Comparable {
        let village: String
        let name: String
        let id: String

        static func < (left: RowKey, right: RowKey) -> Bool {
            (left.village, left.name, left.id) < (right.village, right.name, right.id)
        }
    }

    /// By full name, else without 镇, 乡, 街道 where that is one township.
    private static func matching(_ name: String, in townships: [String]) -> [String] {
        let exact = townships.filter { PlaceKey.township($0) == PlaceKey.township(name) }
        if !exact.isEmpty { return exact }
        return townships.filter { PlaceKey.townshipStem($0) == PlaceKey.townshipStem(name) }
    }

    private func noCounty(_ county: CountyCode, _ names: [CountyCode: CountyRecord]) -> RunFailure {
        let list = names.sorted { $0.key < $1.key }.map { "\($0.key.text) \($0.value.name)" }
        guard !list.isEmpty else {
            return .refused(
                BilingualText(
                    zh: "账本里还没有花名册。请把花名册放入收件目录，先运行 zhucun run。",
                    en: "the ledger has no roster yet. Put the roster into the inbox and run `zhucun run` first."))
        }
        return .refused(
            BilingualText(
                zh: "账本里没有县区 \(county.text) 的花名册。现有：\(list.joined(separator: "、"))。",
                en: "the ledger has no roster of county \(county.text). There are: \(list.joined(separator: ", "))."))
    }

    private func nobody(_ records: CountyRecords, _ period: Period) -> RunFailure {
        let postings = records.cadres.flatMap(\.postings)
        let first = postings.map(\.start).min()?.iso ?? ""
        let isOpen = postings.contains { $0.end == nil }
        let last = isOpen ? nil : postings.compactMap(\.end).max()?.iso
        return .refused(
            BilingualText(
                zh:
                    "\(records.county.name) \(period.chinese) 没有在岗的驻村干部。花名册的驻村期：\(first) 至 \(last ?? "今")。",
                en:
                    "nobody is in post in \(records.county.name) in \(period). Postings of the roster: \(first) to \(last ?? "now")."
            ))
    }

    private func noTownship(_ name: String, _ townships: [String], _ period: Period) -> RunFailure {
        .refused(
            BilingualText(
                zh: "没有乡镇“\(name)”。\(period.chinese) 有在岗干部的乡镇：\(townships.joined(separator: "、"))。",
                en: "no township “\(name)”. With cadres in post in \(period): \(townships.joined(separator: ", "))."))
    }

    // MARK: Other forms

    /// An empty form.
    ///
    /// - Throws: `RunFailure.refused` for a form that no data file describes; `FormFiles.Failure`.
    public func form(_ id: FormID, options: RunOptions) throws -> File {
        guard let definition = try FormFiles.load(folder: options.forms).definition(id) else {
            throw RunFailure.refused(
                BilingualText(
                    zh: "\(options.forms) 中没有表“\(id.chinese)”的定义。",
                    en: "\(options.forms) does not define \(id.rawValue)."))
        }
        return File(
            name: OutputNames.safe(definition.title) + "-空白表.xlsx",
            workbook: TemplateMaker.template(definition).workbook())
    }

    static func template(_ definition: FormDefinition) -> FormTemplate {
        FormTemplate(
            title: definition.title,
            columns: definition.fields.map { field in
                FormTemplate.Column(
                    heading: field.heading, kind: kind(field), isRequired: field.isRequired, isKey: field.isKey,
                    note: field.note, offers: field.offers, accepts: accepted(field))
            },
            created: TemplateMaker.policyDate)
    }

    /// Other words that mean a choice, the first few of each: `第一书记（书记、1书记）`.
    private static func accepted(_ field: FieldDefinition) -> [String] {
        field.choices.filter { !$0.synonyms.isEmpty }.map { choice in
            "\(choice.word)（\(choice.synonyms.prefix(4).joined(separator: "、"))）"
        }
    }

    /// The day from which the policy pays: empty forms have no month of their own.
    private static let policyDate = CivilDate(dayNumber: 17_805)

    private static func kind(_ field: FieldDefinition) -> FormTemplate.Kind {
        switch field.kind {
        case .text, .name: .text
        case .residentID: .id
        case .account: .account
        case .date: .date
        case .monthOrDate, .endDate: .monthOrDate
        case .amount: .amount
        case .count: .count
        case .year: .year
        case .flag: .flag
        case .choice: .choice(field.choices.map(\.word))
        }
    }

    // MARK: Writing

    /// Writes the files into `folder`, which is created where it is missing; returns their paths.
    ///
    /// - Throws: `RunFailure.refused`, before anything is written, where a file of another content stands in the way:
    ///   it may be one that somebody has filled in.
    public func write(_ files: [File], to folder: String, replaces: Bool) throws -> [String] {
        let bytes = try files.map { try XLSXWriter.bytes(of: $0.workbook) }
        let paths = files.map { (folder.hasSuffix("/") ? String(folder.dropLast()) : folder) + "/" + $0.name }
        if !replaces {
            for (path, new) in zip(paths, bytes) {
                guard let old = FileManager.default.contents(atPath: path), [UInt8](old) != new else { continue }
                throw RunFailure.refused(
                    BilingualText(
                        zh: "\(path) 已存在且内容不同，可能已经填写。换一个目录，或加 --force 覆盖。",
                        en:
                            "\(path) exists and differs; somebody may have filled it in. Name another folder, or add --force to replace it."
                    ))
            }
        }
        for (path, new) in zip(paths, bytes) { try AtomicFile.write(new, to: path) }
        return paths
    }
}
