-- A project's own credential at the store, or none. store_secret is encrypted as the secret of s3_credential is.
ALTER TABLE project ADD COLUMN store_access_key_id VARCHAR(128);
ALTER TABLE project ADD COLUMN store_secret BYTEA;
ALTER TABLE project ADD CONSTRAINT project_store_credential
  CHECK ((store_access_key_id IS NULL) = (store_secret IS NULL));
