package io.sealward.gateway.sts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealward.gateway.identity.Trust;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Role;
import io.sealward.gateway.tenant.S3Credential;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Of all texts those open that were issued, and to what they were issued as. */
class SessionTokensFuzzTest {
    private static final Trust TRUST =
            Trust.parse("{\"issuer\": \"https://i\", \"audience\": \"a\", \"subject\": \"s\"}");
    private static final Role ROLE = new Role(
            "ci",
            Role.generation("", TRUST),
            new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty()),
            TRUST,
            Optional.empty(),
            Duration.ofHours(1));
    private static final SessionTokens TOKENS = new SessionTokens(
            List.of("a secret of the test, shared by all".getBytes(UTF_8)),
            (project, name) -> project.equals("proj_1") && name.equals("ci") ? Optional.of(ROLE) : Optional.empty(),
            Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC));
    private static final List<SessionTokens.Issued> ISSUED = List.of(
            TOKENS.issue(ROLE, "job-7", Optional.empty(), Duration.ofHours(1)),
            TOKENS.issue(ROLE, "job-8", Optional.empty(), Duration.ofMinutes(15)));

    static Stream<byte[]> tokens() {
        return Stream.concat(ISSUED.stream().map(SessionTokens.Issued::token), Stream.of("AQ==", "A".repeat(300)))
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("tokens")
    @FuzzTest
    void whatOpensWasIssued(byte[] token) {
        try {
            S3Credential opened = TOKENS.open(new String(token, ISO_8859_1));
            assertThat(ISSUED.stream().map(SessionTokens.Issued::credential)).contains(opened);
        } catch (S3Exception refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    static Stream<byte[]> forms() {
        return Stream.of(
                        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3Aorg-1%3Arole%2Fproj_1%2Fci",
                        "a=b&a=c", "&".repeat(70), "%", "a=%ff&b+=%20=&=")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    /** Parameters as a form says them are the same when it is written anew. */
    @MethodSource("forms")
    @FuzzTest
    void aFormHasOneReading(byte[] form) {
        try {
            Map<String, String> values =
                    Parameters.parse(new String(form, ISO_8859_1)).values();
            assertThat(values).hasSizeLessThanOrEqualTo(64);
            if (!values.isEmpty()) {
                String anew = values.entrySet().stream()
                        .map(value -> UriEncoding.encodeQuery(value.getKey()) + "="
                                + UriEncoding.encodeQuery(value.getValue()))
                        .collect(Collectors.joining("&"));
                assertThat(Parameters.parse(anew).values()).isEqualTo(values);
            }
        } catch (S3Exception | StsException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
