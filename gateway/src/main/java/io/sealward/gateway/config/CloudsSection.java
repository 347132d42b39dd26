package io.sealward.gateway.config;

import io.sealward.providers.azure.AzureEnvironment;
import io.sealward.providers.gcp.GcpEndpoints;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code clouds}. The ids are published to tenants, inside scripts, so each has a strict form. */
final class CloudsSection {
    private static final Pattern PRINCIPAL =
            Pattern.compile("arn:aws(-us-gov|-cn)?:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+");
    private static final Pattern ISSUER = Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?");
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9._:@/|-]{1,127}");
    private static final Pattern TOKEN_FILE = Pattern.compile("[^{}]*\\{audience}[^{}]*");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private CloudsSection() {}

    static CloudsConfig read(Section clouds) {
        CloudsConfig config = new CloudsConfig(
                clouds.section("aws").map(CloudsSection::aws),
                clouds.section("gcp").map(CloudsSection::gcp),
                clouds.section("azure").map(CloudsSection::azure));
        clouds.end();
        return config;
    }

    private static AwsConfig aws(Section aws) {
        AwsConfig config = new AwsConfig(
                aws.text("principal", PRINCIPAL, "the ARN of an IAM role or user")
                        .orElseThrow(() -> aws.missing("principal")),
                aws.secret("access-key").map(Secret::value),
                aws.secret("secret-key"),
                aws.endpoint("endpoint"),
                aws.file("trusted-certificates"));
        aws.end();
        requireEndpoint(aws, config.trustedCertificates(), config.endpoint().isPresent(), "endpoint");
        if (config.accessKey().isPresent() != config.secretKey().isPresent()) {
            throw aws.missing(config.accessKey().isPresent() ? "secret-key" : "access-key");
        }
        return config;
    }

    private static GcpConfig gcp(Section gcp) {
        GcpConfig config = new GcpConfig(
                gcp.text("issuer", ISSUER, "an https address").orElse(GcpConfig.DEFAULT_ISSUER),
                gcp.text("subject", SUBJECT, "the unique id of a service account, or another token's subject")
                        .orElseThrow(() -> gcp.missing("subject")),
                gcp.pathTemplate("subject-token-file", TOKEN_FILE, "a path with {audience} in it"),
                gcp.httpsEndpoint("token-endpoint").orElse(GcpEndpoints.TOKENS),
                gcp.httpsEndpoint("kms-endpoint").orElse(GcpEndpoints.KMS),
                gcp.file("trusted-certificates"));
        gcp.end();
        boolean ownEndpoint = !config.tokenEndpoint().equals(GcpEndpoints.TOKENS)
                || !config.kmsEndpoint().equals(GcpEndpoints.KMS);
        requireEndpoint(gcp, config.trustedCertificates(), ownEndpoint, "token-endpoint");
        return config;
    }

    private static AzureConfig azure(Section azure) {
        AzureConfig config = new AzureConfig(
                azure.text("application-id", UUID, "the UUID of an application")
                        .orElseThrow(() -> azure.missing("application-id")),
                azure.choice("environment", AzureEnvironment.class).orElse(AzureEnvironment.PUBLIC),
                azure.file("certificate"),
                azure.secret("client-secret"),
                azure.path("assertion-file"),
                azure.httpEndpoint("proxy"),
                azure.file("trusted-certificates"));
        azure.end();
        requireEndpoint(azure, config.trustedCertificates(), config.proxy().isPresent(), "proxy");
        long proofs = Stream.<Optional<?>>of(config.certificate(), config.clientSecret(), config.assertionFile())
                .filter(Optional::isPresent)
                .count();
        if (proofs != 1) {
            throw azure.error("", "needs exactly one of certificate, client-secret, assertion-file");
        }
        return config;
    }

    /** The cloud itself is behind the authorities that everybody knows. */
    private static void requireEndpoint(Section cloud, Optional<Path> trusted, boolean given, String key) {
        if (trusted.isPresent() && !given) {
            throw cloud.error("trusted-certificates", "is for a way of your own: " + key + " is missing");
        }
    }
}
