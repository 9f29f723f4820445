/// The forms that a county has sent, and of which years they speak. Source: spec §7, «a form that nobody sent says
/// 未报送, never no problems».
public struct ReceivedForms: Hashable, Sendable, ExpressibleByArrayLiteral {
    /// By form; no year for registers, and where nobody knows of which: then it speaks of every year.
    private var years: [FormID: Set<Int>] = [:]

    public init(arrayLiteral forms: FormID...) { formUnion(forms) }

    /// Whether anything of the form was received.
    public func contains(_ form: FormID) -> Bool { years[form] != nil }

    /// Whether what was received says something of a year.
    ///
    /// A list of one year (年度) speaks of the years of its rows alone. A list that runs on speaks from the year of its
    /// first row on: that nothing was added since says that nothing happened, but nobody asked it about years before.
    public func speaks(_ form: FormID, of year: Int) -> Bool {
        guard let years = years[form] else { return false }
        guard let first = years.min() else { return true }
        return form.isOfOneYear ? years.contains(year) : first <= year
    }

    public mutating func insert(_ form: FormID, of year: Int? = nil) {
        years[form, default: []].formUnion(year.map { [$0] } ?? [])
    }

    public mutating func remove(_ form: FormID) { years[form] = nil }

    public mutating func formUnion(_ forms: some Sequence<FormID>) { for form in forms { insert(form) } }

    public mutating func formUnion(_ other: ReceivedForms) {
        for (form, own) in other.years { years[form, default: []].formUnion(own) }
    }

    public mutating func subtract(_ forms: some Sequence<FormID>) { for form in forms { remove(form) } }
}

/// As a list of texts in one order, so that equal forms are equal bytes: `roster`, `training 2018 2019`. An earlier
/// version kept the forms alone.
extension ReceivedForms: Codable {
    public init(from decoder: any Decoder) throws {
        for text in try [String](from: decoder) {
            let words = text.split(separator: " ")
            guard let form = words.first.flatMap({ FormID(rawValue: String($0)) }) else { continue }
            years[form] = Set(words.dropFirst().compactMap { Int($0) })
        }
    }

    public func encode(to encoder: any Encoder) throws {
        let texts = years.map { form, years in
            ([form.rawValue] + years.sorted().map { String($0) }).joined(separator: " ")
        }
        try texts.sorted().encode(to: encoder)
    }
}

extension FormID {
    /// Whether each list of the form is that of one year (年度), and not one that runs on.
    public var isOfOneYear: Bool {
        switch self {
        case .assessment, .workFunds, .promotionTotals, .unitAssessment, .commendations: true
        default: false
        }
    }
}
