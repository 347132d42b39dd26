-- Runs on H2 2 (in PostgreSQL mode) and on PostgreSQL. Times are Unix seconds.

-- One row. Every change takes its lock and raises the revision, so changes are in order and other nodes notice them.
CREATE TABLE registry_state (
  id           INTEGER PRIMARY KEY CHECK (id = 1),
  revision     BIGINT NOT NULL,
  secret_check BYTEA
);
INSERT INTO registry_state (id, revision) VALUES (1, 0);

CREATE TABLE organization (
  id         VARCHAR(64) PRIMARY KEY,
  name       VARCHAR(256) NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE admin_key (
  id              VARCHAR(64) PRIMARY KEY,
  organization_id VARCHAR(64) NOT NULL REFERENCES organization,
  name            VARCHAR(256) NOT NULL,
  token_sha256    BYTEA NOT NULL,
  created_at      BIGINT NOT NULL
);

CREATE TABLE external_key (
  seq             BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  id              VARCHAR(64) PRIMARY KEY,
  organization_id VARCHAR(64) NOT NULL REFERENCES organization,
  name            VARCHAR(256) NOT NULL,
  purpose         VARCHAR(32) NOT NULL,
  type            VARCHAR(16) NOT NULL,
  kek             VARCHAR(1024) NOT NULL,
  spec            VARCHAR(8192) NOT NULL,
  created_at      BIGINT NOT NULL
);
CREATE INDEX external_key_by_kek ON external_key (kek);
CREATE INDEX external_key_by_organization ON external_key (organization_id, seq);

-- An archived project goes on naming its key after the key's registration is removed, hence no foreign key on it.
CREATE TABLE project (
  seq             BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  id              VARCHAR(64) PRIMARY KEY,
  organization_id VARCHAR(64) NOT NULL REFERENCES organization,
  name            VARCHAR(256) NOT NULL,
  external_key_id VARCHAR(64),
  key_mode        VARCHAR(16) NOT NULL,
  created_at      BIGINT NOT NULL,
  archived_at     BIGINT
);
CREATE INDEX project_by_organization ON project (organization_id, seq);
CREATE INDEX project_by_external_key ON project (external_key_id);

-- secret is nonce, AES-256-GCM ciphertext and tag; the row's identity is the additional data.
CREATE TABLE s3_credential (
  seq           BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  access_key_id VARCHAR(64) PRIMARY KEY,
  project_id    VARCHAR(64) NOT NULL REFERENCES project,
  name          VARCHAR(256) NOT NULL,
  secret        BYTEA NOT NULL,
  created_at    BIGINT NOT NULL
);
CREATE INDEX s3_credential_by_project ON s3_credential (project_id, seq);

CREATE TABLE bucket (
  seq        BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  name       VARCHAR(64) PRIMARY KEY,
  project_id VARCHAR(64) NOT NULL REFERENCES project,
  mixed      BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX bucket_by_project ON bucket (project_id, seq);

CREATE TABLE audit_log (
  seq             BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
  id              VARCHAR(64) PRIMARY KEY,
  organization_id VARCHAR(64) NOT NULL,
  effective_at    BIGINT NOT NULL,
  type            VARCHAR(64) NOT NULL,
  project_id      VARCHAR(64),
  actor_type      VARCHAR(16) NOT NULL,
  actor_id        VARCHAR(64) NOT NULL,
  resource_id     VARCHAR(1024) NOT NULL,
  details         TEXT NOT NULL
);
CREATE INDEX audit_log_by_organization ON audit_log (organization_id, seq);
