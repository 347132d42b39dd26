package io.sealward.gateway.doctor;

import io.sealward.gateway.assembly.Settings;
import io.sealward.gateway.config.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** Whether a listener's certificate can be served with, today and for some days yet. */
final class CertificateCheck {
    private static final Duration NOTICE = Duration.ofDays(14);

    private CertificateCheck() {}

    static Finding of(String subject, TlsConfig tls) {
        try {
            Settings.serverTls(tls);
            X509Certificate certificate = first(tls);
            Instant begin = certificate.getNotBefore().toInstant();
            if (Instant.now().isBefore(begin)) {
                return Finding.wrong(subject, "begins at " + begin + ". Wait, or check this machine's clock.");
            }
            Instant end = certificate.getNotAfter().toInstant();
            return Instant.now().plus(NOTICE).isBefore(end)
                    ? Finding.well(subject)
                    : Finding.wrong(subject, "ends at " + end + ". Renew it and restart the gateway.");
        } catch (IllegalStateException | IOException | CertificateException e) {
            return Finding.wrong(
                    subject,
                    e.getMessage() + ". Expected PEM: the certificate and its chain, and its PKCS#8 key without a"
                            + " passphrase.");
        }
    }

    private static X509Certificate first(TlsConfig tls) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(tls.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
