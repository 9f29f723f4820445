import Domain
import Foundation
import Testing
import TestSupport

@Suite("The catalogue of findings")
struct CatalogueTests {
    /// Markers `{n}` of a text.
    private func markers(_ text: String) -> Set<Int> {
        Set(text.matches(of: /\{([0-9])\}/).compactMap { Int($0.1) })
    }

    @Test("every reason has an entry with texts in both languages", arguments: FindingReason.allCases)
    func everyReasonHasTexts(_ reason: FindingReason) throws {
        let entry = try #require(FindingCatalogue.entries[reason])
        for text in [entry.message.zh, entry.message.en, entry.advice.zh, entry.advice.en] {
            #expect(!text.isEmpty)
        }
        #expect(entry.message.zh.unicodeScalars.contains { $0.value >= 0x4E00 })
        #expect(entry.advice.zh.unicodeScalars.contains { $0.value >= 0x4E00 })
        let ascii = (entry.message.en + entry.advice.en).unicodeScalars.allSatisfy {
            $0.value < 0x80 || "«»–".unicodeScalars.contains($0)
        }
        #expect(ascii, "the English text of \(reason) holds other letters")
    }

    @Test("the English texts use no argument that the Chinese lack", arguments: FindingReason.allCases)
    func markersAgree(_ reason: FindingReason) throws {
        let entry = reason.entry
        #expect(markers(entry.message.zh) == markers(entry.message.en))
        #expect(markers(entry.advice.zh) == markers(entry.advice.en))
        let used = markers(entry.message.zh)
        #expect(used == Set(0..<used.count), "arguments are numbered without a gap")
        #expect(markers(entry.advice.zh).isSubset(of: used))
    }

    @Test("every permanent code has a reason, and severity and effect are those of the contract")
    func codesAreWhole() {
        let codes = Set(FindingReason.allCases.map(\.code))
        #expect(codes == Set(FindingCode.allCases))
        // Errors of registers and decisions: what was sent is refused, what was known before goes on being paid.
        let refusing: Set<FindingCode> = [.registerConflict, .notAuthorised]
        for reason in FindingReason.allCases {
            switch reason.effect {
            case .held, .excluded: #expect(reason.entry.severity != .info, "\(reason)")
            case .used: #expect(reason.entry.severity != .error, "\(reason)")
            case .none: #expect(reason.entry.severity != .error || refusing.contains(reason.code), "\(reason)")
            }
        }
    }

    @Test("a finding is raised with as many arguments as its text has markers")
    func argumentsFit() {
        // Literal lists only: `Finding(.reason, …, arguments: [a, b])` on one or more lines.
        let call = /Finding\(\s*\.([a-zA-Z]+),[^;{}]*?arguments: \[/
        for file in SourceFile.below("Sources") {
            for match in file.text.matches(of: call) {
                guard let reason = FindingReason(rawValue: String(match.1)),
                    !String(match.0).dropFirst(8).contains("Finding(")
                else { continue }
                let count = CatalogueTests.elements(file.text[match.range.upperBound...])
                let wanted = markers(reason.entry.message.zh).count
                #expect(count >= wanted, "\(file.path): \(reason) has \(count) arguments, its text \(wanted)")
            }
        }
    }

    /// Elements of an array literal, from after its bracket.
    private static func elements(_ text: Substring) -> Int {
        var depth = 0
        var commas = 0
        var isQuoted = false
        var hasContent = false
        var afterComma = false
        var previous: Character = " "
        for character in text {
            defer { previous = character }
            if character == "\"", previous != "\\" { isQuoted.toggle() }
            if !isQuoted {
                if "([{".contains(character) { depth += 1 }
                if ")]}".contains(character) {
                    if depth == 0 { return hasContent ? commas + (afterComma ? 0 : 1) : 0 }
                    depth -= 1
                }
                if character == ",", depth == 0 {
                    commas += 1
                    afterComma = true
                    continue
                }
            }
            if !character.isWhitespace {
                hasContent = true
                afterComma = false
            }
        }
        return commas
    }

    @Test("every reason is raised in the sources", arguments: FindingReason.allCases)
    func everyReasonIsRaised(_ reason: FindingReason) {
        let raised = Self.sources.contains { $0.contains("." + reason.rawValue, notFollowedByWord: true) }
        #expect(raised, "nothing raises \(reason)")
    }

    @Test("every reason is raised by some test", arguments: FindingReason.allCases)
    func everyReasonIsTested(_ reason: FindingReason) {
        let tested = Self.tests.contains { $0.contains("." + reason.rawValue, notFollowedByWord: true) }
        #expect(tested, "no test raises \(reason)")
    }

    @Test("every code is raised by some test", arguments: FindingCode.allCases)
    func everyCodeIsTested(_ code: FindingCode) {
        let reasons = FindingReason.allCases.filter { $0.code == code }
        #expect(
            reasons.contains { reason in
                Self.tests.contains { $0.contains("." + reason.rawValue, notFollowedByWord: true) }
            })
    }

    private static let sources = SourceFile.below("Sources").filter {
        !$0.path.hasPrefix("Sources/Domain/Findings/")
    }.map(\.text)
    private static let tests = SourceFile.below("Tests").filter { !$0.path.hasPrefix("Tests/TidyTests/") }.map(\.text)
}

extension FindingReason {
    fileprivate var effect: FindingEffect { entry.effect }
}

extension String {
    /// Whether `word` occurs without a letter or digit after it.
    fileprivate func contains(_ word: String, notFollowedByWord: Bool) -> Bool {
        var rest = self[...]
        while let range = rest.firstRange(of: word) {
            rest = rest[range.upperBound...]
            guard notFollowedByWord, let next = rest.first, next.isLetter || next.isNumber else { return true }
        }
        return false
    }
}
