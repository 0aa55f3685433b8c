-- For whom a dossier was filed, and whether the applicant said that it was so.

ALTER TABLE dossiers ADD COLUMN behalf TEXT NOT NULL DEFAULT 'myself';
ALTER TABLE dossiers ADD COLUMN authorisation TEXT;                 -- JSON, where there is one
ALTER TABLE dossiers ADD COLUMN submitter_number TEXT;              -- kept apart from the applicant's
ALTER TABLE dossiers ADD COLUMN consent TEXT NOT NULL DEFAULT 'not_asked';
ALTER TABLE dossiers ADD COLUMN browser TEXT NOT NULL DEFAULT '';   -- the browser that filed it

-- Random, made with a browser's first session and kept through sign-in and sign-out, so that who
-- filed a dossier does not answer for the applicant a moment later. Never leaves the backend.
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';

-- One question at a time. Six digits are soon found behind their hash: it hides them from a glance
-- at the table, not from who copies it. They open the question; they do not answer it.
CREATE TABLE confirmations (
    dossier     TEXT PRIMARY KEY REFERENCES dossiers (code),
    digits_hash TEXT NOT NULL UNIQUE,
    tries       INTEGER NOT NULL DEFAULT 0,  -- wrong last digits, whatever link they came by
    expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX confirmations_by_expiry ON confirmations (expires_at);

-- The link that was shown, and one more for each time that the digits were typed.
CREATE TABLE confirmation_links (
    token_hash TEXT PRIMARY KEY,
    dossier    TEXT NOT NULL REFERENCES confirmations (dossier) ON DELETE CASCADE
) STRICT;
CREATE INDEX confirmation_links_by_dossier ON confirmation_links (dossier);

-- Slips for the counter are claimed by their link only.
DROP INDEX hand_overs_by_code;
CREATE UNIQUE INDEX hand_overs_by_code ON hand_overs (code) WHERE taker_hash IS NULL AND code <> '';

-- Wrong digits are counted for hand-overs and confirmations together; those noted so far are ten
-- minutes old at most and not missed.
DROP TABLE hand_over_misses;
CREATE TABLE misses (
    caller TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;
CREATE INDEX misses_by_caller ON misses (caller, at);
