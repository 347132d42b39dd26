package io.sealward.providers.catalog;

import io.sealward.providers.KeySpec;
import io.sealward.providers.KmsProvider;
import io.sealward.providers.aws.AwsProvider;
import io.sealward.providers.azure.AzureProvider;
import io.sealward.providers.gcp.GcpProvider;
import io.sealward.providers.local.LocalProvider;
import io.sealward.providers.pkcs11.Pkcs11Provider;
import io.sealward.providers.setup.CloudProvider;
import io.sealward.providers.vault.VaultProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every KMS that keys can be registered in. A new one is a package of its own and a line here. */
public final class Providers {
    /** In the order in which the management API describes them. */
    public static final List<KmsProvider> ALL = List.of(
            new AwsProvider(),
            new GcpProvider(),
            new AzureProvider(),
            new VaultProvider(),
            new Pkcs11Provider(),
            new LocalProvider());

    /** Those that need an identity of the gateway's, from the operator's configuration. */
    public static final List<CloudProvider> CLOUDS = ALL.stream()
            .filter(CloudProvider.class::isInstance)
            .map(CloudProvider.class::cast)
            .toList();

    private Providers() {}

    public static List<String> types() {
        return ALL.stream().map(KmsProvider::type).toList();
    }

    public static Optional<KmsProvider> find(String type) {
        return ALL.stream().filter(provider -> provider.type().equals(type)).findFirst();
    }

    /**
     * The spec of a key of this type.
     *
     * @throws IllegalArgumentException if there is no such type
     * @throws io.sealward.providers.InvalidKeySpecException as {@link KmsProvider#parse} does
     */
    public static KeySpec parse(String type, Map<String, String> values) {
        return find(type)
                .orElseThrow(() -> new IllegalArgumentException("this version knows no keys of type '" + type + "'"))
                .parse(values);
    }
}
