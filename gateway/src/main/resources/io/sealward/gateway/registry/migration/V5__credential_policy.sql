-- What an S3 credential may do in its project, as JSON of the AWS policy language; all without it. At most 20 KiB in UTF-8.
ALTER TABLE s3_credential ADD COLUMN policy VARCHAR(20480);
