/** The S3 protocol as words: errors, operations, ETags, ranges, XML documents. No I/O. */
package io.sealward.gateway.s3;
