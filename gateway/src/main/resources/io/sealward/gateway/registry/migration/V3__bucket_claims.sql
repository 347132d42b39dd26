-- A claim of a name has an id, so that it can be told from an earlier one. ending is the mark of whoever may give the name
-- back; it is cleared when a bucket of the name is created.
ALTER TABLE bucket ADD COLUMN claim_id VARCHAR(64);
UPDATE bucket SET claim_id = 'claim_' || seq;
ALTER TABLE bucket ALTER COLUMN claim_id SET NOT NULL;
ALTER TABLE bucket ADD COLUMN ending VARCHAR(64);

-- Names given back, by whom, and when that was known to be committed: milliseconds by the database's own clock.
CREATE TABLE released_bucket (
  name        VARCHAR(64) PRIMARY KEY,
  project_id  VARCHAR(64) NOT NULL,
  released_at BIGINT
);
