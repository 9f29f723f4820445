import Domain

/// What has to be mended, in place: file, cell, what to do.
struct ProblemContent {
    /// More than anybody goes through on a page; the rest stands in findings.csv.
    private static let rowsMax = 300

    let problems: [RunPageModel.ProblemLine]

    init(_ problems: [RunPageModel.ProblemLine]) { self.problems = problems }

    var context: [String: Any] {
        var context: [String: Any] = [
            "count": PageNumber.grouped(problems.count),
            "held": PageNumber.grouped(problems.count { $0.effect == .held }),
            "excluded": PageNumber.grouped(problems.count { $0.effect == .excluded }),
            "problemRows": problems.prefix(Self.rowsMax).map(row),
        ]
        if problems.count > Self.rowsMax { context["more"] = PageNumber.grouped(problems.count - Self.rowsMax) }
        return context
    }

    private func row(_ problem: RunPageModel.ProblemLine) -> [String: Any] {
        [
            "look": problem.effect == .held ? "held" : "excluded",
            "effect": problem.effect == .none ? "未采用" : problem.effect.chinese,
            "period": problem.period?.description ?? "–", "township": problem.township.isEmpty ? "–" : problem.township,
            "kind": problem.code.chinese, "file": problem.file, "place": problem.place,
            "times": problem.count > 1 ? "（\(problem.count) 处）" : "", "advice": problem.advice,
        ]
    }
}
