import Domain

// Spec §5.5: «A mark means what its sheet says»: marks and meanings in two lists of one length belong together in their
// order (√、△、□分别表示出勤、请假、病假; 出勤、请假分别用√、△表示).

extension LegendGrammar {
    private static let orders = ["分别", "依次", "各自", "顺次", "对应"]
    private static let between: Set<Unicode.Scalar> = Set("用以打为是指记".unicodeScalars)

    /// Entries of a sentence that is two lists; nil where it is none.
    ///
    /// A sentence that says 分别 over lists of unequal length says nothing that could be told.
    func lists(_ sentence: some Sequence<LegendToken>) -> [(mark: String, word: String)]? {
        var marks: [String] = []
        var words: [String] = []
        var saysOrder = false
        var turns = 0
        var wasMark: Bool?
        func turn(_ isMark: Bool) {
            if let wasMark, wasMark != isMark { turns += 1 }
            wasMark = isMark
        }
        for token in sentence {
            switch token {
            case .mark(let mark):
                turn(true)
                marks.append(mark)
            case .figure(let figure):
                guard occurs(figure) else { return nil }
                turn(true)
                marks.append(figure)
            case .word("/"): continue
            case .word(let text):
                let (parts, isOrder) = LegendGrammar.parts(of: text)
                saysOrder = saysOrder || isOrder
                guard !parts.isEmpty else { continue }
                turn(false)
                words += parts
            case .open: return nil
            case .stop, .gap, .joint: continue
            }
        }
        guard marks.count > 1, turns == 1 else { return nil }
        if marks.count == words.count, saysOrder || words.allSatisfy({ MarkMeaning.reading(of: $0) != nil }) {
            return Array(zip(marks, words)).map { ($0.0, $0.1) }
        }
        return saysOrder ? marks.map { ($0, LegendGrammar.unclear) } : nil
    }

    /// The meanings that a run of characters lists (请假和病假), and whether it says 分别.
    private static func parts(of text: String) -> (parts: [String], isOrder: Bool) {
        var text = text
        var isOrder = false
        for order in orders {
            guard let range = text.firstBytes(of: order) else { continue }
            isOrder = true
            text.removeSubrange(range)
        }
        let parts = text.split { "和及与".contains($0) }.map { part in
            var scalars = String(part).unicodeScalars
            while let first = scalars.first, between.contains(first) { scalars.removeFirst() }
            while let last = scalars.last, between.contains(last) { scalars.removeLast() }
            return String(scalars)
        }
        return (parts.filter { !$0.isEmpty }, isOrder)
    }
}
