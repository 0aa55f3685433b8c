-- What the electronic signatures of a result came to when it was added, as the contract says it (JSON); null
-- when nobody signed it, or it came before signatures were looked at.
ALTER TABLE kept_papers ADD COLUMN signature TEXT;
