package io.sealward.gateway.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.Sessions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A temporary credential, whose token is in the header or in the query, and is one. */
class SessionCredentialTest {
    private static final String TOKEN = "the-token";
    private static final String SCOPE = "20130524/us-east-1/s3/aws4_request";

    private static final Sessions EXPIRED = token -> {
        throw new S3Exception(S3Error.EXPIRED_TOKEN);
    };

    private static SignatureVerifier verifier(Sessions sessions) {
        return new SignatureVerifier(id -> Optional.empty(), sessions, DocExamples.CLOCK);
    }

    private static Sessions known() {
        return token -> {
            assertThat(token).isEqualTo(TOKEN);
            return DocExamples.CREDENTIAL;
        };
    }

    private static String presigned(String token) {
        String unsigned = "/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + DocExamples.ACCESS_KEY_ID + "/"
                + SCOPE + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=604800" + token
                + "&X-Amz-SignedHeaders=host";
        RequestTarget target = RequestTarget.parse(unsigned);
        CredentialScope scope = new CredentialScope("20130524", "us-east-1");
        CanonicalRequest request = CanonicalRequest.of(
                "GET",
                target.canonicalPath(),
                target.canonicalQuery(name -> true),
                DocExamples.headers("host", DocExamples.HOST),
                List.of("host"),
                "UNSIGNED-PAYLOAD");
        String signature = SigningKey.derive(DocExamples.SECRET, scope)
                .sign(request.stringToSign(SigningTime.parse("20130524T000000Z").orElseThrow(), scope));
        return unsigned + "&X-Amz-Signature=" + signature;
    }

    private static Verified verify(Sessions sessions, String uri, String... headers) {
        HttpHeaders all = DocExamples.headers("host", DocExamples.HOST);
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return verifier(sessions).verify(HttpMethod.GET, RequestTarget.parse(uri), all);
    }

    private static void assertRefused(S3Error error, Sessions sessions, String uri, String... headers) {
        assertThatThrownBy(() -> verify(sessions, uri, headers))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void aPresignedUrlBringsItsToken() {
        assertThat(verify(known(), presigned("&X-Amz-Security-Token=" + TOKEN)).credential())
                .isEqualTo(DocExamples.CREDENTIAL);
    }

    @Test
    void aPresignedUrlDoesNotOutliveItsToken() {
        assertRefused(S3Error.EXPIRED_TOKEN, EXPIRED, presigned("&X-Amz-Security-Token=" + TOKEN));
    }

    @Test
    void aTokenThatIsAddedLaterIsNotSigned() {
        String uri = presigned("");
        assertRefused(S3Error.INVALID_ACCESS_KEY_ID, known(), uri);
        assertRefused(S3Error.SIGNATURE_DOES_NOT_MATCH, known(), uri + "&X-Amz-Security-Token=" + TOKEN);
        assertRefused(S3Error.ACCESS_DENIED, known(), uri, "x-amz-security-token", TOKEN);
    }

    @Test
    void ofSeveralTokensNoneCounts() {
        String one = "&X-Amz-Security-Token=" + TOKEN;
        assertRefused(S3Error.INVALID_TOKEN, known(), presigned(one + one));
        assertRefused(S3Error.INVALID_TOKEN, known(), presigned(one + one.toLowerCase(Locale.ROOT)));
        assertRefused(S3Error.INVALID_TOKEN, known(), presigned(one), "x-amz-security-token", TOKEN);
    }

    @Test
    void aTokenOfAnotherKeyIsRefused() {
        Sessions other = token -> new S3Credential("ASIAOTHER", DocExamples.SECRET, DocExamples.CREDENTIAL.project());
        assertRefused(S3Error.INVALID_TOKEN, other, presigned("&X-Amz-Security-Token=" + TOKEN));
    }
}
