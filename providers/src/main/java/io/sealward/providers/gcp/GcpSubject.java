package io.sealward.providers.gcp;

import java.util.regex.Pattern;

/**
 * The subject of the gateway's OpenID Connect tokens, as tenants name it to their pools; it stands in scripts that they run.
 *
 * @param issuer an https URL
 * @param subject the token's {@code sub}: for a Google service account its unique id
 */
public record GcpSubject(String issuer, String subject) {
    /** Google's own, of service accounts. */
    public static final String GOOGLE = "https://accounts.google.com";

    static final Pattern ISSUER = Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?");
    static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9._:@/|-]{1,127}");

    /** @throws IllegalArgumentException if one is of another form */
    public GcpSubject {
        if (!ISSUER.matcher(issuer).matches() || !SUBJECT.matcher(subject).matches()) {
            throw new IllegalArgumentException("the issuer or the subject of the gateway's GCP identity does not match "
                    + ISSUER + " or " + SUBJECT);
        }
    }

    /** A service account of Google Cloud, by its unique id. */
    public static GcpSubject serviceAccount(String uniqueId) {
        return new GcpSubject(GOOGLE, uniqueId);
    }
}
