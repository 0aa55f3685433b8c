-- Whether the applicant wants messages about a dossier; a one-time code comes in any case, being asked for.
ALTER TABLE dossiers ADD COLUMN messages_off INTEGER NOT NULL DEFAULT 0;
