package io.sealward.gateway.onboarding;

import io.sealward.gateway.config.AwsConfig;
import io.sealward.gateway.config.CloudsConfig;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who the gateway is, as the tenants' clouds see it. Every value ends up in scripts that administrators run, so each has
 * a strict form.
 *
 * @param awsPrincipal ARN of the role the gateway runs as
 * @param gcp whose tokens the gateway presents to Google's token exchange
 */
public record GatewayIdentity(
        Optional<String> awsPrincipal, Optional<GcpSubject> gcp, Optional<AzureApplication> azure) {
    private static final Pattern PRINCIPAL =
            Pattern.compile("arn:aws(-us-gov|-cn)?:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+");

    /** Known to no cloud. */
    public static final GatewayIdentity NONE =
            new GatewayIdentity(Optional.empty(), Optional.empty(), Optional.empty());

    public GatewayIdentity {
        awsPrincipal.ifPresent(arn -> require(PRINCIPAL, arn, "the gateway's AWS principal"));
    }

    /** The identities that a gateway is configured with. */
    public static GatewayIdentity of(CloudsConfig clouds) {
        return new GatewayIdentity(
                clouds.aws().map(AwsConfig::principal),
                clouds.gcp().map(gcp -> new GcpSubject(gcp.issuer(), gcp.subject())),
                clouds.azure().map(azure -> new AzureApplication(azure.applicationId(), azure.environment())));
    }

    /**
     * The subject of an OIDC token.
     *
     * @param issuer an https URL
     * @param subject the token's {@code sub}: for a Google service account its unique id
     */
    public record GcpSubject(String issuer, String subject) {
        private static final Pattern ISSUER = Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?");
        private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9._:@/|-]{1,127}");

        public GcpSubject {
            require(ISSUER, issuer, "the issuer of the gateway's GCP identity");
            require(SUBJECT, subject, "the subject of the gateway's GCP identity");
        }

        /** A service account of Google Cloud, by its unique id. */
        public static GcpSubject serviceAccount(String uniqueId) {
            return new GcpSubject("https://accounts.google.com", uniqueId);
        }
    }

    private static void require(Pattern pattern, String value, String what) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " does not match " + pattern);
        }
    }
}
