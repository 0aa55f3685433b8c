-- What a slip says, as it was when it was given; the office's desk: who is signed in there.

ALTER TABLE slips ADD COLUMN matter TEXT; -- JSON of contract::slips::SlipMatter; NULL on slips of before

CREATE TABLE desk_sessions (
    token_hash TEXT PRIMARY KEY,
    name       TEXT NOT NULL,            -- of the account
    csrf       TEXT NOT NULL,            -- what its forms carry
    used_at    INTEGER NOT NULL
) STRICT;
