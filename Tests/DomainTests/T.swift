import Testing
@testable import Domain
@Test func x() { #expect(Fen(1) < Fen(2)) }
