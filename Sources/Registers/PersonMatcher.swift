import Domain

/// To whom a row belongs, and what was found on the way. Source: spec §5.6.
public struct PersonMatch: Sendable {
    /// How sure it is.
    public enum Outcome: Sendable {
        /// One cadre of the roster; the row may be used unless `findings` holds it.
        case cadre(Cadre)
        /// A valid ID that the roster does not know.
        case stranger(ResidentID)
        /// Several cadres fit, or none.
        case nobody(candidates: [Cadre])
    }

    public var outcome: Outcome
    /// Without place, file and person: the caller fills them in.
    public var findings: [Finding]

    public init(outcome: Outcome, findings: [Finding]) {
        self.outcome = outcome
        self.findings = findings
    }

    /// The cadre, where there is exactly one.
    public var cadre: Cadre? { if case .cadre(let cadre) = outcome { cadre } else { nil } }
}

/// Matches a name and an ID as sent to the roster.
public struct PersonMatcher: Sendable {
    private let roster: RosterIndex
    private let asOf: CivilDate

    /// - Parameter asOf: the day by which an ID's owner must be of age.
    public init(_ roster: RosterIndex, asOf: CivilDate) {
        self.roster = roster
        self.asOf = asOf
    }

    /// - Parameters:
    ///   - id: as sent; nil or blank where the form has none.
    ///   - township: official name of the place the row names; nil where it names none.
    public func match(
        name: PersonName, id: SubmittedText?, township: String?, village: String?, in range: CivilDateRange
    ) -> PersonMatch {
        var findings: [Finding] = []
        if let id {
            if id.isNumber {
                return byName(name, id, township, village, range) { candidate in
                    candidate.map {
                        Finding(.idPrecisionLostUsed, value: id.text, arguments: [shown(id.text), $0.id.masked])
                    }
                        ?? Finding(
                            .idPrecisionLostHeld, value: id.text, arguments: [shown(id.text), hint(name, id.text)])
                }
            }
            switch ResidentID.read(id.text, asOf: asOf) {
            case .blank: break
            case .upgraded(let full):
                findings.append(
                    Finding(.idUpgraded, value: id.text, arguments: [shown(id.text), full.masked]))
                return byID(full, name, findings)
            case .valid(let full): return byID(full, name, findings)
            case .invalid(let reason):
                return byName(name, id, township, village, range) { candidate in
                    candidate.map {
                        Finding(
                            .idInvalidUsed, value: id.text, arguments: [shown(id.text), reason.chinese, $0.id.masked])
                    } ?? Finding(.idInvalidHeld, value: id.text, arguments: [shown(id.text), reason.chinese])
                }
            }
        }
        return byName(name, nil, township, village, range) { _ in nil }
    }

    /// To whom a row of a list belongs.
    ///
    /// - Parameter places: the county's; nil where none are known.
    public func match(_ row: FormRow, _ places: PlaceIndex?) -> PersonMatch {
        let id = row.fields[.residentID].map {
            SubmittedText(text: $0.asSent, cell: $0.cell, isNumber: $0.isNumber)
        }
        let day = row.date(.date) ?? row.date(.startDate)
        let range =
            day.map { CivilDateRange($0, $0)! } ?? CivilDateRange(CivilDate(1990, 1, 1)!, CivilDate(2100, 1, 1)!)!
        let (township, village) = PersonMatcher.place(row, places)
        return match(
            name: PersonName(row.personText), id: id, township: township, village: village?.village, in: range)
    }

    /// The place that a row names, as the registers call it.
    public static func place(
        _ row: FormRow, _ places: PlaceIndex?
    ) -> (township: String?, village: PlaceIndex.Village?) {
        let township = row.text(.township).flatMap { places?.township(named: $0) }
        let village = row.text(.village).flatMap { places?.village(named: $0, in: township) }
        return (village?.township ?? township, village)
    }

    private func byID(_ id: ResidentID, _ name: PersonName, _ findings: [Finding]) -> PersonMatch {
        guard let cadre = roster.cadre(id) else {
            let namesakes = roster.cadres(named: name)
            let hint = namesakes.isEmpty ? heldHint(name) : "（同名：\(PersonMatcher.list(namesakes))）"
            return PersonMatch(
                outcome: .stranger(id),
                findings: findings + [Finding(.notOnRoster, value: id.masked, arguments: [hint])])
        }
        guard cadre.name.key == name.key else {
            return PersonMatch(
                outcome: .cadre(cadre),
                findings: findings + [
                    Finding(.nameMismatch, value: name.display, arguments: [cadre.name.display, name.display])
                ])
        }
        return PersonMatch(outcome: .cadre(cadre), findings: findings)
    }

    private func byName(
        _ name: PersonName, _ id: SubmittedText?, _ township: String?, _ village: String?, _ range: CivilDateRange,
        _ idFinding: (Cadre?) -> Finding?
    ) -> PersonMatch {
        let candidates = roster.candidates(name, township: township, village: village, in: range)
        if candidates.count == 1 {
            return PersonMatch(outcome: .cadre(candidates[0]), findings: [idFinding(candidates[0])].compactMap { $0 })
        }
        var findings = [idFinding(nil)].compactMap { $0 }
        if candidates.count > 1 {
            findings.append(
                Finding(.ambiguousPerson, value: name.display, arguments: [PersonMatcher.list(candidates)]))
        } else {
            let elsewhere = roster.cadres(named: name)
            let hint = elsewhere.isEmpty ? heldHint(name) : "（同名：\(PersonMatcher.list(elsewhere))）"
            findings.append(Finding(.notOnRoster, value: name.display, arguments: [hint]))
        }
        return PersonMatch(outcome: .nobody(candidates: candidates), findings: findings)
    }

    /// The roster's candidate by the 15 digits that floating point keeps, and the name: shown, never taken.
    private func hint(_ name: PersonName, _ number: String) -> String {
        let prefix = String(number.prefix(15))
        let fits = roster.cadres(named: name).filter { $0.id.text.hasPrefix(prefix) }
        return fits.isEmpty ? "" : "（可能是：\(PersonMatcher.list(fits))）"
    }

    private func heldHint(_ name: PersonName) -> String {
        roster.heldRow(named: name).map { "（花名册 \($0.source.text) 有同名人员，但该行有误未采用）" } ?? ""
    }

    private func shown(_ id: String) -> String { ResidentID.masked(id) }

    /// `马文 630121********9211 碾伯镇大庄村、…`: enough to tell people apart, nothing that identifies them elsewhere.
    static func list(_ cadres: [Cadre]) -> String {
        cadres.prefix(5).map { cadre in
            let place = cadre.postings.last.map { " \($0.township)\($0.village)" } ?? ""
            return "\(cadre.name.display) \(cadre.id.masked)\(place)"
        }.joined(separator: "、") + (cadres.count > 5 ? "等\(cadres.count)人" : "")
    }
}

extension ResidentID.Reason {
    /// Why a text is no ID number, for the catalogue's texts.
    public var chinese: String {
        switch self {
        case .length: "位数不对"
        case .characters: "含有非法字符"
        case .checkCharacter: "校验码不符"
        case .province: "前两位不是任何省份的代码"
        case .birthDate: "出生日期不存在"
        case .age: "出生日期与年龄不符（须满16岁、不超过80岁）"
        }
    }
}
