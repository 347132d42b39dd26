package io.sealward.providers.vault;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.KekOpener;
import io.sealward.providers.resilience.CallLimits;
import io.sealward.providers.setup.CloudSetup;
import io.sealward.providers.setup.OnboardingFormat;
import io.sealward.providers.setup.OperatorSettings;
import io.sealward.providers.setup.Recipient;
import io.sealward.providers.setup.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which Vaults the gateway calls for its tenants, and who it is to them.
 *
 * @param allowedHosts {@code host[:port]}, the port being 443 where none is named; {@code *.} in front stands for any names
 * @param tokenFile of OpenID Connect tokens, with {@code {audience}} where the audience goes
 * @param secretIdFile of AppRoles' secret ids, with {@code {audience}} in it
 * @param issuer of the gateway's OpenID Connect tokens, as tenants configure their JWT method with it
 * @param subject of these tokens
 */
public record VaultSetup(
        List<String> allowedHosts,
        Optional<String> tokenFile,
        Optional<String> secretIdFile,
        String issuer,
        String subject)
        implements CloudSetup {
    private static final Pattern FILE = Pattern.compile("[^{}]*\\{audience}[^{}]*");
    private static final Pattern ISSUER = Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?");
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9._:@/|-]{1,127}");

    public VaultSetup {
        allowedHosts = List.copyOf(allowedHosts);
        requireNonNull(tokenFile, "tokenFile");
        requireNonNull(secretIdFile, "secretIdFile");
        requireNonNull(issuer, "issuer");
        requireNonNull(subject, "subject");
    }

    static VaultSetup read(OperatorSettings vault) {
        List<String> hosts = vault.texts("allowed-hosts", AllowedHosts.FORM, "host[:port], *. in front for any names");
        if (hosts.isEmpty()) {
            throw vault.missing("allowed-hosts");
        }
        String issuer = vault.text("issuer", ISSUER, "an https address").orElse("");
        String subject = vault.text("subject", SUBJECT, "the subject of the gateway's tokens")
                .orElse("");
        Optional<String> tokens = vault.pathTemplate("token-file", FILE, "a path with {audience} in it");
        Optional<String> secretIds = vault.pathTemplate("secret-id-file", FILE, "a path with {audience} in it");
        if (tokens.isEmpty() && secretIds.isEmpty()) {
            throw vault.error("", "needs token-file, secret-id-file, or both");
        }
        if (tokens.isPresent() && (issuer.isEmpty() || subject.isEmpty())) {
            throw vault.missing(issuer.isEmpty() ? "issuer" : "subject");
        }
        return new VaultSetup(hosts, tokens, secretIds, issuer, subject);
    }

    @Override
    public KekOpener connect() {
        return new VaultOpener(this, CallLimits.DEFAULT);
    }

    /** Bound by the audience of the gateway's tokens; where it has none, by a secret id that is the tenant's alone. */
    @Override
    public String onboarding(OnboardingFormat format, Recipient recipient) {
        boolean script = format == OnboardingFormat.SHELL;
        Map<String, String> values = recipient.values();
        values.put("issuer", issuer);
        values.put("subject", subject);
        values.put("vault_address", script ? "$VAULT_ADDR" : "<VAULT_ADDR>");
        values.put("role_id", script ? "$ROLE_ID" : "<ROLE_ID>");
        String method = tokenFile.isPresent() ? "jwt" : "approle";
        return new Template(VaultSetup.class, values).fill("vault-" + method + "." + format.suffix());
    }
}
