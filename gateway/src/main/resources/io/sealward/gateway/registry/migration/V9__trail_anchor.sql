-- The end of the audit trail of each gateway, as it was told last.
CREATE TABLE trail_anchor (
  id VARCHAR(64) PRIMARY KEY,
  number BIGINT      NOT NULL,
  hash VARCHAR(64) NOT NULL,
  at BIGINT      NOT NULL
);

-- Entries are deleted by age.
CREATE INDEX audit_log_by_time ON audit_log (effective_at);
