package io.sealward.gateway.onboarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.providers.azure.AzureKeySpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Generates set-up material: least privilege, that is encrypt and decrypt on one key and nothing else, bound to the
 * tenant's id by ExternalId and encryption context (AWS), by audience (Google Cloud), by the name of the key (Azure).
 * What it makes has names of its own for each organization or project, so that two of them fit into one account.
 */
public final class Onboarding {
    private static final Pattern ID = Pattern.compile("(org-|proj_)[0-9a-zA-Z_-]+");
    private static final int TAG_BYTES = 5;
    private static final String KEK = "--kek";

    private final GatewayIdentity identity;

    public Onboarding(GatewayIdentity identity) {
        this.identity = identity;
    }

    /** Whose KMS. */
    public enum Cloud {
        AWS,
        GCP,
        AZURE
    }

    /** In which form. */
    public enum Format {
        /** Policies and the body of the registration. */
        JSON("application/json", "json"),
        /** A POSIX shell script for the cloud's own command line. */
        SHELL("text/x-shellscript; charset=utf-8", "sh"),
        TERRAFORM("text/plain; charset=utf-8", "tf");

        private final String contentType;
        private final String suffix;

        Format(String contentType, String suffix) {
            this.contentType = contentType;
            this.suffix = suffix;
        }

        public String contentType() {
            return contentType;
        }
    }

    /**
     * The text for one tenant.
     *
     * @param projectId binds the key to this one project of the organization
     * @throws OnboardingException if the gateway has no identity in that cloud, or the cloud cannot bind a key to this
     *     organization or project
     */
    public String generate(Cloud cloud, Format format, String organizationId, Optional<String> projectId) {
        Map<String, String> values = new HashMap<>();
        values.put("organization_id", requireId(organizationId));
        values.put("owner_id", requireId(projectId.orElse(organizationId)));
        values.put("tag", tag(values.get("owner_id")));
        values.put("name", "sealward-" + values.get("tag"));
        values.put("context_name", projectId.isPresent() ? "sealward:project_id" : "sealward:org_id");
        switch (cloud) {
            case AWS -> aws(values, format);
            case GCP -> gcp(values);
            case AZURE -> azure(values, format, organizationId, projectId);
        }
        return new Template(values).fill(cloud.name().toLowerCase(Locale.ROOT) + "." + format.suffix);
    }

    private void aws(Map<String, String> values, Format format) {
        String principal = identity.awsPrincipal().orElseThrow(() -> noIdentity("AWS"));
        values.put("aws_principal", principal);
        values.put("aws_partition", principal.split(":", 3)[1]);
        values.put("kms_arn", format == Format.SHELL ? "$KMS_ARN" : "<KMS_ARN>");
        values.put("role_arn", format == Format.SHELL ? "$ROLE_ARN" : "<ROLE_ARN>");
        values.put("account_id", format == Format.SHELL ? "$ACCOUNT_ID" : "<ACCOUNT_ID>");
    }

    private void gcp(Map<String, String> values) {
        GatewayIdentity.GcpSubject subject = identity.gcp().orElseThrow(() -> noIdentity("Google Cloud"));
        values.put("gcp_issuer", subject.issuer());
        values.put("gcp_subject", subject.subject());
    }

    private void azure(Map<String, String> values, Format format, String organizationId, Optional<String> projectId) {
        if (projectId.isPresent()) {
            throw new OnboardingException(
                    "project_id",
                    "A key in Azure Key Vault is bound to the organization by its name, not to a project.");
        }
        if (!AzureKeySpec.canName(organizationId + KEK, organizationId)) {
            throw new OnboardingException(
                    "type", "Key Vault allows no key name that begins with '" + organizationId + "--'.");
        }
        AzureApplication application = identity.azure().orElseThrow(() -> noIdentity("Azure"));
        values.put("subscription_id", format == Format.SHELL ? "$SUBSCRIPTION_ID" : "<SUBSCRIPTION_ID>");
        values.put("role_name", format == Format.SHELL ? "$ROLE" : "Sealward key user <VAULT> " + values.get("tag"));
        values.put("azure_application_id", application.clientId());
        values.put("azure_cloud", application.cloud());
        values.put("azure_environment", application.terraformEnvironment());
        values.put("azure_graph", application.graph());
        values.put("azure_vault_suffix", application.environment().vaultSuffix());
    }

    private static OnboardingException noIdentity(String cloud) {
        return new OnboardingException(
                "type", "This gateway has no identity in " + cloud + ": its operator must give it one.");
    }

    /** Tells owners apart in names that allow lower-case letters and digits alone. */
    private static String tag(String ownerId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ownerId.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }

    private static String requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not an id of an organization or project");
        }
        return id;
    }
}
