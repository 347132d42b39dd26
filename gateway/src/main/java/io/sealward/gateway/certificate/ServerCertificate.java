package io.sealward.gateway.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.sealward.gateway.config.TlsConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * A certificate, the chain that vouches for it, and the private key that it is for.
 *
 * @param chain the server's own certificate first
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
    /** So long before its end a certificate is to be renewed. */
    private static final Duration NOTICE = Duration.ofDays(14);

    /** More than any chain takes. */
    private static final int MAX_BYTES = 1 << 20;

    private static final byte[] TRIED = "belong together".getBytes(US_ASCII);
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /**
     * Reads both files.
     *
     * @throws IllegalStateException if one cannot be read, or the key is not the certificate's; says which file, and never what is in it
     */
    public static ServerCertificate read(TlsConfig files) {
        return of(files, bytes(files.certificate()), bytes(files.privateKey()));
    }

    static ServerCertificate of(TlsConfig files, byte[] certificate, byte[] privateKey) {
        List<X509Certificate> chain = chain(files.certificate(), certificate);
        PublicKey publicKey = chain.get(0).getPublicKey();
        PrivateKey key = key(files, publicKey.getAlgorithm(), privateKey);
        if (!belongTogether(key, publicKey)) {
            throw new IllegalStateException(
                    "the private key " + files.privateKey() + " is not that of the certificate " + files.certificate());
        }
        return new ServerCertificate(chain, key);
    }

    static byte[] bytes(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a FIFO is read for ever
            throw new IllegalStateException(file + " is no file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] read = in.readNBytes(MAX_BYTES + 1);
            if (read.length > MAX_BYTES) {
                throw new IllegalStateException(file + " is longer than 1 MiB");
            }
            return read;
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static List<X509Certificate> chain(Path file, byte[] pem) {
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (CertificateException e) {
            throw new IllegalStateException(file + " holds no certificate in PEM", e);
        }
        throw new IllegalStateException(file + " holds no certificate in PEM");
    }

    private static PrivateKey key(TlsConfig files, String algorithm, byte[] pem) {
        Matcher found = PKCS8.matcher(new String(pem, US_ASCII));
        if (!found.find()) {
            throw new IllegalStateException(
                    files.privateKey() + " holds no private key in PEM, PKCS#8, without a passphrase");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(found.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    files.privateKey() + " holds no " + algorithm + " key, as " + files.certificate() + " is for one",
                    e);
        }
    }

    private static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
        String algorithm =
                switch (publicKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "EdDSA" -> publicKey.getAlgorithm();
                    default ->
                        throw new IllegalStateException("a certificate must be for a key of RSA, EC or EdDSA, not of "
                                + publicKey.getAlgorithm());
                };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(TRIED);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(TRIED);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** When the first of the chain ends. */
    public Instant ends() {
        return chain.stream()
                .map(each -> each.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** Whether its days have begun and not ended, so that clients take it. */
    public boolean serves(Instant now) {
        return !now.isBefore(begins()) && now.isBefore(ends());
    }

    private Instant begins() {
        return chain.get(0).getNotBefore().toInstant();
    }

    /** What an operator should know of its days by now. */
    public Optional<String> warning(Instant now) {
        if (now.isBefore(begins())) {
            return Optional.of("begins at " + begins() + ". Wait, or check this machine's clock.");
        }
        if (!now.isBefore(ends())) {
            return Optional.of("ended at " + ends() + ". Renew it.");
        }
        return now.plus(NOTICE).isBefore(ends()) ? Optional.empty() : Optional.of("ends at " + ends() + ". Renew it.");
    }

    /** To serve with. */
    SslContext context() {
        try {
            return SslContextBuilder.forServer(key, chain)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(ForwardSecrecy.SUITES, SupportedCipherSuiteFilter.INSTANCE)
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalStateException("the certificate cannot be used: " + e.getMessage(), e);
        }
    }
}
