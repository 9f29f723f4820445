import Foundation
import Testing
import TestSupport

@Suite("Style that no formatter holds")
struct StyleTests {
    private static let files = SourceFile.below("Sources") + SourceFile.below("Tests")

    @Test("no line is longer than 120 characters")
    func lineLength() {
        for file in Self.files {
            for (number, line) in file.lines.enumerated() where line.count > 120 {
                // A text that is a line of its own is not broken for the sake of a margin; nor is a style sheet's rule.
                let content = line.drop { " ?:+".contains($0) }
                let isText = ["\"", "<", "(SELECT"].contains { content.hasPrefix($0) }
                if isText, line.count <= 400 { continue }
                if file.path == "Sources/RunPage/PageStyle.swift" { continue }
                Issue.record("\(file.path):\(number + 1) has \(line.count)")
            }
        }
    }

    @Test("nothing is left to be done, and nothing pretends to be done")
    func noStubs() {
        // Put together here, so that this file does not find itself.
        let words = ["FIX" + "ME", "TO" + "DO", "XX" + "X ", "fatalError(\"un" + "implemented", "HA" + "CK:"]
        for file in Self.files {
            for word in words where file.text.contains(word) { Issue.record("\(file.path) says \(word)") }
        }
    }

    @Test("no forced try and no forced cast")
    func noForce() {
        for file in Self.files {
            for word in ["try" + "!", " as" + "! "] where file.text.contains(word) {
                Issue.record("\(file.path) says \(word)")
            }
        }
    }

    @Test("sources stay small enough to be read in one sitting")
    func fileLength() {
        // The one catalogue is a table; a table is read by looking up.
        let tables: Set<String> = ["Sources/Domain/Findings/FindingCatalogue.swift"]
        for file in SourceFile.below("Sources") where !tables.contains(file.path) {
            #expect(file.lines.count <= 700, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test("public declarations of the pure rooms begin with a doc comment")
    func publicTypesAreDocumented() {
        let kinds = ["public struct ", "public enum ", "public protocol ", "public final class "]
        for file in SourceFile.below("Sources") {
            let lines = file.lines
            for (number, line) in lines.enumerated() where kinds.contains(where: { line.hasPrefix($0) }) {
                var above = number - 1
                while above >= 0, lines[above].hasPrefix("@") { above -= 1 }
                #expect(
                    above >= 0 && lines[above].hasPrefix("///"), "\(file.path):\(number + 1) has no doc comment")
            }
        }
    }
}
