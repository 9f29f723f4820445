import Domain
import Foundation
import Ledger
import Logging
import Matching
import Stages
import TestSupport
import Testing

@testable import Payroll

@Suite("The same over a real inbox, ledger and output")
struct LedgerSequenceTests {
    private static let postings: [TestPosting] = [
        TestPosting("张世安", MonthFixture.id(1), township: "碾伯镇", village: "大庄村"),
        TestPosting("王明华", MonthFixture.id(2), township: "碾伯镇", village: "新庄村"),
        TestPosting("双驻村", MonthFixture.id(4), township: "碾伯镇", village: "大庄村"),
        TestPosting("双驻村", MonthFixture.id(4), township: "碾伯镇", village: "新庄村"),
    ]
    private static let villages = ["大庄村", "新庄村"]

    /// The ledger of a temporary folder and the stages over it.
    private struct Office {
        let folder: TemporaryFolder
        let context: RunContext

        init() throws {
            folder = try TemporaryFolder()
            var flags = RunOptions.Flags()
            flags.pipeline = PackageRoot.at("pipelines/nightly.yaml")
            flags.inbox = folder.at("inbox")
            flags.ledger = folder.at("ledger/z.sqlite")
            flags.output = folder.at("output")
            flags.asOf = CivilDate(2019, 12, 31)
            flags.jobs = 1
            try FileManager.default.createDirectory(
                atPath: folder.at("inbox"), withIntermediateDirectories: true)
            context = try RunContext(
                try RunOptions(flags), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }

        func run() throws {
            let progress = ProgressBar("test", isQuiet: true)
            _ = try IngestStage(context).run(progress: progress)
            _ = try NormalizeStage(context).run(progress: progress)
            _ = try ComputeStage(context).run(progress: progress)
            _ = try ReportStage(context).run(progress: progress)
        }

        func finance(_ period: Period) -> FileTree {
            FileTree(folder.at("output/\(period)/630202-乐都区/finance"))
        }
    }

    /// What identifies a line, and what it pays.
    private struct Paid: Hashable, Comparable {
        let origin: String, person: String, village: String
        let halfDays: Int, fen: Int

        init(_ line: PaymentLine) {
            origin = line.originPeriod.description
            person = line.person.text
            village = line.village
            halfDays = line.halfDays.count
            fen = line.total.amount
        }

        static func < (left: Paid, right: Paid) -> Bool {
            (left.origin, left.person, left.village, left.fen) < (right.origin, right.person, right.village, right.fen)
        }
    }

    @Test(
        "over dozens of steps the ledger issues what the pure parts say, and closed files keep every byte",
        arguments: [3, 8])
    func sequence(seed: UInt64) throws {
        var generator = SeededGenerator(seed)
        let office = try Office()
        let county = TestCounty(postings: Self.postings)
        try county.writeRegisters(to: office.folder.at("inbox"))
        var model = BatchModel(
            cadres: [
                MonthFixture.cadre("张世安", 1, MonthFixture.posting("碾伯镇", "大庄村")),
                MonthFixture.cadre("王明华", 2, MonthFixture.posting("碾伯镇", "新庄村")),
                MonthFixture.cadre(
                    "双驻村", 4, MonthFixture.posting("碾伯镇", "大庄村"), MonthFixture.posting("碾伯镇", "新庄村")),
            ], villages: Self.villages.map { ("碾伯镇", $0) })
        var frozen: [Period: FileTree] = [:]
        for step in 0..<30 {
            let isClosing = Int.random(in: 0..<6, using: &generator) == 0 && model.batches.count < 4
            if isClosing, model.blocks.contains(where: { $0.block.period == model.firstOpen }) {
                let period = model.firstOpen
                _ = try CloseStage(office.context).close(period, county: nil)
                model.close()
                frozen[period] = office.finance(period)
            } else {
                let months = model.batches.map(\.period) + [model.firstOpen, model.firstOpen]
                let period = months[Int.random(in: 0..<months.count, using: &generator)]
                try submit(period, step, county, office, &model, &generator)
                try office.run()
            }
            try compare(office, model, "seed \(seed) step \(step)")
            for (period, files) in frozen { #expect(office.finance(period) == files, "\(period) step \(step)") }
        }
        #expect(!frozen.isEmpty)
        let verify = VerifyStage(office.context)
        for batch in try verify.batches() {
            let result = try verify.verify(batch.id)
            #expect(result.isProven, "\(batch.id): \(result.problems.map(\.en))")
        }
    }

    private func submit(
        _ period: Period, _ step: Int, _ county: TestCounty, _ office: Office, _ model: inout BatchModel,
        _ generator: inout SeededGenerator
    ) throws {
        let village = Int.random(in: 0..<2, using: &generator)
        var sheet: [TestCounty.Row] = []
        var rows: [AttendanceRow] = []
        for posting in Self.postings where posting.village == Self.villages[village] {
            if Int.random(in: 0..<4, using: &generator) == 0 { continue }
            let isHeld = Int.random(in: 0..<6, using: &generator) == 0
            let present = (1...28).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
            let name = isHeld ? "另一人" : posting.name
            sheet.append(
                .init(
                    name, posting.id, village: posting.village,
                    marks: Dictionary(uniqueKeysWithValues: present.map { ($0, "√") })))
            rows.append(MonthFixture.row(name, id: posting.id, present: present, at: 2 + rows.count))
        }
        // A sheet without anybody says nothing of its village.
        guard !rows.isEmpty else { return }
        let path = office.folder.at("inbox/\(Self.villages[village])-\(period).xlsx")
        try county.writeAttendance(period, township: "碾伯镇", sheet, to: path)
        FileTree.setModified(path, 1_600_000_000 + step)
        model.submit(period, village, rows)
    }

    private func compare(_ office: Office, _ model: BatchModel, _ place: String) throws {
        let (own, adjustments, _) = model.open()
        let key = CountyMonth(county: MonthFixture.county.code, period: model.firstOpen)
        let (pay, issued) = try office.context.ledger.read { ledger in
            (try ledger.pay(key), try ledger.batches().flatMap { try ledger.lines(batch: $0.id) })
        }
        #expect(
            (pay?.lines ?? []).map(Paid.init).sorted() == (own.lines + adjustments.lines).map(Paid.init).sorted(),
            "\(place)")
        #expect((pay?.outstanding ?? []).map(\.amount) == adjustments.outstanding.map(\.amount), "\(place)")
        #expect(issued.map(Paid.init).sorted() == model.batches.flatMap(\.lines).map(Paid.init).sorted(), "\(place)")
    }
}
