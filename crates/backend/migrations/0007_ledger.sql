-- Money as bookkeepers want it: every posting has two sides, nothing is ever changed. What was wrong is
-- put right by another posting.
CREATE TABLE ledger (
    id      INTEGER PRIMARY KEY,
    posting TEXT NOT NULL,               -- both sides of a posting have the same
    at      INTEGER NOT NULL,            -- when it was written
    day     TEXT NOT NULL,               -- civil date in Vietnam on which the money moved
    account TEXT NOT NULL,               -- channel:<id>, cash, fees, refunds
    amount  INTEGER NOT NULL CHECK (amount <> 0), -- đồng: debit above zero, credit below
    channel TEXT NOT NULL,
    dossier TEXT NOT NULL,
    fee     TEXT NOT NULL,
    attempt TEXT,                        -- none for cash
    what    TEXT NOT NULL,               -- paid, paid_twice, surplus, refund_ordered, refunded, cash
    UNIQUE (posting, account)
) STRICT;
CREATE INDEX ledger_by_day ON ledger (day, channel);

CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- Rows of bank statements that were imported, so that importing a file twice changes nothing.
CREATE TABLE statement_rows (
    reference TEXT PRIMARY KEY,          -- the bank's own
    at        INTEGER NOT NULL,
    amount    INTEGER NOT NULL,
    words     TEXT NOT NULL,
    attempt   TEXT,                      -- whose money it is; none when nobody knows
    heard_at  INTEGER NOT NULL
) STRICT;
