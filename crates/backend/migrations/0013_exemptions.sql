-- Claimed exemptions, what staff decided about them, and what filing online saved.

ALTER TABLE dossiers ADD COLUMN exempt TEXT;   -- domain::exemption::ExemptGroup; none once refused
ALTER TABLE dossiers ADD COLUMN saved INTEGER; -- đồng, beside the counter; NULL where not known or nothing
ALTER TABLE fees ADD COLUMN exempt TEXT;       -- the claim that this line takes into account

-- Append-only: who was exempt from what, and why not.
CREATE TABLE exemption_decisions (
    id       INTEGER PRIMARY KEY,
    dossier  TEXT NOT NULL REFERENCES dossiers (code),
    exempt   TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    reason   TEXT,
    at       INTEGER NOT NULL
) STRICT;
CREATE TRIGGER exemption_decisions_are_never_changed BEFORE UPDATE ON exemption_decisions
BEGIN SELECT RAISE(ABORT, 'exemption decisions are append-only'); END;
CREATE TRIGGER exemption_decisions_are_never_removed BEFORE DELETE ON exemption_decisions
BEGIN SELECT RAISE(ABORT, 'exemption decisions are append-only'); END;
