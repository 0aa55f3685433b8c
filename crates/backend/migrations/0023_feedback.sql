-- Feedback (phản ánh, kiến nghị), its photos, and messages about it. Its photos are uploads that name its
-- code where those of a dossier name the dossier's; its acts are in the audit log under its code.

CREATE TABLE feedback (
    code               TEXT PRIMARY KEY,
    key_hash           TEXT NOT NULL,
    about              TEXT NOT NULL,    -- JSON of domain::feedback::About
    dossier            TEXT,             -- the dossier that it is about; one of another system is not in ours
    by_holder          INTEGER NOT NULL CHECK (by_holder IN (0, 1)), -- counts against the dossier (5.4)
    body               TEXT NOT NULL,
    place              TEXT,
    phone              TEXT,             -- where messages go; nobody need leave one
    sample             INTEGER NOT NULL CHECK (sample IN (0, 1)),    -- of a guided run: counts nowhere
    received_at        INTEGER NOT NULL,
    question           TEXT,             -- what the office asked for
    asked_at           INTEGER,
    addition           TEXT,             -- what the sender added
    added_at           INTEGER,
    answer             TEXT,
    answered_at        INTEGER,
    reason             TEXT,             -- why it was refused
    advice             TEXT,
    refused_at         INTEGER,
    published_question TEXT,             -- in the office's words, naming nobody
    published_answer   TEXT,
    published_at       INTEGER
) STRICT;
CREATE INDEX feedback_by_dossier ON feedback (dossier) WHERE dossier IS NOT NULL;
CREATE INDEX feedback_published ON feedback (published_at) WHERE published_at IS NOT NULL;
CREATE TRIGGER feedback_changes AFTER UPDATE ON feedback
BEGIN INSERT INTO changes (dossier) VALUES (NEW.code); END;

CREATE TABLE feedback_photos (
    feedback TEXT NOT NULL REFERENCES feedback (code),
    position INTEGER NOT NULL,
    later    INTEGER NOT NULL CHECK (later IN (0, 1)),  -- came when more was asked for
    upload   TEXT NOT NULL UNIQUE REFERENCES uploads (id),
    sha256   TEXT NOT NULL,
    PRIMARY KEY (feedback, position)
) STRICT;

-- As `messages`, which are about dossiers only. Ids go on where those never come: the service that brings
-- messages takes the same id for the same message.
CREATE TABLE feedback_messages (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    feedback   TEXT NOT NULL REFERENCES feedback (code),
    kind       TEXT NOT NULL,
    phone      TEXT NOT NULL,
    words      TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    sent_at    INTEGER,
    tries      INTEGER NOT NULL DEFAULT 0,
    gave_up    TEXT
) STRICT;
INSERT INTO sqlite_sequence (name, seq) VALUES ('feedback_messages', 1000000000000);
CREATE INDEX feedback_messages_to_send ON feedback_messages (not_before)
    WHERE sent_at IS NULL AND gave_up IS NULL;
