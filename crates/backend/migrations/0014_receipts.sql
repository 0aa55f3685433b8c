-- Receipts: one for each payment of a fee. What they say of refunds is the attempt's state.

CREATE TABLE receipts (
    token     TEXT PRIMARY KEY,          -- 128 random bits; in the QR, shows masked data to anyone
    file_key  TEXT NOT NULL UNIQUE,      -- 128 random bits; opens the PDF, told to holders only
    number    TEXT NOT NULL UNIQUE,
    dossier   TEXT NOT NULL,
    fee       TEXT NOT NULL,
    channel   TEXT NOT NULL,             -- a channel's id, or cash
    attempt   TEXT REFERENCES attempts (token), -- none for cash
    amount    INTEGER NOT NULL CHECK (amount > 0),
    paid_at   INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    voided_at INTEGER,
    reason    TEXT,                      -- why it was voided
    FOREIGN KEY (dossier, fee) REFERENCES fees (dossier, id)
) STRICT;
CREATE INDEX receipts_by_fee ON receipts (dossier, fee, issued_at);
