package io.sealward.gateway.onboarding;

import io.sealward.providers.azure.AzureEnvironment;
import java.util.regex.Pattern;

/**
 * The gateway's multi-tenant application.
 *
 * @param clientId a UUID
 * @param environment the one of Azure's clouds that knows it
 */
public record AzureApplication(String clientId, AzureEnvironment environment) {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    public AzureApplication {
        if (!UUID.matcher(clientId).matches()) {
            throw new IllegalArgumentException("the gateway's Azure application id does not match " + UUID);
        }
    }

    /** As {@code az cloud} names the environment. */
    String cloud() {
        return switch (environment) {
            case PUBLIC -> "AzureCloud";
            case US_GOVERNMENT -> "AzureUSGovernment";
            case CHINA -> "AzureChinaCloud";
        };
    }

    /** As Terraform's providers name it. */
    String terraformEnvironment() {
        return switch (environment) {
            case PUBLIC -> "public";
            case US_GOVERNMENT -> "usgovernment";
            case CHINA -> "china";
        };
    }

    /** The host of its Microsoft Graph. */
    String graph() {
        return switch (environment) {
            case PUBLIC -> "graph.microsoft.com";
            case US_GOVERNMENT -> "graph.microsoft.us";
            case CHINA -> "microsoftgraph.chinacloudapi.cn";
        };
    }
}
