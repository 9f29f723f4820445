import GRDB

/// The schema, step by step. A step that shipped is never edited: add another.
enum LedgerMigrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 submissions, months, payments, batches") { db in
            try db.execute(sql: version1)
        }
        migrator.registerMigration("what the last report told") { db in try db.execute(sql: reportedScopes) }
        migrator.registerMigration("blocks that a file mended in place took back") { db in
            try db.execute(sql: mendedBlocks)
        }
        migrator.registerMigration("decisions of a month") { db in try db.execute(sql: monthDecisions) }
        migrator.registerMigration("one table of results and what they were made from") { db in
            try db.execute(sql: workTable)
        }
        migrator.registerMigration("the bank's answer") { db in try db.execute(sql: bankAnswers) }
        migrator.registerMigration("sums of rows") { db in try db.execute(sql: sums) }
        migrator.registerMigration("what a year reads of a month") { db in
            // JSON; null in what an earlier version matched.
            try db.execute(sql: "ALTER TABLE county_month ADD COLUMN for_year BLOB")
        }
        migrator.registerMigration("which cell said what stands in a register") { db in
            // Derived: made with the county's registers, read where somebody asks where a field comes from.
            try db.execute(
                sql: "CREATE TABLE county_entries (county TEXT PRIMARY KEY, payload BLOB NOT NULL) WITHOUT ROWID")
        }
        migrator.registerMigration("what of a month stands, without its rows") { db in
            // The columns lie behind the rows of the month: who wants these alone would read all of them.
            try db.execute(sql: "CREATE INDEX county_month_summary ON county_month(county, standing, summary)")
        }
        migrator.registerMigration("sums of what is paid") { db in
            try db.execute(sql: PaidSums.table)
            for lines in ["payment_line", "batch_line"] { try PaidSums.add(db, from: lines, where: "TRUE", []) }
        }
        migrator.registerMigration("what was issued, day by day, over counties") { db in
            try db.execute(sql: issuedDays)
        }
        migrator.registerMigration("what became of each batch at the bank") { db in
            // JSON, sums by batch; null in what an earlier version kept. Derived.
            try db.execute(sql: "ALTER TABLE bank_answer ADD COLUMN standing BLOB")
        }
        migrator.registerMigration("what counties and province hand each other") { db in
            try db.execute(sql: ExchangeRows.tables)
        }
        migrator.registerMigration("what a month was worked out from") { db in
            // Packed; null in what an earlier version computed. Derived.
            try db.execute(sql: "ALTER TABLE month_pay ADD COLUMN trace BLOB")
        }
        migrator.registerMigration("what belongs to a batch") { db in try db.execute(sql: BatchSets.table) }
        migrator.registerMigration("whom a county's roster knows") { db in
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO person_county (person, county)
                    SELECT DISTINCT json_extract(c.value, '$.id.text'), r.county
                    FROM county_record r, json_each(CAST(r.payload AS TEXT), '$.records.cadres') c
                    WHERE json_extract(c.value, '$.id.text') IS NOT NULL
                    """)
        }
        migrator.registerMigration("whose accounts a county's roster names") { db in
            // Derived: written with the county's registers.
            try db.execute(
                sql: """
                    CREATE TABLE county_account (
                        account TEXT NOT NULL, county TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL,
                        PRIMARY KEY (account, county, person)
                    ) WITHOUT ROWID
                    """)
        }
        migrator.registerMigration("of which days a part of the allowances was issued") { db in
            // A mask as `posted`; null in what an earlier version closed.
            try db.execute(
                sql: """
                    ALTER TABLE batch_day ADD COLUMN parts INTEGER;
                    CREATE TRIGGER batch_day_parts_are_final BEFORE UPDATE OF parts ON batch_day
                        BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
                    """)
        }
        return migrator
    }

    private static let issuedDays = """
        -- For which halves of a month a person was issued to in a village, after each batch that changed it; the latest
        -- batch counts. Masks of days: bit 0 is day 1. posted: days for which allowances were issued. Never updated.
        CREATE TABLE batch_day (
            batch TEXT NOT NULL REFERENCES batch(id), county TEXT NOT NULL, origin_period TEXT NOT NULL,
            person TEXT NOT NULL, name TEXT NOT NULL, township TEXT NOT NULL, village TEXT NOT NULL,
            account TEXT NOT NULL, mornings INTEGER NOT NULL, afternoons INTEGER NOT NULL, unnamed INTEGER NOT NULL,
            posted INTEGER NOT NULL, sum INTEGER,
            PRIMARY KEY (batch, origin_period, person, township, village)
        ) WITHOUT ROWID;
        CREATE INDEX batch_day_person ON batch_day(person, origin_period);
        CREATE INDEX batch_day_month ON batch_day(county, origin_period);
        CREATE INDEX batch_day_account ON batch_day(account, origin_period);
        CREATE TRIGGER batch_day_is_final BEFORE UPDATE OF
            batch, county, origin_period, person, name, township, village, account, mornings, afternoons, unnamed,
            posted ON batch_day
            BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
        CREATE TRIGGER batch_day_stays BEFORE DELETE ON batch_day
            BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
        -- Which months worked a batch has lines or days of. Derived.
        CREATE TABLE batch_origin (
            batch TEXT NOT NULL, county TEXT NOT NULL, origin_period TEXT NOT NULL,
            PRIMARY KEY (county, origin_period, batch)
        ) WITHOUT ROWID;
        INSERT INTO batch_origin (batch, county, origin_period)
            SELECT DISTINCT batch, county, origin_period FROM batch_line;
        INSERT OR IGNORE INTO batch_origin (batch, county, origin_period) SELECT id, county, period FROM batch;
        -- In which counties a person was ever seen or paid: who stands in two is looked at, nobody else. Derived.
        CREATE TABLE person_county (
            person TEXT NOT NULL, county TEXT NOT NULL, PRIMARY KEY (person, county)
        ) WITHOUT ROWID;
        INSERT INTO person_county (person, county) SELECT DISTINCT person, county FROM month_person;
        INSERT OR IGNORE INTO person_county (person, county) SELECT DISTINCT person, county FROM batch_line;
        -- Without it a line's checksum was worked out with another person's number: see RowSums.
        CREATE INDEX batch_line_person ON batch_line(person);
        -- A policy file that closed months are read with by decision of a person.
        CREATE TABLE policy_adoption (
            id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL,
            as_of TEXT NOT NULL, batches TEXT NOT NULL, people INTEGER NOT NULL, net INTEGER NOT NULL, sum INTEGER
        );
        CREATE TRIGGER policy_adoption_is_final BEFORE UPDATE OF
            id, sha256, name, reason, who, as_of, batches, people, net ON policy_adoption
            BEGIN SELECT RAISE(ABORT, 'an adoption is final'); END;
        CREATE TRIGGER policy_adoption_stays BEFORE DELETE ON policy_adoption
            BEGIN SELECT RAISE(ABORT, 'an adoption is final'); END;
        -- Beside what a month pays: questions about closed lines, what another policy would change, what is settled
        -- between counties (JSON); null where there is none of it.
        ALTER TABLE month_pay ADD COLUMN detail BLOB;
        -- Ledgers of earlier programs: the days of their batches are read from what the batches kept, once.
        INSERT INTO setting (name, value) SELECT 'issued days', 'to be read' WHERE EXISTS (SELECT 1 FROM batch);
        """

    private static let mendedBlocks = """
        -- Blocks that the next version of the same file, mended in place, took back. period: the month it names now.
        CREATE TABLE mended_block (block INTEGER PRIMARY KEY REFERENCES block(id), period TEXT NOT NULL);
        """

    private static let reportedScopes = """
        -- What the last finished report told of a county's month (630202/2018-11) or of the rest (root). Derived.
        CREATE TABLE reported_scope (
            scope TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, told TEXT NOT NULL
        ) WITHOUT ROWID;
        """

    private static let sums = """
        -- Of every row that pays somebody or proves it, a sum over its other columns. See RowSums.swift.
        ALTER TABLE submission ADD COLUMN sum INTEGER;
        ALTER TABLE block ADD COLUMN sum INTEGER;
        ALTER TABLE county_record ADD COLUMN sum INTEGER;
        ALTER TABLE county_month ADD COLUMN sum INTEGER;
        ALTER TABLE month_pay ADD COLUMN sum INTEGER;
        ALTER TABLE payment_line ADD COLUMN sum INTEGER;
        ALTER TABLE held_line ADD COLUMN sum INTEGER;
        ALTER TABLE batch ADD COLUMN sum INTEGER;
        ALTER TABLE batch_line ADD COLUMN sum INTEGER;
        ALTER TABLE batch_bank_line ADD COLUMN sum INTEGER;
        ALTER TABLE batch_file ADD COLUMN sum INTEGER;
        ALTER TABLE batch_evidence ADD COLUMN sum INTEGER;
        -- A batch is final still: only its sum may be written after it.
        DROP TRIGGER batch_is_final;
        DROP TRIGGER batch_line_is_final;
        CREATE TRIGGER batch_is_final BEFORE UPDATE OF
            id, county, period, as_of, policy_name, policy_sha256, program_version, manifest ON batch
            BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
        CREATE TRIGGER batch_line_is_final BEFORE UPDATE OF
            id, batch, county, period, origin_period, person, name, unit_code, unit, township, village, bank, account,
            half_days, daily_rate, stipend, hardship, qinghai, township_subsidy, note, reissue ON batch_line
            BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
        DROP TRIGGER batch_bank_line_is_final;
        CREATE TRIGGER batch_bank_line_is_final BEFORE UPDATE OF batch, person, account, payload ON batch_bank_line
            BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
        """

    private static let workTable = """
        -- Every result that is kept: a digest of the inputs it used, what it asked for (a line each), a digest of what
        -- came out. An empty table makes everything once more.
        CREATE TABLE work (
            node TEXT PRIMARY KEY, inputs TEXT NOT NULL, uses TEXT NOT NULL, output TEXT NOT NULL
        ) WITHOUT ROWID;
        -- Every county kept every unit of the unit registers; now they are kept once.
        INSERT OR IGNORE INTO setting (name, value)
            SELECT 'units', json_extract(CAST(payload AS TEXT), '$.units') FROM county_record
            WHERE json_valid(CAST(payload AS TEXT))
                AND json_extract(CAST(payload AS TEXT), '$.units') IS NOT NULL LIMIT 1;
        DELETE FROM setting WHERE name IN ('registers', 'registers.ages', 'unassigned', 'expectations')
            OR name LIKE 'years.%';
        ALTER TABLE county_record DROP COLUMN fingerprint;
        ALTER TABLE county_month DROP COLUMN fingerprint;
        ALTER TABLE month_pay DROP COLUMN fingerprint;
        ALTER TABLE county_year DROP COLUMN fingerprint;
        ALTER TABLE reported_scope DROP COLUMN fingerprint;
        -- A report that wrote no file is known by its node.
        INSERT INTO work (node, inputs, uses, output) SELECT 'files/' || report, '', '', '' FROM report_state;
        DROP TABLE report_state;
        -- What a closed month owes or is owed beside what was issued: JSON; null while it is open.
        ALTER TABLE month_pay ADD COLUMN correction BLOB;
        -- Whether the words of the block alone tell its county, so that no register need be asked again.
        ALTER TABLE block_county ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
        """

    private static let bankAnswers = """
        -- Lines that are paid again: batch and account that a bank could not pay to, parted by a bar.
        ALTER TABLE payment_line ADD COLUMN reissue TEXT;
        ALTER TABLE batch_line ADD COLUMN reissue TEXT;
        -- What a bank can answer of a batch: the net lines of its bank file and of its unpayable. Never updated.
        CREATE TABLE batch_bank_line (
            batch TEXT NOT NULL REFERENCES batch(id), person TEXT NOT NULL, account TEXT NOT NULL,
            payload BLOB NOT NULL,
            PRIMARY KEY (batch, person, account)
        ) WITHOUT ROWID;
        CREATE TRIGGER batch_bank_line_is_final BEFORE UPDATE ON batch_bank_line
            BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
        CREATE TRIGGER batch_bank_line_stays BEFORE DELETE ON batch_bank_line
            BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
        -- What became of them, by county. Derived.
        CREATE TABLE bank_answer (county TEXT PRIMARY KEY, payload BLOB NOT NULL) WITHOUT ROWID;
        """

    private static let monthDecisions = """
        -- What a person may settle of a county's month, and what was settled (JSON). Derived; decided: some decision is
        -- about it.
        CREATE TABLE month_decision (
            county TEXT NOT NULL, period TEXT NOT NULL, decided INTEGER NOT NULL, payload BLOB NOT NULL,
            PRIMARY KEY (county, period)
        ) WITHOUT ROWID;
        """

    private static let version1 = """
        -- What the last run was told, so that close, explain and status mean the same inbox, policy and day.
        CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        -- standing: findings of a row or file that hold or exclude something; they make the exit code.
        -- Every path of the inbox as it was last seen. modified: nanoseconds since 1970.
        CREATE TABLE inbox_file (
            path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, sha256 TEXT NOT NULL,
            submission INTEGER REFERENCES submission(id), present INTEGER NOT NULL
        ) WITHOUT ROWID;

        -- Every content ever accepted or refused under a path; nothing is deleted.
        CREATE TABLE submission (
            id INTEGER PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
            modified INTEGER NOT NULL, understood_by TEXT NOT NULL, is_refused INTEGER NOT NULL,
            findings BLOB NOT NULL, standing INTEGER NOT NULL,
            form_rows BLOB
        );
        CREATE INDEX submission_path ON submission(path);
        CREATE INDEX submission_sha ON submission(sha256);

        CREATE TABLE block (
            id INTEGER PRIMARY KEY, submission INTEGER NOT NULL REFERENCES submission(id), period TEXT NOT NULL,
            row_count INTEGER NOT NULL, payload BLOB NOT NULL
        );
        CREATE INDEX block_submission ON block(submission);
        CREATE INDEX block_period ON block(period);

        -- Which county a block (or some of its rows: JSON array of indexes) belongs to.
        CREATE TABLE block_county (
            block INTEGER NOT NULL REFERENCES block(id), county TEXT NOT NULL, period TEXT NOT NULL, rows TEXT,
            PRIMARY KEY (block, county)
        ) WITHOUT ROWID;
        CREATE INDEX block_county_month ON block_county(county, period);

        -- Registers and yearly records of a county, matched. Derived: can be rebuilt from submissions.
        CREATE TABLE county_record (
            county TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, payload BLOB NOT NULL, summary BLOB NOT NULL
        ) WITHOUT ROWID;

        -- Findings that belong to no month, by the stage that raised them.
        CREATE TABLE general_finding (
            scope TEXT PRIMARY KEY, payload BLOB NOT NULL, standing INTEGER NOT NULL
        ) WITHOUT ROWID;

        -- A county's month after matching. Derived. summary: JSON, what status and run page count.
        CREATE TABLE county_month (
            county TEXT NOT NULL, period TEXT NOT NULL, fingerprint TEXT NOT NULL, payload BLOB NOT NULL,
            standing INTEGER NOT NULL, summary TEXT NOT NULL, PRIMARY KEY (county, period)
        ) WITHOUT ROWID;

        -- Who claims presence where, so that a person of two counties is found without reading either.
        CREATE TABLE month_person (
            period TEXT NOT NULL, person TEXT NOT NULL, county TEXT NOT NULL, PRIMARY KEY (period, person, county)
        ) WITHOUT ROWID;

        -- What a county's month pays as far as it is open. Derived.
        CREATE TABLE month_pay (
            county TEXT NOT NULL, period TEXT NOT NULL, fingerprint TEXT NOT NULL, findings BLOB NOT NULL,
            standing INTEGER NOT NULL, outstanding BLOB NOT NULL, summary TEXT NOT NULL, PRIMARY KEY (county, period)
        ) WITHOUT ROWID;
        CREATE TABLE payment_line (
            id INTEGER PRIMARY KEY, county TEXT NOT NULL, period TEXT NOT NULL, origin_period TEXT NOT NULL,
            person TEXT NOT NULL, name TEXT NOT NULL, unit_code TEXT, unit TEXT NOT NULL, township TEXT NOT NULL,
            village TEXT NOT NULL, bank TEXT, account TEXT, half_days INTEGER NOT NULL, daily_rate INTEGER NOT NULL,
            stipend INTEGER NOT NULL, hardship INTEGER, qinghai INTEGER, township_subsidy INTEGER, note TEXT NOT NULL
        );
        CREATE INDEX payment_line_month ON payment_line(county, period);
        CREATE TABLE held_line (
            id INTEGER PRIMARY KEY, county TEXT NOT NULL, period TEXT NOT NULL, payload BLOB NOT NULL
        );
        CREATE INDEX held_line_month ON held_line(county, period);

        -- What was issued. Never updated, never deleted.
        CREATE TABLE batch (
            id TEXT PRIMARY KEY, county TEXT NOT NULL, period TEXT NOT NULL, as_of TEXT NOT NULL,
            policy_name TEXT NOT NULL, policy_sha256 TEXT NOT NULL, program_version TEXT NOT NULL,
            manifest TEXT NOT NULL, UNIQUE (county, period)
        ) WITHOUT ROWID;
        CREATE TABLE batch_line (
            id INTEGER PRIMARY KEY, batch TEXT NOT NULL REFERENCES batch(id), county TEXT NOT NULL,
            period TEXT NOT NULL, origin_period TEXT NOT NULL,
            person TEXT NOT NULL, name TEXT NOT NULL, unit_code TEXT, unit TEXT NOT NULL, township TEXT NOT NULL,
            village TEXT NOT NULL, bank TEXT, account TEXT, half_days INTEGER NOT NULL, daily_rate INTEGER NOT NULL,
            stipend INTEGER NOT NULL, hardship INTEGER, qinghai INTEGER, township_subsidy INTEGER, note TEXT NOT NULL
        );
        CREATE INDEX batch_line_batch ON batch_line(batch);
        CREATE INDEX batch_line_origin ON batch_line(county, origin_period);
        CREATE TABLE batch_file (
            batch TEXT NOT NULL REFERENCES batch(id), name TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
            PRIMARY KEY (batch, name)
        ) WITHOUT ROWID;
        -- What a batch was computed from: kept originals by hash, and the month as it was understood.
        CREATE TABLE batch_evidence (
            batch TEXT PRIMARY KEY REFERENCES batch(id), detail TEXT NOT NULL, month BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE TRIGGER batch_is_final BEFORE UPDATE ON batch BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
        CREATE TRIGGER batch_line_is_final BEFORE UPDATE ON batch_line
            BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;
        CREATE TRIGGER batch_line_stays BEFORE DELETE ON batch_line
            BEGIN SELECT RAISE(ABORT, 'a batch is final'); END;

        -- Files written, so that unchanged ones are left alone and lost ones come back.
        CREATE TABLE output_file (
            path TEXT PRIMARY KEY, report TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
            sha256 TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX output_file_report ON output_file(report);
        CREATE TABLE report_state (report TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID;

        -- A county's year: its attendance in sum, what the province counts of it, the bytes of its extract. Derived.
        CREATE TABLE county_year (
            county TEXT NOT NULL, year INTEGER NOT NULL, fingerprint TEXT NOT NULL, payload BLOB NOT NULL,
            province BLOB NOT NULL, extract BLOB NOT NULL, PRIMARY KEY (county, year)
        ) WITHOUT ROWID;
        """
}
