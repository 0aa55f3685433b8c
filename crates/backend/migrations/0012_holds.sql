-- Why money may be taken though nothing is paid, while somebody looks: each reason has its own words.
ALTER TABLE attempts ADD COLUMN hold TEXT;
