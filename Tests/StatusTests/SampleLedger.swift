import Domain
import Foundation
import Ledger
import Matching
import Registers

/// A ledger of two months of one county, made by hand.
struct SampleLedger {
    static let county = CountyCode("630202")!
    static let november = CountyMonth(county: county, period: Period(year: 2018, month: 11)!)
    static let december = CountyMonth(county: county, period: Period(year: 2018, month: 12)!)

    let ledger: LedgerDatabase
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)")
        path = folder.appendingPathComponent("zhucun.sqlite").path
        ledger = try LedgerDatabase(path: path)
        try ledger.write { ledger in
            try ledger.setSetting("asOf", "2018-12-05")
            try ledger.upsert(
                CountyRecordEntry(
                    records: CountyRecords(
                        county: CountyRecord(
                            code: Self.county, name: "样例县", prefecture: "样例市", isDeepPoverty: false)),
                    heldRosterRows: []), county: Self.county, payload: [])
            try month(Self.november, sent: ["甲乡", "乙镇"], missing: ["丙乡"], ledger)
            try month(Self.december, sent: ["甲乡"], missing: [], ledger)
        }
    }

    func remove() { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }

    private func month(_ key: CountyMonth, sent: [String], missing: [String], _ ledger: LedgerWriter) throws {
        var attendance = MonthAttendance(county: key.county, period: key.period, sentTownships: sent.sorted())
        attendance.findings =
            [Finding(.notOnRoster, period: key.period, county: key.county, township: "乙镇", person: "某人")]
            + missing.map { Finding(.missingSubmission, period: key.period, county: key.county, township: $0) }
        let source = SourceCell(file: "花名册.xlsx", sheet: "Sheet1", address: CellAddress(row: 1, column: 0))
        let cadres = ["甲乡", "乙镇", "丙乡"].enumerated().map { index, township in
            Cadre(
                id: person(index), name: PersonName("样例甲"),
                postings: [
                    Posting(
                        county: key.county, township: township, village: "某村", role: .teamMember, roleText: "工作队员",
                        sendingUnit: "某局", start: CivilDate(2018, 10, 1)!, source: source)
                ])
        }
        try ledger.upsert(
            key, payload: [], standing: 1, summary: MonthSummary(attendance, cadres: cadres))
        try ledger.replace(
            MonthPay(
                month: key,
                lines: [line(key, person(0), "甲乡", days: 20), line(key, person(1), "乙镇", days: 3)],
                held: [
                    HeldLine(
                        county: key.county, period: key.period, personID: "", name: "某人", sendingUnit: "某局",
                        township: "乙镇", village: "某村", codes: [.notOnRoster], pendingAmount: .yuan(600))
                ]))
    }

    /// Fictional: sequence 900 and up.
    private func person(_ index: Int) -> ResidentID {
        let body = "63020219850505\(900 + index)"
        return ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X"].lazy.compactMap { ResidentID(body + $0) }.first!
    }

    private func line(_ key: CountyMonth, _ person: ResidentID, _ township: String, days: Int) -> PaymentLine {
        PaymentLine(
            county: key.county, period: key.period, originPeriod: key.period, person: person, name: "样例甲",
            sendingUnit: "某局", township: township, village: "某村", halfDays: .days(days), dailyRate: .yuan(60),
            livingStipend: .yuan(60 * days))
    }
}
