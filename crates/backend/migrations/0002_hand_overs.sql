-- Drafts on their way from one device to another: sealed, for ten minutes, then gone.

CREATE TABLE hand_overs (
    slot        TEXT PRIMARY KEY,
    code        TEXT NOT NULL,            -- six digits; unique among those that can still be claimed
    giver_hash  TEXT NOT NULL,
    taker_hash  TEXT,                     -- set by the first claim
    parts       INTEGER,                  -- how many, once the giver says that all are there
    taken_at    INTEGER,
    expires_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX hand_overs_by_code ON hand_overs (code) WHERE taker_hash IS NULL;
CREATE INDEX hand_overs_by_expiry ON hand_overs (expires_at);

CREATE TABLE hand_over_parts (
    slot   TEXT NOT NULL REFERENCES hand_overs (slot) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    bytes  BLOB NOT NULL,
    PRIMARY KEY (slot, number)
) STRICT;

CREATE TABLE hand_over_messages (
    slot       TEXT NOT NULL REFERENCES hand_overs (slot) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    from_giver INTEGER NOT NULL,
    message    TEXT NOT NULL,
    PRIMARY KEY (slot, number)
) STRICT;

-- Wrong codes by caller and minute: six digits must not be found by trying.
CREATE TABLE hand_over_misses (
    caller TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;
CREATE INDEX hand_over_misses_by_caller ON hand_over_misses (caller, at);
