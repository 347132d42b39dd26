package io.sealward.gateway.sigv4;

/** What a signing key is good for: a day, a region, a service. */
public record CredentialScope(String date, String region, String service) {
    /** The service of most requests. */
    static final String S3 = "s3";

    static final String STS = "sts";
    static final String TERMINATOR = "aws4_request";

    /** Of S3. */
    public CredentialScope(String date, String region) {
        this(date, region, S3);
    }

    @Override
    public String toString() {
        return date + '/' + region + '/' + service + '/' + TERMINATOR;
    }
}
