package io.sealward.gateway.cli;

import io.sealward.gateway.recovery.OwnKeys;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which keys are the organization's own. */
final class OwnKeyOptions {
    @ArgGroup(exclusive = false)
    private KeystoreOptions keystore;

    @Option(
            names = "--kek",
            paramLabel = "PROVIDER:KEY-ID",
            description =
                    "A key in the organization's cloud: its ARN, resource name or URL behind aws:, gcp:, azure:, vault: or"
                            + " pkcs11:. Credentials are looked for as the cloud's own tools do. May be repeated.")
    private List<String> keks = List.of();

    /** To be closed by the caller. */
    OwnKeys open() throws LocalKeystoreException {
        Optional<LocalKeystore> opened = keystore == null ? Optional.empty() : Optional.of(keystore.open());
        return OwnKeys.of(keks, opened);
    }
}
