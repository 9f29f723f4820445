import GRDB

extension LedgerReader {
    /// Whether anything was ever taken in.
    public func hasSubmissions() throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM submission)") ?? false
    }

    /// SHA-256 of everything whose bytes must be kept: files that were read, what batches rest on and consist of, the
    /// policy of the last run. Sorted, none twice.
    public func originalHashes() throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT sha256 FROM submission WHERE NOT is_refused AND sha256 <> ''
                UNION SELECT sha256 FROM batch_file
                UNION SELECT policy_sha256 FROM batch
                UNION SELECT value FROM batch_evidence, json_each(batch_evidence.detail, '$.exports')
                UNION SELECT json_extract(detail, '$.kept.regions.sha256') FROM batch_evidence
                    WHERE json_extract(detail, '$.kept.regions.sha256') IS NOT NULL
                UNION SELECT json_extract(detail, '$.kept.guests.sha256') FROM batch_evidence
                    WHERE json_extract(detail, '$.kept.guests.sha256') IS NOT NULL
                UNION SELECT json_extract(detail, '$.kept.readings.sha256') FROM batch_evidence
                    WHERE json_extract(detail, '$.kept.readings.sha256') IS NOT NULL
                UNION SELECT json_extract(value, '$.sha256') FROM batch_evidence,
                    json_each(batch_evidence.detail, '$.kept.forms')
                UNION SELECT json_extract(value, '$.sha256') FROM batch_evidence,
                    json_each(batch_evidence.detail, '$.kept.policies')
                UNION SELECT value FROM setting WHERE name = 'policy.sha256'
                ORDER BY 1
                """)
    }

    /// `ZC-630202-201811 readings`: what a kept original is of a batch; nil where no batch names it.
    public func whoseOriginal(_ sha256: String) throws -> String? {
        try String.fetchOne(
            db,
            sql: """
                SELECT batch || ' ' || name FROM batch_file WHERE sha256 = ?1
                UNION ALL SELECT id || ' ' || policy_name FROM batch WHERE policy_sha256 = ?1
                UNION ALL SELECT batch || ' ' || json_extract(detail, '$.kept.readings.name') FROM batch_evidence
                    WHERE json_extract(detail, '$.kept.readings.sha256') = ?1
                UNION ALL SELECT batch || ' ' || json_extract(value, '$.name') FROM batch_evidence,
                    json_each(batch_evidence.detail, '$.kept.forms') WHERE json_extract(value, '$.sha256') = ?1
                LIMIT 1
                """, arguments: [sha256])
    }

    /// Whether a submission was refused, so that its bytes are not kept.
    public func isRefused(submission: Int) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT is_refused FROM submission WHERE id = ?", arguments: [submission]) ?? true
    }
}
