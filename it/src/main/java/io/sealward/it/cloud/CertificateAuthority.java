package io.sealward.it.cloud;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates for the host names that the real SDKs insist on, good for a day and trusted by nobody else. */
public final class CertificateAuthority {
    /** The certificate's file in a folder that it was written to. */
    public static final String PEM = "cloud-ca.pem";

    private static final String STORE = "cloud-ca.p12";
    private static final String STORE_PASSWORD = "planted-trust";

    private static final char[] PASSWORD = "loopback".toCharArray();
    private static final X500Principal NAME = new X500Principal("CN=Loopback CA");

    private final KeyPair keys;
    private final X509Certificate certificate;

    public CertificateAuthority() {
        keys = newKeys();
        certificate = sign(NAME, keys, List.of());
    }

    /** A server's certificate with its key. */
    public record Identity(X509Certificate certificate, PrivateKey key) {}

    /** The root that a client must trust. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The same, as PEM. */
    public String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /**
     * A certificate for a server of these names.
     *
     * @param hostNames DNS names, wildcards included
     */
    public Identity issue(List<String> hostNames) {
        KeyPair server = newKeys();
        return new Identity(sign(new X500Principal("CN=Loopback server"), server, hostNames), server.getPrivate());
    }

    /** A certificate that the owner of the keys made out to itself, with its private key, as PEM (RFC 7468). */
    public static String selfSigned(KeyPair keys) {
        X500Principal name = new X500Principal("CN=Self");
        try {
            X509Certificate own = convert(builder(name, name, keys), keys);
            return pem("CERTIFICATE", own.getEncoded())
                    + pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** DER between the lines that say what it is. */
    public static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                + "-----\n";
    }

    /** For a server that answers under these names. */
    public SSLContext serverContext(List<String> hostNames) {
        Identity identity = issue(hostNames);
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("server", identity.key(), PASSWORD, new X509Certificate[] {identity.certificate()});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** For a client that trusts this authority and no other. */
    public SSLContext clientContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers(), null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Puts the certificate into a folder, for {@link #trustIn}. */
    public void writeTo(Path folder) {
        try (OutputStream store = Files.newOutputStream(folder.resolve(STORE))) {
            Files.writeString(folder.resolve(PEM), pem());
            KeyStore trusted = emptyStore();
            trusted.setCertificateEntry("root", certificate);
            trusted.store(store, STORE_PASSWORD.toCharArray());
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** What makes processes trust the authority that was written to the folder: of Java, and of Python's usual libraries. */
    public static Map<String, String> trustIn(Path folder) {
        String pem = folder.resolve(PEM).toString();
        return Map.of(
                "SEALWARD_JAVA_OPTS",
                "-Djavax.net.ssl.trustStore=" + folder.resolve(STORE) + " -Djavax.net.ssl.trustStorePassword="
                        + STORE_PASSWORD,
                "REQUESTS_CA_BUNDLE",
                pem,
                "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
                pem,
                "VAULT_CACERT",
                pem);
    }

    /** They trust this authority and no other. */
    public TrustManager[] trustManagers() {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("root", certificate);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private X509Certificate sign(X500Principal subject, KeyPair subjectKeys, List<String> hostNames) {
        try {
            JcaX509v3CertificateBuilder builder = builder(NAME, subject, subjectKeys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(hostNames.isEmpty()));
            if (!hostNames.isEmpty()) {
                GeneralName[] names = hostNames.stream()
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            return convert(builder, keys);
        } catch (GeneralSecurityException | IOException | OperatorCreationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static JcaX509v3CertificateBuilder builder(X500Principal issuer, X500Principal subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                subject,
                keys.getPublic());
    }

    private static X509Certificate convert(JcaX509v3CertificateBuilder builder, KeyPair issuerKeys)
            throws GeneralSecurityException, OperatorCreationException {
        String algorithm =
                "SHA256with" + (issuerKeys.getPrivate().getAlgorithm().equals("EC") ? "ECDSA" : "RSA");
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKeys.getPrivate())));
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
