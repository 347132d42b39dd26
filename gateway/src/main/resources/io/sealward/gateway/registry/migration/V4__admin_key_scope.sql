-- What an admin key may do, and its place in the list of them.
ALTER TABLE admin_key ADD COLUMN scope VARCHAR(16) DEFAULT 'WRITE' NOT NULL;
ALTER TABLE admin_key ADD COLUMN seq BIGINT GENERATED ALWAYS AS IDENTITY;
CREATE INDEX admin_key_by_organization ON admin_key (organization_id, seq);
