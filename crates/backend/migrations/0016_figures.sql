-- Dossiers that the commune handled elsewhere, as far as the figures need them, and what makes counting
-- fast. Nothing of a person is here.

CREATE TABLE synced_dossiers (
    code                TEXT PRIMARY KEY,
    procedure           TEXT NOT NULL,
    channel             INTEGER NOT NULL,  -- KenhThucHien
    status              INTEGER NOT NULL,  -- TrangThaiHoSo
    received_at         INTEGER NOT NULL,  -- NgayTiepNhan
    appointment         INTEGER,           -- NgayHenTra
    ended_at            INTEGER,           -- NgayKetThucXuLy
    supplement_requests INTEGER NOT NULL,  -- rows of DanhSachHoSoBoSung
    has_component_file  INTEGER NOT NULL,
    has_result_file     INTEGER NOT NULL,
    reused              INTEGER NOT NULL,
    has_fee             INTEGER NOT NULL,
    paid_online         INTEGER NOT NULL,
    complained          INTEGER NOT NULL,  -- PAKN; no field of the exchange is known, so 0
    heard_at            INTEGER NOT NULL
) STRICT;
CREATE INDEX synced_dossiers_by_day ON synced_dossiers (received_at);

CREATE INDEX dossiers_by_day ON dossiers (submitted_at);
CREATE INDEX kept_papers_by_dossier ON kept_papers (dossier, origin);

-- The appointment that a dossier had before it lost it, by waiting or by ending: what ended late stays
-- late.
ALTER TABLE dossiers ADD COLUMN last_appointment INTEGER;
CREATE TRIGGER last_appointment_is_kept AFTER UPDATE OF appointment ON dossiers
    WHEN OLD.appointment IS NOT NULL AND NEW.appointment IS NULL
BEGIN UPDATE dossiers SET last_appointment = OLD.appointment WHERE code = NEW.code; END;
