package io.sealward.gateway.body;

/** What the checksum of a multipart upload is of. Source: Amazon S3 User Guide, "Checking object integrity". */
public enum ChecksumType {
    /** All bytes of the object. */
    FULL_OBJECT,
    /** The checksums of its parts, and it ends in their number. */
    COMPOSITE
}
