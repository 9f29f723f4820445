import Domain

/// What the ten measures ask about, as cover, run page and sheets name it; in the order of the measures.
public enum Matter: String, Hashable, Sendable, Codable, CaseIterable {
    case staffing, deputies
    case training, organisers, weakVillages, replacements
    case visits
    case discipline, unitDiscipline, checks, uncheckedVillages, uncheckedCadres
    case payments, workFunds, insurance, medicalGaps, renewals
    case assessment, unassessed, recalls, excellence
    case promotion, eligible
    case accountability, unitTalks, unitSupport
    case careVisits, meetings, workingMeetings, cadreTalks
    case commendations, unitCandidates, awards

    /// 1…10.
    public var measure: Int {
        switch self {
        case .staffing, .deputies: 1
        case .training, .organisers, .weakVillages, .replacements: 2
        case .visits: 3
        case .discipline, .unitDiscipline, .checks, .uncheckedVillages, .uncheckedCadres: 4
        case .payments, .workFunds, .insurance, .renewals, .medicalGaps: 5
        case .assessment, .unassessed, .recalls, .excellence: 6
        case .promotion, .eligible: 7
        case .accountability, .unitTalks, .unitSupport: 8
        case .careVisits, .meetings, .workingMeetings, .cadreTalks: 9
        case .commendations, .unitCandidates, .awards: 10
        }
    }
}

/// How a county stands on one matter: what is open, by when, and what nobody sent.
public struct Standing: Hashable, Sendable, Codable {
    public var matter: Matter
    /// Cases somebody still has to settle; of figures that nobody has to settle, 0.
    public var open: Int
    /// The first day by which one of them is due; nil where the text sets none.
    public var due: CivilDate?
    /// Forms it rests on that nobody has sent.
    public var unreported: [FormID]
    /// Whether there is anything to show.
    public var hasRows: Bool

    public init(_ matter: Matter, open: Int = 0, due: CivilDate? = nil, unreported: [FormID], hasRows: Bool) {
        self.matter = matter
        self.open = open
        self.due = due
        self.unreported = unreported
        self.hasRows = hasRows
    }

    /// Nothing can be said: what it rests on was not sent, and nothing else shows a case.
    public var isSilent: Bool { !unreported.isEmpty && !hasRows }
}

extension YearResults {
    /// How the county stands on every matter but pay, in the order of the measures.
    public func standings(_ input: YearInput) -> [Standing] {
        posting(input) + conduct(input) + support(input) + outcome() + care(input)
    }

    /// - Parameter needs: without it the rows only say that nothing was sent: nobody is called uninsured for that.
    private func standing<Row>(
        _ matter: Matter, _ result: RuleResult<Row>, open: Int = 0, due: CivilDate? = nil, needs: FormID? = nil
    ) -> Standing {
        let isMissing = result.unreportedForms.contains { $0 == needs }
        return Standing(
            matter, open: isMissing ? 0 : open, due: open > 0 && !isMissing ? due : nil,
            unreported: result.unreportedForms, hasRows: !result.rows.isEmpty && !isMissing)
    }

    private func posting(_ input: YearInput) -> [Standing] {
        let unreported = input.unreported(TrainingCoverage.forms)
        let untrained = input.isSent(.training) ? training?.counts.untrained ?? 0 : 0
        return [
            standing(
                .staffing, staffing, open: staffing.rows.count { $0.gap != .candidate },
                due: staffing.rows.contains { $0.gap == .shortTerm }
                    ? input.policy.date(.mandatoryTermEnd, on: input.policyDay)?.value : nil, needs: .roster),
            standing(.deputies, deputies, needs: .roster),
            Standing(
                .training, open: untrained, due: untrained > 0 ? input.wholeYear.end : nil, unreported: unreported,
                hasRows: training != nil && !unreported.contains(.training)),
            standing(.organisers, organisers, needs: .training),
            standing(.weakVillages, weakVillages, needs: .training),
            standing(
                .replacements, replacements, open: replacements.rows.count { $0.status == .open }, needs: .roster),
            visitsStanding,
        ]
    }

    /// What nobody reported is no missed visit; that a village has no leader, its register says.
    private var visitsStanding: Standing {
        let unreported = visits.unreportedForms
        let open = visits.rows.count { row in
            switch row.status {
            case .done, .due: false
            case .missed, .none: true
            }
        }
        let quarterEnds = visits.rows.filter { $0.status == .due }.compactMap { $0.quarter?.range.end }
        return Standing(
            .visits, open: open, due: quarterEnds.min(), unreported: unreported, hasRows: !visits.rows.isEmpty)
    }

    private func conduct(_ input: YearInput) -> [Standing] {
        [
            standing(
                .discipline, discipline, open: discipline.rows.count { $0.subject == .person },
                due: input.wholeYear.end),
            standing(.unitDiscipline, unitDiscipline, open: unitDiscipline.rows.count { $0.isConflict }),
            standing(.checks, checks),
            standing(.uncheckedVillages, uncheckedVillages, open: uncheckedVillages.rows.count),
            standing(.uncheckedCadres, uncheckedCadres, open: uncheckedCadres.rows.count),
        ]
    }

    private func support(_ input: YearInput) -> [Standing] {
        [
            standing(
                .workFunds, workFunds, open: workFunds.rows.count { $0.status == .short || $0.status == .unpaid },
                due: input.wholeYear.end, needs: .workFunds),
            standing(
                .insurance, insurance, open: insurance.rows.count,
                due: insurance.rows.filter { $0.flag == .expiring }.map(\.days.end).min(), needs: .insurance),
            standing(.medicalGaps, medicalGaps, open: medicalGaps.rows.count { $0.reliefStatus.isOpen }),
            standing(.renewals, renewals),
        ]
    }

    private func outcome() -> [Standing] {
        [
            standing(.assessment, assessment, open: assessment.rows.count { $0.breach != nil }),
            standing(.unassessed, unassessed, open: unassessed.rows.count { !$0.isAwaited }),
            standing(.recalls, recalls, open: recalls.rows.count { $0.status == .stillPosted }),
            standing(.excellence, excellence),
            standing(.promotion, promotion, open: promotion.rows.count { $0.totalPeople == nil }),
            standing(.eligible, eligible),
            standing(.accountability, accountability),
            standing(.unitTalks, unitTalks, open: unitTalks.rows.count { !$0.isHeld }),
            standing(
                .unitSupport, unitSupport, open: unitSupport.rows.count { $0.hasCadre && $0.isBare },
                needs: .unitSupport),
        ]
    }

    private func care(_ input: YearInput) -> [Standing] {
        let open = careVisits.rows.filter { $0.status == .open }
        let due = open.compactMap { row in
            input.policy.count(.careVisitDays, on: row.date).map { row.date.adding(days: $0.value) }
        }
        return [
            standing(.careVisits, careVisits, open: open.count, due: due.min()),
            standing(.meetings, meetings),
            standing(.workingMeetings, workingMeetings),
            Standing(
                .cadreTalks, open: cadreTalks.rows.count { $0.status == .missed },
                due: cadreTalks.rows.filter { $0.status == .due }.map(\.quarter.range.end).min(),
                unreported: cadreTalks.unreportedForms, hasRows: !cadreTalks.rows.isEmpty),
            standing(.commendations, commendations),
            standing(.unitCandidates, unitCandidates),
            standing(.awards, awards),
        ]
    }
}
