package io.sealward.providers.aws;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.KekOpener;
import io.sealward.providers.TrustedCertificates;
import io.sealward.providers.setup.CloudSetup;
import io.sealward.providers.setup.OnboardingFormat;
import io.sealward.providers.setup.OperatorSettings;
import io.sealward.providers.setup.Recipient;
import io.sealward.providers.setup.Template;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who the gateway is to AWS.
 *
 * @param principal ARN of the role or user that tenants name in their trust policies; it stands in scripts that they run
 * @param accessKey empty for the SDK's default chain
 * @param endpoint plays STS and KMS of every region, as a private endpoint or an emulator does
 * @param trustedCertificates PEM of the authorities behind the endpoint; empty for the Java runtime's
 */
public record AwsSetup(
        String principal,
        Optional<AwsIdentity.AccessKey> accessKey,
        Optional<URI> endpoint,
        Optional<Path> trustedCertificates)
        implements CloudSetup {
    private static final Pattern PRINCIPAL =
            Pattern.compile("arn:aws(-us-gov|-cn)?:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+");

    /** @throws IllegalArgumentException if the principal is none */
    public AwsSetup {
        if (!PRINCIPAL.matcher(principal).matches()) {
            throw new IllegalArgumentException("the gateway's AWS principal does not match " + PRINCIPAL);
        }
        requireNonNull(accessKey, "accessKey");
        requireNonNull(endpoint, "endpoint");
        requireNonNull(trustedCertificates, "trustedCertificates");
    }

    /** In AWS itself, with the credentials that the SDK's default chain finds. */
    public static AwsSetup of(String principal) {
        return new AwsSetup(principal, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static AwsSetup read(OperatorSettings aws) {
        Optional<URI> endpoint = aws.endpoint("endpoint");
        return new AwsSetup(
                aws.text("principal", PRINCIPAL, "the ARN of an IAM role or user")
                        .orElseThrow(() -> aws.missing("principal")),
                accessKey(aws),
                endpoint,
                aws.trustedCertificates(endpoint.isPresent(), "endpoint"));
    }

    private static Optional<AwsIdentity.AccessKey> accessKey(OperatorSettings aws) {
        Optional<String> accessKey = aws.secret("access-key");
        Optional<String> secretKey = aws.secret("secret-key");
        if (accessKey.isPresent() != secretKey.isPresent()) {
            throw aws.missing(accessKey.isPresent() ? "secret-key" : "access-key");
        }
        return accessKey.map(id -> new AwsIdentity.AccessKey(id, secretKey.orElseThrow()));
    }

    @Override
    public KekOpener connect() {
        AwsIdentity identity = accessKey.<AwsIdentity>map(key -> key).orElseGet(AwsIdentity::fromEnvironment);
        AwsEndpoints endpoints = endpoint.<AwsEndpoints>map(
                        address -> new AwsEndpoints.At(address, trustedCertificates.map(TrustedCertificates::in)))
                .orElseGet(AwsEndpoints::regional);
        return new AwsOpener(AwsSettings.of(identity, endpoints));
    }

    /** Bound by ExternalId and encryption context. */
    @Override
    public String onboarding(OnboardingFormat format, Recipient recipient) {
        boolean script = format == OnboardingFormat.SHELL;
        Map<String, String> values = recipient.values();
        values.put("aws_principal", principal);
        values.put("aws_partition", principal.split(":", 3)[1]);
        values.put("kms_arn", script ? "$KMS_ARN" : "<KMS_ARN>");
        values.put("role_arn", script ? "$ROLE_ARN" : "<ROLE_ARN>");
        values.put("account_id", script ? "$ACCOUNT_ID" : "<ACCOUNT_ID>");
        return new Template(AwsSetup.class, values).fill("aws." + format.suffix());
    }
}
