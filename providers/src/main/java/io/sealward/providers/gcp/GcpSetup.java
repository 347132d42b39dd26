package io.sealward.providers.gcp;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.KekOpener;
import io.sealward.providers.TrustedCertificates;
import io.sealward.providers.resilience.CallLimits;
import io.sealward.providers.setup.CloudSetup;
import io.sealward.providers.setup.OnboardingFormat;
import io.sealward.providers.setup.OperatorSettings;
import io.sealward.providers.setup.Recipient;
import io.sealward.providers.setup.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who the gateway is to Google Cloud.
 *
 * @param subjectTokenFile a path with {@code {audience}} in it; empty for the service account the gateway runs as
 * @param tokenEndpoint {@code https://host[:port]} of the Security Token Service
 * @param kmsEndpoint {@code https://host[:port]} of Cloud KMS
 * @param trustedCertificates PEM of the authorities behind both; empty for the Java runtime's
 */
public record GcpSetup(
        GcpSubject identity,
        Optional<String> subjectTokenFile,
        URI tokenEndpoint,
        URI kmsEndpoint,
        Optional<Path> trustedCertificates)
        implements CloudSetup {
    private static final Pattern TOKEN_FILE = Pattern.compile("[^{}]*\\{audience}[^{}]*");

    public GcpSetup {
        requireNonNull(identity, "identity");
        requireNonNull(subjectTokenFile, "subjectTokenFile");
        requireNonNull(tokenEndpoint, "tokenEndpoint");
        requireNonNull(kmsEndpoint, "kmsEndpoint");
        requireNonNull(trustedCertificates, "trustedCertificates");
    }

    /** In Google Cloud itself, as the service account that the gateway runs as. */
    public static GcpSetup of(GcpSubject identity) {
        return new GcpSetup(identity, Optional.empty(), GcpEndpoints.TOKENS, GcpEndpoints.KMS, Optional.empty());
    }

    static GcpSetup read(OperatorSettings gcp) {
        URI tokens = gcp.httpsEndpoint("token-endpoint").orElse(GcpEndpoints.TOKENS);
        URI kms = gcp.httpsEndpoint("kms-endpoint").orElse(GcpEndpoints.KMS);
        boolean ownWay = !tokens.equals(GcpEndpoints.TOKENS) || !kms.equals(GcpEndpoints.KMS);
        String issuer =
                gcp.text("issuer", GcpSubject.ISSUER, "an https address").orElse(GcpSubject.GOOGLE);
        String subject = gcp.text(
                        "subject", GcpSubject.SUBJECT, "the unique id of a service account, or another token's subject")
                .orElseThrow(() -> gcp.missing("subject"));
        return new GcpSetup(
                new GcpSubject(issuer, subject),
                gcp.pathTemplate("subject-token-file", TOKEN_FILE, "a path with {audience} in it"),
                tokens,
                kms,
                gcp.trustedCertificates(ownWay, "token-endpoint"));
    }

    @Override
    public KekOpener connect() {
        SubjectTokens subjects =
                subjectTokenFile.map(SubjectTokens::ofFiles).orElseGet(SubjectTokens::ofAmbientServiceAccount);
        GcpEndpoints endpoints =
                new GcpEndpoints(tokenEndpoint, kmsEndpoint, trustedCertificates.map(TrustedCertificates::in));
        try {
            return new GcpOpener(GcpCloud.live(subjects, endpoints, CallLimits.DEFAULT));
        } catch (IOException e) {
            throw new IllegalArgumentException("Google Cloud cannot be called: " + e.getMessage(), e);
        }
    }

    /** Bound by the audience of the gateway's tokens. */
    @Override
    public String onboarding(OnboardingFormat format, Recipient recipient) {
        Map<String, String> values = recipient.values();
        values.put("gcp_issuer", identity.issuer());
        values.put("gcp_subject", identity.subject());
        return new Template(GcpSetup.class, values).fill("gcp." + format.suffix());
    }
}
