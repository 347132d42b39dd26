package io.sealward.providers.pkcs11;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.KekOpener;
import io.sealward.providers.setup.CloudSetup;
import io.sealward.providers.setup.OnboardingException;
import io.sealward.providers.setup.OnboardingFormat;
import io.sealward.providers.setup.OperatorSettings;
import io.sealward.providers.setup.Recipient;
import io.sealward.providers.setup.Template;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Which token the gateway uses for its tenants, and the PIN that opens it.
 *
 * @param library absolute path of the vendor's PKCS#11 library
 * @param token its label, which says what is in a slot when a token was changed
 * @param slot where the token must be; needed where several have the same label
 * @param pin of the token's user
 */
public record Pkcs11Setup(Path library, String token, OptionalLong slot, String pin) implements CloudSetup {
    /** What a label may be by PKCS#11: 32 bytes, padded with blanks. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,30}[\\x21-\\x7e])?");

    private static final Pattern SLOT = Pattern.compile("0|[1-9][0-9]{0,9}");

    /** What would end the path, or be replaced, in the configuration of SunPKCS11. */
    private static final Pattern UNFIT = Pattern.compile("[\"\\\\$\\p{Cntrl}]");

    private static final String KEK = "--kek";

    public Pkcs11Setup {
        requireNonNull(library, "library");
        requireNonNull(token, "token");
        requireNonNull(slot, "slot");
        requireNonNull(pin, "pin");
    }

    static Pkcs11Setup read(OperatorSettings pkcs11) {
        Path library = pkcs11.file("library").orElseThrow(() -> pkcs11.missing("library"));
        if (UNFIT.matcher(library.toString()).find()) {
            throw pkcs11.error(
                    "library", "must be a path without quotes, backslashes, dollar signs and control characters");
        }
        String token = pkcs11.text("token", TOKEN, "a token's label, 1 to 32 characters of ASCII")
                .orElseThrow(() -> pkcs11.missing("token"));
        Optional<String> slot = pkcs11.text("slot", SLOT, "the number of a slot, decimal");
        String pin = pkcs11.secretKeptElsewhere("pin").orElseThrow(() -> pkcs11.missing("pin"));
        return new Pkcs11Setup(
                library.toAbsolutePath(),
                token,
                slot.map(Long::parseLong).map(OptionalLong::of).orElseGet(OptionalLong::empty),
                pin);
    }

    @Override
    public KekOpener connect() {
        return new Pkcs11Opener(this);
    }

    /** Material for the operator, who alone can make keys in the token; the tenant gets the body of its registration. */
    @Override
    public String onboarding(OnboardingFormat format, Recipient recipient) {
        String organizationId = recipient.organizationId();
        if (format == OnboardingFormat.TERRAFORM) {
            throw new OnboardingException("format", "There is no Terraform for keys in a PKCS#11 token.");
        }
        if (recipient.projectId().isPresent()) {
            throw new OnboardingException(
                    "project_id", "A key in the token is bound to the organization by its label, not to a project.");
        }
        if (!Pkcs11KeySpec.canLabel(organizationId + KEK, organizationId)) {
            throw new OnboardingException("type", "No label of a key may begin with '" + organizationId + "--'.");
        }
        Map<String, String> values = recipient.values();
        values.put("key_label", organizationId + KEK);
        return new Template(Pkcs11Setup.class, values).fill("pkcs11." + format.suffix());
    }

    @Override
    public String toString() {
        return "Pkcs11Setup[library=" + library + ", token=" + token + ", slot=" + slot + "]";
    }
}
