-- Notices on devices (Web Push): which device wants those of which dossier, and what is to be sent.
CREATE TABLE push_devices (
    id       INTEGER PRIMARY KEY,
    dossier  TEXT NOT NULL REFERENCES dossiers (code),
    endpoint TEXT NOT NULL,              -- where its push service takes notices
    p256dh   TEXT NOT NULL,              -- the browser's public key (RFC 8291)
    auth     TEXT NOT NULL,              -- the browser's secret
    since    INTEGER NOT NULL,
    UNIQUE (dossier, endpoint)
) STRICT;

-- Written with what they tell of, beside the messages to phones; gone with their device.
CREATE TABLE pushes (
    id         INTEGER PRIMARY KEY,
    device     INTEGER NOT NULL REFERENCES push_devices (id) ON DELETE CASCADE,
    words      TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,         -- quiet hours, and the next try
    sent_at    INTEGER,
    tries      INTEGER NOT NULL DEFAULT 0,
    gave_up    TEXT                      -- why it was never sent
) STRICT;
CREATE INDEX pushes_to_send ON pushes (not_before) WHERE sent_at IS NULL AND gave_up IS NULL;
