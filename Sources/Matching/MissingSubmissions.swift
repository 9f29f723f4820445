import Domain

extension MonthBuilder {
    /// Townships of which anything was sent, whoever sent it. A damaged file is not a submission.
    func sentTownships(_ rows: [ResolvedRow]) -> [String] {
        var sent = Set(rows.map { $0.township })
        // A village that moved to another township was sent for under its old one.
        sent.formUnion(rows.compactMap { $0.statedVillage?.township })
        let resolver = PlaceResolver(places: places, countyName: input.records.county.name)
        for submitted in blocks where submitted.block.rows.isEmpty {
            if let township = resolver.place(of: submitted.block).township { sent.insert(township) }
        }
        sent.remove("")
        return sent.sorted()
    }

    /// `missing-submission` and `missing-person`, once the month is over. Source: spec §6.
    func missing(_ rows: [ResolvedRow], _ sent: [String]) -> [Finding] {
        guard input.asOf > input.period.lastDay, !sent.isEmpty else { return [] }
        // That another county's sheet says he was not there is no record of him.
        var seen = Set(rows.filter { !$0.isVisitor || $0.row.days.contains(where: isPresence) }.compactMap(\.identity))
        for row in rows {
            if case .nobody(let candidates) = row.match.outcome { seen.formUnion(candidates.map(\.id.text)) }
        }
        let sentKeys = Set(sent.map(PlaceKey.township))
        var silent: Set<String> = []
        var findings: [Finding] = []
        for cadre in input.records.cadres {
            let postings = cadre.postings.filter { $0.days(within: input.period.range) != nil }
            for posting in postings where !sentKeys.contains(PlaceKey.township(posting.township)) {
                silent.insert(posting.township)
            }
            guard !seen.contains(cadre.id.text),
                let posting = postings.first(where: { sentKeys.contains(PlaceKey.township($0.township)) })
            else { continue }
            findings.append(
                Finding(
                    .missingPerson, period: input.period, county: county, township: posting.township,
                    person: cadre.name.display, personID: cadre.id.text,
                    arguments: [cadre.name.display, input.period.chinese]))
        }
        for township in silent {
            findings.append(
                Finding(
                    .missingSubmission, period: input.period, county: county, township: township,
                    arguments: [township, input.period.chinese]))
        }
        return findings
    }
}
