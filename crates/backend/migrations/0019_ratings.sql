-- What the citizen thought of it, once a dossier came to its end (index 5.4). The last word counts.
CREATE TABLE ratings (
    dossier TEXT PRIMARY KEY REFERENCES dossiers (code),
    liked   INTEGER NOT NULL,
    reason  TEXT,
    at      INTEGER NOT NULL
) STRICT;
