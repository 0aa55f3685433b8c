-- The reference backend's tables. Times are whole seconds since 1970 (UTC), money is whole đồng,
-- texts in two languages are JSON, secrets are stored as SHA-256 only.

CREATE TABLE sessions (
    id_hash    TEXT PRIMARY KEY,
    owner      TEXT NOT NULL,            -- whose uploads: random before login, "citizen:<sub>" after
    subject    TEXT,                     -- the identity provider's `sub`; NULL before login
    profile    TEXT,                     -- JSON of contract::session::Profile
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE logins (
    state      TEXT PRIMARY KEY,
    session    TEXT NOT NULL,            -- hash of the session that began it: state is bound to it
    nonce      TEXT NOT NULL,
    verifier   TEXT NOT NULL,            -- PKCE
    return_to  TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE uploads (
    id         TEXT PRIMARY KEY,         -- 128 random bits; the last segment of the upload's address
    owner      TEXT NOT NULL,
    length     INTEGER NOT NULL CHECK (length > 0),
    received   INTEGER NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND length),
    metadata   TEXT NOT NULL DEFAULT '', -- Upload-Metadata as sent
    media_type TEXT,                     -- by its bytes, once whole
    sha256     TEXT,                     -- once whole
    dossier    TEXT,                     -- the dossier that it went into; then it never expires
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_by_expiry ON uploads (expires_at) WHERE dossier IS NULL;

CREATE TABLE upload_chunks (
    upload   TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,           -- first byte
    length   INTEGER NOT NULL,
    object   TEXT NOT NULL,              -- where the bytes are in the object store
    PRIMARY KEY (upload, position)
) STRICT;

CREATE TABLE serials (
    agency TEXT NOT NULL,
    day    TEXT NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (agency, day)
) STRICT;

CREATE TABLE dossiers (
    code           TEXT PRIMARY KEY,
    key_hash       TEXT NOT NULL,
    procedure      TEXT NOT NULL,
    procedure_name TEXT NOT NULL,        -- as it was called when filed
    form_version   INTEGER NOT NULL,
    subject        TEXT NOT NULL,        -- submitter, by the identity provider
    submitter_name TEXT NOT NULL,
    applicant_name TEXT NOT NULL,
    applicant      TEXT NOT NULL,        -- JSON: name, citizen number, phone
    answers        TEXT NOT NULL,
    channel        INTEGER NOT NULL,     -- national KenhThucHien
    status         INTEGER NOT NULL,
    pages          INTEGER,              -- of the original, once counted
    submitted_at   INTEGER NOT NULL,
    appointment    INTEGER
) STRICT;
CREATE INDEX dossiers_by_subject ON dossiers (subject, submitted_at);

CREATE TABLE dossier_components (
    dossier   TEXT NOT NULL REFERENCES dossiers (code),
    position  INTEGER NOT NULL,
    component TEXT NOT NULL,
    name      TEXT NOT NULL,
    files     INTEGER NOT NULL,
    reused    INTEGER NOT NULL,          -- national DuocTaiSuDung
    PRIMARY KEY (dossier, position)
) STRICT;

CREATE TABLE dossier_files (
    dossier   TEXT NOT NULL REFERENCES dossiers (code),
    component TEXT NOT NULL,
    position  INTEGER NOT NULL,
    upload    TEXT NOT NULL UNIQUE REFERENCES uploads (id),
    sha256    TEXT NOT NULL,
    PRIMARY KEY (dossier, component, position)
) STRICT;

CREATE TABLE timeline (
    id      INTEGER PRIMARY KEY,
    dossier TEXT NOT NULL REFERENCES dossiers (code),
    status  INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    unit    TEXT,
    note    TEXT
) STRICT;
CREATE INDEX timeline_by_dossier ON timeline (dossier, id);

CREATE TABLE fees (
    dossier  TEXT NOT NULL REFERENCES dossiers (code),
    id       TEXT NOT NULL,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    timing   TEXT NOT NULL,
    state    TEXT NOT NULL,
    amount   INTEGER,
    reason   TEXT,
    citation TEXT NOT NULL,
    PRIMARY KEY (dossier, id)
) STRICT;

CREATE TABLE attempts (
    token             TEXT PRIMARY KEY,
    dossier           TEXT NOT NULL,
    fee               TEXT NOT NULL,
    channel           TEXT NOT NULL,
    reference         TEXT NOT NULL,     -- ours at the gateway (vnp_TxnRef)
    amount            INTEGER NOT NULL CHECK (amount > 0),
    language          TEXT NOT NULL,
    payer_address     TEXT NOT NULL,
    state             TEXT NOT NULL,
    live              INTEGER NOT NULL,  -- AttemptState::is_live, for the index below
    failure           TEXT,
    gateway_code      TEXT,
    gateway_reference TEXT,
    created_at        INTEGER NOT NULL,
    expires_at        INTEGER NOT NULL,
    paid_at           INTEGER,
    last_query_at     INTEGER,
    next_query_at     INTEGER,           -- when the watch asks again; NULL when it need not
    queries           INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (dossier, fee) REFERENCES fees (dossier, id)
) STRICT;
CREATE UNIQUE INDEX attempts_by_reference ON attempts (channel, reference);
-- One live attempt for a fee: not a habit of the code but a rule of the table.
CREATE UNIQUE INDEX one_live_attempt ON attempts (dossier, fee) WHERE live = 1;
CREATE INDEX attempts_to_query ON attempts (next_query_at) WHERE next_query_at IS NOT NULL;

-- Append-only: what was heard about an attempt, from whom, in their words.
CREATE TABLE attempt_events (
    id       INTEGER PRIMARY KEY,
    attempt  TEXT NOT NULL REFERENCES attempts (token),
    at       INTEGER NOT NULL,
    evidence TEXT NOT NULL,              -- local, return, ipn, query
    event    TEXT NOT NULL,
    state    TEXT NOT NULL,              -- after it
    raw      TEXT NOT NULL
) STRICT;

CREATE TABLE idempotency (
    scope        TEXT NOT NULL,          -- who and what: never the key alone
    key          TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    status       INTEGER NOT NULL,
    body         TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT;
