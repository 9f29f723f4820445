import Domain

// What of a county's registers each kind of result reads: it is given nothing else, so that nothing else can change it.
extension CountyRecords {
    /// For matching a month: places, people, who is held. The month's spot checks stand apart (`checked(in:)`).
    public var forMonths: CountyRecords {
        var part = CountyRecords(county: county, villages: villages, cadres: cadres)
        part.formerPlaces = formerPlaces
        part.registerHolds = registerHolds
        part.postingsElsewhere = postingsElsewhere
        return part
    }

    /// For pay: places, people, the units that postings name.
    public var forPay: CountyRecords {
        var part = forMonths
        part.units = units
        return part
    }

    /// For matching one month, its spot checks with it.
    public func forMonth(_ period: Period) -> CountyRecords {
        var part = forMonths
        part.spotChecks = spotChecks.filter { $0.date.period == period }
        return part
    }

    /// The last day on which a record that a past year reads beyond its end was made: a visit after an event of that
    /// year, money paid out for it. Until then the year still hangs on the run's date.
    public var lastDayAsked: CivilDate? {
        (careEvents.compactMap(\.visitDate) + workFunds.map(\.date) + leaderVisits.map(\.date)).max()
    }
}

extension Decision {
    /// Whether months are matched by it: an account is decided about for as long as it stands, whatever the month.
    public var isOfMonths: Bool { code != .bankAccountShared }
}

extension UnitIndex {
    /// The units that decide what these texts mean, by name: an index of them alone answers each as this one does.
    public func units(deciding texts: some Sequence<String>) -> [UnitRecord] {
        var names: Set<String> = []
        for key in Set(texts.map(TextFolding.key)) where !key.isEmpty { names.formUnion(candidates(key)) }
        return names.sorted().compactMap(record)
    }
}
