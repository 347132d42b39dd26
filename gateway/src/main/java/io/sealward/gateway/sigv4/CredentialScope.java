package io.sealward.gateway.sigv4;

/** What a signing key is good for: a day, a region, S3. */
public record CredentialScope(String date, String region) {
    static final String SERVICE = "s3";
    static final String TERMINATOR = "aws4_request";

    @Override
    public String toString() {
        return date + '/' + region + '/' + SERVICE + '/' + TERMINATOR;
    }
}
