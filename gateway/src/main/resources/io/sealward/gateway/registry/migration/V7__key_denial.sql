-- How often the gateways on this registry have begun to be denied a key. One that finds the number raised asks the key's KMS.
CREATE TABLE key_denial (
  external_key_id VARCHAR(64) PRIMARY KEY REFERENCES external_key ON DELETE CASCADE,
  number          BIGINT NOT NULL
);
