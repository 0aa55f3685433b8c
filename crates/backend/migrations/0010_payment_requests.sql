-- Requests to pay a fee for somebody (nhờ người thân trả), and who paid what was asked for.

CREATE TABLE payment_requests (
    token        TEXT PRIMARY KEY,       -- 128 random bits: to pay, and nothing else
    dossier      TEXT NOT NULL,
    fee          TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    cancelled_at INTEGER,
    FOREIGN KEY (dossier, fee) REFERENCES fees (dossier, id)
) STRICT;
CREATE INDEX payment_requests_by_fee ON payment_requests (dossier, fee);

ALTER TABLE attempts ADD COLUMN request TEXT;    -- the request that it was made for
ALTER TABLE attempts ADD COLUMN payer_name TEXT; -- as the payer wrote it
