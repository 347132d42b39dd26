package io.sealward.providers;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The authorities that stand behind a private endpoint: those of one PEM file, and no other. Immutable. */
public final class TrustedCertificates {
    private final TrustManager[] managers;

    private TrustedCertificates(TrustManager[] managers) {
        this.managers = managers;
    }

    /**
     * Reads the file once.
     *
     * @throws IllegalArgumentException naming the file, if it cannot be read or holds no certificate
     */
    public static TrustedCertificates in(Path pem) {
        requireNonNull(pem, "pem");
        try (InputStream in = Files.newInputStream(pem)) {
            return in(in, pem.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the certificates in " + pem, e);
        }
    }

    /**
     * One certificate.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static TrustedCertificates of(byte[] der) {
        return in(new ByteArrayInputStream(der), "what is given");
    }

    private static TrustedCertificates in(InputStream in, String source) {
        try {
            Collection<? extends Certificate> authorities =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (authorities.isEmpty()) {
                throw new IllegalArgumentException(source + " holds no certificate");
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate authority : authorities) {
                trusted.setCertificateEntry("authority-" + trusted.size(), authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return new TrustedCertificates(factory.getTrustManagers());
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the certificates in " + source, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(source + " holds no certificate: " + e.getMessage(), e);
        }
    }

    /** For a client that takes trust managers. */
    public TrustManager[] managers() {
        return managers.clone();
    }

    /** For a client that takes a context; it has no certificate of its own to show. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java runtime has TLS
        }
    }
}
