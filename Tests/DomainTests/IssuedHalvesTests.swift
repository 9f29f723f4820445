import Domain
import Testing

@Suite("Halves of days that were issued")
struct IssuedHalvesTests {
    private let morning = IssuedHalves.day(3, morning: true, afternoon: false)
    private let afternoon = IssuedHalves.day(3, morning: false, afternoon: true)
    private let either = IssuedHalves.day(3, morning: true, afternoon: false, isUnnamed: true)
    private let whole = IssuedHalves.day(3, morning: true, afternoon: true)

    @Test("what is not among others: a named half goes with its own name, an unnamed one with any")
    func beside() {
        #expect(whole.beside(morning, on: 3) == afternoon)
        #expect(morning.beside(afternoon, on: 3) == morning)
        #expect(whole.beside(either, on: 3).count(on: 3) == 1)
        #expect(either.beside(morning, on: 3).isEmpty)
        #expect(morning.adding(either).beside(morning, on: 3) == either)
        #expect(whole.beside(whole, on: 3).isEmpty)
        #expect(whole.beside(whole, on: 4).isEmpty, "of another day nothing is issued")
    }

    @Test("the first of a day are those that somebody claims")
    func first() {
        #expect(whole.first(1, of: afternoon, on: 3) == afternoon)
        #expect(whole.first(1, of: nil, on: 3) == morning)
        #expect(whole.first(2, of: afternoon, on: 3) == whole)
        #expect(afternoon.first(1, of: morning, on: 3) == afternoon, "what is not there is not taken")
        #expect(whole.latestFirst(on: 3) == [afternoon, morning])
    }
}
