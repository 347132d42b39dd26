package io.sealward.providers.azure;

import io.sealward.providers.setup.OnboardingException;
import io.sealward.providers.setup.OnboardingFormat;
import io.sealward.providers.setup.Recipient;
import io.sealward.providers.setup.Template;
import java.util.Map;

/** Material for Azure, bound by the name of the key. */
final class AzureOnboarding {
    private static final String KEK = "--kek";

    private AzureOnboarding() {}

    static String generate(AzureSetup setup, OnboardingFormat format, Recipient recipient) {
        String organizationId = recipient.organizationId();
        if (recipient.projectId().isPresent()) {
            throw new OnboardingException(
                    "project_id",
                    "A key in Azure Key Vault is bound to the organization by its name, not to a project.");
        }
        if (!AzureKeySpec.canName(organizationId + KEK, organizationId)) {
            throw new OnboardingException(
                    "type", "Key Vault allows no key name that begins with '" + organizationId + "--'.");
        }
        boolean script = format == OnboardingFormat.SHELL;
        AzureEnvironment environment = setup.environment();
        Map<String, String> values = recipient.values();
        values.put("subscription_id", script ? "$SUBSCRIPTION_ID" : "<SUBSCRIPTION_ID>");
        values.put("role_name", script ? "$ROLE" : "Sealward key user <VAULT> " + recipient.tag());
        values.put("azure_application_id", setup.identity().clientId());
        values.put("azure_cloud", cloud(environment));
        values.put("azure_environment", terraformEnvironment(environment));
        values.put("azure_graph", graph(environment));
        values.put("azure_vault_suffix", environment.vaultSuffix());
        return new Template(AzureOnboarding.class, values).fill("azure." + format.suffix());
    }

    /** As {@code az cloud} names the environment. */
    private static String cloud(AzureEnvironment environment) {
        return switch (environment) {
            case PUBLIC -> "AzureCloud";
            case US_GOVERNMENT -> "AzureUSGovernment";
            case CHINA -> "AzureChinaCloud";
        };
    }

    /** As Terraform's providers name it. */
    private static String terraformEnvironment(AzureEnvironment environment) {
        return switch (environment) {
            case PUBLIC -> "public";
            case US_GOVERNMENT -> "usgovernment";
            case CHINA -> "china";
        };
    }

    /** The host of its Microsoft Graph. */
    private static String graph(AzureEnvironment environment) {
        return switch (environment) {
            case PUBLIC -> "graph.microsoft.com";
            case US_GOVERNMENT -> "graph.microsoft.us";
            case CHINA -> "microsoftgraph.chinacloudapi.cn";
        };
    }
}
