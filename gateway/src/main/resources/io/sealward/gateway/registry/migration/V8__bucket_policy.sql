-- Who may do what with a bucket, as JSON of the AWS policy language. It ends with the claim. At most 20 KiB in UTF-8.
ALTER TABLE bucket ADD COLUMN policy VARCHAR(20480);
