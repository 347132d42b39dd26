package io.sealward.it.cloud.pkcs11;

import io.sealward.it.cloud.StandIn;
import io.sealward.it.cloud.TenantKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A token of SoftHSM, and its operator, who makes and deletes keys from processes of their own. */
public final class SoftToken implements StandIn {
    private static final String SECURITY_OFFICER = "planted-so-pin";
    private static final String OPENING = "--add-opens=jdk.crypto.cryptoki/sun.security.pkcs11.wrapper=ALL-UNNAMED";
    private static final Pattern SLOT = Pattern.compile("reassigned to slot ([0-9]+)");

    private final SoftHsm hsm;
    private final String label;
    private final String pin;
    private final Path folder;
    private final long slot;

    private SoftToken(SoftHsm hsm, String label, String pin, Path folder, long slot) {
        this.hsm = hsm;
        this.label = label;
        this.pin = pin;
        this.folder = folder;
        this.slot = slot;
    }

    /** Makes a token; a label may be that of another one. */
    public static SoftToken create(SoftHsm hsm, String label, String pin) {
        Matcher said = SLOT.matcher(hsm.run(List.of(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                label,
                "--so-pin",
                SECURITY_OFFICER,
                "--pin",
                pin)));
        if (!said.find()) {
            throw new IllegalStateException("no token was made");
        }
        long slot = Long.parseLong(said.group(1));
        return new SoftToken(hsm, label, pin, hsm.folder(slot), slot);
    }

    public Path library() {
        return hsm.library();
    }

    public String label() {
        return label;
    }

    public String pin() {
        return pin;
    }

    public long slot() {
        return slot;
    }

    /** Where the library keeps the token. */
    public Path folder() {
        return folder;
    }

    /** What a gateway's process must find in its environment. */
    @Override
    public Map<String, String> environment() {
        return hsm.environment();
    }

    @Override
    public String configuration() {
        try {
            Path file = Files.writeString(hsm.configuration().resolveSibling("pin"), pin + "\n");
            return """
                    clouds:
                      pkcs11:
                        library: %s
                        token: %s
                        pin: file:%s
                    """.formatted(hsm.library(), label, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the onboarding material makes it. */
    @Override
    public TenantKey createKey(String organizationId) {
        String name = organizationId + "--kek";
        make(name, "AES:32", "--sensitive");
        return key(name);
    }

    /** A key that was made. */
    public TenantKey key(String name) {
        return new Key(name);
    }

    /** Makes a key of any kind. */
    public void make(String key, String type, String... attributes) {
        List<String> arguments = new ArrayList<>(List.of("--keygen", "--key-type", type, "--label", key, "--private"));
        arguments.addAll(Arrays.asList(attributes));
        tool(arguments);
    }

    /** Puts known bytes under a label, as from a backup. */
    public void restore(String key, byte[] bytes) {
        try {
            Path file = Files.write(Files.createTempFile(hsm.configuration().getParent(), "key", ""), bytes);
            tool(List.of(
                    "--write-object",
                    file.toString(),
                    "--type",
                    "secrkey",
                    "--key-type",
                    "AES:32",
                    "--usage-decrypt",
                    "--label",
                    key,
                    "--private",
                    "--sensitive"));
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One key of this label, if there are several. */
    public void delete(String key) {
        tool(List.of("--delete-object", "--type", "secrkey", "--label", key));
    }

    /** Takes the token away, as whoever draws it from its slot. */
    public void remove() {
        move(folder, away());
    }

    public void putBack() {
        move(away(), folder);
    }

    private Path away() {
        return hsm.tokens().resolveSibling("away-" + folder.getFileName());
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the token anew, with nothing in it, and no PIN by which its user could log in. */
    public void forgetUser() {
        hsm.run(List.of(
                "pkcs11-tool",
                "--module",
                hsm.library().toString(),
                "--slot",
                Long.toString(slot),
                "--init-token",
                "--label",
                label,
                "--so-pin",
                SECURITY_OFFICER));
    }

    private void tool(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "pkcs11-tool",
                "--module",
                hsm.library().toString(),
                "--slot",
                Long.toString(slot),
                "--login",
                "--pin",
                pin));
        command.addAll(arguments);
        hsm.run(command);
    }

    private void allow(String key, boolean allowed) {
        hsm.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                OPENING,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KeyUsage.class.getName(),
                hsm.library().toString(),
                Long.toString(slot),
                pin,
                key,
                Boolean.toString(allowed)));
    }

    @Override
    public Map<String, String> ownAccess(Map<String, String> registration) {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("SEALWARD_PKCS11_LIBRARY", library().toString());
        environment.put("SEALWARD_PKCS11_TOKEN", label);
        environment.put("SEALWARD_PKCS11_PIN", pin);
        return environment;
    }

    /** The token goes with its folder. */
    @Override
    public void close() {}

    private final class Key implements TenantKey {
        private final String name;

        private Key(String name) {
            this.name = name;
        }

        @Override
        public Map<String, String> registration() {
            return Map.of("key_label", name);
        }

        @Override
        public String keyId() {
            return name;
        }

        @Override
        public void disable() {
            SoftToken.this.allow(name, false);
        }

        @Override
        public void enable() {
            SoftToken.this.allow(name, true);
        }

        @Override
        public void deny() {
            disable();
        }

        @Override
        public void allow() {
            enable();
        }

        @Override
        public void destroy() {
            throw new UnsupportedOperationException("a key of a token is destroyed for good");
        }

        @Override
        public void restore() {
            throw new UnsupportedOperationException("nothing can be destroyed");
        }

        @Override
        public void throttle() {
            throw new UnsupportedOperationException("a token has no quota");
        }

        @Override
        public void cutOff() {
            remove();
        }

        @Override
        public void recover() {
            putBack();
        }

        @Override
        public long calls() {
            throw new UnsupportedOperationException("nobody counts");
        }
    }
}
