/// By which program and data a file was made that counties and their province exchange. Source: spec §11.
public struct ExchangeStamp: Hashable, Sendable, Codable {
    public var program: String
    /// SHA-256 of the policy file.
    public var policy: String
    /// Digest of the region file.
    public var regions: String
    /// Fingerprint of the key; nil where people are not named at all.
    public var key: String?

    public init(program: String, policy: String, regions: String, key: String?) {
        self.program = program
        self.policy = policy
        self.regions = regions
        self.key = key
    }
}

/// A file beside an extract that belongs to it.
public struct ClaimsDigest: Hashable, Sendable, Codable {
    /// `2018-11`.
    public var period: String
    public var sha256: String

    public init(period: String, sha256: String) {
        self.period = period
        self.sha256 = sha256
    }
}
