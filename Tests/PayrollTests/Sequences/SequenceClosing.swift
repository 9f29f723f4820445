import Domain
import Foundation
import Ledger
import Stages
import TestSupport

/// Closing, backup and restore.
extension SequenceRun {
    func firstOpen(_ county: Int) -> Period {
        let own = closed.keys.filter { $0.county == SequenceWorld.counties[county] }.map(\.period)
        return own.max()?.next ?? SequenceWorld.months[0]
    }

    /// The next month; sometimes the one after it, where nothing came and nothing is owed for the next.
    func closeNext() throws {
        let county = random(0..<2)
        let open = firstOpen(county)
        if random(0..<3) > 0, !world.hasSheets(open, in: county), world.hasSheets(open.next, in: county) {
            let month = CountyMonth(county: SequenceWorld.counties[county], period: open)
            let owes = try office.context().ledger.read { try $0.pay(month)?.lines.isEmpty == false }
            if !owes { return try close(county, open.next) }
        }
        try close(county, open)
    }

    func close(_ county: Int, _ period: Period) throws {
        let month = CountyMonth(county: SequenceWorld.counties[county], period: period)
        let hasData = try office.context().ledger.read { try $0.computedMonths().contains(month) }
        guard hasData, period <= last else { return }
        log("close \(county) \(period)")
        try office.run()
        try office.close(month)
        closed[month] = try office.files(month)
        try checkBank(month)
        governing[month] = office.policy
        // What was passed over and is paid with this batch is read as it was paid.
        let paid = try office.context().ledger.read { try $0.issuingBatches() }
        for other in SequenceWorld.months where other < period {
            let key = CountyMonth(county: month.county, period: other)
            if governing[key] == nil, paid[key] != nil { governing[key] = office.policy }
        }
    }

    /// To an account that is not known, or that others have too, no bank is told to pay.
    private func checkBank(_ month: CountyMonth) throws {
        let lines = try office.context().ledger.read { try $0.bankLines(county: month.county) }.filter {
            $0.batch == BatchRecord.id(month) && $0.amount > .zero
        }
        for line in lines {
            guard
                let person = SequenceWorld.names.indices.first(where: {
                    SequenceWorld.id($0) == line.person
                }),
                line.account == world.account(person),
                let county = SequenceWorld.counties.firstIndex(of: month.county)
            else { continue }
            report.expect(
                (line.obstacle == nil) != world.isAccountOpen(person, in: county),
                "\(line.name) \(month): \(line.account) \(line.obstacle.map { "\($0)" } ?? "is paid")")
        }
    }

    func backUpOrRestore() throws {
        let options = try office.options()
        guard let kept = backup else {
            let folder = office.folder.at("backup")
            _ = try Backup.make(options, to: folder)
            backup = (folder, closed.count)
            log("backup")
            return
        }
        // An older ledger than the output must not run; the newer one put back goes on.
        log("restore")
        let aside = office.folder.at("aside-\(step)")
        try FileManager.default.moveItem(atPath: office.folder.at("ledger"), toPath: aside)
        _ = try Backup.restore(from: kept.folder, options)
        if kept.batches < closed.count {
            do {
                try office.run()
                report.expect(false, "an older ledger ran beside newer batches")
            } catch is RunFailure {
                log("refused")
            }
        }
        try FileManager.default.removeItem(atPath: office.folder.at("ledger"))
        try FileManager.default.moveItem(atPath: aside, toPath: office.folder.at("ledger"))
        try office.run()
    }
}
