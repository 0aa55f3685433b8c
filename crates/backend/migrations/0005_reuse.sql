-- Papers that may serve again, the dossiers that use them, and what citizens agreed to.

-- `reused` stays what it was: whether the office looks the paper up. How the national index counts a
-- component is `reuse`.
ALTER TABLE dossier_components ADD COLUMN digitised INTEGER NOT NULL DEFAULT 0; -- DuocSoHoa
ALTER TABLE dossier_components ADD COLUMN reuse INTEGER NOT NULL DEFAULT 0;     -- DuocTaiSuDung: 0, 1, 2
ALTER TABLE dossier_components ADD COLUMN replacing TEXT;                       -- MaKetQuaThayThe
UPDATE dossier_components SET digitised = files > 0, reuse = reused;

CREATE TABLE kept_papers (
    id         TEXT PRIMARY KEY,
    subject    TEXT NOT NULL,            -- whose "Giấy tờ của tôi": who filed
    kind       TEXT NOT NULL,            -- domain::reuse::PaperKind
    name       TEXT NOT NULL,
    origin     TEXT NOT NULL,            -- component, result
    owner      TEXT NOT NULL,            -- citizen number of the person it is about
    owner_name TEXT NOT NULL,
    dossier    TEXT NOT NULL REFERENCES dossiers (code),
    number     TEXT,                     -- of a result
    object     TEXT NOT NULL,            -- where its bytes are in the object store
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL,
    sha256     TEXT NOT NULL,
    added_at   INTEGER NOT NULL,
    good_until TEXT                      -- civil date
) STRICT;
CREATE INDEX kept_papers_by_subject ON kept_papers (subject, added_at);

CREATE TABLE dossier_reuses (
    dossier   TEXT NOT NULL REFERENCES dossiers (code),
    component TEXT NOT NULL,
    paper     TEXT NOT NULL REFERENCES kept_papers (id),
    PRIMARY KEY (dossier, component, paper)
) STRICT;

-- Append-only: what a person agreed to, and when they took it back.
CREATE TABLE consents (
    id       INTEGER PRIMARY KEY,
    subject  TEXT NOT NULL,
    purpose  TEXT NOT NULL,              -- reuse
    dossier  TEXT,
    about    TEXT NOT NULL,              -- the paper's id
    said_at  INTEGER NOT NULL,           -- by the citizen's device
    heard_at INTEGER NOT NULL
) STRICT;
