-- Orders to give money back. Written before the gateway hears of them; each try that the gateway refused
-- is followed by a new one with a new number.
CREATE TABLE refunds (
    id         TEXT PRIMARY KEY,         -- ours at the gateway
    attempt    TEXT NOT NULL REFERENCES attempts (token),
    state      TEXT NOT NULL,            -- written, accepted, done, refused
    reason     TEXT NOT NULL,            -- in staff's words
    asked      INTEGER NOT NULL DEFAULT 0, -- how often the gateway was asked to
    code       TEXT,                     -- the gateway's of its last word
    reference  TEXT,                     -- the gateway's number, or the bank's when it was done by hand
    raw        TEXT NOT NULL DEFAULT '',
    ordered_at INTEGER NOT NULL,
    settled_at INTEGER,
    next_at    INTEGER                   -- when the gateway is asked again; NULL when it need not be
) STRICT;
-- One refund under way for an attempt: a rule of the table.
CREATE UNIQUE INDEX one_refund_under_way ON refunds (attempt) WHERE state IN ('written', 'accepted');
CREATE INDEX refunds_to_ask ON refunds (next_at) WHERE next_at IS NOT NULL;
