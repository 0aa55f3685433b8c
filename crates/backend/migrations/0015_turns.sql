-- What comes after filing: supplements, withdrawals, drafts of results, the one re-appointment, endings,
-- the way of the result, slips, one-time codes; messages to citizens; what changed; who did what.

ALTER TABLE dossiers ADD COLUMN waiting_since INTEGER; -- while the office waits for the citizen

CREATE TABLE supplements (
    dossier     TEXT NOT NULL REFERENCES dossiers (code),
    round       INTEGER NOT NULL,
    items       TEXT NOT NULL,           -- JSON of domain::turns::supplement::Item
    asked_at    INTEGER NOT NULL,
    last_day    TEXT NOT NULL,           -- civil date
    back_to     INTEGER NOT NULL,        -- the status that an answer leads to
    answered_at INTEGER,
    replies     TEXT,                    -- JSON: item to answer in words
    lapsed_at   INTEGER,
    PRIMARY KEY (dossier, round)
) STRICT;
-- One open request of a dossier: a rule of the table.
CREATE UNIQUE INDEX one_open_supplement ON supplements (dossier)
    WHERE answered_at IS NULL AND lapsed_at IS NULL;

CREATE TABLE withdrawals (
    id         INTEGER PRIMARY KEY,
    dossier    TEXT NOT NULL REFERENCES dossiers (code),
    reason     TEXT NOT NULL,
    back_to    INTEGER NOT NULL,         -- the status before
    appointment INTEGER,                 -- and the appointment
    asked_at   INTEGER NOT NULL,
    decided_at INTEGER,
    accepted   INTEGER,                  -- NULL while it is looked at, or when it was taken back
    note       TEXT
) STRICT;
CREATE UNIQUE INDEX one_open_withdrawal ON withdrawals (dossier) WHERE decided_at IS NULL;

CREATE TABLE endings (
    dossier TEXT PRIMARY KEY REFERENCES dossiers (code),
    refused INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    basis   TEXT,
    advice  TEXT,
    at      INTEGER NOT NULL
) STRICT;

-- Once: the table's rule.
CREATE TABLE reappointments (
    dossier TEXT PRIMARY KEY REFERENCES dossiers (code),
    old     INTEGER NOT NULL,
    new     INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;

CREATE TABLE deliveries (
    dossier   TEXT PRIMARY KEY REFERENCES dossiers (code),
    way       TEXT NOT NULL,             -- JSON of domain::turns::delivery::Delivery
    chosen_at INTEGER NOT NULL
) STRICT;

-- Files of the office that holders open by a secret address.
CREATE TABLE holder_files (
    key        TEXT PRIMARY KEY,         -- 128 random bits
    dossier    TEXT NOT NULL REFERENCES dossiers (code),
    name       TEXT NOT NULL,            -- what it is saved as
    object     TEXT NOT NULL,            -- where its bytes are in the object store
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL
) STRICT;

CREATE TABLE draft_results (
    id          INTEGER PRIMARY KEY,
    dossier     TEXT NOT NULL REFERENCES dossiers (code),
    file        TEXT NOT NULL REFERENCES holder_files (key),
    sent_at     INTEGER NOT NULL,
    answer      TEXT,                    -- domain::turns::draft_result::DraftAnswer
    remarks     TEXT,
    answered_at INTEGER
) STRICT;
CREATE INDEX draft_results_by_dossier ON draft_results (dossier, id);

ALTER TABLE kept_papers ADD COLUMN file TEXT REFERENCES holder_files (key); -- of a result

CREATE TABLE slips (
    token     TEXT PRIMARY KEY,          -- 128 random bits; in the QR, shows masked data to anyone
    file_key  TEXT NOT NULL UNIQUE,      -- 128 random bits; opens the PDF, told to holders only
    form      TEXT NOT NULL,             -- contract::turns::SlipForm
    number    TEXT NOT NULL UNIQUE,
    dossier   TEXT NOT NULL REFERENCES dossiers (code),
    about     INTEGER,                   -- the round of a supplement
    issued_at INTEGER NOT NULL
) STRICT;
CREATE INDEX slips_by_dossier ON slips (dossier, issued_at);

CREATE TABLE one_time_codes (
    dossier     TEXT PRIMARY KEY REFERENCES dossiers (code),
    digits_hash TEXT NOT NULL,
    tries       INTEGER NOT NULL DEFAULT 0,
    sent_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;
CREATE TABLE passes (
    key_hash   TEXT PRIMARY KEY,
    dossier    TEXT NOT NULL REFERENCES dossiers (code),
    expires_at INTEGER NOT NULL
) STRICT;

-- Written with what they tell of; sent by an adapter, later.
CREATE TABLE messages (
    id         INTEGER PRIMARY KEY,
    dossier    TEXT NOT NULL REFERENCES dossiers (code),
    kind       TEXT NOT NULL,            -- what it tells of
    phone      TEXT NOT NULL,
    words      TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,         -- quiet hours
    sent_at    INTEGER,
    tries      INTEGER NOT NULL DEFAULT 0,
    gave_up    TEXT                      -- why it was never sent
) STRICT;
CREATE INDEX messages_to_send ON messages (not_before) WHERE sent_at IS NULL AND gave_up IS NULL;

-- What changed, for who has a dossier open. Kept for a day.
CREATE TABLE changes (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    dossier TEXT NOT NULL
) STRICT;
CREATE TRIGGER timeline_changes AFTER INSERT ON timeline
BEGIN INSERT INTO changes (dossier) VALUES (NEW.dossier); END;
CREATE TRIGGER fee_changes AFTER UPDATE ON fees
BEGIN INSERT INTO changes (dossier) VALUES (NEW.dossier); END;
CREATE TRIGGER result_changes AFTER INSERT ON kept_papers WHEN NEW.origin = 'result'
BEGIN INSERT INTO changes (dossier) VALUES (NEW.dossier); END;
CREATE TRIGGER appointment_changes AFTER UPDATE OF appointment, consent ON dossiers
BEGIN INSERT INTO changes (dossier) VALUES (NEW.code); END;

-- Append-only: who did what to which dossier.
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    who     TEXT NOT NULL,
    role    TEXT NOT NULL,
    act     TEXT NOT NULL,
    dossier TEXT,
    detail  TEXT
) STRICT;
CREATE INDEX audit_by_dossier ON audit (dossier, id);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_never_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
