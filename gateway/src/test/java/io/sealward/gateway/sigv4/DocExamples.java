package io.sealward.gateway.sigv4;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.tenant.Credentials;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The credential and the time of the examples in the Amazon S3 API Reference. */
public final class DocExamples {
    public static final String ACCESS_KEY_ID = "AKIAIOSFODNN7EXAMPLE";
    public static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    public static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");
    public static final Clock CLOCK = Clock.fixed(TIME, ZoneOffset.UTC);
    public static final String HOST = "examplebucket.s3.amazonaws.com";
    public static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    public static final S3Credential CREDENTIAL = new S3Credential(
            ACCESS_KEY_ID,
            SECRET,
            new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty()));
    public static final Credentials CREDENTIALS =
            id -> id.equals(ACCESS_KEY_ID) ? Optional.of(CREDENTIAL) : Optional.empty();

    private DocExamples() {}

    public static SignatureVerifier verifierAt(Instant now) {
        return new SignatureVerifier(CREDENTIALS, Clock.fixed(now, ZoneOffset.UTC));
    }

    public static Verified verify(HttpMethod method, String target, HttpHeaders headers) {
        return verifierAt(TIME).verify(method, RequestTarget.parse(target), headers);
    }

    /** Headers as name, value, name, value. */
    public static HttpHeaders headers(String... namesAndValues) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    /** A request of the examples, with the published signature. */
    public static HttpHeaders signed(String signedHeaders, String signature, String... namesAndValues) {
        HttpHeaders headers = headers(namesAndValues);
        headers.add(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + ACCESS_KEY_ID + "/20130524/us-east-1/s3/aws4_request,SignedHeaders="
                        + signedHeaders + ",Signature=" + signature);
        return headers;
    }

    /** Headers of a request signed for a body of that kind. */
    public static HttpHeaders signedPut(String target, String contentSha256, String... namesAndValues) {
        HttpHeaders headers = headers(namesAndValues);
        headers.set("Host", HOST);
        new RequestSigner(ACCESS_KEY_ID, SECRET, "us-east-1", CLOCK)
                .sign(HttpMethod.PUT, target, headers, contentSha256);
        return headers;
    }
}
