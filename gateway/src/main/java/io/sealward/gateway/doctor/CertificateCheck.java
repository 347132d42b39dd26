package io.sealward.gateway.doctor;

import io.sealward.gateway.certificate.ServerCertificate;
import io.sealward.gateway.config.TlsConfig;
import java.time.Instant;

/** Whether a listener's certificate can be served with, today and for some days yet. */
final class CertificateCheck {
    private CertificateCheck() {}

    static Finding of(String subject, TlsConfig tls, Instant now) {
        try {
            ServerCertificate certificate = ServerCertificate.read(tls);
            return certificate
                    .warning(now)
                    .map(remark ->
                            certificate.serves(now) ? Finding.warning(subject, remark) : Finding.wrong(subject, remark))
                    .orElse(Finding.well(subject));
        } catch (IllegalStateException e) {
            return Finding.wrong(subject, e.getMessage() + ".");
        }
    }
}
