-- What somebody for whom an identity provider vouches can become for a while. trust says who, policy what it may do in its
-- project, both as JSON: at most 4 KiB and 20 KiB in UTF-8.
CREATE TABLE s3_role (
  seq                 BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  id                  VARCHAR(64) PRIMARY KEY,
  project_id          VARCHAR(64) NOT NULL REFERENCES project,
  name                VARCHAR(64) NOT NULL,
  trust               VARCHAR(4096) NOT NULL,
  policy              VARCHAR(20480),
  max_session_seconds BIGINT NOT NULL,
  created_at          BIGINT NOT NULL,
  UNIQUE (project_id, name)
);
CREATE INDEX s3_role_by_project ON s3_role (project_id, seq);
