package io.sealward.gateway.certificate;

import io.sealward.gateway.config.TlsConfig;
import io.sealward.gateway.loopback.KeytoolCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate and its key as a listener is given them. */
public final class PemFiles {
    private PemFiles() {}

    /**
     * Makes a key and a certificate for it.
     *
     * @param options of keytool's
     */
    public static TlsConfig in(Path folder, String... options) throws Exception {
        KeyStore store = KeytoolCertificate.in(Files.createTempDirectory(folder, "keytool"), options);
        TlsConfig files = new TlsConfig(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        write(
                files.certificate(),
                "CERTIFICATE",
                store.getCertificate(KeytoolCertificate.ALIAS).getEncoded());
        write(
                files.privateKey(),
                "PRIVATE KEY",
                store.getKey(KeytoolCertificate.ALIAS, KeytoolCertificate.password())
                        .getEncoded());
        return files;
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                        .formatted(label, Base64.getMimeEncoder().encodeToString(der), label));
    }
}
