package io.sealward.providers.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientAssertionCredentialBuilder;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import java.time.Duration;

/**
 * The gateway's credential in one tenant. It asks that tenant for tokens and no other: the vault's address is the tenant's
 * own input, and a vault that names another directory in its challenge must not get a token from there.
 */
final class TenantCredential {
    /** Retries are counted in one place only, around the whole call. */
    static final RetryOptions NO_RETRIES = new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1)));

    private TenantCredential() {}

    static TokenCredential of(AzureIdentity identity, AzureKeySpec key, HttpClient http) {
        if (identity instanceof AzureIdentity.Certificate certificate) {
            return in(key, identity, http, new ClientCertificateCredentialBuilder())
                    .pemCertificate(certificate.pem().toString())
                    .build();
        }
        if (identity instanceof AzureIdentity.Secret secret) {
            return in(key, identity, http, new ClientSecretCredentialBuilder())
                    .clientSecret(secret.secret())
                    .build();
        }
        AzureIdentity.FederatedAssertion assertion = (AzureIdentity.FederatedAssertion) identity;
        return in(key, identity, http, new ClientAssertionCredentialBuilder())
                .clientAssertion(assertion.token())
                .build();
    }

    private static <B extends AadCredentialBuilderBase<B>> B in(
            AzureKeySpec key, AzureIdentity identity, HttpClient http, B builder) {
        return builder.clientId(identity.clientId())
                .tenantId(key.tenantId())
                .authorityHost(key.environment().authorityHost())
                .disableInstanceDiscovery()
                .httpClient(http)
                .retryOptions(NO_RETRIES)
                .addPolicy(new WellFormedReplies());
    }
}
