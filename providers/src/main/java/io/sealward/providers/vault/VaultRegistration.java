package io.sealward.providers.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.StageFailure;
import io.sealward.providers.WrapContext;
import io.sealward.providers.resilience.CallLane;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What must be true of a key in Vault before it is registered, each with its cure where it is not. */
record VaultRegistration(VaultKeySpec spec, VaultSession session, Credentials credentials, CallLane lane) {
    private static final String CAPABILITIES = "sys/capabilities-self";

    /** What a token may write to by the policy {@code default}, which a role gives unless it is told not to. */
    private static final String CUBBYHOLE = "cubbyhole/sealward-check";

    /** What a check does on a thread of the lane. */
    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    RegistrationCheck check(Kek kek, WrapContext context) {
        return cured(step(session::renew), logInCure())
                .then(step(this::doesNothingElse))
                .then(cured(
                        RegistrationCheck.roundTrip(kek, context),
                        "See that " + spec.keyUrl()
                                + " exists, with a type that encrypts and decrypts, and allow the role" + " update on "
                                + use("encrypt") + " and " + use("decrypt") + "."))
                .then(step(this::refusesOthers));
    }

    /** A token that reads the key or makes another is more than the tenant meant to give, and than the gateway wants. */
    private void doesNothingElse() throws InterruptedException {
        Set<String> wanted = Set.of(use("encrypt"), use("decrypt"));
        List<String> paths = elsewhere();
        JsonNode granted = capabilities(paths);
        Map<String, Set<String>> excess = new TreeMap<>();
        for (String path : paths) {
            Set<String> more = new TreeSet<>();
            granted.path(path).forEach(one -> more.add(one.asText()));
            more.remove("deny");
            if (wanted.contains(path)) {
                more.remove("update");
            }
            if (!more.isEmpty()) {
                excess.put(path, more);
            }
        }
        if (!excess.isEmpty()) {
            throw new KmsException(
                    KmsError.MISCONFIGURED,
                    "The role's token may do more than encrypt and decrypt with this key: " + excess
                            + ". Allow it update on " + use("encrypt") + " and " + use("decrypt")
                            + ", and nothing else."
                            + (excess.containsKey(CUBBYHOLE)
                                    ? " Set token_no_default_policy to true: the policy 'default' allows more."
                                    : ""));
        }
    }

    private JsonNode capabilities(List<String> paths) throws InterruptedException {
        try {
            return session.post(CAPABILITIES, Map.of("paths", paths)).path("data");
        } catch (VaultAnswerException refused) {
            KmsException fault = VaultFaults.of(refused);
            throw fault.error().passing()
                    ? fault
                    : new KmsException(
                            KmsError.MISCONFIGURED,
                            fault.getMessage() + " Allow the role update on " + CAPABILITIES
                                    + ", so that the gateway sees what else its token may do.");
        }
    }

    /** The two paths that are wanted, and those where a token would be of use to somebody who stole it. */
    private List<String> elsewhere() {
        String mount = spec.key().mount() + "/";
        String name = spec.key().name();
        String other = "sealward-check-" + UUID.randomUUID();
        return List.of(
                use("encrypt"),
                use("decrypt"),
                mount + "encrypt/" + other,
                mount + "decrypt/" + other,
                mount + "keys",
                mount + "keys/" + name,
                mount + "keys/" + name + "/config",
                mount + "keys/" + name + "/rotate",
                mount + "keys/" + name + "/trim",
                mount + "keys/" + other,
                mount + "rewrap/" + name,
                mount + "hmac/" + name,
                mount + "datakey/plaintext/" + name,
                mount + "export/encryption-key/" + name,
                mount + "backup/" + name,
                other + "/decrypt/" + name,
                CUBBYHOLE,
                "auth/token/create",
                "auth/token/renew-self",
                "sys/auth",
                "sys/mounts",
                "sys/policies/acl/" + other,
                "identity/entity",
                "secret/data/" + other);
    }

    /** Whoever knows the role's name must not get in: another tenant of this gateway could register it. */
    private void refusesOthers() throws InterruptedException {
        boolean appRole = spec.role().method() == VaultKeySpec.Method.APPROLE;
        String wrong = appRole ? UUID.randomUUID().toString() : credentials.token(Credentials.CHECK_AUDIENCE);
        try {
            session.tryWith(wrong);
        } catch (KmsException refused) {
            if (refused.error() == KmsError.REVOKED) {
                return;
            }
            throw refused;
        }
        throw new KmsException(
                KmsError.MISCONFIGURED,
                "The role " + spec.role().name() + " admits "
                        + (appRole
                                ? "any secret id at all. Set its bind_secret_id to true."
                                : "a token made out to the audience '" + Credentials.CHECK_AUDIENCE
                                        + "', so another tenant of this gateway could use the key. Let it expect the audience '"
                                        + spec.audience() + "' alone."));
    }

    private RegistrationCheck step(Step step) {
        return () -> lane.run(() -> {
            step.run();
            return null;
        });
    }

    private static RegistrationCheck cured(RegistrationCheck check, String cure) {
        return () -> check.run().exceptionally(failure -> {
            KmsException fault = VaultFaults.of(StageFailure.cause(failure));
            throw fault.error().passing() ? fault : new KmsException(fault.error(), fault.getMessage() + " " + cure);
        });
    }

    private String logInCure() {
        VaultKeySpec.Role role = spec.role();
        return switch (role.method()) {
            case APPROLE ->
                "Check auth_mount and auth_role, and give this gateway's operator a secret id of the role that is valid.";
            case JWT, KUBERNETES ->
                "Check auth_mount and auth_role; the role must trust the gateway's issuer and subject and expect the audience '"
                        + spec.audience() + "'.";
        };
    }

    private String use(String operation) {
        return spec.key().mount() + "/" + operation + "/" + spec.key().name();
    }
}
