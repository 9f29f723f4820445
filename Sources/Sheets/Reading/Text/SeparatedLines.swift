import Domain

/// What separates the fields of a text file, told by its lines.
enum Separator: UInt8, CaseIterable {
    case comma = 0x2C
    case tab = 0x09
    case semicolon = 0x3B
}

/// Looks over a text before it is parsed: quotes, records, how often a separator stands outside quotes.
enum SeparatedLines {
    /// What a scan under one separator found.
    struct Evidence {
        /// Records that hold the separator as often as most that hold it do.
        var agreeing = 0
        /// How often they hold it.
        var perRecord = 0
        /// The record, from 1, whose quotes do not close or close before the field ends.
        var brokenQuote: Int?
    }

    /// How many records are looked at to choose a separator.
    private static let recordsMax = 2000

    /// The separator that most records hold equally often; a comma where none holds any.
    static func separator(_ text: ArraySlice<UInt8>) -> Separator {
        var best = Separator.comma
        var bestEvidence = Evidence()
        for candidate in Separator.allCases {
            let evidence = scan(text, candidate, recordsMax: recordsMax)
            guard evidence.brokenQuote == nil else { continue }
            if (evidence.agreeing, evidence.perRecord) > (bestEvidence.agreeing, bestEvidence.perRecord) {
                best = candidate
                bestEvidence = evidence
            }
        }
        return best
    }

    /// A quote opens a field only at its very start; inside, two of them stand for one.
    static func scan(_ text: ArraySlice<UInt8>, _ separator: Separator, recordsMax: Int = .max) -> Evidence {
        enum State { case fieldStart, plain, quoted, quoteSeen }
        var state = State.fieldStart
        var evidence = Evidence()
        var records = 1
        var separators = 0
        var counts: [Int: Int] = [:]
        var last: UInt8 = 0
        scan: for byte in text {
            switch state {
            case .quoted:
                if byte == 0x22 { state = .quoteSeen }
            case .quoteSeen where byte == 0x22:
                state = .quoted
            case .quoteSeen where byte != separator.rawValue && byte != 0x0A && byte != 0x0D:
                evidence.brokenQuote = records
                return evidence
            case .fieldStart, .plain, .quoteSeen:
                switch byte {
                case separator.rawValue:
                    separators += 1
                    state = .fieldStart
                case 0x0A where last == 0x0D && state == .fieldStart: break
                case 0x0A, 0x0D:
                    if separators > 0 { counts[separators, default: 0] += 1 }
                    separators = 0
                    records += 1
                    state = .fieldStart
                    if records > recordsMax { break scan }
                case 0x22 where state == .fieldStart: state = .quoted
                default: state = .plain
                }
            }
            last = byte
        }
        if state == .quoted { evidence.brokenQuote = records }
        if separators > 0 { counts[separators, default: 0] += 1 }
        // Sorted, because the order of a dictionary is not that of its keys.
        for (count, number) in counts.sorted(by: { $0.key < $1.key }) where number >= evidence.agreeing {
            evidence.agreeing = number
            evidence.perRecord = count
        }
        return evidence
    }
}
