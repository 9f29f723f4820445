/// What a sequence was found to do wrong, with everything that was done before.
final class SequenceReport {
    private(set) var problems: [String] = []
    /// The steps so far, as a person would retell them.
    var steps: [String] = []

    func expect(_ isRight: Bool, _ what: @autoclosure () -> String) {
        if !isRight { problems.append(what()) }
    }

    /// - Throws: at the first step after which something is wrong: what follows from it is no news.
    func settle() throws {
        guard !problems.isEmpty else { return }
        throw SequenceFailure(problems: problems)
    }
}

struct SequenceFailure: Error, CustomStringConvertible {
    let problems: [String]

    var description: String { problems.prefix(6).joined(separator: "\n  ") }
}
