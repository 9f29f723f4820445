import Domain
import Testing

@testable import Rules

@Suite("How a unit stands in other counties")
struct UnitStandingTests {
    /// Some counties of several, some of them with the unit under two names.
    private func places(_ dice: inout Dice) -> [UnitStanding.Place] {
        func maybe(_ dice: inout Dice) -> Int? {
            Bool.random(using: &dice) ? Int.random(in: 0...3, using: &dice) : nil
        }
        return (0..<Int.random(in: 0...9, using: &dice)).flatMap { county -> [UnitStanding.Place] in
            guard let code = CountyCode("6302\(10 + county)") else { return [] }
            return (0..<Int.random(in: 0...2, using: &dice)).map { name in
                (
                    code,
                    UnitStanding(
                        unit: "财政厅\(name)", level: name == 0 ? .province : nil,
                        cadres: Int.random(in: 0...4, using: &dice), absences: Int.random(in: 0...4, using: &dice),
                        uninsured: maybe(&dice), insuranceOpen: maybe(&dice), fundsOpen: maybe(&dice),
                        headVisits: maybe(&dice), talks: Int.random(in: 0...2, using: &dice))
                )
            }
        }
    }

    @Test("is the sum of the places that are not in the county, whatever is told in some of them only")
    func elsewhere() {
        var dice = Dice(state: 231)
        for _ in 0..<500 {
            let places = places(&dice)
            var slow: [CountyCode: UnitStanding] = [:]
            for county in places.map(\.county) {
                let others = places.filter { $0.county != county }.map(\.standing)
                slow[county] = others.dropFirst().reduce(others.first) { sum, next in sum.map { $0 + next } }
            }
            #expect(UnitStanding.elsewhere(places) == slow)
        }
    }

    @Test("is nothing where one county alone has cadres of it")
    func alone() throws {
        let county = try #require(CountyCode("630202"))
        #expect(UnitStanding.elsewhere([(county, UnitStanding(unit: "财政厅", cadres: 3))]).isEmpty)
    }
}
