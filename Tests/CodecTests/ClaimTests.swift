import Codec
import Domain
import Matching
import Testing

@Suite("Claims as they are kept")
struct ClaimTests {
    private func claim(_ standing: PresenceClaim.UnpostedStanding?, in place: String? = "乐都区碾伯镇大庄村") throws
        -> PresenceClaim
    {
        var claim = PresenceClaim(
            personID: "630202198001011236", date: try #require(CivilDate(2018, 11, 5)), morning: true, afternoon: false,
            isUnnamedHalf: true, place: "630202/碾伯镇/大庄村", total: HalfDays(12), countyName: "乐都区")
        claim.unpostedIn = place
        claim.standing = standing
        return claim
    }

    @Test("what the sheet's county makes of a day comes back as it was")
    func standings() throws {
        let claims = try [nil, .decided, .waits, .leftOut].map { try claim($0) } + [claim(nil, in: nil)]
        #expect(try [PresenceClaim](packed: claims.packed) == claims)
    }

    /// As programs kept them that knew no standing: whether there is a place, then the place.
    private struct Before: Packable {
        let claim: PresenceClaim
        func pack(_ writer: inout PackWriter) {
            writer.write(claim.personID)
            writer.write(Int(claim.date.dayNumber))
            writer.write(claim.morning)
            writer.write(claim.afternoon)
            writer.write(claim.isUnnamedHalf)
            writer.write(claim.place)
            writer.write(optional: claim.total) { $0.write($1.count) }
            writer.write(optional: claim.countyName) { $0.write($1) }
            writer.write(optional: claim.unpostedIn) { $0.write($1) }
        }
        init(_ claim: PresenceClaim) { self.claim = claim }
        init(_ reader: inout PackReader) throws(PackingError) { claim = try PresenceClaim(&reader) }
    }

    @Test("claims that an earlier program kept with a batch go on being read")
    func before() throws {
        let claims = try [claim(nil), claim(nil, in: nil)]
        #expect(try [PresenceClaim](packed: claims.map(Before.init).packed) == claims)
    }
}
