-- What became of a sent file once it was looked at. `media_type` and `sha256` are of what was sent, which
-- a dossier names; what is kept may be drawn anew from it.

ALTER TABLE uploads ADD COLUMN fault TEXT;        -- why it was refused; its bytes are gone then
ALTER TABLE uploads ADD COLUMN kept_type TEXT;    -- media type of what is kept
ALTER TABLE uploads ADD COLUMN kept_length INTEGER;
ALTER TABLE uploads ADD COLUMN kept_sha256 TEXT;

UPDATE uploads SET kept_type = media_type, kept_length = length, kept_sha256 = sha256
 WHERE sha256 IS NOT NULL;
