/** The S3 protocol as words: errors, ETags, ranges, URI encoding. No I/O. */
package io.sealward.gateway.s3;
