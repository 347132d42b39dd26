package io.sealward.providers.azure;

/**
 * The two services of Azure that hold keys. They share operations and algorithms, and differ in addresses, in the audience of
 * their tokens and in the names of permissions.
 *
 * @see <a href="https://learn.microsoft.com/azure/key-vault/managed-hsm/built-in-roles">Managed HSM, data actions</a>
 */
enum KeyService {
    KEY_VAULT("vault", "Microsoft.KeyVault/vaults/keys/", "read"),
    MANAGED_HSM("managedhsm", "Microsoft.KeyVault/managedHsm/keys/", "read/action");

    private final String label;
    private final String actions;
    private final String read;

    KeyService(String label, String actions, String read) {
        this.label = label;
        this.actions = actions;
        this.read = read;
    }

    /** The service that an address of the environment, without a last slash, belongs to. */
    static KeyService at(String address, AzureEnvironment environment) {
        return address.endsWith("." + MANAGED_HSM.host(environment)) ? MANAGED_HSM : KEY_VAULT;
    }

    /** What every host name of the service ends in, behind a dot. */
    String host(AzureEnvironment environment) {
        return label + "." + environment.domain();
    }

    String tokenScope(AzureEnvironment environment) {
        return "https://" + host(environment) + "/.default";
    }

    /** The data action that allows to read a key's description. */
    String readAction() {
        return actions + read;
    }

    /** The data actions that allow to encrypt and to decrypt. */
    String cryptoActions() {
        return actions + "encrypt/action and " + actions + "decrypt/action";
    }
}
