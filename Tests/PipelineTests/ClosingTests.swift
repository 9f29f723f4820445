import Domain
import Foundation
import TestSupport
import Testing

@Suite("Closing a month")
struct ClosingTests {
    private func correct(_ place: Workplace) throws {
        try place.copy(PackageRoot.at("fixtures/year/corrected"), to: place.inbox)
        for path in FileTree(place.inbox).files.keys where path.hasSuffix("更正.xlsx") {
            FileTree.setModified(place.inbox + "/" + path, 1_570_000_000)
        }
    }
    private func october(_ place: Workplace) -> FileTree { FileTree(place.folder("2018-10") + "/finance") }

    @Test("run, close, correct, run: October stays, November carries exactly the difference, verify proves it")
    func steps() throws {
        let place = try Workplace.year()
        #expect(try place.run().exit == 1)
        let early = try place.command("close", "2018-11")
        #expect(early.exit == 2)
        #expect(early.error.contains("2018-10"))
        let close = try place.command("close", "2018-10", "--county", "630202")
        #expect(close.exit == 0, "\(close.error)")
        #expect(close.output.contains("ZC-630202-201810"))
        let closed = october(place)
        #expect(closed.files.count >= 4)
        let again = try place.command("close", "2018-10", "--county", "630202")
        #expect(again.exit == 2)
        #expect(october(place) == closed)

        try correct(place)
        #expect(try place.run().exit == 1)
        #expect(october(place) == closed, "neither a byte nor a time of a closed month's files changes")
        let expected = PackageRoot.at("fixtures/year/expected/close/")
        for name in [
            "2018-10/630202-乐都区/finance/payments-2018-10.csv", "2018-10/630202-乐都区/findings.csv",
            "2018-11/630202-乐都区/finance/payments-2018-11.csv",
        ] {
            try Comparison(name: name, tolerates: ["superseded"]).compare(
                expected + name, place.output + "/" + name)
        }
        let before = place.outputs
        #expect(try place.run().exit == 1)
        #expect(place.outputs == before)

        let verify = try place.command("verify")
        #expect(verify.exit == 0, "\(verify.output)\(verify.error)")
        #expect(verify.output.contains("proven"))
        let people = Set(try place.finance("payments").compactMap { $0["身份证号"] }).sorted()
        for person in [people.first, people.last] {
            let explained = try place.command("explain", try #require(person), "--period", "2018-10")
            #expect(explained.exit == 0, "beside the lines of others: \(explained.error)")
        }
        let november = try place.command("close", "2018-11")
        #expect(november.exit == 0, "\(november.error)")
        #expect(try place.command("verify").exit == 0)
        try tamper(place)
    }

    /// Each change alone makes verify fail and say what; undone, it is proven again.
    private func tamper(_ place: Workplace) throws {
        func fails(_ what: String, says: String, in words: String) throws {
            let batch = "ZC-630202-201811"
            let result = try place.command("verify", batch)
            #expect(result.exit == 2, "\(what): \(result.output)")
            let said = result.output + result.error
            #expect(said.contains(says), "\(what): \(said)")
            #expect(!said.contains(": proven"), "\(what): \(said)")
            // Exit 2 of what does not agree and of what could not be looked at read differently.
            #expect(said.contains(words), "\(what): \(said)")
        }
        // A kept original with one bit changed.
        let originals = place.ledger + ".originals"
        let attendance = try #require(
            FileTree(place.inbox).files.first { $0.key.hasSuffix("2018-11/高店镇.xlsx") })
        let kept = try #require(
            FileTree(originals).files.first { $0.value.bytes == attendance.value.bytes }?.key)
        var flipped = attendance.value.bytes
        flipped[flipped.count / 2] ^= 1
        try flipped.write(to: URL(fileURLWithPath: originals + "/" + kept))
        try fails("original", says: "kept original", in: "ZC-630202-201811: could not be looked at")
        try attendance.value.bytes.write(to: URL(fileURLWithPath: originals + "/" + kept))
        #expect(try place.command("verify").exit == 0)

        // The policy file of that day.
        let policyBytes = try Data(contentsOf: URL(fileURLWithPath: place.policy))
        let policy = try #require(FileTree(originals).files.first { $0.value.bytes == policyBytes }?.key)
        try (policyBytes + Data("\n".utf8)).write(to: URL(fileURLWithPath: originals + "/" + policy))
        try fails(
            "policy", says: "the kept original of policy file", in: "ZC-630202-201811: could not be looked at")
        try policyBytes.write(to: URL(fileURLWithPath: originals + "/" + policy))

        // A finance file that somebody edited.
        let csv = place.folder("2018-11") + "/finance/payments-2018-11.csv"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: csv))
        try (bytes + Data("x".utf8)).write(to: URL(fileURLWithPath: csv))
        try fails("output", says: "payments-2018-11.csv", in: "ZC-630202-201811: NOT proven")
        try bytes.write(to: URL(fileURLWithPath: csv))
        #expect(try place.command("verify").exit == 0)

        // A line of the ledger, its guard removed.
        try TestLedger.execute(
            place.ledger,
            """
            DROP TRIGGER batch_line_is_final;
            UPDATE batch_line SET stipend = stipend + 6000 WHERE id = (
                SELECT min(id) FROM batch_line WHERE batch = 'ZC-630202-201811' AND stipend > 0);
            """)
        try fails("line", says: "ledger", in: "not what its checksum says")
    }

    @Test("a month that comes after a later one was closed is paid once, as adjustments, and stops nothing")
    func lateMonth() throws {
        let place = try Workplace.year()
        let late = try #require(FileTree(place.inbox).files.keys.filter { $0.contains("2018-10/") }.nonEmpty)
        let kept = place.folder.at("late")
        for path in late {
            let target = kept + "/" + path
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: target).deletingLastPathComponent().path, withIntermediateDirectories: true
            )
            try FileManager.default.moveItem(atPath: place.inbox + "/" + path, toPath: target)
        }
        try place.run()
        let first = try place.command("close", "2018-11", "--county", "630202")
        #expect(first.exit == 0, "\(first.error)")
        let closed = FileTree(place.folder("2018-11") + "/finance")
        try place.copy(kept, to: place.inbox)
        try place.run()
        #expect(FileTree(place.folder("2018-11") + "/finance") == closed)
        let october = try CSVText(path: place.folder("2018-10") + "/finance/payments-2018-10.csv")
        #expect(october.records.isEmpty, "a month that was passed over has no payments of its own")
        let december = try CSVText(path: place.folder("2018-12") + "/finance/payments-2018-12.csv")
        #expect(december.rows.contains { $0["原所属期"] == "2018-10" })
        #expect(try place.command("close", "2018-10", "--county", "630202").exit == 2)
        let next = try place.command("close", "2018-12", "--county", "630202")
        #expect(next.exit == 0, "\(next.error)")
        let verify = try place.command("verify")
        #expect(verify.exit == 0, "\(verify.output)\(verify.error)")
        try place.run()
        let january = try CSVText(path: place.folder("2019-01") + "/finance/payments-2019-01.csv")
        #expect(!january.rows.contains { $0["原所属期"] == "2018-10" }, "once")
    }

    @Test(
        "the bank's file is a draft until closing, one positive line a person; with unpayable it is payments to the fen"
    )
    func bankFile() throws {
        let place = try Workplace.year()
        try place.run()
        func names() -> [String] { FileTree(place.folder("2018-10") + "/finance").files.keys.sorted() }
        #expect(names().contains("bank-2018-10-草稿.csv"))
        #expect(!names().contains("bank-2018-10.csv"))
        try place.command("close", "2018-10", "--county", "630202")
        #expect(names().contains("bank-2018-10.csv"))
        #expect(!names().contains("bank-2018-10-草稿.csv"))
        let folder = place.folder("2018-10") + "/finance/"
        func fen(_ rows: [[String: String]], _ column: String) -> Int {
            rows.reduce(0) { $0 + (Int(($1[column] ?? "").replacingOccurrences(of: ".", with: "")) ?? 0) }
        }
        let payments = try CSVText(path: folder + "payments-2018-10.csv").rows
        let unpayable = try CSVText(path: folder + "unpayable-2018-10.csv").rows
        #expect(unpayable.allSatisfy { $0["批次号"] == "ZC-630202-201810" && !($0["原因"] ?? "").isEmpty })
        let manifest = try #require(
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(fileURLWithPath: folder + "manifest-2018-10.json")))
                as? [String: Any])
        func sum(_ key: String) -> Int { (manifest[key] as? [String: Any])?["totalFen"] as? Int ?? -1 }
        #expect(sum("unpayable") == fen(unpayable, "金额"))
        #expect(sum("bank") + sum("unpayable") == fen(payments, "合计"))
        #expect(sum("bank") > 0)
    }

    @Test("close shows what it will freeze, and freezes nothing when it is only asked to look")
    func preview() throws {
        let place = try Workplace.year()
        try place.run()
        let before = place.outputs
        let look = try place.command("close", "2018-10", "--county", "630202", "--dry-run")
        #expect(look.exit == 0, "\(look.error)")
        let payments = try CSVText(path: place.folder("2018-10") + "/finance/payments-2018-10.csv").rows
        let total = payments.reduce(0) { $0 + (Int(($1["合计"] ?? "").replacingOccurrences(of: ".", with: "")) ?? 0) }
        #expect(look.output.contains("\(Fen(total).yuanText) yuan"), "\(look.output)")
        for unit in Set(payments.compactMap { $0["派出单位"] }) { #expect(look.output.contains(unit)) }
        #expect(look.output.contains("as of 2019-06-30"))
        #expect(look.output.contains("bank-2018-10.csv"))
        #expect(place.outputs == before)
        let json = try place.command("close", "2018-10", "--county", "630202", "--dry-run", "--format", "json")
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any], "\(json.output)")
        #expect((document["closed"] as? [Any])?.isEmpty == true)
        let month = try #require((document["months"] as? [[String: Any]])?.first)
        #expect(month["total"] as? String == Fen(total).yuanText)
        let otherDay = try place.command("close", "2018-10", "--county", "630202", "--as-of", "2019-05-31")
        #expect(otherDay.exit == 2)
        #expect(otherDay.error.contains("2019-06-30"), "\(otherDay.error)")
        #expect(try place.command("close", "2018-10", "--county", "630202", "--yes").exit == 0)
    }

    @Test("what a bank returned is due again in the next batch, once; a forged answer changes nothing")
    func bankReturn() throws {
        let place = try Workplace.year()
        try place.run()
        try place.command("close", "2018-10", "--county", "630202")
        let paid = try #require(
            try CSVText(path: place.folder("2018-10") + "/finance/payments-2018-10.csv").rows.first {
                !($0["银行账号"] ?? "").isEmpty
            })
        let person = try #require(paid["身份证号"])
        let sum = try CSVText(path: place.folder("2018-10") + "/finance/payments-2018-10.csv").rows
            .filter { $0["身份证号"] == person }
            .reduce(0) { $0 + (Int(($1["合计"] ?? "").replacingOccurrences(of: ".", with: "")) ?? 0) }
        let amount = Fen(sum).yuanText
        func answer(_ name: String, _ rows: [String]) throws {
            try FileManager.default.createDirectory(
                atPath: place.inbox + "/回盘", withIntermediateDirectories: true)
            let text = (["银行回盘", "批次号,姓名,身份证号,金额,结果,原因"] + rows).joined(separator: "\n")
            try text.write(toFile: place.inbox + "/回盘/\(name).csv", atomically: true, encoding: .utf8)
        }
        try answer(
            "一",
            [
                "ZC-630202-201810,\(paid["姓名"] ?? ""),\(person),\(amount),退回,户名不符",
                "ZC-630202-201810,无此人,\(person),1.23,退回,伪造",
                "ZC-632701-201810,无此县,\(person),\(amount),退回,伪造",
            ])
        try place.run()
        func again(_ period: String) throws -> [[String: String]] {
            try CSVText(path: place.folder(period) + "/finance/payments-\(period).csv").rows
                .filter { ($0["说明"] ?? "").contains("重发 ZC-630202-201810") }
        }
        #expect(try again("2018-11").map { $0["合计"] } == [amount])
        #expect(try again("2018-11").map { $0["出勤天数"] } == [""])
        let findings = try place.findings()
        #expect(findings.contains { $0.row["代码"] == "payment-returned" && $0.row["所属期"] == "2018-10" })
        #expect(findings.contains { $0.row["代码"] == "record-conflict" && $0.row["文件"] == "回盘/一.csv" })
        #expect(
            findings.contains { $0.report == "root" && $0.row["代码"] == "record-conflict" && $0.row["单元格"] == "A5" },
            "a batch of a county that nobody knows is told too")
        let preview = try place.command("close", "2018-11", "--county", "630202", "--dry-run")
        #expect(preview.output.contains(" yuan (of these paid again: \(amount))"), "\(preview.output)")
        let november = try place.command("close", "2018-11", "--county", "630202")
        #expect(november.exit == 0, "\(november.error)")
        try place.run()
        #expect(try again("2018-12").isEmpty)
        #expect(
            try !place.findings().contains { $0.row["代码"] == "payment-returned" },
            "what was paid again is due no more")
        let told = try Workplace.zhucun.run(
            [
                "explain", person, "--period", "2018-11", "--ledger", place.ledger, "--output", place.output,
                "--language", "zh",
            ], in: place.folder.path
        ).output
        #expect(told.contains("重发（2018-11）") && !told.contains("更正（2018-11）"), "\(told)")
        #expect(told.contains("计发考勤状态 出勤"), "in the reader's language: \(told)")
        let verify = try place.command("verify")
        #expect(verify.exit == 0, "\(verify.output)\(verify.error)")
        let status = try place.command("status", "--period", "2018-10")
        #expect(status.output.contains("returned \(amount)"), "\(status.output)")
        #expect(!status.output.contains("due again"), "it was paid again: \(status.output)")
    }

    @Test("status tells per batch what the bank said and what is due again, as text and as JSON in both spellings")
    func bankStatus() throws {
        let place = try Workplace.year()
        try place.run()
        try place.command("close", "2018-10", "--county", "630202")
        let payments = try CSVText(path: place.folder("2018-10") + "/finance/payments-2018-10.csv").rows
        let paid = try #require(
            payments.first { row in
                !(row["银行账号"] ?? "").isEmpty && payments.count { $0["身份证号"] == row["身份证号"] } == 1
            })
        let amount = try #require(paid["合计"])
        try FileManager.default.createDirectory(atPath: place.inbox + "/回盘", withIntermediateDirectories: true)
        try place.write(
            "回盘/一.csv",
            """
            银行回盘
            批次号,姓名,银行账号,金额,结果,原因
            ZC-630202-201810,\(paid["姓名"] ?? ""),\(paid["银行账号"] ?? ""),\(amount),退回,户名不符

            """, time: 1_561_000_000)
        try place.run()
        let text = try place.command("status", "--period", "2018-10").output
        #expect(text.contains("returned \(amount), due again \(amount)"), "\(text)")
        struct Document: Decodable {
            struct Month: Decodable { var bank: [String: String]? }
            var months: [Month]
        }
        let json = try place.command("status", "--json", "--period", "2018-10").output
        #expect(json == (try place.command("status", "--format", "json", "--period", "2018-10").output))
        let months = try JSONDecoder().decode(Document.self, from: Data(json.utf8)).months
        #expect(months.map { $0.bank?["dueAgain"] } == [amount])
        let page = try String(contentsOfFile: place.output + "/index.html", encoding: .utf8)
        #expect(page.contains("银行退回"), "the page tells it too")
        let person = try #require(paid["身份证号"])
        #expect(
            try place.command("explain", person, "--period", "2018-10", "--json").output
                == place.command("explain", person, "--period", "2018-10", "--format", "json").output)
    }

    @Test("a county called otherwise since: its closed files are looked for where they lie")
    func renamed() throws {
        let place = try Workplace.year()
        try place.run()
        try place.command("close", "2018-10", "--county", "630202")
        try place.write("县区名录.csv", "县区名录\n代码,县(区),市(州)\n630202,乐都市,海东市\n", time: 1_561_000_000)
        try place.run()
        #expect(FileTree(place.output).files.keys.contains { $0.contains("2018-11/630202-乐都市/") })
        let all = try place.command("verify", "--all")
        #expect(all.exit == 0, "\(all.output)\(all.error)")
    }

    @Test("the ledger lets nobody change or remove what was issued")
    func finality() throws {
        let place = try Workplace.year()
        try place.run()
        try place.command("close", "2018-10")
        for statement in [
            "UPDATE batch_line SET stipend = 0", "DELETE FROM batch_line", "UPDATE batch SET as_of = '2019-01-01'",
        ] {
            #expect(throws: (any Error).self) { try TestLedger.execute(place.ledger, statement) }
        }
    }

    @Test("killed between the commit and the files: the next command writes them, with the same bytes")
    func killedAfterCommit() throws {
        let whole = try Workplace.year()
        try whole.run()
        try whole.command("close", "2018-10")
        let place = try Workplace.year()
        try place.run()
        let arguments = ["close", "2018-10", "--ledger", place.ledger, "--output", place.output]
        let isClosed = "SELECT count(*) FROM batch"
        var killed = false
        for _ in 0..<20 where !killed {
            let running = try Workplace.zhucun.start(arguments, in: place.folder.path)
            for _ in 0..<400 {
                if (try? TestLedger.count(place.ledger, isClosed)) == 1 {
                    running.killHard()
                    killed = running.wait().exit == -9
                    break
                }
                usleep(2000)
            }
            if !killed { break }
        }
        #expect(try TestLedger.count(place.ledger, isClosed) == 1)
        try place.run()
        #expect(place.outputs.contents == whole.outputs.contents)
        #expect(try place.command("verify").exit == 0)
    }

    @Test("final files that were deleted come back byte for byte")
    func deletedComeBack() throws {
        let place = try Workplace.year()
        try place.run()
        try place.command("close", "2018-10")
        let before = place.outputs.contents
        try FileManager.default.removeItem(atPath: place.folder("2018-10"))
        try FileManager.default.removeItem(atPath: place.folder("2018-12") + "/finance/payments-2018-12.csv")
        #expect(try place.run().exit == 1)
        #expect(place.outputs.contents == before)
    }

    @Test("a month that is not over cannot be closed, nor one without data")
    func refused() throws {
        var place = try Workplace.year()
        place.asOf = "2018-10-30"
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 2)
        #expect(try place.command("close", "2017-10").exit == 2)
        place.asOf = "2018-10-31"
        try place.run()
        #expect(try place.command("close", "2018-10").exit == 0)
    }
}

extension Collection {
    /// Nil where there is nothing.
    fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
