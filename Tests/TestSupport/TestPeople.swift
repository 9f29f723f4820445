import Domain

/// Fictional ID numbers: day of birth = month of birth, sequence 900 and up, check character valid.
public enum TestID {
    /// The `index`-th person of a place of registration.
    public static func make(_ index: Int, place: String = "630202") -> ResidentID {
        let month = index % 12 + 1
        let twoDigits = (month < 10 ? "0" : "") + String(month)
        let digits = place + String(1960 + index / 12 % 40) + twoDigits + twoDigits + String(900 + index / 480 % 100)
        for last in "0123456789X" {
            if let id = ResidentID(digits + String(last)) { return id }
        }
        preconditionFailure("one of eleven check characters always fits")
    }

    /// The same number with a wrong check character.
    public static func broken(_ id: ResidentID) -> String {
        String(id.text.dropLast()) + (id.text.hasSuffix("0") ? "1" : "0")
    }
}

/// Random numbers that repeat: the same seed gives the same case.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(_ seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
