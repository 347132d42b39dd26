package io.sealward.gateway.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.config.TlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificateTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void aCertificateAndItsKeyAreRead(String algorithm) throws Exception {
        ServerCertificate read = ServerCertificate.read(PemFiles.in(folder, "-keyalg", algorithm));
        assertThat(read.chain()).hasSize(1);
        assertThat(read.context().isServer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void theKeyOfAnotherCertificateIsRefused(String algorithm) throws Exception {
        TlsConfig one = PemFiles.in(Files.createDirectory(folder.resolve("one")), "-keyalg", algorithm);
        TlsConfig other = PemFiles.in(Files.createDirectory(folder.resolve("other")), "-keyalg", algorithm);
        TlsConfig rsa = PemFiles.in(Files.createDirectory(folder.resolve("rsa")), "-keyalg", "RSA");
        for (TlsConfig stranger : new TlsConfig[] {other, rsa}) {
            assertThatThrownBy(() -> ServerCertificate.read(new TlsConfig(one.certificate(), stranger.privateKey())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(stranger.privateKey().toString())
                    .hasMessageContaining(one.certificate().toString());
        }
    }

    @Test
    void whatIsNoPemIsRefusedByTheNameOfItsFile() throws Exception {
        TlsConfig files = PemFiles.in(folder);
        Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing");
        Path encrypted = Files.writeString(
                folder.resolve("encrypted.pem"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        refused(new TlsConfig(nothing, files.privateKey()), "nothing.pem holds no certificate in PEM");
        refused(new TlsConfig(files.certificate(), nothing), "nothing.pem holds no private key in PEM");
        refused(new TlsConfig(files.certificate(), encrypted), "encrypted.pem holds no private key in PEM");
        refused(new TlsConfig(folder.resolve("gone"), files.privateKey()), "gone cannot be read");
    }

    private static void refused(TlsConfig files, String why) {
        assertThatThrownBy(() -> ServerCertificate.read(files))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aKeyThatNoCipherSuiteIsForIsRefused() throws Exception {
        refused(PemFiles.in(folder, "-keyalg", "DSA", "-keysize", "2048"), "RSA, EC or EdDSA, not of DSA");
    }

    @Test
    void itsDaysAreWarnedOfBeforeAndAfter() throws Exception {
        ServerCertificate read = ServerCertificate.read(PemFiles.in(folder, "-validity", "90"));
        Instant begins = read.chain().get(0).getNotBefore().toInstant();
        Instant ends = read.ends();

        assertThat(read.warning(begins)).isEmpty();
        assertThat(read.warning(begins.minusSeconds(1)).orElse("")).startsWith("begins at " + begins);
        assertThat(read.warning(ends.minus(Duration.ofDays(14))).orElse("")).startsWith("ends at " + ends);
        assertThat(read.warning(ends).orElse("")).startsWith("ended at " + ends);
        assertThat(read.serves(begins)).isTrue();
        assertThat(read.serves(ends)).isFalse();
        assertThat(read.serves(begins.minusSeconds(1))).isFalse();
    }

    @Test
    void aListenerOffersForwardSecrecyOnly() throws Exception {
        assertThat(ServerCertificate.read(PemFiles.in(folder)).context().cipherSuites())
                .contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
                .allMatch(suite -> suite.matches(
                        "TLS_(ECDHE_(RSA|ECDSA)_WITH_)?(AES_(128|256)_GCM|CHACHA20_POLY1305)_SHA(256|384)"));
    }
}
