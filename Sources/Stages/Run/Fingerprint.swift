import Work

/// SHA-256 over texts and bytes, as every stage uses it.
typealias Fingerprint = Work.Fingerprint
