package io.sealward.gateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.assembly.Settings;
import io.sealward.gateway.config.TlsConfig;
import io.sealward.gateway.loopback.KeytoolCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateCheckTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"-1d, 90, ''", "+2d, 90, begins at", "-30d, 31, ends at", "-30d, 10, ends at"})
    void saysWhatIsWrongWithTheDaysOfACertificate(String start, int days, String problem) throws Exception {
        Finding finding = CertificateCheck.of("s3.tls", certificate(start, days));
        assertThat(finding.problem().isPresent()).as(finding.toString()).isEqualTo(!problem.isEmpty());
        assertThat(finding.problem().orElse("")).startsWith(problem);
    }

    @Test
    void saysThatAFileHoldsNoCertificate() throws Exception {
        Path file = Files.writeString(folder.resolve("x.pem"), "nothing");
        assertThat(CertificateCheck.of("s3.tls", new TlsConfig(file, file)).problem())
                .isNotEqualTo(Optional.empty());
    }

    @Test
    void aListenerOffersForwardSecrecyOnly() throws Exception {
        assertThat(Settings.serverTls(certificate("-1d", 90)).cipherSuites())
                .contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
                .allMatch(suite -> suite.matches(
                        "TLS_(ECDHE_(RSA|ECDSA)_WITH_)?(AES_(128|256)_GCM|CHACHA20_POLY1305)_SHA(256|384)"));
    }

    private TlsConfig certificate(String start, int days) throws Exception {
        KeyStore store = KeytoolCertificate.in(folder, "-startdate", start, "-validity", Integer.toString(days));
        return new TlsConfig(
                pem(
                        "CERTIFICATE",
                        store.getCertificate(KeytoolCertificate.ALIAS).getEncoded()),
                pem(
                        "PRIVATE KEY",
                        store.getKey(KeytoolCertificate.ALIAS, KeytoolCertificate.password())
                                .getEncoded()));
    }

    private Path pem(String label, byte[] der) throws Exception {
        String text = "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
        return Files.writeString(folder.resolve(label + ".pem"), text);
    }
}
