-- The one ledger of consents, with the words that were shown; papers that were taken out of "Giấy tờ của
-- tôi"; requests of people about their data.

ALTER TABLE consents ADD COLUMN given INTEGER NOT NULL DEFAULT 1 CHECK (given IN (0, 1));
ALTER TABLE consents ADD COLUMN version INTEGER;   -- domain::consent; NULL for what was said before words were kept
ALTER TABLE consents ADD COLUMN language TEXT;     -- vi, en
ALTER TABLE consents ADD COLUMN words_sha256 TEXT; -- of the exact words shown, in hex
CREATE INDEX consents_by_subject ON consents (subject, purpose, id);
CREATE TRIGGER consents_are_never_changed BEFORE UPDATE ON consents
BEGIN SELECT RAISE(ABORT, 'the ledger of consents is append-only'); END;
CREATE TRIGGER consents_are_never_removed BEFORE DELETE ON consents
BEGIN SELECT RAISE(ABORT, 'the ledger of consents is append-only'); END;

-- The row stays: dossiers that used the paper name it, and the dossier that it came with keeps its file.
ALTER TABLE kept_papers ADD COLUMN removed_at INTEGER;

CREATE TABLE data_requests (
    code          TEXT PRIMARY KEY,
    subject       TEXT NOT NULL,         -- who asks
    person_name   TEXT NOT NULL,
    person_number TEXT,
    wish          TEXT NOT NULL,         -- domain::data_rights::Wish
    dossier       TEXT REFERENCES dossiers (code), -- NULL: everything
    words         TEXT NOT NULL,
    asked_at      INTEGER NOT NULL,
    answer_by     TEXT NOT NULL,         -- civil date
    carry_out_by  TEXT NOT NULL,         -- civil date
    state         TEXT NOT NULL,         -- domain::data_rights::RequestState
    others        INTEGER NOT NULL DEFAULT 0, -- a processor or third party must be told
    answer        TEXT,
    answered_at   INTEGER,
    extension     TEXT,
    extended_at   INTEGER,
    outcome       TEXT,
    rule          TEXT,
    ended_at      INTEGER
) STRICT;
CREATE INDEX data_requests_by_subject ON data_requests (subject, asked_at);
-- One open request for the same: a rule of the table.
CREATE UNIQUE INDEX one_open_data_request ON data_requests (subject, wish, COALESCE(dossier, ''))
    WHERE state IN ('asked', 'answered');
