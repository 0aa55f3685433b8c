-- Dossiers of a guided run with fictional people: figures and the office's lists leave them out.

ALTER TABLE dossiers ADD COLUMN sample INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1));
