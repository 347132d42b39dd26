package io.sealward.gateway.loopback;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** A self-signed certificate for localhost, with its key, as the JDK's keytool makes one. */
public final class KeytoolCertificate {
    public static final String ALIAS = "tls";

    private static final String PASSWORD = "changeit";

    private KeytoolCertificate() {}

    public static char[] password() {
        return PASSWORD.toCharArray();
    }

    /**
     * Makes one, in a file of the folder.
     *
     * @param options of keytool's, besides what makes a key pair
     */
    public static KeyStore in(Path folder, String... options) throws Exception {
        Path file = folder.resolve("tls.p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-alias",
                ALIAS,
                "-dname",
                "CN=localhost"));
        command.addAll(List.of(options));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("keytool ended with " + status);
        }
        return KeyStore.getInstance(file.toFile(), password());
    }
}
